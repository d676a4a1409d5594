import { getEdtf } from '../base/edtf.ts';
import type { Citation } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { valueAt } from './build-graph.ts';
import { knownSince, publicSince } from './evidence-dates.ts';
import { type Declaration, type Graph, type GraphNode, makeGraph, type NodeId, nodeId } from './graph.ts';

type IncidentRecord = CorpusRecord & { readonly kind: 'incident' };

/**
 * The graph as it was publicly known at the end of a day: nodes, declarations and edges whose earliest source was public by then, with the sources of until then. What has no
 * dated source never counts as known. Nodes carry no record, because a record tells its story with all that came later. Throws RangeError where
 * `date` is no EDTF date.
 */
export function graphAsOf(graph: Graph, date: string): Graph {
  const day = getEdtf(date).latest?.slice(0, 10) ?? '9999-12-31';
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

/**
 * An incident record reduced to what was publicly known at the end of a day: statements whose earliest source was public by then, and the documents of
 * until then. The title becomes the id, because titles are written with hindsight; summary and texts stay as they are today: only for what carries
 * facts alone. Undefined where nothing of the incident was public. Throws RangeError where `date` is no EDTF date.
 */
export function incidentAsOf(record: IncidentRecord, date: string): IncidentRecord | undefined {
  const day = getEdtf(date).latest?.slice(0, 10) ?? '9999-12-31';
  const references = record.data.references.filter((reference) => (publicSince(reference) ?? '9999-12-31') <= day);
  if (references.length === 0) return undefined;
  const isKnown = (value: unknown): boolean => {
    const cites = (value as { cites?: readonly Citation[] } | null)?.cites;
    const since = cites && knownSince(record, cites);
    return cites === undefined || (since !== undefined && since <= day);
  };
  const fields = Object.entries(record.data).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'references') return [[name, references]];
    if (name === 'title') return [[name, record.data.id]];
    if (name === 'aliases') return [];
    if (Array.isArray(value)) return [[name, value.filter(isKnown)]];
    return name === 'summary' || isKnown(value) ? [[name, value]] : [];
  });
  return { ...record, data: Object.fromEntries(fields) as IncidentRecord['data'] };
}

function declaredSince({ kind }: GraphNode, { record, path }: Declaration): string | undefined {
  const value = valueAt(record, path) as { cites?: readonly Citation[]; id?: string };
  return knownSince(record, kind === 'source' && value.id ? [value.id] : (value.cites ?? []));
}
