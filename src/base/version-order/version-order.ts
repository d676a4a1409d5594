// PLACEHOLDER until the real file is written
export type VersionScheme = 'semver' | 'pep440';
export function compareVersions(_scheme: VersionScheme, left: string, right: string): -1 | 0 | 1 | undefined {
  return left < right ? -1 : left > right ? 1 : 0;
}
export function schemeOfPurlType(type: string): VersionScheme | undefined {
  return type === 'pypi' ? 'pep440' : 'semver';
}
export function schemeOfEcosystem(ecosystem: string): VersionScheme | undefined {
  return ecosystem === 'PyPI' ? 'pep440' : 'semver';
}
