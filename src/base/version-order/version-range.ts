import { satisfies as satisfiesPep440 } from '@renovatebot/pep440';
import { satisfies as satisfiesSemver, validRange } from 'semver';
import { compareVersions, schemeOfPurlType, type VersionScheme } from './version-order.ts';

/**
 * Whether what a manifest asks for, in its ecosystem's own notation, admits a version. Prereleases count: a malicious one must not be missed. Undefined
 * where the notation is not understood, or the version is none.
 */
export function satisfiesRequested(purlType: string, version: string, requested: string): boolean | undefined {
  const asked = requested.trim();
  if (asked.length > 1000 || version.length > 200) return undefined;
  if (asked === '' || asked === '*' || asked === 'latest') return true;
  switch (purlType) {
    case 'npm':
      return semverRange(version, asked);
    case 'cargo':
      // A bare version is a caret range.
      return semverRange(
        version,
        asked
          .split(',')
          .map((part) => (/^\s*\d/.test(part) ? `^${part.trim()}` : part.trim()))
          .join(' '),
      );
    case 'pypi':
      return pep440Range(version, asked);
    case 'pub':
      return semverRange(version, asked === 'any' ? '*' : asked);
    case 'hex':
    case 'gem':
      return pessimisticRange(purlType, version, asked);
    case 'composer':
      return composerRange(version, asked);
    case 'golang':
      return minimum('semver', version, asked);
    case 'maven':
    case 'nuget':
      return intervalRange(purlType, version, asked);
    default:
      return undefined;
  }
}

function semverRange(version: string, range: string): boolean | undefined {
  const bare = version.replace(/^[v=]+/, '');
  return validRange(range, { loose: true }) === null ? undefined : satisfiesSemver(bare, range, { loose: true, includePrerelease: true });
}

function pep440Range(version: string, range: string): boolean | undefined {
  try {
    return satisfiesPep440(version, range.replace(/^\^/, '~='), { prereleases: true });
  } catch {
    return undefined;
  }
}

/** `~> 1.2.3` admits what is at least that and below 1.3; conditions parted by commas (RubyGems) or `and` and `or` (Hex). */
function pessimisticRange(purlType: string, version: string, range: string): boolean | undefined {
  const scheme = schemeOfPurlType(purlType) ?? 'semver';
  return anyOf(range.split(/\s+or\s+/), (all) =>
    everyOf(all.split(/,|\s+and\s+/), (condition) => meets(scheme, version, condition.trim())),
  );
}

function meets(scheme: VersionScheme, version: string, condition: string): boolean | undefined {
  const match = /^(~>|>=|<=|!=|==|=|>|<)?\s*([\w.+-]+)$/.exec(condition);
  if (!match) return undefined;
  const [, operator = '=', bound = ''] = match;
  const order = compareVersions(scheme, version, bound);
  if (order === undefined) return undefined;
  if (operator === '~>') {
    const parts = bound.split('.').filter((part) => /^\d+$/.test(part));
    const ceiling = increment(parts.length > 1 ? parts.slice(0, -1) : parts);
    const below = compareVersions(scheme, version, ceiling);
    return order >= 0 && below !== undefined && below < 0;
  }
  return compareWith(operator, order);
}

function compareWith(operator: string, order: number): boolean {
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return operator === '!=' || operator === '<>' ? order !== 0 : order === 0;
}

function increment(parts: readonly string[]): string {
  return [...parts.slice(0, -1), String(Number(parts.at(-1) ?? '0') + 1)].join('.');
}

/** Composer (https://getcomposer.org/doc/articles/versions.md): `||`, commas and spaces, `^`, `~`, wildcards, hyphen ranges, stability flags. */
function composerRange(version: string, range: string): boolean | undefined {
  const bare = range.replace(/@(dev|alpha|beta|rc|stable)\b/gi, '').replace(/\bv(?=\d)/g, '');
  if (/dev-|#/.test(bare)) return version === range ? true : undefined;
  return anyOf(bare.split(/\s*\|\|?\s*/), (all) => {
    const hyphen = /^([\w.]+)\s+-\s+([\w.]+)$/.exec(all.trim());
    if (hyphen) return semverRange(version, all.trim());
    return everyOf(all.trim().split(/\s*,\s*|\s+(?![\d.])/), (part) => {
      const condition = part.replace(/\s+/g, '');
      // Composer's tilde lets the last given number grow.
      const tilde = /^~(\d+(?:\.\d+)+)$/.exec(condition)?.[1];
      if (tilde) return meets('packagist', version, `~> ${tilde}`);
      if (/^[\^~]|[*x]/.test(condition)) return semverRange(version, condition);
      return meets('packagist', version, condition.replace(/^(\d)/, '=$1'));
    });
  });
}

function minimum(scheme: VersionScheme, version: string, bound: string): boolean | undefined {
  const order = compareVersions(scheme, version, bound);
  return order === undefined ? undefined : order >= 0;
}

/** `[1,2)`, `(,1.0]`, `[1.5]`, several parted by commas; a bare version is a minimum for NuGet and a wish for Maven, which picks exactly it. */
function intervalRange(purlType: 'maven' | 'nuget', version: string, range: string): boolean | undefined {
  if (!/[[(]/.test(range)) {
    if (purlType === 'maven') return compareVersions('maven', version, range) === 0;
    return /\*/.test(range) ? semverRange(version, range) : minimum('nuget', version, range);
  }
  const intervals = range.match(/[[(][^[\]()]*[\])]/g) ?? [];
  return intervals.length === 0 ? undefined : anyOf(intervals, (interval) => inInterval(purlType, version, interval));
}

function inInterval(scheme: 'maven' | 'nuget', version: string, interval: string): boolean | undefined {
  const [low = '', high] = interval
    .slice(1, -1)
    .split(',')
    .map((part) => part.trim());
  if (high === undefined) return compareVersions(scheme, version, low) === 0;
  const fromLow = low === '' ? 1 : compareVersions(scheme, version, low);
  const fromHigh = high === '' ? -1 : compareVersions(scheme, version, high);
  if (fromLow === undefined || fromHigh === undefined) return undefined;
  return (interval.startsWith('[') ? fromLow >= 0 : fromLow > 0) && (interval.endsWith(']') ? fromHigh <= 0 : fromHigh < 0);
}

function anyOf(parts: readonly string[], test: (part: string) => boolean | undefined): boolean | undefined {
  const results = parts.map(test);
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
}

function everyOf(parts: readonly string[], test: (part: string) => boolean | undefined): boolean | undefined {
  const results = parts.filter((part) => part.trim() !== '').map(test);
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}
