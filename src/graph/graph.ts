import { inRows } from '../base/rows.ts';
import type { HandledKind } from '../schema/primitive-keys.ts';
import type { CorpusRecord, RecordKind } from '../schema/record.ts';
import type { Relation } from './relations.ts';

/** Everything that has an identity of its own, and so a page. */
export type NodeKind = RecordKind | HandledKind | 'release' | 'artifact' | 'indicator' | 'vulnerability' | 'technique' | 'source';

/** `kind:key`. Made by {@link nodeId} only. */
export type NodeId = string & { readonly __brand: 'NodeId' };

/** The id of a node: its kind and natural key. */
export function nodeId(kind: NodeKind, key: string): NodeId {
  return `${kind}:${key}` as NodeId;
}

/** A primitive or document as one record declares it. */
export interface Declaration {
  readonly record: CorpusRecord;
  /** Where in the record. */
  readonly path: readonly (string | number)[];
}

/** One thing, whichever records speak of it. */
export interface GraphNode {
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** Natural key: record id, purl, URL, owner/slug, type:value, digest. */
  readonly key: string;
  readonly label: string;
  /** The record, for the kinds that are records. */
  readonly record: CorpusRecord | undefined;
  /** What sort of actor, organization or person the record is of, the term of its `kind`. Stays where the record is left out. */
  readonly variety: string | undefined;
  /** Where records declare it, in the order of their files. Empty for records. */
  readonly declarations: readonly Declaration[];
  /** Earliest day (YYYY-MM-DD) on which any source for it was public; undefined where no source is dated. */
  readonly knownSince: string | undefined;
}

/** A statement that ties two things, with its evidence. */
export interface GraphEdge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly relation: Relation;
  /** The record that says so. */
  readonly record: CorpusRecord;
  /** Where in the record: the statement with its text and citations. */
  readonly path: readonly (string | number)[];
  /** What kind of tie, in the terms of the relation: a role, a state, a claimant, a tier. */
  readonly qualifier: string | undefined;
  readonly confidence: string | undefined;
  /** Canonical URLs of the sources. */
  readonly sources: readonly string[];
  /** Earliest day (YYYY-MM-DD) on which one of them was public; undefined where none is dated. */
  readonly knownSince: string | undefined;
}

/** The corpus as nodes and edges. Immutable; every query is a function over it. */
export interface Graph {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly edges: readonly GraphEdge[];
  /** Edges that leave a node, in the order of records. */
  edgesFrom(id: NodeId): readonly GraphEdge[];
  /** Edges that arrive at a node. */
  edgesTo(id: NodeId): readonly GraphEdge[];
}

/** Freezes nodes and edges into a graph. */
export function makeGraph(nodes: ReadonlyMap<NodeId, GraphNode>, edges: readonly GraphEdge[]): Graph {
  for (const edge of edges) Object.freeze(edge);
  const places = new Map<NodeId, number>();
  for (const id of nodes.keys()) places.set(id, places.size);
  return Object.freeze({
    nodes,
    edges: Object.freeze(edges),
    edgesFrom: edgesAt(edges, places, ({ from }) => from),
    edgesTo: edgesAt(edges, places, ({ to }) => to),
  });
}

/** The edges at each node by one of their ends, in their order. */
function edgesAt(edges: readonly GraphEdge[], places: ReadonlyMap<NodeId, number>, endOf: (edge: GraphEdge) => NodeId) {
  const { begins, items } = inRows(
    Uint32Array.from(edges, (edge) => places.get(endOf(edge)) ?? 0),
    places.size,
  );
  return (id: NodeId): readonly GraphEdge[] => {
    const place = places.get(id);
    const found: GraphEdge[] = [];
    if (place === undefined) return found;
    const end = begins[place + 1] ?? 0;
    for (let at = begins[place] ?? 0; at < end; at++) found.push(edges[items[at] ?? 0] as GraphEdge);
    return found;
  };
}

/** The node of a kind and key; undefined where the corpus has none. */
export function findNode(graph: Graph, kind: NodeKind, key: string): GraphNode | undefined {
  return graph.nodes.get(nodeId(kind, key));
}

/** The node at an end of an edge. Edges always lead to nodes. */
export function getNode(graph: Graph, id: NodeId): GraphNode {
  const node = graph.nodes.get(id);
  if (!node) throw new RangeError(`no node ${id}`);
  return node;
}

/** The records of a kind, in the order of their files. */
export function recordsOf<K extends RecordKind>(graph: Graph, kind: K): Extract<CorpusRecord, { kind: K }>[] {
  const found: Extract<CorpusRecord, { kind: K }>[] = [];
  for (const node of graph.nodes.values()) {
    if (node.record && node.kind === kind) found.push(node.record as Extract<CorpusRecord, { kind: K }>);
  }
  return found;
}

/** How a node is called in what is known: of a graph of the past an incident goes by its id, because titles are written with hindsight. */
export function calledName({ kind, key, label, record }: GraphNode): string {
  return kind === 'incident' && !record ? key : label;
}
