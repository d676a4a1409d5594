import { type Graph, type GraphNode, getNode, nodeId } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import type { CorpusRecord, IncidentRecord } from '../schema/record.ts';

/** The incidents that a thing is part of, oldest first: those that declare it or are tied to it, directly or through an edge they state. */
export function incidentsOf(graph: Graph, node: GraphNode): IncidentRecord[] {
  const found = new Map<string, IncidentRecord>();
  const add = (record: CorpusRecord | undefined) => {
    if (record?.kind === 'incident' && record.data.id !== node.key) found.set(record.data.id, record);
  };
  for (const { record } of node.declarations) add(record);
  for (const edge of [...graph.edgesFrom(node.id), ...graph.edgesTo(node.id)]) {
    add(edge.record);
    add(getNode(graph, edge.from === node.id ? edge.to : edge.from).record);
  }
  if (node.record?.kind === 'malware' && Array.isArray(node.record.data.strains)) {
    for (const strain of node.record.data.strains)
      for (const id of strain.incidents ?? []) add(graph.nodes.get(nodeId('incident', id))?.record);
  }
  return [...found.values()].sort((left, right) => compareByDate(left.data, right.data));
}
