import { compareDigits, compareTexts, sign } from './number-text.ts';

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

interface Pep440 {
  readonly epoch: string;
  readonly release: readonly string[];
  readonly pre: { readonly rank: number; readonly number: string } | undefined;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  readonly local: readonly string[] | undefined;
}

const PATTERN =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)(?:[-_.]?(\d+))?)?(?:-(\d+)|[-_.]?(?:post|rev|r)(?:[-_.]?(\d+))?)?(?:[-_.]?(dev)(?:[-_.]?(\d+))?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

const RANKS: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };

function parsePep440(text: string): Pep440 | undefined {
  const bare = text.trim().toLowerCase();
  const match = bare.length > 1000 ? null : PATTERN.exec(bare);
  if (!match) return undefined;
  const [, epoch = '0', release = '', pre, preNumber = '0', implicitPost, postNumber, dev, devNumber = '0', local] = match;
  // A post-release may stand without a number; the pattern then shows only in the text.
  const hasPost =
    implicitPost !== undefined ||
    /[-_.]?(post|rev|r)(?![a-z])/.test(
      bare.slice(0, bare.indexOf('+') < 0 ? undefined : bare.indexOf('+')).replace(/(preview|pre|rc)/g, ''),
    );
  return {
    epoch,
    release: release.split('.'),
    pre: pre === undefined ? undefined : { rank: RANKS[pre] ?? 0, number: preNumber },
    post: hasPost ? (implicitPost ?? postNumber ?? '0') : undefined,
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
    const [firstIsNumber, secondIsNumber] = [/^\d+$/.test(first), /^\d+$/.test(second)];
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
