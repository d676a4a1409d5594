import { compareDigits, compareTexts, isDigits, sign } from './number-text.ts';

/**
 * PEP 440 (https://packaging.python.org/en/latest/specifications/version-specifiers/) with its normalisation. What is no such version, as old releases have,
 * is below all that are, by its text: the order that the index used before PEP 440.
 */
export function comparePep440(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [parsePep440(left), parsePep440(right)];
  if (!first || !second) return first ? 1 : second ? -1 : compareTexts(left, right);
  return (
    compareDigits(first.epoch, second.epoch) ||
    compareReleases(first.release, second.release) ||
    compareStages(first, second) ||
    compareLocals(first.local, second.local)
  );
}

/** The parts of a version; numbers are texts of any length. */
export interface Pep440 {
  readonly epoch: string;
  readonly release: readonly string[];
  readonly pre: { readonly rank: number; readonly number: string } | undefined;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  readonly local: readonly string[] | undefined;
}

const PATTERN = new RegExp(
  [
    /^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)/,
    /(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?([0-9]*))?/,
    /(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?/,
    /(?:[-_.]?(dev)[-_.]?([0-9]*))?/,
    /(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

const RANKS: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };

/** The parts of a version; undefined for what is none. Absent numbers are empty, which is zero. */
export function parsePep440(text: string): Pep440 | undefined {
  const match = PATTERN.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const [, epoch = '', release = '', pre, preNumber = '', implicitPost, post, postNumber = '', dev, devNumber = '', local] = match;
  return {
    epoch,
    release: release.split('.'),
    pre: pre === undefined ? undefined : { rank: RANKS[pre] ?? 0, number: preNumber },
    post: implicitPost ?? (post === undefined ? undefined : postNumber),
    dev: dev === undefined ? undefined : devNumber,
    local: local?.split(/[-_.]/),
  };
}

function compareReleases(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareDigits(left[index] ?? '0', right[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** `1.dev1` < `1a1.dev1` < `1a1` < `1` < `1.post1.dev1` < `1.post1`. */
function compareStages(left: Pep440, right: Pep440): -1 | 0 | 1 {
  return (
    sign(preRank(left) - preRank(right)) ||
    compareDigits(left.pre?.number ?? '0', right.pre?.number ?? '0') ||
    compareOptional(left.post, right.post, -1) ||
    compareOptional(left.dev, right.dev, 1)
  );
}

function preRank({ pre, post, dev }: Pep440): number {
  if (pre) return pre.rank;
  return post === undefined && dev !== undefined ? -1 : 3;
}

/** Numbers where both are there; else the absent one is on the side given. */
function compareOptional(left: string | undefined, right: string | undefined, absent: -1 | 1): -1 | 0 | 1 {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? absent : absent === 1 ? -1 : 1;
  return compareDigits(left, right);
}

/** No local part is lowest; numbers are above words; more parts are higher. */
function compareLocals(left: readonly string[] | undefined, right: readonly string[] | undefined): -1 | 0 | 1 {
  if (!left || !right) return left === right ? 0 : left ? 1 : -1;
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [first = '', second = ''] = [left[index], right[index]];
    const [firstIsNumber, secondIsNumber] = [isDigits(first), isDigits(second)];
    const order =
      firstIsNumber && secondIsNumber
        ? compareDigits(first, second)
        : firstIsNumber !== secondIsNumber
          ? firstIsNumber
            ? 1
            : -1
          : compareTexts(first, second);
    if (order !== 0) return order;
  }
  return sign(left.length - right.length);
}
