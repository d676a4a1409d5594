import { crc32 } from './crc32.ts';
import {
  IndexError,
  type IndexHeader,
  MAGIC,
  MAX_BUCKET_BYTES,
  MAX_HEADER_BYTES,
  PREAMBLE_BYTES,
  TABLE_ROW_BYTES,
} from './index-format.ts';
import { bucketOf, hashKey, type KeyHash } from './key-hash.ts';

/** Bytes that are read in pieces: a file, or an address by HTTP Range. */
export interface ByteSource {
  /** Bytes from `offset`, at most `length`; fewer only at the end. */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

/** An opened index. */
export interface KnowledgeIndex {
  readonly header: IndexHeader;
  /** Whether the key of this hash may be in the index: no false “no”, about one false “yes” in a thousand. Reads nothing. */
  mayHold(hash: KeyHash): boolean;
  /** The values under a key; empty where there are none. Throws {@link IndexError} on damage. */
  lookup(key: string): Promise<readonly unknown[]>;
}

/**
 * Opens an index: reads header and filter, and checks both. Throws {@link IndexError} where it is none or damaged. `checksum` is a faster CRC-32, where
 * the caller has one.
 */
export async function openIndex(source: ByteSource, checksum: (bytes: Uint8Array) => number = crc32): Promise<KnowledgeIndex> {
  // One read is enough for the header of nearly every index.
  const start = await source.read(0, PREAMBLE_BYTES + 8192);
  const header = await readHeader(source, start, checksum);
  const filter = await readExactly(source, header.filter.offset, header.filter.bytes, 'filter');
  if (checksum(filter) !== header.filter.crc) throw new IndexError('the index is damaged: its filter does not match its checksum');
  const { bits, hashes } = header.filter;
  // As `everyBit` does, without a call for each bit: this runs for every component of an input.
  const mayHold = ({ first, second }: KeyHash): boolean => {
    const step = (second | 1) >>> 0;
    let position = first;
    for (let round = 0; round < hashes; round++) {
      const bit = position % bits;
      if (((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
      position = (position + step) >>> 0;
    }
    return true;
  };
  return {
    header,
    mayHold,
    async lookup(key) {
      const hash = hashKey(key);
      if (!mayHold(hash)) return [];
      const bucket = await readBucket(source, header, bucketOf(hash, header.table.buckets), checksum);
      return bucket.find(([held]) => held === key)?.[1] ?? [];
    },
  };
}

/** Every key of an opened index with its values, bucket by bucket: what an update keeps. */
export async function* entriesOf(
  source: ByteSource,
  header: IndexHeader,
): AsyncGenerator<{ readonly key: string; readonly values: readonly unknown[] }> {
  for (let bucket = 0; bucket < header.table.buckets; bucket++) {
    for (const [key, values] of await readBucket(source, header, bucket)) yield { key, values };
  }
}

/** Bytes of buckets that are verified at once. */
const VERIFIED_AT_ONCE = 4 * 1024 * 1024;

/**
 * Compares every bucket with its checksum, in the order of the file: what opening leaves to each lookup. Throws {@link IndexError} on any damage,
 * a cut-off end too.
 */
export async function verifyIndex(
  source: ByteSource,
  { table, data }: IndexHeader,
  checksum: (bytes: Uint8Array) => number = crc32,
): Promise<void> {
  const rows = await readExactly(source, table.offset, table.buckets * TABLE_ROW_BYTES, 'table');
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  const endOf = (bucket: number) => view.getUint32(bucket * TABLE_ROW_BYTES, true) + view.getUint32(bucket * TABLE_ROW_BYTES + 4, true);
  let verified = 0;
  for (let bucket = 0; bucket < table.buckets; ) {
    let next = bucket + 1;
    while (next < table.buckets && endOf(next) - verified <= VERIFIED_AT_ONCE) next++;
    const length = endOf(next - 1) - verified;
    if (length < 0 || verified + length > data.bytes) throw new IndexError('the index is damaged: a bucket lies outside of it');
    const bytes = await readExactly(source, data.offset + verified, length, 'data');
    for (let at = 0; bucket < next; bucket++) {
      const row = bucket * TABLE_ROW_BYTES;
      const [offset, size, crc] = [view.getUint32(row, true), view.getUint32(row + 4, true), view.getUint32(row + 8, true)];
      if (offset !== verified + at || checksum(bytes.subarray(at, at + size)) !== crc) {
        throw new IndexError('the index is damaged: a bucket does not match its checksum');
      }
      at += size;
    }
    verified += length;
  }
  if (verified !== data.bytes) throw new IndexError('the index is damaged: its table does not cover its data');
}

async function readHeader(source: ByteSource, start: Uint8Array, checksum: (bytes: Uint8Array) => number): Promise<IndexHeader> {
  if (new TextDecoder().decode(start.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new IndexError(`expected a knowledge index (${MAGIC}), found something else`);
  }
  if (start.length < PREAMBLE_BYTES) throw new IndexError('the index is cut off');
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) throw new IndexError('the index is damaged: its header is too long');
  const bytes =
    start.length >= PREAMBLE_BYTES + length
      ? start.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + length)
      : await readExactly(source, PREAMBLE_BYTES, length, 'header');
  if (checksum(bytes) !== view.getUint32(12, true)) throw new IndexError('the index is damaged: its header does not match its checksum');
  return JSON.parse(new TextDecoder().decode(bytes)) as IndexHeader;
}

async function readBucket(
  source: ByteSource,
  header: IndexHeader,
  bucket: number,
  checksum: (bytes: Uint8Array) => number = crc32,
): Promise<[string, unknown[]][]> {
  const row = await readExactly(source, header.table.offset + bucket * TABLE_ROW_BYTES, TABLE_ROW_BYTES, 'table');
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const [offset, length, crc] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
  if (length > MAX_BUCKET_BYTES || offset + length > header.data.bytes)
    throw new IndexError('the index is damaged: a bucket lies outside of it');
  const bytes = await readExactly(source, header.data.offset + offset, length, 'data');
  if (checksum(bytes) !== crc) throw new IndexError('the index is damaged: a bucket does not match its checksum');
  return JSON.parse(new TextDecoder().decode(bytes)) as [string, unknown[]][];
}

async function readExactly(source: ByteSource, offset: number, length: number, part: string): Promise<Uint8Array> {
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw new IndexError(`the index is cut off: its ${part} ends too early`);
  return bytes;
}

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { read: async (offset, length) => bytes.subarray(offset, offset + length) };
}
