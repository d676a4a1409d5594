import { compareDigits, isDigits, sign } from './number-text.ts';

/** Haskell's PVP order (https://pvp.haskell.org): numbers one by one, and more of them is later. Undefined where a part is no number. */
export function compareHackage(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [left.trim().split('.'), right.trim().split('.')];
  if (![...first, ...second].every(isDigits)) return undefined;
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const order = compareDigits(first[index] ?? '', second[index] ?? '');
    if (order !== 0) return order;
  }
  return sign(first.length - second.length);
}
