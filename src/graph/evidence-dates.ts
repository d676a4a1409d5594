import { canonicalUrl } from '../base/canonical-url.ts';
import { getEdtf } from '../base/edtf.ts';
import { Recent } from '../base/recent.ts';
import { referenceIdOf } from '../schema/cited.ts';
import { referencesOf } from '../schema/claims.ts';
import type { Citation, Reference } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';

/** The references of one record, looked up by id. */
export interface ReferenceIndex {
  get(id: string): Reference | undefined;
  /** 1-based number under which the page lists it. */
  numberOf(id: string): number;
  /** What a reference goes back to: itself, or what it relays, transitively, be that a reference or an origin without one. */
  originsOf(id: string): readonly string[];
}

const indexes = new Recent(2_000, makeIndex);

/** The references of a record by id. */
export function referenceIndex(record: CorpusRecord): ReferenceIndex {
  return indexes.get(record);
}

function makeIndex(record: CorpusRecord): ReferenceIndex {
  const byId = new Map(referencesOf(record).map((reference, index) => [reference.id, { reference, number: index + 1 }]));
  return {
    get: (id) => byId.get(id)?.reference,
    numberOf: (id) => byId.get(id)?.number ?? 0,
    originsOf: (id) => origins(id, byId, new Set()),
  };
}

function origins(id: string, byId: ReadonlyMap<string, { reference: Reference }>, seen: Set<string>): string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const { relays = [], origins: unlisted = [] } = byId.get(id)?.reference ?? {};
  if (relays.length === 0 && unlisted.length === 0) return [id];
  return [...unlisted.map((origin) => `origin:${origin}`), ...relays.flatMap((earlier) => origins(earlier, byId, seen))];
}

/** How many independent origins the citations go back to: ten articles on one report are one. */
export function countOrigins(record: CorpusRecord, ids: Iterable<string>): number {
  const index = referenceIndex(record);
  return new Set([...ids].flatMap((id) => index.originsOf(id))).size;
}

/** First day on which a document was certainly public: the end of what its date can mean. Undefined where it is undated. */
export function publicSince(reference: Reference): string | undefined {
  return reference.published ? getEdtf(reference.published).lastDay : undefined;
}

/**
 * Earliest day (YYYY-MM-DD) on which one of the cited documents was public; undated documents never count. Where the statement is of a dated
 * event, a document from before it cannot have reported it then (it was revised since), so the day is never before the event.
 */
export function knownSince(record: CorpusRecord, cites: readonly Citation[], event?: string): string | undefined {
  const index = referenceIndex(record);
  let earliest: string | undefined;
  for (const cited of cites) {
    const reference = index.get(referenceIdOf(cited));
    const day = reference && publicSince(reference);
    if (day && (!earliest || day < earliest)) earliest = day;
  }
  const happened = event && earliest ? getEdtf(event).firstDay : undefined;
  return happened && earliest && happened > earliest ? happened : earliest;
}

/** Natural key of a document: its canonical URL. */
export function sourceKey(reference: Reference): string {
  return canonicalUrl(reference.url) ?? reference.url;
}
