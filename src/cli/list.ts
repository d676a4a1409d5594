import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { prettyJson } from '../base/canonical-json.ts';
import { alignColumns } from '../base/terminal-text.ts';
import { type IncidentSummary, incidentSummary } from '../graph/incident-list.ts';
import { listDate } from '../query/list-date.ts';
import { exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { addQuery } from './query.ts';

export const listCommand: AddCommand = (program, run) => {
  addQuery(
    program.command('list').alias('query').description('list incidents, all or those that match a query, the latest disclosed first'),
  )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia list vector:build-system-compromise
  $ threatpedia list ecosystem:github-actions year:2025 --json
  $ threatpedia list 'channel:vendor-signed-update nexus:north-korea'
  $ threatpedia list 'ecosystem:npm -depth:indexed disclosed:>=2025-09 sort:title'
  $ threatpedia list actor:unknown

\`threatpedia explain query\` tells every field. A part that begins with - needs quotes around the whole query, or \`not\`.
For CSV: \`threatpedia export csv <query>\`.

Exit codes: 0 found, 1 nothing matches, 2 wrong usage`,
    )
    .action((words: string[], { json }: { json?: boolean }) =>
      run(async (context) => {
        const { terminal } = context;
        const { incidents, reinterpreted } = new CorpusAnswers(await loadGraph(context)).incidents(words.join(' '));
        const found = incidents.map(incidentSummary);
        if (json) terminal.print(prettyJson({ incidents: found }).trimEnd());
        else if (found.length > 0) {
          const { bold, dim } = terminal.colors;
          terminal.print(
            alignColumns(
              found.map((incident) => [dim(dateText(incident)), bold(incident.id), incident.title]),
              terminal.width,
            ),
          );
        }
        if (found.length === 0) {
          const instead = reinterpreted();
          terminal.note(`no incident matches${instead ? `; did you mean '${instead.text}' (${instead.count})?` : ''}`);
        }
        return found.length > 0 ? exitCodes.ok : exitCodes.found;
      }),
    );
};

/** The date of disclosure; of another date also what it is the date of. */
function dateText({ disclosed, firstPublicWarning, firstObserved }: IncidentSummary): string {
  const listed = listDate({
    disclosed: disclosed ?? undefined,
    warned: firstPublicWarning ?? undefined,
    observed: firstObserved ?? undefined,
  });
  return listed === undefined ? 'undated' : listed.event === 'disclosed' ? listed.date : `${listed.event} ${listed.date}`;
}
