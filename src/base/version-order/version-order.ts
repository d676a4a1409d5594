import { compareAlpine } from './alpine.ts';
import { compareAlpm } from './alpm.ts';
import { compareCran } from './cran.ts';
import { compareDebian } from './debian.ts';
import { compareHackage } from './hackage.ts';
import { compareMaven } from './maven.ts';
import { compareNuget } from './nuget.ts';
import { comparePackagist } from './packagist.ts';
import { comparePep440 } from './pep440.ts';
import { comparePub } from './pub.ts';
import { compareRpm } from './rpm.ts';
import { compareRubygems } from './rubygems.ts';
import { compareSemver } from './semver.ts';

type Compare = (left: string, right: string) => -1 | 0 | 1 | undefined;

const schemes = {
  alpine: compareAlpine,
  alpm: compareAlpm,
  cran: compareCran,
  debian: compareDebian,
  hackage: compareHackage,
  maven: compareMaven,
  nuget: compareNuget,
  packagist: comparePackagist,
  pep440: comparePep440,
  pub: comparePub,
  rpm: compareRpm,
  rubygems: compareRubygems,
  semver: compareSemver,
} as const satisfies Record<string, Compare>;

/** How versions of an ecosystem are ordered. */
export type VersionScheme = keyof typeof schemes;

/** Longer texts are no versions. */
const MAX_LENGTH = 1024;

/** Orders two versions: -1 where the left one is earlier; undefined where either is no version of the scheme. */
export function compareVersions(scheme: VersionScheme, left: string, right: string): -1 | 0 | 1 | undefined {
  if (left === right) return 0;
  if (left.length > MAX_LENGTH || right.length > MAX_LENGTH) return undefined;
  return schemes[scheme](left, right);
}

const BY_PURL_TYPE: Readonly<Record<string, VersionScheme>> = {
  alpm: 'alpm',
  apk: 'alpine',
  bitnami: 'semver',
  cargo: 'semver',
  composer: 'packagist',
  conan: 'semver',
  cran: 'cran',
  deb: 'debian',
  gem: 'rubygems',
  generic: 'semver',
  github: 'semver',
  golang: 'semver',
  hackage: 'hackage',
  hex: 'semver',
  julia: 'semver',
  maven: 'maven',
  npm: 'semver',
  nuget: 'nuget',
  pub: 'pub',
  pypi: 'pep440',
  rpm: 'rpm',
  swift: 'semver',
  'vscode-extension': 'semver',
};

/** The order of a purl type's versions; undefined where it is not known, and only equal texts are equal. */
export function schemeOfPurlType(type: string): VersionScheme | undefined {
  return Object.hasOwn(BY_PURL_TYPE, type) ? BY_PURL_TYPE[type] : undefined;
}

const BY_ECOSYSTEM: Readonly<Record<string, VersionScheme>> = {
  AlmaLinux: 'rpm',
  Alpaquita: 'alpine',
  Alpine: 'alpine',
  'Azure Linux': 'rpm',
  BellSoft: 'alpine',
  Bitnami: 'semver',
  Chainguard: 'alpine',
  ConanCenter: 'semver',
  CRAN: 'cran',
  'crates.io': 'semver',
  Debian: 'debian',
  'GitHub Actions': 'semver',
  Go: 'semver',
  Hackage: 'hackage',
  Hex: 'semver',
  Julia: 'semver',
  Mageia: 'rpm',
  Maven: 'maven',
  MinimOS: 'alpine',
  npm: 'semver',
  NuGet: 'nuget',
  openEuler: 'rpm',
  openSUSE: 'rpm',
  Packagist: 'packagist',
  'Photon OS': 'rpm',
  Pub: 'pub',
  PyPI: 'pep440',
  'Red Hat': 'rpm',
  'Rocky Linux': 'rpm',
  RubyGems: 'rubygems',
  SUSE: 'rpm',
  SwiftURL: 'semver',
  Ubuntu: 'debian',
  VSCode: 'semver',
  Wolfi: 'alpine',
};

/** The order of an OSV ecosystem's versions (https://ossf.github.io/osv-schema/#defined-ecosystems), with or without suffix; undefined where not known. */
export function schemeOfEcosystem(ecosystem: string): VersionScheme | undefined {
  const base = ecosystem.split(':', 1)[0] ?? '';
  return Object.hasOwn(BY_ECOSYSTEM, base) ? BY_ECOSYSTEM[base] : undefined;
}
