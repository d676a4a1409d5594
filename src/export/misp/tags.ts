import { valueAt } from '../../graph/build-graph.ts';
import { type Graph, type GraphNode, getNode, nodeId } from '../../graph/graph.ts';
import type { Attribution } from '../../schema/attribution.ts';
import { itemsOf } from '../../schema/cited.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { CONFIDENCE_SCALES } from '../uncertainty.ts';

/** A tag of a MISP event. */
export interface MispTag {
  readonly name: string;
  readonly colour: string;
}

/** Kinds of nodes that have a galaxy of ours, and its type. */
export const GALAXY_TYPES = { incident: 'threatpedia-incident', actor: 'threatpedia-actor', malware: 'threatpedia-malware' } as const;

export type GalaxyKind = keyof typeof GALAXY_TYPES;

/** Whether a node stands in one of our galaxies. */
export function isGalaxyNode(node: GraphNode): node is GraphNode & { readonly kind: GalaxyKind } {
  return node.kind in GALAXY_TYPES;
}

/**
 * The value by which a cluster is known: its name and our id, as ATT&CK’s clusters have theirs, so that namesakes are two. Without quotes, control
 * characters and marks of writing direction, because it stands within a tag.
 */
export function clusterValue({ kind, key, label, record }: GraphNode): string {
  // Titles are written with hindsight: as known on a day there is no record, and an incident goes by its id.
  return kind === 'incident' && !record ? key : `${tagText(label)} - ${key}`;
}

/** Text that may stand between the quotes of a tag. */
function tagText(text: string): string {
  return (
    text
      .replaceAll('"', '’')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+/gu, ' ')
      .trim()
  );
}

/** A machine tag: `namespace:predicate="value"`. */
export function machineTag(namespace: string, predicate: string, value: string): string {
  return `${namespace}:${predicate}="${value}"`;
}

/** Tags of the confidence with which something is held. */
export function confidenceTags(code: string): string[] {
  const scales = CONFIDENCE_SCALES[code];
  if (!scales) return [];
  return [
    machineTag('estimative-language', 'confidence-in-analytic-judgment', scales.estimative),
    machineTag('admiralty-scale', 'information-credibility', scales.admiralty),
  ];
}

/** What an event is marked with: how it may be passed on, what it is about, and — of today, not of a day — how sure the record is and in which terms. */
export function eventTags(graph: Graph, { data }: IncidentRecord, factsOnly: boolean): MispTag[] {
  const names = new Set<string>();
  const id = nodeId('incident', data.id);
  const own = graph.nodes.get(id);
  if (own) names.add(galaxyTag(own));
  for (const edge of graph.edgesFrom(id)) {
    const node = getNode(graph, edge.to);
    // A tag cannot say that somebody denies it.
    const isDenied = edge.relation === 'attributed' && (valueAt(edge.record, edge.path) as Attribution).relation === 'disputed';
    if ((edge.relation === 'attributed' || edge.relation === 'used-malware') && isGalaxyNode(node) && !isDenied) names.add(galaxyTag(node));
  }
  for (const { id: technique, name } of itemsOf(data.techniques))
    names.add(machineTag('misp-galaxy', 'mitre-attack-pattern', `${tagText(name)} - ${technique}`));
  if (!factsOnly) {
    for (const tag of confidenceTags(data.confidence)) names.add(tag);
    const terms = {
      status: [data.status],
      'evidence-level': [data.evidenceLevel],
      vector: data.vectors,
      ecosystem: data.ecosystems,
      impact: data.impacts ?? [],
      'entry-stage': typeof data.entryStage === 'string' ? [data.entryStage] : [],
    };
    for (const [predicate, values] of Object.entries(terms))
      for (const value of values) names.add(machineTag('threatpedia', predicate, value));
  }
  return [{ name: 'tlp:clear', colour: '#FFFFFF' }, ...[...names].sort().map((name) => ({ name, colour: '#0B559F' }))];
}

function galaxyTag(node: GraphNode): string {
  return machineTag('misp-galaxy', isGalaxyNode(node) ? GALAXY_TYPES[node.kind] : node.kind, clusterValue(node));
}
