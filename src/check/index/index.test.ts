import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IndexError, type IndexHeader } from './index-format.ts';
import { KeptTexts } from './kept-texts.ts';
import { hashKey } from './key-hash.ts';
import { bytesSource, entriesOf, openIndex, verifyIndex } from './open-index.ts';
import { IndexEntries } from './write-index.ts';

interface Entry {
  readonly key: string;
  readonly json: string;
}

function indexOf(entries: readonly Entry[]): Uint8Array {
  const all = new IndexEntries();
  for (const { key, json } of entries) all.add(key, json);
  return Buffer.concat([...all.pieces([{ name: 'test', records: entries.length }])]);
}

const sample: Entry[] = Array.from({ length: 500 }, (_, number) => ({ key: `npm:package-${number % 400}`, json: `{"n":${number}}` }));

/** A copy with one byte turned over. */
function damaged(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
}

describe('the knowledge index', () => {
  test('gives back every value under its key, and nothing under another', async () => {
    const key = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('npm:__proto__', 'npm:constructor', 'domain:例え.jp', 'x:'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key, value: fc.jsonValue({ maxDepth: 2 }) }), { maxLength: 60 }),
        fc.string(),
        async (rows, other) => {
          const index = await openIndex(bytesSource(indexOf(rows.map((row) => ({ key: row.key, json: JSON.stringify(row.value) })))));
          for (const row of rows) {
            expect(index.mayHold(hashKey(row.key))).toBe(true);
            const expected = rows.filter((each) => each.key === row.key).map((each) => JSON.stringify(each.value));
            expect((await index.lookup(row.key)).map((value) => JSON.stringify(value)).sort()).toEqual(expected.sort());
          }
          if (!rows.some((row) => row.key === other)) expect(await index.lookup(other)).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is the same bytes for the same entries in any order', () => {
    expect(indexOf([...sample].reverse())).toEqual(indexOf(sample));
  });

  test('an update can read every entry back', async () => {
    const source = bytesSource(indexOf(sample));
    const { header } = await openIndex(source);
    let values = 0;
    for await (const entry of entriesOf(source, header)) values += entry.values.length;
    expect(values).toBe(sample.length);
    expect(header.keysByType).toEqual({ npm: 400 });
  });

  test('answers absent keys from the filter alone, but for about one in a thousand', async () => {
    const index = await openIndex(bytesSource(indexOf(sample)));
    const wrong = Array.from({ length: 20_000 }, (_, number) => index.mayHold(hashKey(`pypi:absent-${number}`))).filter(Boolean).length;
    expect(wrong).toBeLessThan(100);
  });

  test('reads little: the start, the filter, and two pieces a key', async () => {
    const bytes = indexOf(sample);
    const reads: number[] = [];
    const index = await openIndex({
      read: async (offset, length) => {
        reads.push(length);
        return bytes.subarray(offset, offset + length);
      },
    });
    await index.lookup('npm:package-7');
    await index.lookup('npm:not-there-at-all');
    expect(reads).toHaveLength(4);
  });

  test.each([
    ['another magic', (bytes: Uint8Array) => damaged(bytes, 0), 'expected a knowledge index'],
    ['a damaged header', (bytes: Uint8Array) => damaged(bytes, 20), 'header'],
    ['a damaged filter', (bytes: Uint8Array) => damaged(bytes, headerOf(bytes).filter.offset), 'filter'],
    ['an end in the filter', (bytes: Uint8Array) => bytes.slice(0, headerOf(bytes).filter.offset + 3), 'filter'],
    ['an empty file', () => new Uint8Array(), 'expected a knowledge index'],
  ])('%s is refused when it is opened', async (_name, change, message) => {
    const bytes = change(indexOf(sample));
    await expect(openIndex(bytesSource(bytes))).rejects.toThrow(IndexError);
    await expect(openIndex(bytesSource(bytes))).rejects.toThrow(message);
  });

  test('any damage to a bucket is refused when it is read', async () => {
    const bytes = indexOf(sample);
    const { data } = headerOf(bytes);
    for (let at = data.offset; at < data.offset + data.bytes; at += 997) {
      const source = bytesSource(damaged(bytes, at));
      const index = await openIndex(source);
      await expect(readAll(source, index.header)).rejects.toThrow('checksum');
      await expect(verifyIndex(source, index.header)).rejects.toThrow('checksum');
    }
  });

  test('a sound file is verified as a whole; any damage to its table is not', async () => {
    const bytes = indexOf(sample);
    const { table, data } = headerOf(bytes);
    await verifyIndex(bytesSource(bytes), headerOf(bytes));
    for (let at = table.offset; at < data.offset; at += 7)
      await expect(verifyIndex(bytesSource(damaged(bytes, at)), headerOf(bytes))).rejects.toThrow(IndexError);
  });

  test('a cut-off file is refused when what is gone is read', async () => {
    const bytes = indexOf(sample);
    const source = bytesSource(bytes.slice(0, bytes.length - 1));
    const { header } = await openIndex(source);
    await expect(readAll(source, header)).rejects.toThrow('ends too early');
    await expect(verifyIndex(source, header)).rejects.toThrow('ends too early');
  });

  test('the hash of a key is part of the format', () => {
    expect(hashKey('npm:event-stream')).toEqual(hashKey('npm:event-stream'));
    expect([hashKey(''), hashKey('npm:event-stream'), hashKey('例')]).toMatchInlineSnapshot(`
      [
        {
          "first": 451841411,
          "second": 1217125560,
        },
        {
          "first": 3856758572,
          "second": 3522940187,
        },
        {
          "first": 3365258340,
          "second": 3969046099,
        },
      ]
    `);
  });
});

async function readAll(source: Parameters<typeof entriesOf>[0], header: IndexHeader): Promise<number> {
  let count = 0;
  for await (const { values } of entriesOf(source, header)) count += values.length;
  return count;
}

function headerOf(bytes: Uint8Array): IndexHeader {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + length))) as IndexHeader;
}

test('texts are kept as they are, whatever their length and letters', () => {
  const long = 'é漢😀'.repeat(700_000);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 50 }), fc.nat(50), (texts, at) => {
      const all = texts.toSpliced(at, 0, long, '');
      const kept = new KeptTexts();
      const numbers = all.map((text) => kept.add(text));
      expect(kept.size).toBe(all.length);
      expect(numbers.every((number, index) => kept.get(number) === all[index]?.toWellFormed())).toBe(true);
    }),
    { numRuns: 20 },
  );
});
