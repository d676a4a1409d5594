import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pointer } from './input-text.ts';
import { linesOf, offsetsOfPointers } from './locate.ts';

/** Every pointer of a value with the value that it names. */
function pointersOf(value: unknown, parts: readonly (string | number)[] = []): [string, unknown][] {
  const own: [string, unknown] = [pointer(...parts), value];
  if (Array.isArray(value)) return [own, ...value.flatMap((item, index) => pointersOf(item, [...parts, index]))];
  if (typeof value === 'object' && value !== null)
    return [own, ...Object.entries(value).flatMap(([name, item]) => pointersOf(item, [...parts, name]))];
  return [own];
}

describe('a place', () => {
  test('by JSON pointer is where its value begins, however the text is laid out', () => {
    const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('a/b', '~', 'a"b', '\\', 'é', '__proto__'));
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree.value, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const expected = pointersOf(JSON.parse(text));
        const offsets = offsetsOfPointers(
          text,
          expected.map(([each]) => each),
        );
        for (const [each, part] of expected) expect(text.slice(offsets.get(each)).startsWith(JSON.stringify(part).charAt(0))).toBe(true);
        expect(offsets.size).toBe(new Set(expected.map(([each]) => each)).size);
      }),
    );
  });

  test('is told as a line from 1', () => {
    const text = '{\n  "packages": {\n    "node_modules/a": {\n      "version": "1" },\n    "node_modules/b": {} } }';
    expect(
      linesOf(text, [
        { pointer: '/packages/node_modules~1b' },
        { pointer: '/packages/node_modules~1a/version' },
        { offset: 0 },
        { line: 9 },
        {},
        { pointer: '/no' },
      ]),
    ).toEqual([5, 4, 1, 9, undefined, undefined]);
  });

  test('in what is no JSON is nowhere, and found so in bounded time', () => {
    for (const text of [
      '',
      '{',
      '{"a',
      '{"a"',
      '{"a":',
      '[1,2',
      '{"a" 1}',
      '\\'.repeat(50_000),
      '"'.repeat(50_000),
      '{"'.repeat(20_000),
      '[,,,,',
    ])
      expect([...offsetsOfPointers(text, ['/a/b/c', '/0/1'])]).toEqual([]);
  });
});
