import { compareText } from '../../base/problem.ts';
import { crc32 } from './crc32.ts';
import {
  BITS_PER_KEY,
  FILTER_HASHES,
  IndexError,
  type IndexHeader,
  type IndexSource,
  KEYS_PER_BUCKET,
  MAGIC,
  PREAMBLE_BYTES,
  TABLE_ROW_BYTES,
} from './index-format.ts';
import { KeptTexts } from './kept-texts.ts';
import { bucketOf, everyBit, hashKey } from './key-hash.ts';

/** The entries of an index to be. */
export class IndexEntries {
  readonly #texts = new KeptTexts();
  /** Numbers of the values of each key. */
  readonly #byKey = new Map<string, number[]>();

  /** How many there are. */
  get size(): number {
    return this.#texts.size;
  }

  /** Takes one value under a key, as compact JSON text. */
  add(key: string, json: string): void {
    const number = this.#texts.add(json);
    const known = this.#byKey.get(key);
    if (known) known.push(number);
    else this.#byKey.set(key, [number]);
  }

  /**
   * The bytes of the index in pieces, in order. Values under a key keep the order of their texts, so the same entries in any order give the same
   * bytes. Throws {@link IndexError} where the data would not fit 32-bit offsets.
   */
  *pieces(sources: readonly IndexSource[]): Generator<Uint8Array> {
    const keyCount = this.#byKey.size;
    const buckets = Math.max(1, Math.ceil(keyCount / KEYS_PER_BUCKET));
    const bits = Math.max(64, keyCount * BITS_PER_KEY);
    const filter = new Uint8Array(Math.ceil(bits / 8));
    const keysOf: string[][] = Array.from({ length: buckets }, () => []);
    const keysByType = new Map<string, number>();
    for (const key of this.#byKey.keys()) {
      const hash = hashKey(key);
      everyBit(hash, bits, FILTER_HASHES, (bit) => {
        filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
        return true;
      });
      keysOf[bucketOf(hash, buckets)]?.push(key);
      const type = key.slice(0, key.indexOf(':'));
      keysByType.set(type, (keysByType.get(type) ?? 0) + 1);
    }
    const table = new Uint8Array(buckets * TABLE_ROW_BYTES);
    const rows = new DataView(table.buffer);
    let dataBytes = 0;
    for (const [bucket, keys] of keysOf.entries()) {
      const bytes = this.#bucket(keys.sort(compareText));
      if (dataBytes + bytes.length > 0xffffffff) throw new IndexError('the records do not fit an index: more than 4 GB');
      rows.setUint32(bucket * TABLE_ROW_BYTES, dataBytes, true);
      rows.setUint32(bucket * TABLE_ROW_BYTES + 4, bytes.length, true);
      rows.setUint32(bucket * TABLE_ROW_BYTES + 8, crc32(bytes), true);
      dataBytes += bytes.length;
    }
    const header = layOut({
      sources,
      keys: keyCount,
      entries: this.size,
      keysByType: Object.fromEntries([...keysByType].sort(([left], [right]) => compareText(left, right))),
      filter: { bytes: filter.length, bits, hashes: FILTER_HASHES, crc: crc32(filter) },
      table: { buckets },
      data: { bytes: dataBytes },
    });
    yield preamble(header);
    yield header;
    yield filter;
    yield table;
    // Made anew: what comes before them tells their lengths, and all of them together would be held.
    for (const keys of keysOf) yield this.#bucket(keys);
  }

  #bucket(keys: readonly string[]): Uint8Array {
    const rows = keys.map((key) => {
      const values = this.#byKey.get(key)?.map((number) => this.#texts.get(number)) ?? [];
      return `[${JSON.stringify(key)},[${values.sort(compareText).join(',')}]]`;
    });
    return encode(`[${rows.join(',')}]`);
  }
}

type Sizes = Pick<IndexHeader, 'sources' | 'keys' | 'entries' | 'keysByType'> & {
  readonly filter: Omit<IndexHeader['filter'], 'offset'>;
  readonly table: Omit<IndexHeader['table'], 'offset'>;
  readonly data: Omit<IndexHeader['data'], 'offset'>;
};

/** The header's own length moves the offsets that it names: lay it out again until they agree, then pad to what was assumed. */
function layOut(sizes: Sizes): Uint8Array {
  for (let assumed = 1024; ; assumed *= 2) {
    const filterOffset = PREAMBLE_BYTES + assumed;
    const tableOffset = filterOffset + sizes.filter.bytes;
    const header: IndexHeader = {
      format: 1,
      ...sizes,
      filter: { offset: filterOffset, ...sizes.filter },
      table: { offset: tableOffset, ...sizes.table },
      data: { offset: tableOffset + sizes.table.buckets * TABLE_ROW_BYTES, ...sizes.data },
    };
    const bytes = encode(JSON.stringify(header));
    if (bytes.length <= assumed) {
      const padded = new Uint8Array(assumed).fill(0x20);
      padded.set(bytes);
      return padded;
    }
  }
}

function preamble(header: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(PREAMBLE_BYTES);
  bytes.set(encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, header.length, true);
  view.setUint32(12, crc32(header), true);
  return bytes;
}

const encoder = new TextEncoder();

function encode(text: string): Uint8Array {
  return encoder.encode(text);
}
