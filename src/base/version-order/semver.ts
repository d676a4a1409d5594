import { compareDigits, compareTexts, isDigits, sign } from './number-text.ts';

/**
 * SemVer 2.0 precedence (https://semver.org/#spec-item-11), total over what registries really hold: a leading `v` or `=`, one to many numeric parts (absent
 * ones are zero), and numbers of any length. Build metadata does not count. Undefined where a text does not begin with a number.
 */
export function compareSemver(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parseSemver(left), parseSemver(right)];
  return first && second ? comparePrecedence(first, second) : undefined;
}

/** The parts of a version that count for precedence. */
export interface SemverParts {
  readonly numbers: readonly string[];
  /** Identifiers behind the first hyphen; empty for a release. */
  readonly prerelease: readonly string[];
  /** Identifiers behind the plus sign. */
  readonly build: readonly string[];
}

/** Splits a version; undefined where it does not begin with a number. */
export function parseSemver(text: string): SemverParts | undefined {
  const bare = text.trim().replace(/^[vV=]\s*/, '');
  const plus = bare.indexOf('+');
  const main = plus < 0 ? bare : bare.slice(0, plus);
  const hyphen = main.indexOf('-');
  const core = hyphen < 0 ? main : main.slice(0, hyphen);
  const parts = core.split('.');
  const tail: string[] = [];
  // `1.2.3rc1` and `1.2.beta` are no SemVer, and found all the same: what follows the numbers counts as a prerelease.
  const numbers: string[] = [];
  for (const [index, part] of parts.entries()) {
    const digits = /^[0-9]+/.exec(part)?.[0];
    if (digits === undefined) {
      tail.push(...parts.slice(index));
      break;
    }
    numbers.push(digits);
    if (digits.length < part.length) {
      tail.push(part.slice(digits.length), ...parts.slice(index + 1));
      break;
    }
  }
  if (numbers.length === 0) return undefined;
  const prerelease = [...tail, ...(hyphen < 0 ? [] : main.slice(hyphen + 1).split('.'))];
  return { numbers, prerelease, build: plus < 0 ? [] : bare.slice(plus + 1).split('.') };
}

/** Precedence of two parsed versions. */
export function comparePrecedence(left: SemverParts, right: SemverParts): -1 | 0 | 1 {
  const length = Math.max(left.numbers.length, right.numbers.length);
  for (let index = 0; index < length; index++) {
    const order = compareDigits(left.numbers[index] ?? '0', right.numbers[index] ?? '0');
    if (order !== 0) return order;
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0) return sign(right.prerelease.length - left.prerelease.length);
  return compareIdentifiers(left.prerelease, right.prerelease);
}

/** Numeric identifiers by number and below the others, which go by ASCII; more identifiers are higher. */
export function compareIdentifiers(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [first = '', second = ''] = [left[index], right[index]];
    const [firstIsNumber, secondIsNumber] = [isDigits(first), isDigits(second)];
    const order =
      firstIsNumber && secondIsNumber
        ? compareDigits(first, second)
        : firstIsNumber !== secondIsNumber
          ? firstIsNumber
            ? -1
            : 1
          : compareTexts(first, second);
    if (order !== 0) return order;
  }
  return sign(left.length - right.length);
}
