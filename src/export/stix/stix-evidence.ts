import { getEdtf } from '../../base/edtf.ts';
import { publicSince, referenceIndex, sourceKey } from '../../graph/evidence-dates.ts';
import { type Graph, nodeId } from '../../graph/graph.ts';
import { citedIds, referencesOf } from '../../schema/claims.ts';
import type { Citation, Reference } from '../../schema/evidence.ts';
import type { CorpusRecord } from '../../schema/record.ts';

/** Statements of one record. */
export interface Cited {
  readonly record: CorpusRecord;
  readonly cites: readonly Citation[];
}

/** `created` and `modified` of an object. */
export interface StixDates {
  readonly created: string;
  readonly modified: string;
}

/** Stands for "no dated source". */
const UNKNOWN_DATE = '1970-01-01T00:00:00.000Z';

/**
 * What the documents behind statements come to in STIX: dates and external references. Counts only documents that are in the graph, so that nothing
 * later is told as known on a day. Dates are those of documents, never of the clock: `created` of the first, `modified` of the last.
 */
export class StixEvidence {
  readonly #graph: Graph;
  readonly #factsOnly: boolean;
  readonly #recordDates = new Map<CorpusRecord, StixDates>();

  constructor(graph: Graph, factsOnly: boolean) {
    this.#graph = graph;
    this.#factsOnly = factsOnly;
  }

  /** Dates of statements; where none of their documents is dated, those of the first record. */
  datesOf(cited: readonly Cited[]): StixDates {
    const own = span(this.#referencesOf(cited).map((reference) => this.#day(reference)));
    if (own) return own;
    const record = cited[0]?.record;
    return record ? this.recordDates(record) : { created: UNKNOWN_DATE, modified: UNKNOWN_DATE };
  }

  /** Dates of a record: from its first document to its last. */
  recordDates(record: CorpusRecord): StixDates {
    const known = this.#recordDates.get(record);
    if (known) return known;
    const dates = span(referencesOf(record).map((reference) => this.#day(reference))) ?? { created: UNKNOWN_DATE, modified: UNKNOWN_DATE };
    this.#recordDates.set(record, dates);
    return dates;
  }

  /** The documents behind statements, each address once; undefined where there are none. */
  externalReferences(cited: readonly Cited[]): object[] | undefined {
    const found = new Map<string, object>();
    for (const reference of this.#referencesOf(cited)) found.set(reference.url, externalReference(reference));
    return found.size > 0 ? [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, reference]) => reference) : undefined;
  }

  #referencesOf(cited: readonly Cited[]): Reference[] {
    return cited.flatMap(({ record, cites }) =>
      citedIds(cites).flatMap((id) => {
        const reference = referenceIndex(record).get(id);
        return reference && this.#isVisible(reference) ? reference : [];
      }),
    );
  }

  #day(reference: Reference): string | undefined {
    return this.#isVisible(reference) ? publicSince(reference) : undefined;
  }

  #isVisible(reference: Reference): boolean {
    if (!this.#factsOnly) return true;
    return publicSince(reference) !== undefined && this.#graph.nodes.has(nodeId('source', sourceKey(reference)));
  }
}

/** A document. No hash without a captured copy: a digest of what the address gives today would vouch for something nobody read. */
export function externalReference({ title, publisher, url, published, captured }: Reference): object {
  return {
    source_name: publisher,
    description: `${title}${published ? ` (${published})` : ''}`,
    url: uriOf(url),
    ...(captured ? { hashes: { 'SHA-256': captured.sha256 } } : {}),
  };
}

/** An address with what RFC 3986 does not allow in one escaped, such as letters of other scripts: readers hold `url` to that. */
function uriOf(url: string): string {
  return url.toWellFormed().replace(/[^\w.~:/?#@!$&'()*+,;=%-]|%(?![\dA-Fa-f]{2})/gu, encodeURIComponent);
}

/** The instant at which an EDTF date begins, to the millisecond; undefined where it is open. */
export function stixTime(date: string | undefined): string | undefined {
  const earliest = date === undefined ? undefined : getEdtf(date).earliest;
  return earliest ? withMilliseconds(earliest) : undefined;
}

function withMilliseconds(instant: string): string {
  return instant.replace(/(?:\.\d+)?Z$/, '.000Z');
}

function span(days: readonly (string | undefined)[]): StixDates | undefined {
  const known = days.filter((day) => day !== undefined).sort();
  const [first, last] = [known[0], known.at(-1)];
  return first && last ? { created: `${first}T00:00:00.000Z`, modified: `${last}T00:00:00.000Z` } : undefined;
}
