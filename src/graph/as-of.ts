import { getEdtf } from '../base/edtf.ts';
import type { Citation } from '../schema/evidence.ts';
import { valueAt } from './build-graph.ts';
import { knownSince } from './evidence-dates.ts';
import { type Declaration, type Graph, type GraphNode, makeGraph, type NodeId, nodeId } from './graph.ts';

/**
 * The graph as it was publicly known at the end of a day: nodes, declarations and edges whose earliest source was public by then, with the sources of until then. What has no
 * dated source never counts as known. Nodes carry no record, because a record tells its story with all that came later. Throws RangeError where
 * `date` is no EDTF date.
 */
export function graphAsOf(graph: Graph, date: string): Graph {
  const day = getEdtf(date).lastDay ?? '9999-12-31';
  const wasKnown = (since: string | undefined) => since !== undefined && since <= day;
  const nodes = new Map<NodeId, GraphNode>();
  for (const [id, node] of graph.nodes) {
    if (!wasKnown(node.knownSince)) continue;
    const declarations = node.declarations.filter((declaration) => wasKnown(declaredSince(node, declaration)));
    nodes.set(id, Object.freeze({ ...node, record: undefined, declarations }));
  }
  const wasPublic = (url: string) => nodes.has(nodeId('source', url));
  const edges = graph.edges
    .filter((edge) => wasKnown(edge.knownSince) && nodes.has(edge.from) && nodes.has(edge.to))
    .map((edge) => (edge.sources.every(wasPublic) ? edge : { ...edge, sources: edge.sources.filter(wasPublic) }));
  return makeGraph(nodes, edges);
}

function declaredSince({ kind }: GraphNode, { record, path }: Declaration): string | undefined {
  const value = valueAt(record, path) as { cites?: readonly Citation[]; id?: string };
  return knownSince(record, kind === 'source' && value.id ? [value.id] : (value.cites ?? []));
}
