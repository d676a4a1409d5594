import { Range } from 'semver';
import { meetsCondition } from './condition.ts';
import { anyOf, everyOf } from './three-valued.ts';

/**
 * Whether an npm range (https://github.com/npm/node-semver#ranges) holds a version: `||`, `^`, `~`, `1.x`, `1 - 2`, and the range of an alias
 * `npm:name@^1`. The library reads the range; our own order compares, which knows more versions. Prereleases count. Undefined for tags, addresses and
 * `workspace:`.
 */
export function npmRangeIncludes(version: string, range: string): boolean | undefined {
  const bare = /^npm:@?[^@]+@(.*)$/.exec(range)?.[1] ?? range;
  let alternatives: Range['set'];
  try {
    alternatives = new Range(bare, { loose: true, includePrerelease: true }).set;
  } catch {
    return undefined;
  }
  // No comparator is the one that holds everything.
  return anyOf([...alternatives], (all) =>
    everyOf(
      all.filter(({ value }) => value !== ''),
      ({ operator, semver }) =>
        meetsCondition('semver', version, operator === '' || operator === undefined ? '=' : operator, semver.version),
    ),
  );
}

/**
 * Whether a Cargo requirement (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html) holds a version: as npm's, with commas, and `^`
 * understood.
 */
export function cargoRangeIncludes(version: string, range: string): boolean | undefined {
  const parts = range.split(',').map((part) => part.trim());
  if (!parts.every((part) => CARGO_PART.test(part))) return undefined;
  return npmRangeIncludes(version, parts.map((part) => (/^[0-9]/.test(part) ? `^${part}` : part)).join(' '));
}

const CARGO_PART = /^(?:[\^~=]|[<>]=?)?\s*[0-9*][\w.*+-]*$/;
