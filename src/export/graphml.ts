import { escapeXml } from '../base/xml-text.ts';
import { addressOf } from '../graph/addresses.ts';
import type { Graph, GraphNode, NodeId } from '../graph/graph.ts';
import { nodeId } from '../graph/graph.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { allBut, type ExportFormat } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

const NODE_KEYS = ['kind', 'label', 'knownSince', 'url'] as const;
const EDGE_KEYS = ['relation', 'qualifier', 'confidence', 'knownSince', 'record', 'sources'] as const;

/** The chosen incidents with everything that they are tied to, and all ties among these (http://graphml.graphdrawing.org/specification.html). */
export const graphml: ExportFormat = {
  id: 'graphml',
  title: 'GraphML, the graph of the chosen incidents',
  mediaType: 'application/graphml+xml',
  extension: 'graphml',
  asOf: true,
  losses: [
    ...allBut(
      INCIDENT_FIELDS,
      [
        'id',
        'title',
        'components',
        'releases',
        'repositories',
        'organizations',
        'people',
        'buildSystems',
        'distributionChannels',
        'accounts',
        'artifacts',
        'indicators',
        'vulnerabilities',
        'attribution',
        'campaigns',
        'malware',
        'techniques',
        'seededBy',
        'related',
        'path',
        'references',
      ],
      'a graph carries ties, not prose',
    ),
    { field: '*', why: 'texts of statements and anchors; the sources of a tie are its addresses' },
  ],
  *render({ graph, incidents, site }) {
    const kept = neighbourhood(graph, incidents);
    const number = new Map([...kept].map((id, index) => [id, index]));
    const key = (name: string, scope: 'node' | 'edge') =>
      `  <key id="${scope[0]}-${name}" for="${scope}" attr.name="${name}" attr.type="string"/>`;
    const data = (scope: 'n' | 'e', name: string, value: string | undefined) =>
      value ? `<data key="${scope}-${name}">${escapeXml(value)}</data>` : '';
    const head = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
      ...NODE_KEYS.map((name) => key(name, 'node')),
      ...EDGE_KEYS.map((name) => key(name, 'edge')),
      '  <graph id="threatpedia" edgedefault="directed">',
    ];
    yield `${head.join('\n')}\n`;
    for (const [id, index] of number) {
      const node = graph.nodes.get(id) as GraphNode;
      yield `    <node id="n${index}">${data('n', 'kind', node.kind)}${data('n', 'label', labelOf(node))}${data('n', 'knownSince', node.knownSince)}${data('n', 'url', `${site}${addressOf(node)}`)}</node>\n`;
    }
    for (const edge of graph.edges) {
      const [from, to] = [number.get(edge.from), number.get(edge.to)];
      if (from === undefined || to === undefined) continue;
      yield `    <edge source="n${from}" target="n${to}">${data('e', 'relation', edge.relation)}${data('e', 'qualifier', edge.qualifier)}${data('e', 'confidence', edge.confidence)}${data('e', 'knownSince', edge.knownSince)}${data('e', 'record', edge.record.data.id)}${data('e', 'sources', edge.sources.join(' '))}</edge>\n`;
    }
    yield '  </graph>\n</graphml>\n';
  },
};

/** The label, but of an incident as known on a day its id: titles are written with hindsight. */
function labelOf({ kind, key, label, record }: GraphNode): string {
  return kind === 'incident' && !record ? key : label;
}

/** The incidents’ nodes and those one tie away, in the order of the graph. */
function neighbourhood(graph: Graph, incidents: readonly IncidentRecord[]): Set<NodeId> {
  const near = new Set<NodeId>();
  for (const { data } of incidents) {
    const id = nodeId('incident', data.id);
    near.add(id);
    for (const { to } of graph.edgesFrom(id)) near.add(to);
    for (const { from } of graph.edgesTo(id)) near.add(from);
  }
  return new Set([...graph.nodes.keys()].filter((id) => near.has(id)));
}
