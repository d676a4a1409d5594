import { compareDigits, compareTexts, sign } from './number-text.ts';

/**
 * Gentoo's order (Package Manager Specification, https://projects.gentoo.org/pms/8/pms.html#version-comparison): numbers, of which all but the first go
 * by their text where one begins with a zero; a letter; suffixes `_alpha` … `_p`; a revision. Undefined for what is no such version.
 */
export function compareGentoo(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parse(left), parse(right)];
  if (!first || !second) return undefined;
  return (
    compareNumbers(first.numbers, second.numbers) ||
    compareTexts(first.letter, second.letter) ||
    compareSuffixes(first.suffixes, second.suffixes) ||
    compareDigits(first.revision, second.revision)
  );
}

type Suffix = readonly [rank: number, number: string];

interface GentooVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly Suffix[];
  readonly revision: string;
}

const PATTERN = /^([0-9]+(?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)[0-9]*)*)(?:-r([0-9]+))?$/;
const RANKS: Readonly<Record<string, number>> = { alpha: -4, beta: -3, pre: -2, rc: -1, p: 1 };

function parse(text: string): GentooVersion | undefined {
  const match = PATTERN.exec(text.trim());
  if (!match) return undefined;
  const [, numbers = '', letter = '', suffixes = '', revision = ''] = match;
  return {
    numbers: numbers.split('.'),
    letter,
    suffixes: [...suffixes.matchAll(/_([a-z]+)([0-9]*)/g)].map(([, name = '', number = '']) => [RANKS[name] ?? 0, number] as const),
    revision,
  };
}

function compareNumbers(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [first = '', second = ''] = [left[index], right[index]];
    const isText = index > 0 && (first.startsWith('0') || second.startsWith('0'));
    const order = isText ? compareTexts(withoutZeros(first), withoutZeros(second)) : compareDigits(first, second);
    if (order !== 0) return order;
  }
  return sign(left.length - right.length);
}

function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}

/** No suffix is after the prereleases and before `_p`. */
function compareSuffixes(left: readonly Suffix[], right: readonly Suffix[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [[first, firstNumber], [second, secondNumber]] = [left[index] ?? [0, ''], right[index] ?? [0, '']];
    const order = sign(first - second) || compareDigits(firstNumber, secondNumber);
    if (order !== 0) return order;
  }
  return 0;
}
