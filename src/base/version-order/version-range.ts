import { composerRangeIncludes } from './composer-range.ts';
import { conanRangeIncludes } from './conan-range.ts';
import { meetsCondition } from './condition.ts';
import { mavenRangeIncludes, nugetRangeIncludes } from './interval-range.ts';
import { cargoRangeIncludes, npmRangeIncludes } from './npm-range.ts';
import { gemRangeIncludes, hexRangeIncludes } from './pessimistic-range.ts';
import { pubRangeIncludes } from './pub-range.ts';
import { pythonRangeIncludes } from './python-range.ts';

type RangeIncludes = (version: string, range: string) => boolean | undefined;

const NOTATIONS: Readonly<Record<string, RangeIncludes>> = {
  cargo: cargoRangeIncludes,
  composer: composerRangeIncludes,
  conan: conanRangeIncludes,
  gem: gemRangeIncludes,
  // Go takes the least version that all ask for (https://go.dev/ref/mod#minimal-version-selection).
  golang: (version, range) => meetsCondition('semver', version, '>=', range),
  hex: hexRangeIncludes,
  maven: mavenRangeIncludes,
  npm: npmRangeIncludes,
  nuget: nugetRangeIncludes,
  pub: pubRangeIncludes,
  pypi: pythonRangeIncludes,
};

/** Longer texts are no ranges, and no versions. */
const MAX_RANGE_LENGTH = 1000;
const MAX_VERSION_LENGTH = 200;

/**
 * Whether what a manifest asks for, in the notation of its ecosystem (a purl type, https://github.com/package-url/purl-spec), admits a version.
 * Prereleases count: a malicious one must not be missed. Undefined where the notation is not understood, or the version is none.
 */
export function satisfiesRequested(purlType: string, version: string, requested: string): boolean | undefined {
  const asked = requested.trim();
  if (asked.length > MAX_RANGE_LENGTH || version.length > MAX_VERSION_LENGTH) return undefined;
  if (!Object.hasOwn(NOTATIONS, purlType)) return undefined;
  if (asked === '' || asked === '*' || asked === 'latest') return true;
  return NOTATIONS[purlType]?.(version.trim(), asked);
}
