import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareVersions, schemeOfEcosystem, schemeOfPurlType, type VersionScheme } from '../../src/base/version-order/version-order.ts';
import { findShared } from '../support/shared.ts';

const folder = findShared('conformance/version-order');

/** Files of comparisons, one `a < b` a line; `//` and `#` begin comments. */
const FILES: readonly (readonly [file: string, scheme: VersionScheme])[] = [
  ['alpine-versions.txt', 'alpine'],
  ['alpine-versions-generated.txt', 'alpine'],
  ['cran-versions.txt', 'cran'],
  ['cran-versions-generated.txt', 'cran'],
  ['debian-versions.txt', 'debian'],
  ['debian-versions-generated.txt', 'debian'],
  ['hackage-versions.txt', 'hackage'],
  ['maven-versions.txt', 'maven'],
  ['maven-versions-generated.txt', 'maven'],
  ['nuget-versions.txt', 'nuget'],
  ['packagist-versions.txt', 'packagist'],
  ['packagist-versions-generated.txt', 'packagist'],
  ['pub-versions.txt', 'pub'],
  ['pypi-versions.txt', 'pep440'],
  ['pypi-versions-generated.txt', 'pep440'],
  ['redhat-versions.txt', 'rpm'],
  ['rubygems-versions.txt', 'rubygems'],
  ['rubygems-versions-generated.txt', 'rubygems'],
  ['semver-versions.txt', 'semver'],
];

describe.skipIf(!folder)('version order (where the conformance material is present)', () => {
  test.each(FILES)('%s', (file, scheme) => {
    const wrong: string[] = [];
    let count = 0;
    for (const line of readFileSync(join(folder ?? '', file), 'utf8').split('\n')) {
      const match = /^(\S+)\s+([<=>])\s+(\S+)$/.exec(line.trim());
      if (!match || line.startsWith('#') || line.startsWith('//')) continue;
      count++;
      const [, left = '', relation = '', right = ''] = match;
      const expected = relation === '<' ? -1 : relation === '>' ? 1 : 0;
      if (compareVersions(scheme, left, right) !== expected) wrong.push(`${line} got ${compareVersions(scheme, left, right)}`);
      else if (compareVersions(scheme, right, left) !== (expected === 0 ? 0 : -expected))
        wrong.push(`${line} is not the reverse of itself`);
    }
    expect(count).toBeGreaterThan(0);
    expect(`${wrong.length} ${wrong.slice(0, 12).join('\n')}`).toBe('0 ');
  });
});

const vectors = findShared('conformance/vers/tests');

interface Comparison {
  readonly input: { readonly versions: readonly string[] };
  readonly expected_output: boolean | readonly string[];
}

function readVectors(file: string): unknown[] {
  return (JSON.parse(readFileSync(join(vectors ?? '', file), 'utf8')) as { tests: unknown[] }).tests;
}

/** Every pair of versions with the order that is expected of it; a false equality tells only that they differ. */
function expectedOrders({ input: { versions }, expected_output: expected }: Comparison): [string, string, number | 'different'][] {
  const [left = '', right = ''] = versions;
  if (typeof expected === 'boolean') return [[left, right, expected ? 0 : 'different']];
  return expected.slice(1).map((later, index) => [expected[index] ?? '', later, expected[index] === later ? 0 : -1]);
}

describe.skipIf(!vectors)('comparison vectors of VERS (where the conformance material is present)', () => {
  test.each<[file: string, scheme: VersionScheme]>([
    ['alpine_version_cmp_test.json', 'alpine'],
    ['alpm_version_cmp_test.json', 'alpm'],
    ['conan_version_cmp_test.json', 'conan'],
    ['datetime_version_cmp_test.json', 'datetime'],
    ['gentoo_version_cmp_test.json', 'gentoo'],
    ['lexicographic-test.json', 'lexicographic'],
    ['maven_version_cmp_test.json', 'maven'],
    ['nuget_version_cmp_test.json', 'nuget'],
    ['openssl_version_cmp_test.json', 'openssl'],
  ])('%s', (file, scheme) => {
    const comparisons = readVectors(file) as Comparison[];
    const orders = comparisons.flatMap(expectedOrders);
    const wrong = orders.flatMap(([left, right, expected]) => {
      const order = compareVersions(scheme, left, right);
      const agrees = expected === 'different' ? order !== undefined && order !== 0 : order === expected;
      return agrees ? [] : [`${left} ${order} ${right}, expected ${expected}`];
    });
    expect(orders.length).toBeGreaterThanOrEqual(comparisons.length);
    expect(`${wrong.length} ${wrong.slice(0, 12).join('\n')}`).toBe('0 ');
  });
});

const osvSchema = findShared('conformance/osv/schema.json');

/**
 * Versions of these have no order that could be told: names of releases, dates of patch levels, commits, or (FreeBSD, TuxCare) an order nobody has asked
 * for yet.
 */
const UNORDERED_ECOSYSTEMS = ['Android', 'Docker Hardened Images', 'FreeBSD', 'OSS-Fuzz', 'Root', 'TuxCare'];

test.skipIf(!osvSchema)('every ecosystem of OSV has an order, or is known to have none (where the conformance material is present)', () => {
  const schema = JSON.parse(readFileSync(osvSchema ?? '', 'utf8')) as { $defs: { ecosystemName: { enum: string[] } } };
  expect(schema.$defs.ecosystemName.enum.filter((name) => schemeOfEcosystem(name) === undefined)).toEqual(UNORDERED_ECOSYSTEMS);
});

const purlTypes = findShared('conformance/purl/types');

/** Versions of these are commits, digests or revisions, or in an order that no incident has asked for yet. */
const UNORDERED_PURL_TYPES: readonly string[] = [
  'bazel',
  'bitbucket',
  'brew',
  'conda',
  'cpan',
  'docker',
  'git',
  'huggingface',
  'luarocks',
  'mlflow',
  'oci',
  'otp',
  'qpkg',
  'swid',
  'vcpkg',
  'yocto',
];

test.skipIf(!purlTypes)('every type of purl has an order, or is known to have none (where the conformance material is present)', () => {
  const types = readdirSync(purlTypes ?? '').flatMap((file) => /^(.+)-definition\.json$/.exec(file)?.[1] ?? []);
  expect(types.filter((type) => schemeOfPurlType(type) === undefined).sort()).toEqual(UNORDERED_PURL_TYPES);
});
