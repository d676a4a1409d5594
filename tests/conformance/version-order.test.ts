import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareVersions, type VersionScheme } from '../../src/base/version-order/version-order.ts';
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

interface Vector {
  readonly test_type: string;
  readonly input: { readonly versions: readonly [string, string] };
  readonly expected_output: boolean | readonly string[];
}

describe.skipIf(!vectors)('comparison vectors of VERS (where the conformance material is present)', () => {
  test.each<[string, VersionScheme]>([
    ['maven', 'maven'],
    ['nuget', 'nuget'],
    ['alpine', 'alpine'],
    ['alpm', 'alpm'],
  ])('%s', (name, scheme) => {
    const { tests } = JSON.parse(readFileSync(join(vectors ?? '', `${name}_version_cmp_test.json`), 'utf8')) as { tests: Vector[] };
    const wrong = tests.flatMap(({ input: { versions }, expected_output: expected }) => {
      const [left, right] = versions;
      const order = compareVersions(scheme, left, right);
      const agrees =
        typeof expected === 'boolean'
          ? (order === 0) === expected
          : order === 0
            ? expected[0] === expected[1]
            : (order === -1) === (expected[0]?.toLowerCase() === left.toLowerCase());
      return agrees ? [] : [`${left} ${order} ${right}, expected ${JSON.stringify(expected)}`];
    });
    expect(tests.length).toBeGreaterThan(30);
    expect(`${wrong.length} ${wrong.slice(0, 12).join('\n')}`).toBe('0 ');
  });
});
