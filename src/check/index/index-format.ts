/**
 * The knowledge index: one flat file from which a key is answered with two small reads, by a program (`fs`) or by a browser (HTTP Range).
 *
 * ```
 * 0    8 bytes   "TPINDEX1"
 * 8    u32       length of the header in bytes
 * 12   u32       CRC-32 of the header
 * 16   header    JSON, UTF-8: IndexHeader
 *      filter    Bloom filter over all keys: bit b is bit (b & 7) of byte (b >> 3)
 *      table     for each bucket: u32 offset into data, u32 length, u32 CRC-32 of its bytes
 *      data      buckets: JSON, UTF-8: [[key, [value, …]], …], keys in code-unit order
 * ```
 *
 * All integers are little-endian and unsigned. A reader refuses another magic, and every part whose CRC differs. Keys are hashed as
 * `key-hash.ts` says. The same entries give the same bytes.
 */
export const MAGIC = 'TPINDEX1';
export const PREAMBLE_BYTES = 16;
export const TABLE_ROW_BYTES = 12;
/** Fourteen bits and ten hashes a key: about one key in a thousand that is absent costs a read. */
export const BITS_PER_KEY = 14;
export const FILTER_HASHES = 10;
/** Keys in a bucket, on average. */
export const KEYS_PER_BUCKET = 6;
/** Larger parts are refused as damaged. */
export const MAX_HEADER_BYTES = 1024 * 1024;
export const MAX_BUCKET_BYTES = 64 * 1024 * 1024;

/** What an index holds and where. */
export interface IndexHeader {
  readonly format: 1;
  /** What it was made from, in order. */
  readonly sources: readonly IndexSource[];
  readonly keys: number;
  readonly entries: number;
  /** Number of keys by their first part: purl types, `domain`, `sha256`, … */
  readonly keysByType: Readonly<Record<string, number>>;
  readonly filter: {
    readonly offset: number;
    readonly bytes: number;
    readonly bits: number;
    readonly hashes: number;
    readonly crc: number;
  };
  readonly table: { readonly offset: number; readonly buckets: number };
  readonly data: { readonly offset: number; readonly bytes: number };
}

/** Whether all that an index holds is what a corpus tells. */
export function isCorpusIndex({ sources }: Pick<IndexHeader, 'sources'>): boolean {
  return sources.length > 0 && sources.every(({ name }) => name === CORPUS_SOURCE);
}

/** The name of a corpus among the sources of an index. */
export const CORPUS_SOURCE = 'corpus';

/** One origin of an index. */
export interface IndexSource {
  /** `corpus`, or the address or file name that the records came from. */
  readonly name: string;
  readonly records: number;
  /** Latest change of a record in it (ISO date-time): how old the knowledge is. */
  readonly newest?: string | undefined;
  /** Records left out, by reason. */
  readonly skipped?: Readonly<Record<string, number>> | undefined;
}

/** The index is damaged or of a format that this version does not read. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
}
