/**
 * The graph of a corpus as a library: `import { findPath } from 'threatpedia/graph'`.
 *
 * ```ts
 * import { openCorpus } from 'threatpedia';
 * import { findPath, neighbours } from 'threatpedia/graph';
 *
 * const corpus = await openCorpus();
 * for (const { to, relation, says } of findPath(corpus, 'trading-technologies', '3cx') ?? []) console.log(relation, to.label, `(${says})`);
 * for (const { relation, to } of neighbours(corpus, 'SC-2022-X-TRADER', { relation: 'seeded' })) console.log(relation, to.label);
 * ```
 */
import { AppError } from '../base/problem.ts';
import { calledName, type Graph, type GraphEdge, getNode, type NodeId } from '../graph/graph.ts';
import { neighbours as groupsOf } from '../graph/paths.ts';
import { relations as allRelations } from '../graph/relations.ts';
import type { Corpus, Thing } from './corpus.ts';

/** A statement that ties a thing to another. */
export interface Tie {
  readonly relation: string;
  /** `out` where the relation reads from the one asked about to `to`, `in` where it reads the other way. */
  readonly direction: 'out' | 'in';
  readonly to: Thing;
  /** Id of the record that says so, and the addresses of its sources. */
  readonly says: string;
  readonly sources: readonly string[];
  /** What kind of tie, in the terms of the relation: a role, a state, a claimant. */
  readonly qualifier: string | undefined;
  /** Earliest day on which one of the sources was public; undefined where none is dated. */
  readonly knownSince: string | undefined;
}

/** What is looked at. */
export interface GraphOptions {
  /** Only what was public at the end of that day (an EDTF date). */
  readonly asOf?: string | undefined;
}

/** Every relation: how it reads, and whether it can be inspected and so is part of paths. */
export const relations: Readonly<Record<string, { readonly label: string; readonly inspectable: boolean }>> = Object.fromEntries(
  Object.entries(allRelations).map(([name, { label, inspectable }]) => [name, { label, inspectable }]),
);

/** What a thing is tied to, by relation. `name`: its id, key, name or alias. Throws AppError `not-found` where nothing is called that. */
export function neighbours(
  corpus: Corpus,
  name: string,
  { asOf, relation }: GraphOptions & { readonly relation?: string | undefined } = {},
): readonly Tie[] {
  const graph = corpus.answers.on(asOf);
  const [node] = corpus.answers.find(name, asOf);
  if (!node) throw nothingCalled(name);
  return groupsOf(graph, node.id)
    .filter((group) => relation === undefined || group.relation === relation)
    .flatMap(({ direction, edges }) => edges.map((edge) => tie(graph, edge, direction)));
}

/**
 * A shortest way between two things along ties that can be inspected, each by any of its names; undefined where there is none. Throws AppError
 * `not-found` where nothing is called that.
 */
export function findPath(corpus: Corpus, from: string, to: string, { asOf }: GraphOptions = {}): readonly Tie[] | undefined {
  const found = corpus.answers.path(from, to, asOf);
  if (found.from.length === 0) throw nothingCalled(from);
  if (found.to.length === 0) throw nothingCalled(to);
  const graph = corpus.answers.on(asOf);
  return found.way?.map(({ edge, reversed }) => tie(graph, edge, reversed ? 'in' : 'out'));
}

function tie(graph: Graph, edge: GraphEdge, direction: 'out' | 'in'): Tie {
  return {
    relation: edge.relation,
    direction,
    to: thing(graph, direction === 'out' ? edge.to : edge.from),
    says: edge.record.data.id,
    sources: edge.sources,
    qualifier: edge.qualifier,
    knownSince: edge.knownSince,
  };
}

function thing(graph: Graph, id: NodeId): Thing {
  const node = getNode(graph, id);
  return { id, kind: node.kind, label: calledName(node) };
}

function nothingCalled(name: string): AppError {
  return new AppError('not-found', `nothing is called ${JSON.stringify(name.slice(0, 100))}`);
}
