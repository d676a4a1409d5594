import { addressOf, resourceAddress } from '../graph/addresses.ts';
import { valueAt } from '../graph/build-graph.ts';
import { calledName, type Graph, type GraphEdge, type GraphNode, getNode } from '../graph/graph.ts';
import type { CorpusRecord } from '../schema/record.ts';

/** One thing as the API gives it. The shape is documented in the OpenAPI file. */
export interface Resource {
  readonly id: string;
  readonly kind: GraphNode['kind'];
  readonly key: string;
  readonly label: string;
  /** Address of its page, relative to the site's root. */
  readonly page: string;
  /** Earliest day on which a source for it was public; null where none is dated. */
  readonly knownSince: string | null;
  /** The record itself, for the kinds that are records; null otherwise. */
  readonly record: CorpusRecord['data'] | null;
  /** What each record says of it, for the kinds that are not records. */
  readonly declarations: readonly { readonly in: string; readonly says: unknown }[];
  readonly edges: readonly ResourceEdge[];
}

/** A tie of a resource, as the API gives it. */
export interface ResourceEdge {
  readonly relation: GraphEdge['relation'];
  readonly direction: 'out' | 'in';
  readonly to: { readonly id: string; readonly kind: string; readonly label: string; readonly resource: string };
  /** Id of the record that says so. */
  readonly in: string;
  readonly qualifier: string | null;
  readonly confidence: string | null;
  readonly sources: readonly string[];
  readonly knownSince: string | null;
}

/** The API's view of a node: its record or declarations, and its ties. */
export function toResource(graph: Graph, node: GraphNode): Resource {
  return {
    id: node.id,
    kind: node.kind,
    key: node.key,
    label: calledName(node),
    page: addressOf(node),
    knownSince: node.knownSince ?? null,
    record: node.record?.data ?? null,
    declarations: node.declarations.map(({ record, path }) => ({ in: record.data.id, says: valueAt(record, path) })),
    edges: [
      ...graph.edgesFrom(node.id).map((edge) => toResourceEdge(graph, edge, 'out')),
      ...graph.edgesTo(node.id).map((edge) => toResourceEdge(graph, edge, 'in')),
    ],
  };
}

/** A tie as seen from one of its ends. */
export function toResourceEdge(graph: Graph, edge: GraphEdge, direction: 'out' | 'in'): ResourceEdge {
  const far = getNode(graph, direction === 'out' ? edge.to : edge.from);
  return {
    relation: edge.relation,
    direction,
    to: { id: far.id, kind: far.kind, label: calledName(far), resource: resourceAddress(far) },
    in: edge.record.data.id,
    qualifier: edge.qualifier ?? null,
    confidence: edge.confidence ?? null,
    sources: edge.sources,
    knownSince: edge.knownSince ?? null,
  };
}
