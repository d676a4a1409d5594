import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SharedTexts } from './shared-texts.ts';

test('gives back equal data, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const texts = new SharedTexts();
      for (const value of values) expect(texts.share(JSON.parse(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('equal lists of texts are one list, which nobody can change; lists of anything else stay apart', () => {
  const texts = new SharedTexts();
  const [left, right] = [texts.share({ cites: ['a', 'b'], pairs: [['a'], 1] }), texts.share({ cites: ['a', 'b'], pairs: [['a'], 1] })];
  expect(left.cites).toBe(right.cites);
  expect(Object.isFrozen(left.cites)).toBe(true);
  expect(left.pairs).not.toBe(right.pairs);
  expect(left.pairs[0]).toBe(right.pairs[0]);
});
