import { compareDigits, compareTexts, sign } from './number-text.ts';

/**
 * Order of apk-tools (https://gitlab.alpinelinux.org/alpine/apk-tools, `version.c`): numbers, a letter, suffixes `_alpha` … `_p`, a commit, `-r` revision. A number with a leading
 * zero behind a dot is compared as a fraction.
 */
export function compareAlpine(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [parse(left), parse(right)];
  if (!first || !second) {
    // What is no version goes by the text before its revision, then by the revision; and before a version of the same text.
    const [head = '', other = ''] = [left.split('-', 1)[0], right.split('-', 1)[0]];
    return (
      compareTexts(head, other) ||
      sign(Number(Boolean(first)) - Number(Boolean(second))) ||
      compareDigits(/-r(\d+)$/.exec(left)?.[1] ?? '0', /-r(\d+)$/.exec(right)?.[1] ?? '0')
    );
  }
  return (
    compareNumbers(first.numbers, second.numbers) ||
    compareTexts(first.letter, second.letter) ||
    compareSuffixes(first.suffixes, second.suffixes) ||
    compareTexts(first.commit, second.commit) ||
    compareDigits(first.revision, second.revision)
  );
}

interface AlpineVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly (readonly [rank: number, number: string])[];
  readonly commit: string;
  readonly revision: string;
}

const RANKS: Readonly<Record<string, number>> = { alpha: -4, beta: -3, pre: -2, rc: -1, cvs: 1, svn: 2, git: 3, hg: 4, p: 5 };
const PATTERN = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(~[0-9a-f]+)?(?:-r(\d+))?$/;

function parse(text: string): AlpineVersion | undefined {
  const match = text.length > 1000 ? null : PATTERN.exec(text.trim());
  if (!match) return undefined;
  const [, numbers = '', letter = '', suffixes = '', commit = '', revision = '0'] = match;
  return {
    numbers: numbers.split('.'),
    letter,
    suffixes: suffixes
      .split('_')
      .slice(1)
      .map((part) => [RANKS[part.replace(/\d+$/, '')] ?? 0, /\d+$/.exec(part)?.[0] ?? '0'] as const),
    commit,
    revision,
  };
}

function compareNumbers(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [first = '', second = ''] = [left[index], right[index]];
    const fraction = index > 0 && (first.startsWith('0') || second.startsWith('0'));
    const order = fraction ? compareTexts(first, second) : compareDigits(first, second);
    if (order !== 0) return order;
  }
  return sign(left.length - right.length);
}

function compareSuffixes(left: AlpineVersion['suffixes'], right: AlpineVersion['suffixes']): -1 | 0 | 1 {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [[first, firstNumber], [second, secondNumber]] = [left[index] ?? [0, '0'], right[index] ?? [0, '0']];
    const order = sign(first - second) || compareDigits(firstNumber, secondNumber);
    if (order !== 0) return order;
  }
  return 0;
}
