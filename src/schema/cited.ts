import type { Citation, Known } from './evidence.ts';

/** The items of a list field; empty where it is absent, none or unknown. */
export function itemsOf<Item>(field: Known<Item> | undefined): readonly Item[] {
  return Array.isArray(field) ? field : [];
}

/** The reference id of a citation, whichever way it is written. */
export function referenceIdOf(cited: Citation): string {
  return typeof cited === 'string' ? cited : cited.ref;
}
