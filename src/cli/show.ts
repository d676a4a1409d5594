import { toResource } from '../api/resource.ts';
import { prettyJson } from '../base/canonical-json.ts';
import { findNearest } from '../base/nearest.ts';
import { alignColumns, wrap } from '../base/terminal-text.ts';
import { graphAsOf } from '../graph/as-of.ts';
import { findByName } from '../graph/find-by-name.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import { getNode } from '../graph/graph.ts';
import { dateOf } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { linkHops } from '../graph/path-hops.ts';
import { cascade, neighbours } from '../graph/paths.ts';
import { qualifierWords } from '../graph/qualifier-words.ts';
import { relations } from '../graph/relations.ts';
import { referencesOf } from '../schema/claims.ts';
import type { DatedFact } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { plainText } from '../schema/link-markup.ts';
import { primitivesOf } from '../schema/primitive-keys.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parseDate } from './options.ts';

export const showCommand: AddCommand = (program, run) => {
  program
    .command('show')
    .description('show one record or entity and what it is tied to')
    .argument('<id>', 'record id, purl, release, digest, domain, or kind:key')
    .option('--as-of <date>', 'only ties that were publicly known at the end of that day', parseDate)
    .option('--json', 'print JSON, as the API gives it')
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia show SC-2023-3CX-DESKTOPAPP
  $ threatpedia show unc4736
  $ threatpedia show pkg:github/tj-actions/changed-files
  $ threatpedia show akamaicontainer.com --json
  $ threatpedia show 3cx --as-of 2023-03-31

Exit codes: 0 found, 1 nothing has this id`,
    )
    .action((id: string, options: ShowOptions) => run((context) => show(context, id, options)));
};

interface ShowOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

async function show(context: Context, wanted: string, { asOf, json }: ShowOptions): Promise<ExitCode> {
  const { terminal } = context;
  const whole = await loadGraph(context);
  const graph = asOf ? graphAsOf(whole, asOf) : whole;
  const nodes = findByName(graph, wanted);
  if (nodes.length === 0) {
    const nearest = findNearest(
      wanted,
      [...graph.nodes.values()].flatMap((node) => [node.key, node.label]),
    );
    terminal.note(`nothing has the id ${JSON.stringify(wanted)}${nearest ? `; did you mean ${nearest}?` : ''}`);
    return exitCodes.found;
  }
  if (json)
    terminal.print(
      prettyJson(nodes.length === 1 && nodes[0] ? toResource(graph, nodes[0]) : nodes.map((node) => toResource(graph, node))).trimEnd(),
    );
  else for (const node of nodes) terminal.print(describeNode(graph, node, context));
  return exitCodes.ok;
}

function describeNode(graph: Graph, node: GraphNode, context: Context): string {
  const { bold, dim } = context.terminal.colors;
  const lines = [`${bold(node.label)}  ${dim(`${nodeKinds[node.kind].title} · ${node.key}`)}`];
  if (node.record?.kind === 'incident') lines.push(...describeIncident(graph, node, node.record.data, context));
  else {
    const summary = node.record && 'summary' in node.record.data ? node.record.data.summary : undefined;
    if (summary) lines.push('', ...wrap(plainText(summary.text), Math.min(context.terminal.width, 100)));
    if (node.knownSince) lines.push('', `${dim('known since')} ${node.knownSince}`);
  }
  for (const { relation, direction, edges } of neighbours(graph, node.id)) {
    if (relation === 'cites') continue;
    const far = edges.map((edge) => ({ edge, node: getNode(graph, direction === 'out' ? edge.to : edge.from) }));
    const rows = far
      .slice(0, 12)
      .map(({ edge, node: other }) => ['  ', other.label, dim([other.key, qualifierWords(graph, edge)].filter(Boolean).join(' · '))]);
    lines.push(
      '',
      bold(direction === 'out' ? relations[relation].label : relations[relation].inverse),
      alignColumns(rows, context.terminal.width),
    );
    if (far.length > 12) lines.push(dim(`   … and ${far.length - 12} more (--json shows all)`));
  }
  return `${lines.join('\n')}\n`;
}

function describeIncident(graph: Graph, node: GraphNode, incident: Incident, { terminal }: Context): string[] {
  const { bold, dim } = terminal.colors;
  const fact = (value: DatedFact | undefined) => dateOf(value) ?? (value ? 'unknown' : dim('no record'));
  const dates = [
    ['Earliest known activity', fact(incident.firstObserved)],
    ['First public warning', fact(incident.firstPublicWarning)],
    ['Disclosed', fact(incident.disclosed)],
    ['Contained', fact(incident.contained)],
    ['Source ≠ artifact', incident.sourceArtifactDivergence?.value ?? dim('no record')],
  ];
  const lines = ['', ...wrap(plainText(incident.summary.text), Math.min(terminal.width, 100)), '', alignColumns(dates, terminal.width)];
  const hops = linkHops(incident, primitivesOf(incident));
  if (hops.length > 0) {
    const marks = { compromised: '✕', abused: '!', intact: '✓', unknown: '?' } as const;
    lines.push(
      '',
      bold('Path'),
      alignColumns(
        hops.map(({ hop, primitive }) => [
          `  ${marks[hop.state]} ${hop.stage}`,
          hop.state,
          `${bold(hop.label ?? primitive?.label ?? '')}: ${plainText(hop.text)}`,
        ]),
        Math.min(terminal.width, 110),
      ),
    );
  }
  for (const direction of ['upstream', 'downstream'] as const) {
    const steps = cascade(graph, node.id, direction);
    if (steps.length > 0)
      lines.push(
        '',
        bold(direction === 'upstream' ? 'Seeded by' : 'Seeded'),
        ...steps.map((step) => `  ${getNode(graph, step.incident).label}`),
      );
  }
  const references = referencesOf({ kind: 'incident', file: '', data: incident });
  lines.push(
    '',
    bold('References'),
    alignColumns(
      references.map((reference, index) => [
        `  [${index + 1}]`,
        reference.published ?? 'undated',
        `${reference.publisher}: ${reference.title}`,
      ]),
      terminal.width,
    ),
  );
  return lines;
}
