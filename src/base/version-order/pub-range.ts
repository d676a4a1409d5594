import { meetsCondition, raiseLast } from './condition.ts';
import { parseSemver } from './semver.ts';
import { everyOf } from './three-valued.ts';

/** Whether a constraint of pub (https://dart.dev/tools/pub/dependencies#version-constraints) admits a version: `^1.2.3`, `>=1.0.0 <2.0.0`, `any`. */
export function pubRangeIncludes(version: string, range: string): boolean | undefined {
  if (range === 'any') return true;
  const parts = range.replace(/([<>]=?|\^)\s+/g, '$1').split(/\s+/);
  return everyOf(parts, (part) => {
    const [, operator = '=', bound] = /^(\^|[<>]=?)?([0-9][\w.+-]*)$/.exec(part) ?? [];
    if (bound === undefined) return undefined;
    return operator === '^' ? isCompatible(version, bound) : meetsCondition('pub', version, operator, bound);
  });
}

/** Below the next breaking version: the next minor one before 1.0.0, even where that minor number is zero. A prerelease of it is beyond. */
function isCompatible(version: string, bound: string): boolean | undefined {
  const [parsed, asked] = [parseSemver(version), parseSemver(bound)];
  if (!parsed || !asked) return undefined;
  const [major = '0', minor = '0'] = asked.numbers;
  const next = /^0+$/.test(major) ? raiseLast([major, minor]) : raiseLast([major]);
  const isAbove = meetsCondition('pub', version, '>=', bound);
  return isAbove && meetsCondition('pub', parsed.numbers.join('.'), '<', next.join('.'));
}
