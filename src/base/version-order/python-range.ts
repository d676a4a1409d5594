import { isBetween, meetsCondition, raiseLast } from './condition.ts';
import { compareDigits } from './number-text.ts';
import { type Pep440, parsePep440 } from './pep440.ts';
import { anyOf, everyOf } from './three-valued.ts';
import { compareVersions } from './version-order.ts';

/**
 * Whether a version specifier of Python (https://packaging.python.org/en/latest/specifications/version-specifiers/) holds a version, and also what Poetry adds
 * (https://python-poetry.org/docs/dependency-specification/): `^`, `~`, `||`, a bare version. Prereleases count, but `<2` still excludes those of 2. A marker
 * behind `;` is not looked at.
 */
export function pythonRangeIncludes(version: string, range: string): boolean | undefined {
  if (!parsePep440(version)) return undefined;
  const bare = (range.split(';', 1)[0] ?? '').trim().replace(/^\((.*)\)$/, '$1');
  return anyOf(bare.split(/\|\|?/), (all) =>
    everyOf(
      all
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
      (part) => meets(version, part),
    ),
  );
}

function meets(version: string, part: string): boolean | undefined {
  if (part === '*') return true;
  const [, operator = '==', bound = ''] = /^(===|~=|==|!=|<=|>=|<|>|\^|~|=)?\s*(\S+)$/.exec(part) ?? [];
  if (operator === '===') return version.toLowerCase() === bound.toLowerCase();
  if (operator === '^' || operator === '~') return isWithinPoetry(version, operator, bound);
  const prefix = /^(.*)\.\*$/.exec(bound)?.[1];
  const asked = parsePep440(prefix ?? bound);
  if (!asked) return undefined;
  if (prefix !== undefined) {
    if (operator === '!=') return !isPrefixed(version, asked);
    return operator === '==' || operator === '=' ? isPrefixed(version, asked) : undefined;
  }
  return OPERATORS[operator]?.(version, bound, asked);
}

const OPERATORS: Readonly<Record<string, (version: string, bound: string, asked: Pep440) => boolean | undefined>> = {
  '=': isEqual,
  '==': isEqual,
  '!=': (version, bound) => !isEqual(version, bound),
  '<=': (version, bound) => meetsCondition('pep440', withoutLocal(version), '<=', bound),
  '>=': (version, bound) => meetsCondition('pep440', withoutLocal(version), '>=', bound),
  '~=': (version, bound, asked) =>
    asked.release.length < 2
      ? undefined
      : isPrefixed(version, { ...asked, release: asked.release.slice(0, -1) }) &&
        compareVersions('pep440', withoutLocal(version), bound) !== -1,
  // Neither holds what belongs to the bound itself: `<2` no prerelease of 2, `>2` no post-release and no local build of it.
  '<': (version, bound, asked) => compareVersions('pep440', version, bound) === -1 && !isPrereleaseOf(version, asked),
  '>': (version, bound, asked) =>
    compareVersions('pep440', withoutLocal(version), bound) === 1 && !isPostReleaseOf(withoutLocal(version), asked),
};

/** A local part counts only where it is asked for. */
function isEqual(version: string, bound: string): boolean {
  return compareVersions('pep440', bound.includes('+') ? version : withoutLocal(version), bound) === 0;
}

/** Whether epoch and first numbers are those asked for; numbers that a version does not have are zero. */
function isPrefixed(version: string, asked: Pep440): boolean {
  const { epoch = '', release = [] } = parsePep440(version) ?? {};
  return (
    compareDigits(epoch, asked.epoch) === 0 && asked.release.every((number, index) => compareDigits(release[index] ?? '0', number) === 0)
  );
}

function isPrereleaseOf(version: string, asked: Pep440): boolean {
  const parsed = parsePep440(version);
  if (!parsed || isPrerelease(asked) || !isPrerelease(parsed)) return false;
  const isSameStage = asked.post === undefined ? parsed.post === undefined : hasSameNumber(parsed.post, asked.post) && !parsed.pre;
  return hasSameBase(parsed, asked) && isSameStage;
}

function isPostReleaseOf(version: string, asked: Pep440): boolean {
  const parsed = parsePep440(version);
  if (!parsed || parsed.post === undefined || asked.post !== undefined || asked.dev !== undefined) return false;
  return (
    hasSameBase(parsed, asked) && parsed.pre?.rank === asked.pre?.rank && hasSameNumber(parsed.pre?.number ?? '', asked.pre?.number ?? '')
  );
}

function isPrerelease({ pre, dev }: Pep440): boolean {
  return pre !== undefined || dev !== undefined;
}

function hasSameNumber(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && compareDigits(left, right) === 0;
}

function hasSameBase(left: Pep440, right: Pep440): boolean {
  const base = ({ epoch, release }: Pep440): string => `${epoch === '' ? '0' : epoch}!${release.join('.')}`;
  return compareVersions('pep440', base(left), base(right)) === 0;
}

function withoutLocal(version: string): string {
  return version.split('+', 1)[0] ?? '';
}

/** `^1.2` lets everything behind the first number that is not zero grow; `~1.2` what is behind the second. */
function isWithinPoetry(version: string, operator: '^' | '~', bound: string): boolean | undefined {
  const numbers = parsePep440(bound)?.release;
  if (!numbers) return undefined;
  const firstNonZero = numbers.findIndex((number) => !/^0+$/.test(number));
  const kept = operator === '~' ? Math.min(2, numbers.length) : firstNonZero < 0 ? numbers.length : firstNonZero + 1;
  return isBetween('pep440', version, bound, `${raiseLast(numbers.slice(0, kept)).join('.')}.dev0`);
}
