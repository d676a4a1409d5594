import { compareAlpine } from './alpine.ts';
import { compareAlpm } from './alpm.ts';
import { compareConan } from './conan.ts';
import { compareCran } from './cran.ts';
import { compareDatetime } from './datetime.ts';
import { compareDebian } from './debian.ts';
import { compareGentoo } from './gentoo.ts';
import { compareHackage } from './hackage.ts';
import { compareLexicographic } from './lexicographic.ts';
import { compareMaven } from './maven.ts';
import { compareNuget } from './nuget.ts';
import { compareOpenssl } from './openssl.ts';
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
  conan: compareConan,
  cran: compareCran,
  datetime: compareDatetime,
  debian: compareDebian,
  gentoo: compareGentoo,
  hackage: compareHackage,
  lexicographic: compareLexicographic,
  maven: compareMaven,
  nuget: compareNuget,
  openssl: compareOpenssl,
  packagist: comparePackagist,
  pep440: comparePep440,
  pub: comparePub,
  rpm: compareRpm,
  rubygems: compareRubygems,
  semver: compareSemver,
} as const satisfies Record<string, Compare>;

/** How versions of an ecosystem are ordered. */
export type VersionScheme = keyof typeof schemes;

/** Every scheme, by name. */
export const VERSION_SCHEMES: readonly VersionScheme[] = Object.keys(schemes).filter((name): name is VersionScheme => name in schemes);

/** Longer texts are no versions. */
const MAX_LENGTH = 1024;

/**
 * Orders two versions: -1 where the left one is earlier, 0 for equal texts in any case; undefined where either is no version of the scheme, or longer than 1024
 * characters. Each scheme's file says what it takes for a version: alpine, alpm, debian, lexicographic, maven, pep440 and rpm order all texts.
 */
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
  'chrome-extension': 'semver',
  cocoapods: 'rubygems',
  composer: 'packagist',
  conan: 'conan',
  cran: 'cran',
  deb: 'debian',
  ebuild: 'gentoo',
  gem: 'rubygems',
  generic: 'semver',
  gentoo: 'gentoo',
  github: 'semver',
  githubactions: 'semver',
  golang: 'semver',
  hackage: 'hackage',
  hex: 'semver',
  julia: 'semver',
  maven: 'maven',
  nginx: 'semver',
  npm: 'semver',
  nuget: 'nuget',
  opam: 'debian',
  openssl: 'openssl',
  opkg: 'debian',
  pub: 'pub',
  pypi: 'pep440',
  rpm: 'rpm',
  swift: 'semver',
  'vscode-extension': 'semver',
};

/**
 * The order of versions of a purl type (https://github.com/package-url/purl-spec/tree/main/types); undefined where it is not known, and only equal texts
 * are equal.
 */
export function schemeOfPurlType(type: string): VersionScheme | undefined {
  return Object.hasOwn(BY_PURL_TYPE, type) ? BY_PURL_TYPE[type] : undefined;
}

const VERS_ONLY: Readonly<Record<string, VersionScheme>> = {
  alpine: 'alpine',
  datetime: 'datetime',
  intdot: 'semver',
  lexicographic: 'lexicographic',
  semver: 'semver',
};

/** The order of a scheme of VERS (https://github.com/package-url/vers-spec), most of which are purl types; undefined where it is not known. */
export function schemeOfVers(scheme: string): VersionScheme | undefined {
  return Object.hasOwn(VERS_ONLY, scheme) ? VERS_ONLY[scheme] : schemeOfPurlType(scheme);
}

const BY_ECOSYSTEM: Readonly<Record<string, VersionScheme>> = {
  AlmaLinux: 'rpm',
  Alpaquita: 'alpine',
  Alpine: 'alpine',
  'Azure Linux': 'rpm',
  BellSoft: 'alpine',
  'BellSoft Hardened Containers': 'alpine',
  Bioconductor: 'semver',
  Bitnami: 'semver',
  Chainguard: 'alpine',
  CleanStart: 'alpine',
  ConanCenter: 'conan',
  CRAN: 'cran',
  'crates.io': 'semver',
  Debian: 'debian',
  Echo: 'debian',
  'GitHub Actions': 'semver',
  GHC: 'hackage',
  Go: 'semver',
  Hackage: 'hackage',
  Hex: 'semver',
  Julia: 'semver',
  Kubernetes: 'semver',
  Linux: 'semver',
  Mageia: 'rpm',
  Maven: 'maven',
  MinimOS: 'alpine',
  npm: 'semver',
  NuGet: 'nuget',
  opam: 'debian',
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

/** Ecosystems that rebuild packages of others: what follows the colon names the order (`Root:Alpine:3.18`, `Docker Hardened Images:Debian`). */
const REBUILDERS: ReadonlySet<string> = new Set(['Docker Hardened Images', 'Echo', 'Root', 'TuxCare']);

/** The order of an OSV ecosystem's versions (https://ossf.github.io/osv-schema/#defined-ecosystems), with or without suffix; undefined where not known. */
export function schemeOfEcosystem(ecosystem: string): VersionScheme | undefined {
  const [base = '', suffix] = ecosystem.split(':', 2);
  const rebuilt = REBUILDERS.has(base) && suffix !== undefined ? findEcosystem(suffix) : undefined;
  return rebuilt ?? findEcosystem(base);
}

function findEcosystem(name: string): VersionScheme | undefined {
  return Object.hasOwn(BY_ECOSYSTEM, name) ? BY_ECOSYSTEM[name] : undefined;
}
