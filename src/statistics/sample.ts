import { canonicalUrl } from '../base/canonical-url.ts';
import type { Incident } from '../schema/incident.ts';
import { ALL_DEPTHS, type Depth } from './measure.ts';

/** What the corpus is a sample of, as far as its records tell. */
export interface Sample {
  readonly incidents: number;
  readonly depths: Readonly<Record<Depth, number>>;
  /** The document that most incidents cite: the catalogue from which most were taken. Undefined where no document serves two incidents. */
  readonly catalogue: { readonly title: string; readonly publisher: string; readonly key: string; readonly incidents: number } | undefined;
}

/** Describes the sample. */
export function sampleOf(incidents: readonly Incident[]): Sample {
  const citing = new Map<string, { title: string; publisher: string; key: string; incidents: number }>();
  for (const { references } of incidents) {
    const documents = new Map(references.map((reference) => [canonicalUrl(reference.url) ?? reference.url, reference]));
    for (const [key, { title, publisher }] of documents) {
      const known = citing.get(key);
      if (known) known.incidents++;
      else citing.set(key, { title, publisher, key, incidents: 1 });
    }
  }
  const [first] = [...citing.values()].sort((left, right) => right.incidents - left.incidents);
  const depths = Object.fromEntries(ALL_DEPTHS.map((depth) => [depth, incidents.filter((incident) => incident.depth === depth).length]));
  return {
    incidents: incidents.length,
    depths: depths as Record<Depth, number>,
    catalogue: first && first.incidents > 1 ? first : undefined,
  };
}
