import { meetsCondition, raiseLast } from './condition.ts';
import { parseSemver } from './semver.ts';
import { anyOf } from './three-valued.ts';
import { compareVersions, type VersionScheme } from './version-order.ts';

/**
 * Whether what Maven (https://maven.apache.org/pom.html#dependency-version-requirement-specification) or Gradle
 * (https://docs.gradle.org/current/userguide/single_versions.html) asks for admits a version: `[1,2)`, several intervals, `]1,2[`, `1.+`,
 * `latest.release`. A bare version is a wish for exactly that.
 */
export function mavenRangeIncludes(version: string, range: string): boolean | undefined {
  if (range === '+' || /^latest\.\w+$|^(LATEST|RELEASE)$/.test(range)) return true;
  if (range.endsWith('+')) return version.startsWith(range.slice(0, -1)) || version === range.slice(0, -1).replace(/[.-]$/, '');
  return /[[\]()]/.test(range) ? isInIntervals('maven', version, range) : meetsCondition('maven', version, '=', range);
}

/**
 * Whether a NuGet range (https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges) admits a version: `[1,2)`, `1.*`; a bare version
 * is a minimum.
 */
export function nugetRangeIncludes(version: string, range: string): boolean | undefined {
  if (/[[\]()]/.test(range)) return isInIntervals('nuget', version, range);
  return range.includes('*') ? floats(version, range) : meetsCondition('nuget', version, '>=', range);
}

/** `1.*` and `1.*-*` hold what begins with these numbers, `1.0.0-beta*` what begins with this text. */
function floats(version: string, range: string): boolean | undefined {
  const [, numbers, prefix] = /^(?:((?:[0-9]+\.)*)\*(?:-\*)?|([0-9][^*]*)\*)$/.exec(range) ?? [];
  if (prefix !== undefined) return version.toLowerCase().startsWith(prefix.toLowerCase()) || version === prefix.replace(/-$/, '');
  if (numbers === undefined || !parseSemver(version)) return undefined;
  const kept = numbers.split('.').slice(0, -1);
  if (kept.length === 0) return true;
  const release = parseSemver(version)?.numbers.join('.') ?? '';
  const [fromLow, fromHigh] = [
    compareVersions('nuget', release, kept.join('.')),
    compareVersions('nuget', release, raiseLast(kept).join('.')),
  ];
  return fromLow === undefined || fromHigh === undefined ? undefined : fromLow >= 0 && fromHigh < 0;
}

const INTERVAL = /([[\](])([^[\]()]*)([\])[])\s*,?\s*/g;

function isInIntervals(scheme: VersionScheme, version: string, range: string): boolean | undefined {
  if (range.replace(INTERVAL, '') !== '') return undefined;
  return anyOf([...range.matchAll(INTERVAL)], ([, open = '', inside = '', close = '']) => {
    const [low = '', high, ...more] = inside.split(',').map((part) => part.trim());
    if (more.length > 0) return undefined;
    if (high === undefined) return open === '[' && close === ']' ? meetsCondition(scheme, version, '=', low) : undefined;
    const aboveLow = low === '' ? true : meetsCondition(scheme, version, open === '[' ? '>=' : '>', low);
    const belowHigh = high === '' ? true : meetsCondition(scheme, version, close === ']' ? '<=' : '<', high);
    return aboveLow === undefined || belowHigh === undefined ? undefined : aboveLow && belowHigh;
  });
}
