import type { CorpusAnswers } from '../answers/corpus-answers.ts';
import { AppError } from '../base/problem.ts';
import { findNode, type GraphNode, type NodeKind, nodeId, recordsOf } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { recordKindNames } from '../schema/record.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import { type Answer, renderAnswer } from './answer.ts';
import { nodeLabel } from './node-statement.ts';
import { quoted } from './quoted-text.ts';
import { explain } from './tools/explain.ts';
import { tellNode } from './tools/get.ts';

/** Resources of one page of the list. */
const PAGE = 100;

/** Most completions that the protocol lets a server give. */
const MAX_COMPLETIONS = 100;

/** Addresses of resources that clients fill in. Every kind of thing has one; only records and vocabularies are listed. */
export const resourceTemplates = [
  ...(Object.keys(nodeKinds) as NodeKind[]).map((kind) => ({
    uriTemplate: `threatpedia://${kind}/{id}`,
    name: kind,
    title: nodeKinds[kind].title,
    description: `${nodeKinds[kind].definition} \`id\` is its key, percent-encoded.`,
    mimeType: 'text/markdown',
  })),
  {
    uriTemplate: 'threatpedia://vocabulary/{name}',
    name: 'vocabulary',
    title: 'Vocabulary',
    description: 'A closed list of values with their definitions.',
    mimeType: 'text/markdown',
  },
];

/** Address of the resource of a node. */
export function resourceUri({ kind, key }: Pick<GraphNode, 'kind' | 'key'>): string {
  return `threatpedia://${kind}/${encodeURIComponent(key)}`;
}

/** A page of the vocabularies and records, and the cursor of the next. Throws AppError for a cursor that was not given. */
export function listResources({ graph }: CorpusAnswers, cursor: string | undefined) {
  const start = cursor === undefined ? 0 : Number(cursor);
  const records = recordKindNames.flatMap((kind) =>
    recordsOf(graph, kind).flatMap(({ data }) => graph.nodes.get(nodeId(kind, data.id)) ?? []),
  );
  const total = vocabularies.length + records.length;
  if (!/^\d{1,9}$/.test(cursor ?? '0') || start > total)
    throw new AppError('usage', 'this cursor was not given by the server; list from the beginning, without one');
  const vocabularyRows = vocabularies.map(({ name, title }) => ({
    uri: `threatpedia://vocabulary/${name}`,
    name,
    title,
    mimeType: 'text/markdown',
  }));
  const rows = Array.from({ length: Math.min(PAGE, total - start) }, (_, index) => {
    const place = start + index;
    const node = records[place - vocabularyRows.length];
    const row = vocabularyRows[place];
    if (row) return row;
    if (!node) throw new RangeError(`no resource ${place}`);
    return { uri: resourceUri(node), name: node.key, title: nodeLabel(node), mimeType: 'text/markdown' };
  });
  return { resources: rows, ...(start + PAGE < total ? { nextCursor: String(start + PAGE) } : {}) };
}

/** The text of a resource. Throws AppError where there is none of the address. */
export async function readResource(answers: CorpusAnswers, uri: string, signal: AbortSignal): Promise<string> {
  const [, kind = '', encoded = ''] = /^threatpedia:\/\/([a-z-]{1,30})\/(.{1,3300})$/s.exec(uri) ?? [];
  const key = decoded(encoded);
  if (kind === 'vocabulary' && vocabularies.some(({ name }) => name === key))
    return renderAnswer(await explain.run(answers, { word: key, offset: 0, limit: 200 }, signal));
  const node = Object.hasOwn(nodeKinds, kind)
    ? findNode(answers.graph, kind as NodeKind, kind === 'incident' ? key.toUpperCase() : key)
    : undefined;
  if (!node)
    throw new AppError(
      'not-found',
      `there is no resource ${quoted(uri.slice(0, 200))}; the tool search finds ids; a resource is threatpedia://kind/id, its id percent-encoded`,
    );
  const answer: Answer = tellNode(answers, node, { fields: [], asOf: undefined, offset: 0, limit: 100 });
  const more = answer.more ? `\nFor the rest: the tool get with id ${node.id}.` : '';
  return `${renderAnswer(answer)}${more}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keys that begin with, else hold, what was typed: of the kind of a template, of vocabularies, or of incidents for the arguments of prompts. */
export function complete({ graph }: CorpusAnswers, kind: string, typed: string) {
  const wanted = typed.slice(0, 1_100).toLowerCase();
  const keys =
    kind === 'vocabulary'
      ? vocabularies.map(({ name }) => name)
      : [...graph.nodes.values()].filter((node) => node.kind === kind).map(({ key }) => key);
  const fitting = keys.filter((key) => key.toLowerCase().includes(wanted));
  const begins = (key: string) => (key.toLowerCase().startsWith(wanted) ? 0 : 1);
  const values = fitting.sort((left, right) => begins(left) - begins(right)).slice(0, MAX_COMPLETIONS);
  return { values, total: fitting.length, hasMore: fitting.length > values.length };
}
