import { compareDigits, compareTexts, sign } from './number-text.ts';

/**
 * OpenSSL's order (https://github.com/package-url/vers-spec): three numbers; before 3.0 the letters of a patch release (`1.0.2`, `1.0.2a` … `1.0.2z`,
 * `1.0.2za`); prereleases such as `-beta1` before their release. A `-fips` build is its version. Undefined for what is no such version.
 */
export function compareOpenssl(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parse(left), parse(right)];
  if (!first || !second) return undefined;
  for (let index = 0; index < 3; index++) {
    const order = compareDigits(first.numbers[index] ?? '', second.numbers[index] ?? '');
    if (order !== 0) return order;
  }
  return (
    compareTexts(first.letters, second.letters) ||
    sign(Number(first.stage === '') - Number(second.stage === '')) ||
    compareTexts(first.stage, second.stage) ||
    compareDigits(first.stageNumber, second.stageNumber)
  );
}

interface OpensslVersion {
  readonly numbers: readonly string[];
  readonly letters: string;
  /** `alpha`, `beta`, `dev` or `pre`, which are in the order of their letters; empty for a release. */
  readonly stage: string;
  readonly stageNumber: string;
}

const PATTERN = /^([0-9]+)\.([0-9]+)(?:\.([0-9]+))?([a-z]*)(?:-(alpha|beta|dev|pre)([0-9]*))?(?:-fips)?$/;

function parse(text: string): OpensslVersion | undefined {
  const match = PATTERN.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const [, major = '', minor = '', patch = '', letters = '', stage = '', stageNumber = ''] = match;
  return { numbers: [major, minor, patch], letters, stage, stageNumber };
}
