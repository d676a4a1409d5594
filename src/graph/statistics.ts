import { citedStatements, referencesOf, uncitedTexts } from '../schema/claims.ts';
import { type Graph, type NodeKind, recordsOf } from './graph.ts';
import { nodeKinds } from './node-kinds.ts';

/** What the corpus holds, counted. */
export interface Statistics {
  readonly incidents: { readonly featured: number; readonly structured: number; readonly indexed: number };
  /** Distinct things by kind, records and primitives alike. */
  readonly entities: { readonly [K in NodeKind]: number };
  /** Statements that carry citations. */
  readonly claims: number;
  /** Sentences without any; a valid corpus has none. */
  readonly uncitedClaims: number;
  /** Distinct source documents. */
  readonly references: number;
  /** Share of the references, counted once a record, that state when they were published; 0–1. */
  readonly datedReferences: number;
  readonly edges: number;
}

/** Counts a graph. */
export function statisticsOf(graph: Graph): Statistics {
  const entities = Object.fromEntries(Object.keys(nodeKinds).map((kind) => [kind, 0])) as Record<NodeKind, number>;
  let claims = 0;
  let uncitedClaims = 0;
  let references = 0;
  let dated = 0;
  for (const node of graph.nodes.values()) {
    entities[node.kind]++;
    if (!node.record) continue;
    claims += citedStatements(node.record).length;
    uncitedClaims += uncitedTexts(node.record).length;
    for (const reference of referencesOf(node.record)) {
      references++;
      if (reference.published) dated++;
    }
  }
  const depths = { featured: 0, structured: 0, indexed: 0 };
  for (const { data } of recordsOf(graph, 'incident')) depths[data.depth]++;
  return {
    incidents: depths,
    entities,
    claims,
    uncitedClaims,
    references: entities.source,
    datedReferences: references === 0 ? 0 : Math.round((dated / references) * 1000) / 1000,
    edges: graph.edges.length,
  };
}
