import { publicSince, referenceIndex } from '../graph/evidence-dates.ts';
import { referenceIdOf } from '../schema/cited.ts';
import { referencesOf } from '../schema/claims.ts';
import type { Citation } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';

/** Stands for "no dated source". */
const UNKNOWN_DAY = '1970-01-01';

/**
 * First and last day (YYYY-MM-DD) on which documents became public: those that the citations name, else all of the record. Exports are dated by
 * documents, never by the clock; where none is dated both are 1970-01-01.
 */
export function evidenceDays(record: CorpusRecord, cites?: readonly Citation[]): { readonly first: string; readonly last: string } {
  const index = referenceIndex(record);
  const references = cites ? cites.flatMap((cited) => index.get(referenceIdOf(cited)) ?? []) : referencesOf(record);
  const days = references.flatMap((reference) => publicSince(reference) ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first && last) return { first, last };
  return cites ? evidenceDays(record) : { first: UNKNOWN_DAY, last: UNKNOWN_DAY };
}
