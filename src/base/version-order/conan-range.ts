import { meetsCondition, raiseLast } from './condition.ts';
import { anyOf, everyOf } from './three-valued.ts';

/**
 * Whether a Conan range (https://docs.conan.io/2/tutorial/versioning/version_ranges.html) admits a version: `[>1 <2 || ^3.2, include_prerelease]`.
 * Prereleases count.
 */
export function conanRangeIncludes(version: string, range: string): boolean | undefined {
  const [conditions = ''] = range.replace(/^\[(.*)\]$/, '$1').split(',', 1);
  return anyOf(conditions.split('||'), (all) =>
    everyOf(
      all
        .trim()
        .replace(/([<>]=?|[=^~])\s+/g, '$1')
        .split(/\s+/),
      (part) => meets(version, part),
    ),
  );
}

function meets(version: string, part: string): boolean | undefined {
  if (/^\*?-?$/.test(part)) return true;
  const [, operator = '=', bound = ''] = /^([<>]=?|=|\^|~)?([\w.+-]+?)-?$/.exec(part) ?? [];
  if (operator !== '^' && operator !== '~') return bound === '' ? undefined : meetsCondition('conan', version, operator, bound);
  const numbers = /^[0-9]+(?:\.[0-9]+)*/.exec(bound)?.[0].split('.');
  if (!numbers) return undefined;
  const firstNonZero = numbers.findIndex((number) => !/^0+$/.test(number));
  const kept = operator === '~' ? Math.min(2, numbers.length) : firstNonZero < 0 ? numbers.length : firstNonZero + 1;
  const [above, below] = [
    meetsCondition('conan', version, '>=', bound),
    meetsCondition('conan', version, '<', `${raiseLast(numbers.slice(0, kept)).join('.')}-`),
  ];
  return above === undefined || below === undefined ? undefined : above && below;
}
