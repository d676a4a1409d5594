import { getEdtf } from '../base/edtf.ts';
import { type Graph, type GraphNode, makeGraph, type NodeId } from './graph.ts';

/**
 * The graph as it was publicly known at the end of a day: edges and nodes whose earliest source was public by then. What has no dated source
 * never counts as known. Throws RangeError where `date` is no EDTF date.
 */
export function graphAsOf(graph: Graph, date: string): Graph {
  const day = getEdtf(date).latest?.slice(0, 10) ?? '9999-12-31';
  const wasKnown = (since: string | undefined) => since !== undefined && since <= day;
  const nodes = new Map<NodeId, GraphNode>();
  for (const [id, node] of graph.nodes) if (wasKnown(node.knownSince)) nodes.set(id, node);
  const edges = graph.edges.filter((edge) => wasKnown(edge.knownSince) && nodes.has(edge.from) && nodes.has(edge.to));
  return makeGraph(nodes, edges);
}
