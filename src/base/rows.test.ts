import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inRows } from './rows.ts';

test('every item stands in its row, in the order of items', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(8)), (rows, given) => {
      const rowOf = given.map((row) => row % rows);
      const { begins, items } = inRows(Uint32Array.from(rowOf), rows);
      for (let row = 0; row < rows; row++) {
        const expected = rowOf.flatMap((each, item) => (each === row ? [item] : []));
        expect([...items.subarray(begins[row], begins[row + 1])]).toEqual(expected);
      }
    }),
  );
});
