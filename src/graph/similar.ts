import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import type { Graph } from './graph.ts';
import { recordsOf } from './graph.ts';

/** Something that two incidents share: a field of the record and the value in it. */
export interface SharedFeature {
  readonly field:
    | 'actor'
    | 'malware'
    | 'campaign'
    | 'vector'
    | 'entryStage'
    | 'channel'
    | 'component'
    | 'technique'
    | 'ecosystem'
    | 'divergence';
  readonly value: string;
}

/** An incident like another, and what makes it so, the rarest first. */
export interface SimilarIncident {
  readonly id: string;
  readonly shared: readonly SharedFeature[];
}

/** How much a shared value tells, besides its rarity: whom and what an attack was made with more than where it happened. */
const WEIGHTS: Readonly<Record<SharedFeature['field'], number>> = {
  actor: 3,
  malware: 3,
  campaign: 3,
  vector: 1.6,
  entryStage: 1,
  channel: 1,
  component: 1,
  technique: 0.7,
  ecosystem: 0.6,
  divergence: 0.4,
};

/** Values that more incidents than this share are too common to be looked through: they would make the work grow with the square of the corpus. */
const COMMON = 150;

interface FeatureIndex {
  readonly features: ReadonlyMap<string, readonly string[]>;
  readonly incidentsOf: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<Graph, FeatureIndex>();

/**
 * Incidents whose records share most of what tells attacks apart: vectors, stage of entry, kinds of channel and component, techniques, actors and
 * malware, each weighed by its rarity (inverse document frequency). At most `limit`, the most alike first; none that share fewer than two values.
 */
export function similarIncidents(graph: Graph, id: string, limit = 5): SimilarIncident[] {
  const { features, incidentsOf } = featureIndex(graph);
  const scores = new Map<string, { score: number; shared: { feature: string; weight: number }[] }>();
  for (const feature of features.get(id) ?? []) {
    const others = incidentsOf.get(feature) ?? [];
    if (others.length < 2 || others.length > COMMON) continue;
    const weight = WEIGHTS[fieldOf(feature)] * Math.log(features.size / others.length);
    for (const other of others) {
      if (other === id) continue;
      const known = scores.get(other) ?? { score: 0, shared: [] };
      known.score += weight;
      known.shared.push({ feature, weight });
      scores.set(other, known);
    }
  }
  return [...scores]
    .filter(([, { shared }]) => shared.length > 1)
    .sort(([left, one], [right, two]) => two.score - one.score || (left < right ? -1 : 1))
    .slice(0, limit)
    .map(([other, { shared }]) => ({
      id: other,
      shared: shared
        .sort((one, two) => two.weight - one.weight || (one.feature < two.feature ? -1 : 1))
        .map(({ feature }) => ({ field: fieldOf(feature), value: feature.slice(feature.indexOf(' ') + 1) })),
    }));
}

function fieldOf(feature: string): SharedFeature['field'] {
  return feature.slice(0, feature.indexOf(' ')) as SharedFeature['field'];
}

function featureIndex(graph: Graph): FeatureIndex {
  const known = indexes.get(graph);
  if (known) return known;
  const features = new Map<string, readonly string[]>();
  const incidentsOf = new Map<string, string[]>();
  for (const { data } of recordsOf(graph, 'incident')) {
    const own = [...new Set(featuresOf(data))];
    features.set(data.id, own);
    for (const feature of own) {
      const others = incidentsOf.get(feature);
      if (others) others.push(data.id);
      else incidentsOf.set(feature, [data.id]);
    }
  }
  const index = { features, incidentsOf };
  indexes.set(graph, index);
  return index;
}

function* featuresOf(incident: Incident): Generator<string> {
  for (const { target } of itemsOf(incident.attribution)) if ('actor' in target) yield `actor ${target.actor}`;
  for (const { id } of itemsOf(incident.malware)) yield `malware ${id}`;
  for (const { id } of itemsOf(incident.campaigns)) yield `campaign ${id}`;
  for (const vector of incident.vectors) if (vector !== 'unknown') yield `vector ${vector}`;
  if (typeof incident.entryStage === 'string') yield `entryStage ${incident.entryStage}`;
  for (const { kind } of itemsOf(incident.distributionChannels)) yield `channel ${kind}`;
  for (const { kind } of itemsOf(incident.components)) yield `component ${kind}`;
  for (const { id } of itemsOf(incident.techniques)) yield `technique ${id}`;
  for (const ecosystem of incident.ecosystems) yield `ecosystem ${ecosystem}`;
  if (incident.sourceArtifactDivergence?.value === 'yes') yield 'divergence yes';
}
