import { prettyJson } from '../base/canonical-json.ts';
import { alignColumns } from '../base/terminal-text.ts';
import { recordsOf } from '../graph/graph.ts';
import { filterIncidents, type IncidentFilter, incidentSummary } from '../graph/incident-list.ts';
import { exitCodes } from './context.ts';
import { addIncidentFilters } from './incident-filters.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';

export const listCommand: AddCommand = (program, run) => {
  addIncidentFilters(program.command('list').description('list incidents, oldest first; every filter narrows'))
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia list --vector build-system-compromise
  $ threatpedia list --ecosystem github-actions --year 2025 --json
  $ threatpedia list --text "signed update"

Exit codes: 0 found, 1 nothing matches, 2 wrong usage`,
    )
    .action((options: IncidentFilter & { json?: boolean }) =>
      run(async (context) => {
        const { terminal } = context;
        const { json, ...filter } = options;
        const found = filterIncidents(recordsOf(await loadGraph(context), 'incident'), filter).map(incidentSummary);
        if (json) terminal.print(prettyJson({ incidents: found }).trimEnd());
        else if (found.length > 0) {
          const { bold, dim } = terminal.colors;
          terminal.print(
            alignColumns(
              found.map((incident) => [dim(incident.disclosed ?? incident.firstObserved ?? 'undated'), bold(incident.id), incident.title]),
              terminal.width,
            ),
          );
        } else terminal.note('no incident matches');
        return found.length > 0 ? exitCodes.ok : exitCodes.found;
      }),
    );
};
