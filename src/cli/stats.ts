import { prettyJson } from '../base/canonical-json.ts';
import { alignColumns } from '../base/terminal-text.ts';
import { type DrawnStatement, drawStatements } from '../graph/audit-draw.ts';
import { type Coverage, type CoverageRow, coverageOf, totalOf } from '../graph/coverage.ts';
import { type NodeKind, recordsOf } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { statisticsOf } from '../graph/statistics.ts';
import { type CorpusMeasures, measuresOf } from '../statistics/corpus-measures.ts';
import { sampleOf } from '../statistics/sample.ts';
import { exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parseCount } from './options.ts';
import type { Terminal } from './terminal.ts';

interface StatsOptions {
  readonly coverage?: boolean;
  readonly measures?: boolean;
  readonly audit?: number;
  readonly seed: number;
  readonly json?: boolean;
}

export const statsCommand: AddCommand = (program, run) => {
  program
    .command('stats')
    .description('count what the corpus holds')
    .option('--coverage', 'where the corpus is thin: by year, vector and ecosystem, sections left out, what rests on one origin')
    .option('--measures', 'vectors by year, time to disclosure, entry stages, attribution and evidence, as tables with their definitions')
    .option('--audit <count>', 'draw so many statements at random, with their sources, to be held against these', parseCount)
    .option('--seed <number>', 'which draw; the same from the same corpus', parseCount, 1)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ threatpedia stats\n  $ threatpedia stats --json | jq .incidents\n  $ threatpedia stats --coverage\n  $ threatpedia stats --measures --json | jq .timeToDisclosure.table\n  $ threatpedia stats --audit 60 --seed 7',
    )
    .action((options: StatsOptions) =>
      run(async (context) => {
        const { terminal } = context;
        const graph = await loadGraph(context);
        if (options.coverage) {
          const coverage = coverageOf(graph);
          terminal.print(options.json ? prettyJson(coverage).trimEnd() : coverageText(coverage, terminal));
          return exitCodes.ok;
        }
        if (options.measures) {
          const records = recordsOf(graph, 'incident');
          const measures = measuresOf(records);
          const sample = sampleOf(records.map(({ data }) => data));
          terminal.print(options.json ? prettyJson({ sample, ...measures }).trimEnd() : measuresText(measures, terminal));
          return exitCodes.ok;
        }
        if (options.audit !== undefined) {
          const drawn = drawStatements(graph, options.audit, options.seed);
          terminal.print(options.json ? prettyJson(drawn).trimEnd() : auditText(drawn, terminal));
          return exitCodes.ok;
        }
        const statistics = statisticsOf(graph);
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

/** Incidents that the table of evidence shows; all of them are in the JSON. */
const SHOWN = 20;

function coverageText({ byYear, byVector, byEcosystem, sections, evidence }: Coverage, { colors, width }: Terminal): string {
  const { bold, dim } = colors;
  const head = (...cells: string[]) => cells.map((cell) => bold(cell));
  const depths = ({ featured, structured, indexed }: CoverageRow) => [featured, structured, indexed].map((count) => String(count || '·'));
  const grouped = (title: string, rows: readonly CoverageRow[]) =>
    alignColumns([head(title, 'featured', 'structured', 'indexed'), ...rows.map((row) => [row.name, ...depths(row)])], width);
  return [
    grouped('Year', byYear),
    grouped('Vector', byVector),
    grouped('Ecosystem', byEcosystem),
    alignColumns(
      [
        head('Section left out', 'featured', 'structured', 'indexed', 'unknown'),
        ...sections
          .filter((row) => totalOf(row) > 0 || row.unknown > 0)
          .map((row) => [row.name, ...depths(row), String(row.unknown || '·')]),
      ],
      width,
    ),
    alignColumns(
      [
        head('Resting on fewest', 'origins', 'documents', 'dated', 'claims', 'of one origin', 'anchored'),
        ...evidence
          .slice(0, SHOWN)
          .map(({ id, origins, references, dated, claims, singleOrigin, anchored }) => [
            id,
            ...[origins, references, dated, claims, singleOrigin, anchored].map(String),
          ]),
      ],
      width,
    ),
    ...(evidence.length > SHOWN ? [dim(`${evidence.length - SHOWN} more incidents with --json`)] : []),
  ].join('\n\n');
}

function measuresText(measures: CorpusMeasures, { colors, width }: Terminal): string {
  return Object.values(measures)
    .map(({ title, unit, table, depths, incidents }) =>
      [
        colors.bold(title),
        colors.dim(`${unit}; ${incidents} incidents (${depths.join(', ')})`),
        alignColumns(
          [table.columns.map(({ label }) => colors.bold(label)), ...table.rows.map((row) => row.map((cell) => String(cell ?? '·')))],
          width,
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

function auditText(drawn: readonly DrawnStatement[], { colors }: Terminal): string {
  return drawn
    .map(({ record, field, says, sources }, index) =>
      [
        `${colors.bold(`${index + 1}. ${record}`)} ${field}`,
        ...prettyJson(says)
          .trimEnd()
          .split('\n')
          .map((line) => `   ${line}`),
        ...sources.map(({ id, publisher, url }) => colors.dim(`   ${id}: ${publisher}, ${url}`)),
      ].join('\n'),
    )
    .join('\n\n');
}
