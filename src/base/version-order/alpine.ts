import { compareDigits, compareTexts, sign } from './number-text.ts';

/**
 * Order of apk-tools (https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/src/version.c): numbers, letters, suffixes `_alpha` … `_p`, a
 * commit, `-r` revision. A number with a leading zero behind a dot goes by its text. Total over all texts: digits may follow a letter, as apk 2 lets
 * them; what cannot be read ends a version just before its own beginning, and texts without a number at their head are first, by their text.
 */
export function compareAlpine(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [tokens(left.trim()), tokens(right.trim())];
  if (first[0]?.rank === INVALID && second[0]?.rank === INVALID) return compareTexts(left, right);
  for (let index = 0; ; index++) {
    const [one = END, two = END] = [first[index], second[index]];
    const order = sign(one.rank - two.rank) || compareValues(one, two);
    if (order !== 0) return order;
    if (one.rank === END.rank || one.rank === INVALID) return 0;
  }
}

interface Token {
  /** At one place in two versions the one with the higher rank is later, whatever the values. */
  readonly rank: number;
  /** Digits, or text that begins with none. */
  readonly value: string;
}

/** Suffixes before the end mark a prerelease: -9 to -6. */
const SUFFIX_RANKS: ReadonlyMap<string, number> = new Map([
  ['alpha', -9],
  ['beta', -8],
  ['pre', -7],
  ['rc', -6],
  ['cvs', 4],
  ['svn', 5],
  ['git', 6],
  ['hg', 7],
  ['p', 8],
]);
const SUFFIXES: ReadonlySet<number> = new Set(SUFFIX_RANKS.values());
const INVALID = -5;
const EMPTY_NUMBER = -4;
const END: Token = { rank: 0, value: '' };
const REVISION = 1;
const COMMIT = 2;
const SUFFIX_NUMBER = 3;
const LETTER = 9;
const NUMBER = 10;
/** The first number, which is one whatever its zeros. */
const HEAD = 11;

const FIRST = /^[0-9]+/;
const NEXT = /\.([0-9]*)|([0-9]+)|([a-z])|_([a-z]*)|~([0-9a-f]+)|-r([0-9]*)/y;

function tokens(text: string): Token[] {
  const head = FIRST.exec(text)?.[0];
  if (head === undefined) return [{ rank: INVALID, value: '' }];
  const found: Token[] = [{ rank: HEAD, value: head }];
  let stage = 0;
  let at = head.length;
  while (at < text.length) {
    NEXT.lastIndex = at;
    const match = NEXT.exec(text);
    const next = match && readToken(match, found.at(-1) ?? END, stage);
    if (!next) {
      // A revision of zero before what cannot be read is part of it.
      if (found.at(-1)?.rank === REVISION && /^0*$/.test(found.at(-1)?.value ?? '')) found.pop();
      found.push({ rank: INVALID, value: '' });
      break;
    }
    found.push(next.token);
    stage = next.stage;
    at = NEXT.lastIndex;
  }
  return found;
}

/** The stages of a version come in order: numbers and letters, suffixes, commit, revision. */
function readToken(match: RegExpExecArray, previous: Token, stage: number): { readonly token: Token; readonly stage: number } | undefined {
  const [, dotted, digits, letter, suffix, commit, revision] = match;
  if (dotted !== undefined) {
    return stage === 0 ? { token: { rank: dotted === '' ? EMPTY_NUMBER : NUMBER, value: dotted }, stage } : undefined;
  }
  if (digits !== undefined) {
    if (previous.rank === LETTER) return { token: { rank: NUMBER, value: digits }, stage };
    return SUFFIXES.has(previous.rank) ? { token: { rank: SUFFIX_NUMBER, value: digits }, stage } : undefined;
  }
  if (letter !== undefined) return stage === 0 && previous.rank !== LETTER ? { token: { rank: LETTER, value: letter }, stage } : undefined;
  if (suffix !== undefined) {
    const rank = SUFFIX_RANKS.get(suffix);
    return rank !== undefined && stage <= 1 ? { token: { rank, value: '' }, stage: 1 } : undefined;
  }
  if (commit !== undefined) return stage <= 1 ? { token: { rank: COMMIT, value: commit }, stage: 2 } : undefined;
  return stage <= 2 ? { token: { rank: REVISION, value: revision ?? '' }, stage: 3 } : undefined;
}

const NUMERIC: ReadonlySet<number> = new Set([HEAD, REVISION, SUFFIX_NUMBER]);

function compareValues(left: Token, right: Token): -1 | 0 | 1 {
  const isText = left.rank === NUMBER ? left.value.startsWith('0') || right.value.startsWith('0') : !NUMERIC.has(left.rank);
  return isText ? compareTexts(left.value, right.value) : compareDigits(left.value, right.value);
}
