import { compareDigits, compareTexts, sign } from './number-text.ts';

/**
 * Conan 2's order (https://docs.conan.io/2/tutorial/versioning/version_ranges.html): SemVer with any number of items, words among them, and builds that
 * count. An item goes by its digits, then by the text behind them, and a word is after every number; Conan compares a word with a number as texts, which
 * is no order. Total over all texts but the empty one.
 */
export function compareConan(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parse(left), parse(right)];
  if (!first || !second) return undefined;
  return (
    compareItems(first.main, second.main) ||
    compareOptional(first.prerelease, second.prerelease, 1) ||
    compareOptional(first.build, second.build, -1)
  );
}

interface ConanVersion {
  readonly main: readonly string[];
  readonly prerelease: readonly string[] | undefined;
  readonly build: readonly string[] | undefined;
}

function parse(text: string): ConanVersion | undefined {
  const [, main = '', prerelease, build] = /^([^+-]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(text.trim()) ?? [];
  if (main === '') return undefined;
  return {
    main: items(main),
    prerelease: prerelease === undefined ? undefined : items(prerelease),
    build: build === undefined ? undefined : items(build),
  };
}

/** Zeros at the end do not count. */
function items(text: string): string[] {
  const parts = text.toLowerCase().split('.');
  while (/^0+$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts;
}

function compareItems(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [first, second] = [readItem(left[index] ?? ''), readItem(right[index] ?? '')];
    const order =
      sign(Number(first.digits === '') - Number(second.digits === '')) ||
      compareDigits(first.digits, second.digits) ||
      compareTexts(first.rest, second.rest);
    if (order !== 0) return order;
  }
  return sign(left.length - right.length);
}

function readItem(item: string): { readonly digits: string; readonly rest: string } {
  const digits = /^[0-9]*/.exec(item)?.[0] ?? '';
  return { digits, rest: item.slice(digits.length) };
}

/** Item by item where both are there; else the absent one is on the side given. */
function compareOptional(left: readonly string[] | undefined, right: readonly string[] | undefined, absent: -1 | 1): -1 | 0 | 1 {
  if (left && right) return compareItems(left, right);
  return left === right ? 0 : left === undefined ? absent : absent === 1 ? -1 : 1;
}
