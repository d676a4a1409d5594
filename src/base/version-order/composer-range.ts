import { isBetween, meetsCondition, raiseLast } from './condition.ts';
import { anyOf, everyOf } from './three-valued.ts';

/**
 * Whether a constraint of Composer (https://getcomposer.org/doc/articles/versions.md) admits a version: `||`, commas and spaces, `^`, `~`, wildcards,
 * hyphen ranges, `@stability` flags and aliases, which are not looked at. A branch is itself alone.
 */
export function composerRangeIncludes(version: string, range: string): boolean | undefined {
  return anyOf(range.split(/\|\|?/), (alternative) => {
    const asked = alternative.trim().replace(/\s+as\s+\S+$/, '');
    const hyphen = /^v?(\S+)\s+-\s+v?(\S+)$/i.exec(asked);
    if (hyphen) return isInHyphenRange(version, hyphen[1] ?? '', hyphen[2] ?? '');
    const parts = asked.replace(/([<>=!]=?|<>|[\^~])\s+/g, '$1').split(/\s*,\s*|\s+/);
    return everyOf(parts, (part) => meets(version, part.replace(/@(?:dev|alpha|beta|rc|stable)$/i, '')));
  });
}

function meets(version: string, part: string): boolean | undefined {
  if (part === '' || /^v?[*x](\.[*x])*$/i.test(part)) return true;
  const branch = part.replace(/#.*$/, '');
  if (/^dev-|-dev$/i.test(branch)) return version.toLowerCase() === branch.toLowerCase() ? true : /^dev-/i.test(branch) ? false : undefined;
  const [, operator = '=', bound = ''] = /^(\^|~|>=|<=|<>|!=|==|=|>|<)?v?([0-9].*)$/i.exec(part) ?? [];
  const wildcard = /^([0-9]+(?:\.[0-9]+)*)(?:\.[*x])+$/i.exec(bound)?.[1];
  if (wildcard !== undefined) return operator === '=' ? isPrefixed(version, wildcard) : undefined;
  const numbers = numbersOf(bound);
  if (!numbers) return undefined;
  if (operator === '^') return isBelowNext(version, bound, numbers.slice(0, caretLength(numbers)));
  if (operator === '~') return isBelowNext(version, bound, numbers.slice(0, Math.max(1, numbers.length - 1)));
  // A bound without a word takes its prereleases along on the side above, and leaves them out on the side below.
  const bare = numbers.join('.') === bound;
  return meetsNormalised(
    version,
    operator === '<>' ? '!=' : operator,
    bare && (operator === '<' || operator === '>=') ? dev(numbers) : bound,
  );
}

/** All behind the first number that is not zero may grow, of the three that count. */
function caretLength(numbers: readonly string[]): number {
  const first = numbers.slice(0, 3).findIndex((number) => !/^0+$/.test(number));
  return first < 0 ? Math.min(3, numbers.length) : first + 1;
}

function isBelowNext(version: string, bound: string, kept: readonly string[]): boolean | undefined {
  const low = numbersOf(bound)?.join('.') === bound ? dev(numbersOf(bound) ?? []) : normalised(bound);
  return isBetween('packagist', normalised(version), low, dev(raiseLast(kept)));
}

function isPrefixed(version: string, prefix: string): boolean | undefined {
  const numbers = prefix.split('.');
  return isBetween('packagist', normalised(version), dev(numbers), dev(raiseLast(numbers)));
}

/** `1.0 - 2.0` holds all of 2.0; `1.0 - 2.0.0` ends with it. */
function isInHyphenRange(version: string, low: string, high: string): boolean | undefined {
  const [from, to] = [numbersOf(low), numbersOf(high)];
  if (!from || !to) return undefined;
  const start = from.join('.') === low ? dev(from) : normalised(low);
  if (to.length < 3 && to.join('.') === high) return isBetween('packagist', normalised(version), start, dev(raiseLast(to)));
  const [above, below] = [meetsNormalised(version, '>=', start), meetsNormalised(version, '<=', high)];
  return above === undefined || below === undefined ? undefined : above && below;
}

function meetsNormalised(version: string, operator: string, bound: string): boolean | undefined {
  return meetsCondition('packagist', normalised(version), operator, normalised(bound));
}

function numbersOf(bound: string): string[] | undefined {
  return /^v?([0-9]+(?:\.[0-9]+)*)/i.exec(bound)?.[1]?.split('.');
}

/** Composer compares with four numbers, and with the words that PHP knows. */
function normalised(version: string): string {
  const [whole = '', numbers = ''] = /^v?([0-9]+(?:\.[0-9]+)*)/i.exec(version.trim()) ?? [];
  const rest = version
    .trim()
    .slice(whole.length)
    .toLowerCase()
    .replace(/^[._-]?stable$/, '');
  return whole === '' ? version : `${padded(numbers.split('.'))}${rest}`;
}

function dev(numbers: readonly string[]): string {
  return `${padded(numbers)}-dev`;
}

function padded(numbers: readonly string[]): string {
  return [...numbers, '0', '0', '0'].slice(0, Math.max(4, numbers.length)).join('.');
}
