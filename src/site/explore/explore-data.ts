import { addressOf } from '../../graph/addresses.ts';
import type { Graph, NodeId, NodeKind } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { type Relation, relations } from '../../graph/relations.ts';
import { dataScript } from '../data-script.ts';
import { laneOrder } from './lane-order.ts';
import { OVERVIEW_KINDS } from './map-model.ts';

/** A thing of the map: kind (index), label, key, address, place in its lane, and the day since which it was known (index, -1 where no source is dated). */
export type ExploreNode = readonly [kind: number, label: string, key: string, address: string, rank: number, since: number];

/** What the explorer has in the browser. */
export interface ExploreData {
  readonly kinds: readonly { readonly kind: string; readonly title: string; readonly plural: string }[];
  readonly relations: readonly { readonly id: string; readonly label: string; readonly inverse: string; readonly inspectable: boolean }[];
  /** Days that `since` counts in, ascending. */
  readonly days: readonly string[];
  readonly nodes: readonly ExploreNode[];
  /** Five numbers an edge: from, to, relation, the node of the record that says so, and since. */
  readonly edges: readonly number[];
}

/** Documents and what cites them tie everything to everything: they stand on the pages, not on the map. */
const LEFT_OUT_KINDS: ReadonlySet<NodeKind> = new Set(['source']);
const LEFT_OUT_RELATIONS: ReadonlySet<Relation> = new Set(['cites', 'claimed-by']);
/** The map of a graph, laid out: who stands in which order in the lane of its kind, so that ties are short. The same graph gives the same map. */
export function exploreData(graph: Graph): ExploreData {
  const kinds = (Object.keys(nodeKinds) as NodeKind[]).filter((kind) => !LEFT_OUT_KINDS.has(kind));
  const names = (Object.keys(relations) as Relation[]).filter((relation) => !LEFT_OUT_RELATIONS.has(relation));
  const nodes = [...graph.nodes.values()].filter(({ kind }) => !LEFT_OUT_KINDS.has(kind));
  const places = new Map<NodeId, number>(nodes.map(({ id }, place) => [id, place]));
  const edges = graph.edges.filter(({ relation, from, to }) => !LEFT_OUT_RELATIONS.has(relation) && places.has(from) && places.has(to));
  const days = [...new Set([...nodes, ...edges].flatMap(({ knownSince }) => knownSince ?? []))].sort();
  const dayOf = new Map(days.map((day, index) => [day, index]));
  const since = (day: string | undefined) => (day === undefined ? -1 : (dayOf.get(day) ?? -1));
  const place = (id: NodeId) => places.get(id) ?? 0;
  const ranks = laneOrder(
    nodes.map(({ kind }) => kinds.indexOf(kind)),
    Uint32Array.from({ length: edges.length * 2 }, (_, at) => place(edges[at >> 1]?.[at % 2 === 0 ? 'from' : 'to'] as NodeId)),
  );
  return {
    kinds: kinds.map((kind) => ({ kind, title: nodeKinds[kind].title, plural: nodeKinds[kind].plural })),
    relations: names.map((id) => ({ id, ...relations[id] })),
    days,
    nodes: nodes.map((node, index) => [
      kinds.indexOf(node.kind),
      node.label,
      node.key,
      addressOf(node),
      ranks[index] ?? 0,
      since(node.knownSince),
    ]),
    edges: edges.flatMap(({ from, to, relation, record, knownSince }) => [
      place(from),
      place(to),
      names.indexOf(relation),
      places.get(`${record.kind}:${record.data.id}` as NodeId) ?? -1,
      since(knownSince),
    ]),
  };
}

/** What the overview of a map shows, at first, by itself: things of few kinds in the places that they have in the whole, and the ties between them. */
export function overviewOf(map: ExploreData): ExploreData {
  const places = new Map<number, number>();
  for (const [node, [kind]] of map.nodes.entries())
    if (OVERVIEW_KINDS.some((shown) => shown === map.kinds[kind]?.kind)) places.set(node, places.size);
  const edges: number[] = [];
  for (let at = 0; at < map.edges.length; at += 5) {
    const [from = -1, to = -1, relation = -1, record = -1, since = -1] = map.edges.slice(at, at + 5);
    const [a, b] = [places.get(from), places.get(to)];
    if (a !== undefined && b !== undefined) edges.push(a, b, relation, places.get(record) ?? -1, since);
  }
  return { ...map, nodes: map.nodes.filter((_, node) => places.has(node)), edges };
}

/** A map as a script that sets one global. */
export function mapScript(name: 'threatpediaMap' | 'threatpediaMapOverview', { nodes, ...rest }: ExploreData): Generator<string> {
  return dataScript(name, { ...rest, nodes: nodes.values() });
}
