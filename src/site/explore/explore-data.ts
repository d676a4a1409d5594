import { scriptSafeJson } from '../../base/canonical-json.ts';
import { addressOf } from '../../graph/addresses.ts';
import type { Graph, NodeId, NodeKind } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { type Relation, relations } from '../../graph/relations.ts';

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
/** Sweeps of the order in the lanes: after a few it hardly changes. */
const SWEEPS = 6;

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
    edges.map(({ from, to }) => [place(from), place(to)]),
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

/** The map as a classic script that sets one global: it loads under the strictest policy and from plain files alike. */
export function* exploreScript(graph: Graph): Generator<string> {
  const { nodes, edges, ...rest } = exploreData(graph);
  yield `globalThis.threatpediaMap={${JSON.stringify(rest).slice(1, -1)},"nodes":[`;
  let before = '';
  for (const node of nodes) {
    yield `${before}${scriptSafeJson(node)}`;
    before = ',';
  }
  yield `],"edges":[${edges.join(',')}]};\n`;
}

/**
 * The place of each node in its lane, from 0: by the mean place of what it is tied to, over and over (the barycentre method of layered drawings,
 * Sugiyama 1981). Ties in the mean keep their order.
 */
export function laneOrder(lanes: readonly number[], edges: readonly (readonly [number, number])[]): readonly number[] {
  const members: number[][] = [];
  for (const [node, lane] of lanes.entries()) {
    members[lane] ??= [];
    members[lane].push(node);
  }
  const tied: number[][] = lanes.map(() => []);
  for (const [from, to] of edges) {
    tied[from]?.push(to);
    tied[to]?.push(from);
  }
  // Places are shares of the lane, so that long and short lanes pull alike.
  const places = lanes.map(() => 0);
  const place = (lane: readonly number[]) => {
    for (const [rank, node] of lane.entries()) places[node] = (rank + 0.5) / lane.length;
  };
  for (const lane of members) if (lane) place(lane);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const lane of members) {
      if (!lane) continue;
      const mean = new Map(
        lane.map((node) => {
          const others = tied[node] ?? [];
          return [
            node,
            others.length > 0 ? others.reduce((sum, other) => sum + (places[other] ?? 0), 0) / others.length : (places[node] ?? 0),
          ];
        }),
      );
      lane.sort((left, right) => (mean.get(left) ?? 0) - (mean.get(right) ?? 0) || left - right);
      place(lane);
    }
  }
  const ranks = lanes.map(() => 0);
  for (const lane of members) if (lane) for (const [rank, node] of lane.entries()) ranks[node] = rank;
  return ranks;
}
