import { prettyJson } from '../base/canonical-json.ts';
import { alignColumns } from '../base/terminal-text.ts';
import type { NodeKind } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { statisticsOf } from '../graph/statistics.ts';
import { exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';

export const statsCommand: AddCommand = (program, run) => {
  program
    .command('stats')
    .description('count what the corpus holds')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  $ threatpedia stats\n  $ threatpedia stats --json | jq .incidents')
    .action((options: { json?: boolean }) =>
      run(async (context) => {
        const { terminal } = context;
        const statistics = statisticsOf(await loadGraph(context));
        if (options.json) {
          terminal.print(prettyJson(statistics).trimEnd());
          return exitCodes.ok;
        }
        const { incidents, entities, ...counts } = statistics;
        const { bold, dim } = terminal.colors;
        const rows = [
          [
            bold('Incidents'),
            String(incidents.featured + incidents.structured + incidents.indexed),
            dim(`${incidents.featured} featured, ${incidents.structured} structured, ${incidents.indexed} indexed`),
          ],
          ...Object.entries(entities)
            .filter(([kind, count]) => kind !== 'incident' && count > 0)
            .map(([kind, count]) => [nodeKinds[kind as NodeKind].plural, String(count), '']),
          [bold('Claims'), String(counts.claims), dim(`${counts.uncitedClaims} without citation`)],
          [
            bold('Source documents'),
            String(counts.references),
            dim(`${Math.round(counts.datedReferences * 100)} % of citations’ documents dated`),
          ],
          [bold('Graph edges'), String(counts.edges), ''],
        ];
        terminal.print(alignColumns(rows, terminal.width));
        return exitCodes.ok;
      }),
    );
};
