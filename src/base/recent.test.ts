import { expect, test } from 'vitest';
import { Recent } from './recent.ts';

test('makes a thing once while it knows it, never knows more than it may, and knows nothing of what failed', () => {
  const made: number[] = [];
  const squares = new Recent(2, (key: number) => {
    made.push(key);
    if (key < 0) throw new RangeError('no');
    return key * key;
  });
  expect([squares.get(2), squares.get(2), squares.get(3), squares.get(2)]).toEqual([4, 4, 9, 4]);
  expect(made).toEqual([2, 3]);
  expect([squares.get(4), squares.get(2)]).toEqual([16, 4]);
  expect(made).toEqual([2, 3, 4, 2]);
  expect(() => squares.get(-1)).toThrow(RangeError);
  expect(() => squares.get(-1)).toThrow(RangeError);
});
