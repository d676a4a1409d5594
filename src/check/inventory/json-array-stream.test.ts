import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnreadableInput } from './inventory.ts';
import { type ArrayElement, elementsOf } from './json-array-stream.ts';

const encoder = new TextEncoder();

/** Elements and members of the root, read in pieces of a size; the memory of a piece is used again for the next. */
async function read(text: string, size = 5): Promise<{ elements: ArrayElement[]; scalars: [string, unknown][] }> {
  const bytes = encoder.encode(text);
  const scalars: [string, unknown][] = [];
  const elements: ArrayElement[] = [];
  function* pieces() {
    const memory = new Uint8Array(size);
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size);
      memory.set(part);
      yield memory.subarray(0, part.length);
    }
  }
  for await (const element of elementsOf(pieces(), ['list', 'other'], (name, value) => scalars.push([name, value]))) elements.push(element);
  return { elements, scalars };
}

describe('elements of lists of the root object', () => {
  test('are those that a JSON parser finds, wherever the document is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 3 })),
        fc.jsonValue({ maxDepth: 2 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 2),
        async (list, before, size, indent) => {
          const text = JSON.stringify(
            { before, version: '1.4', list, 'odd "name"\\': 7, after: [before, { list: [1] }] },
            undefined,
            indent,
          );
          const { elements, scalars } = await read(text, size);
          const document = JSON.parse(text) as Record<string, unknown>;
          expect(elements.map(({ value }) => value)).toEqual(document.list);
          expect(elements.map(({ index }) => index)).toEqual(elements.map((_, index) => index));
          const plain = Object.entries(document).filter(([, value]) => typeof value !== 'object' || value === null);
          expect(scalars).toEqual(plain.filter(([, value]) => JSON.stringify(value).length < 100));
        },
      ),
    );
  });

  test('tell where they begin, in bytes', async () => {
    const text = '{"ä":"ö", "list":[ {"a":"é"} , 12, "x"], "other":[true]}';
    const { elements } = await read(text);
    expect(elements.map(({ path, index, byteOffset }) => [path, index, byteOffset])).toEqual([
      ['list', 0, 21],
      ['list', 1, 34],
      ['list', 2, 38],
      ['other', 0, 53],
    ]);
    const bytes = encoder.encode(text);
    expect(elements.map(({ byteOffset }) => String.fromCharCode(bytes[byteOffset] ?? 0))).toEqual(['{', '1', '"', 't']);
  });

  test('of an inner object of the same name, or of a text that looks like a list, are not given', async () => {
    const { elements } = await read('{"a":{"list":[1]},"b":"\\"list\\":[2]","c":[["list",[3]]],"list":[4]}');
    expect(elements.map(({ value }) => value)).toEqual([4]);
  });

  test('are given where names are written with escapes, and after a byte order mark', async () => {
    expect((await read('\ufeff{"l\\u0069st":[1]}')).elements).toHaveLength(1);
  });

  test('a name or text of the root that is very long is passed over', async () => {
    const long = 'x'.repeat(100_000);
    const { elements, scalars } = await read(`{"${long}":"y","text":"${long}","list":[1],"short":"z"}`, 64);
    expect(elements.map(({ value }) => value)).toEqual([1]);
    expect(scalars).toEqual([['short', 'z']]);
  });

  test.each([
    '',
    ' ',
    '[]',
    '1',
    '{',
    '{"list"',
    '{"list":[1',
    '{"list":[1]',
    '{"list":{}}',
    '{"list":null}',
    '{"list":[{]}',
    '{"list":[1]}}',
    '{"list":[1]} x',
    '{"list":[tru]}',
    '{"list":[1 2]}',
    '{"list":[{} {}]}',
    '{"list":[,1]}',
    '{"list":[1,]}',
    '{"list":[1}]',
    '{"list":[1],}',
    '{"list" [1]}',
    '{"a":1 "list":[1]}',
    '{"a":[1 2],"list":[1]} ]',
    '{"a":[{]},"list":[1]}',
    '{"a":{"b"},"list":[1]}',
    '{a:1}',
    `{"list":[${'['.repeat(1_000)}`,
    `{"a":${'['.repeat(1_000)}`,
    '{"list":["\u0001"]}',
    '{"a":"\u0001"}',
  ])('of %s are refused', async (text) => {
    for (const size of [1, 3, 1000]) await expect(read(text, size)).rejects.toThrow(UnreadableInput);
  });

  test('in bytes that are no UTF-8 are refused', async () => {
    const bytes = new Uint8Array([...encoder.encode('{"list":["'), 0xff, 0xfe, ...encoder.encode('"]}')]);
    await expect(async () => {
      for await (const _ of elementsOf([bytes], ['list']));
    }).rejects.toThrow(UnreadableInput);
  });

  test('every cut of a document is refused', async () => {
    const text = '{"version":"1","list":[{"a":[1,{"b":null}]},"x",-1.5e3],"end":true}';
    for (let cut = 0; cut < text.length; cut++) await expect(read(text.slice(0, cut), 4)).rejects.toThrow(UnreadableInput);
    expect((await read(text)).elements).toHaveLength(3);
  });

  test('one that never ends is refused before it fills the memory', async () => {
    function* endless() {
      yield encoder.encode('{"list":["');
      const piece = new Uint8Array(1024 * 1024).fill(0x61);
      for (let count = 0; count < 1000; count++) yield piece;
    }
    await expect(async () => {
      for await (const _ of elementsOf(endless(), ['list']));
    }).rejects.toThrow('at most');
  });
});
