import { meetsCondition, raiseLast } from './condition.ts';
import { parseSemver } from './semver.ts';
import { anyOf, everyOf } from './three-valued.ts';
import { compareVersions } from './version-order.ts';

/** Whether a RubyGems requirement (https://guides.rubygems.org/patterns/#declaring-dependencies) holds a version: `~> 1.2`, conditions parted by commas. */
export function gemRangeIncludes(version: string, range: string): boolean | undefined {
  return everyOf(range.split(','), (part) => {
    const condition = readCondition(part);
    if (!condition) return undefined;
    if (condition.operator !== '~>') return meetsCondition('rubygems', version, condition.operator, condition.bound);
    return isPessimistic('rubygems', version, releaseNumbers(version), condition.bound);
  });
}

/** Whether a requirement of Elixir (https://hexdocs.pm/elixir/Version.html#module-requirements) holds a version: `~> 1.2`, `and`, `or`. */
export function hexRangeIncludes(version: string, range: string): boolean | undefined {
  return anyOf(range.split(/\s+or\s+/), (all) =>
    everyOf(all.split(/\s+and\s+/), (part) => {
      const condition = readCondition(part);
      if (!condition) return undefined;
      if (condition.operator !== '~>') return meetsCondition('semver', version, condition.operator, condition.bound);
      return isPessimistic('semver', version, parseSemver(version)?.numbers ?? [], condition.bound);
    }),
  );
}

function readCondition(part: string): { readonly operator: string; readonly bound: string } | undefined {
  const [, operator = '=', bound] = /^\s*(~>|>=|<=|!=|==|=|>|<|!)?\s*([\w.+-]+)\s*$/.exec(part) ?? [];
  return bound === undefined ? undefined : { operator: operator === '!' ? '!=' : operator, bound };
}

/** At least the bound, and with its numbers but the last: a prerelease of the ceiling is beyond it. */
function isPessimistic(scheme: 'rubygems' | 'semver', version: string, release: readonly string[], bound: string): boolean | undefined {
  const numbers = releaseNumbers(bound);
  const ceiling = raiseLast(numbers.length > 1 ? numbers.slice(0, -1) : numbers).join('.');
  const isAbove = meetsCondition(scheme, version, '>=', bound);
  const order = compareVersions(scheme, release.join('.'), ceiling);
  return isAbove === undefined || order === undefined ? undefined : isAbove && order < 0;
}

/** The numbers before the first word. */
function releaseNumbers(version: string): string[] {
  return (/^[0-9]+(?:\.[0-9]+)*/.exec(version.trim())?.[0] ?? '').split('.');
}
