import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { prettyJson } from '../base/canonical-json.ts';
import { findNearest } from '../base/nearest.ts';
import { getNode, type NodeId } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import type { PathStep } from '../graph/paths.ts';
import { qualifierWords } from '../graph/qualifier-words.ts';
import { relations } from '../graph/relations.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parseDate } from './options.ts';

interface PathCommandOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export const pathCommand: AddCommand = (program, run) => {
  program
    .command('path')
    .description('show a shortest way between two things, each step with the record that says so')
    .argument('<from>', 'record id, purl, release, digest, domain, name, or kind:key')
    .argument('<to>', 'the same')
    .option('--as-of <date>', 'as publicly known at the end of that day', parseDate)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ threatpedia path x_trader "3CX DesktopApp"\n  $ threatpedia path trading-technologies 3cx --as-of 2023-04-30\n\nExit codes: 0 found, 1 no way between them, 2 wrong use, or nothing has such a name',
    )
    .action((from: string, to: string, options: PathCommandOptions) => run((context) => showPath(context, from, to, options)));
};

async function showPath(context: Context, from: string, to: string, options: PathCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const answers = new CorpusAnswers(await loadGraph(context));
  const graph = answers.on(options.asOf);
  const best = answers.path(from, to, options.asOf);
  for (const [name, found] of [
    [from, best.from],
    [to, best.to],
  ] as const) {
    if (found.length > 0) continue;
    const nearest = findNearest(
      name,
      [...graph.nodes.values()].flatMap((node) => [node.label, node.key]),
    );
    terminal.note(
      `nothing is called ${JSON.stringify(name)}${options.asOf ? ` in what was known on ${options.asOf}` : ''}${nearest ? `; did you mean ${JSON.stringify(nearest)}?` : ''}`,
    );
  }
  if (best.from.length === 0 || best.to.length === 0) return exitCodes.usage;
  if (!best.way || !best.start) {
    terminal.note('there is no way between them along inspectable ties');
    return exitCodes.found;
  }
  if (options.json) {
    terminal.print(prettyJson({ from: best.start.id, steps: best.way.map(stepJson) }).trimEnd());
    return exitCodes.ok;
  }
  const { bold, dim } = terminal.colors;
  const name = (id: NodeId) => {
    const { label, kind } = getNode(graph, id);
    return `${bold(label)} ${dim(nodeKinds[kind].title)}`;
  };
  const lines = [name(best.start.id)];
  for (const { edge, reversed } of best.way) {
    const meaning = relations[edge.relation];
    const kind = qualifierWords(graph, edge);
    lines.push(
      dim(
        `  ${reversed ? meaning.inverse.toLowerCase() : meaning.label.toLowerCase()}${kind ? ` (${kind})` : ''} · ${edge.record.data.id}, known since ${edge.knownSince ?? 'no dated source'}`,
      ),
    );
    lines.push(name(reversed ? edge.from : edge.to));
  }
  terminal.print(lines.join('\n'));
  return exitCodes.ok;
}

function stepJson({ edge, reversed }: PathStep) {
  const { from, to, relation, qualifier, record, sources, knownSince } = edge;
  return {
    from: reversed ? to : from,
    to: reversed ? from : to,
    relation,
    reversed,
    qualifier: qualifier ?? null,
    in: record.data.id,
    sources,
    knownSince: knownSince ?? null,
  };
}
