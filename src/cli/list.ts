import { InvalidArgumentError, Option } from 'commander';
import { prettyJson } from '../base/canonical-json.ts';
import { getEdtf } from '../base/edtf.ts';
import { alignColumns } from '../base/terminal-text.ts';
import { recordsOf } from '../graph/graph.ts';
import { filterIncidents, type IncidentFilter, incidentSummary } from '../graph/incident-list.ts';
import { channelKind } from '../schema/vocabulary/channel-kind.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import { impact } from '../schema/vocabulary/impact.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import { type Vocabulary, valuesOf } from '../schema/vocabulary.ts';
import { exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';

export const listCommand: AddCommand = (program, run) => {
  program
    .command('list')
    .description('list incidents, oldest first; every filter narrows')
    .option('--year <year>', 'of disclosure, or of first activity where disclosure is unknown', year)
    .addOption(oneOf('--vector <value>', vector))
    .addOption(oneOf('--entry-stage <value>', entryStage))
    .addOption(oneOf('--impact <value>', impact))
    .addOption(oneOf('--ecosystem <value>', ecosystem))
    .addOption(oneOf('--channel-kind <value>', channelKind))
    .addOption(oneOf('--depth <value>', depth))
    .option('--actor <id>', 'named by an attribution claim')
    .option('--text <words>', 'all words occur in the record')
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

function oneOf(flags: string, vocabulary: Vocabulary): Option {
  return new Option(flags, `\`threatpedia explain ${vocabulary.name}\` lists the values`).choices(valuesOf(vocabulary));
}

function year(text: string): string {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('expected a year such as 2023');
  return getEdtf(text).text;
}
