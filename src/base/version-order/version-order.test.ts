import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versRangeIncludes } from './vers-range.ts';
import { compareVersions, schemeOfEcosystem, schemeOfPurlType, type VersionScheme } from './version-order.ts';
import { satisfiesRequested } from './version-range.ts';

const SCHEMES: readonly VersionScheme[] = [
  'alpine',
  'alpm',
  'cran',
  'debian',
  'hackage',
  'maven',
  'nuget',
  'packagist',
  'pep440',
  'pub',
  'rpm',
  'rubygems',
  'semver',
];

const realistic = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }),
    fc.constantFrom(
      '',
      '',
      '',
      '-alpha',
      '-beta.2',
      '-rc1',
      '+build',
      'a1',
      '.dev3',
      '.post1',
      '~1',
      '-1',
      '-r2',
      '_p1',
      '.Final',
      '-SNAPSHOT',
      '^git',
    ),
  )
  .map(([numbers, tail]) => `${numbers.join('.')}${tail}`);

const hostile = fc.oneof(
  fc.string({ maxLength: 60 }),
  realistic,
  fc.constantFrom('', '-', 'v', '1.'.repeat(400), '9'.repeat(900), 'a-'.repeat(400), '~^~^', '1!2'),
);

describe.each(SCHEMES)('%s', (scheme) => {
  test('comparing the other way round gives the opposite, and a version equals itself', () => {
    fc.assert(
      fc.property(hostile, hostile, (left, right) => {
        const [order, reverse] = [compareVersions(scheme, left, right), compareVersions(scheme, right, left)];
        expect(reverse === undefined ? undefined : reverse + 0).toBe(order === undefined ? undefined : 0 - order);
        expect(compareVersions(scheme, left, left)).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  test('what versions of a registry look like is in one order', () => {
    // What is no version of apk has no place among those that are.
    const versions = scheme === 'alpine' ? realistic.filter((text) => /^[\d.]+(-r2|_p1)?$/.test(text)) : realistic;
    fc.assert(
      fc.property(versions, versions, versions, (first, second, third) => {
        const [one, two, both] = [
          compareVersions(scheme, first, second),
          compareVersions(scheme, second, third),
          compareVersions(scheme, first, third),
        ];
        if (one !== undefined && two !== undefined && one <= 0 && two <= 0) expect(both).toBeLessThanOrEqual(0);
      }),
      { numRuns: 600 },
    );
  });

  test('a text of 100 kB is no version and takes no time', () => {
    const long = `1.${'0a.'.repeat(33_000)}`;
    expect(compareVersions(scheme, long, `${long}1`)).toBeUndefined();
  });
});

describe('schemes', () => {
  test('are known by purl type and by OSV ecosystem, with or without suffix', () => {
    expect([
      schemeOfPurlType('pypi'),
      schemeOfPurlType('__proto__'),
      schemeOfEcosystem('Debian:12'),
      schemeOfEcosystem('toString'),
    ]).toEqual(['pep440', undefined, 'debian', undefined]);
  });

  test('semver orders huge numbers and five parts', () => {
    expect(compareVersions('semver', '1.0.99999999999999999998', '1.0.99999999999999999999')).toBe(-1);
    expect(compareVersions('semver', '1.2.3.4.5', '1.2.3.4.6')).toBe(-1);
    expect(compareVersions('semver', 'v1.2', '1.2.0')).toBe(0);
  });
});

describe('what a manifest asks for', () => {
  test.each<[string, string, string, boolean | undefined]>([
    ['npm', '3.3.6', '^3.3.0', true],
    ['npm', '3.3.6', '~3.2.0', false],
    ['npm', '1.2.3-beta.1', '>=1.0.0', true],
    ['npm', '2.5.0', '1.x || >=2.5.0 || 5.0.0 - 7.2.3', true],
    ['npm', '1.0.0', 'git+https://example.org/x.git', undefined],
    ['pypi', '1.4.2', '~=1.4', true],
    ['pypi', '2.0', '>=1,<2', false],
    ['pypi', '2.0rc1', '>=1', true],
    ['cargo', '1.4.0', '1.2', true],
    ['cargo', '2.0.0', '1.2', false],
    ['gem', '1.9.1', '~> 1.8', true],
    ['gem', '2.0.0', '~> 1.8', false],
    ['gem', '1.8.3', '~> 1.8.0, != 1.8.2', true],
    ['hex', '1.3.0', '~> 1.2 or ~> 2.0', true],
    ['composer', '1.3.0', '^1.2|^2.0', true],
    ['composer', '1.3.0', '~1.2', true],
    ['composer', '1.3.0', '~1.2.0', false],
    ['composer', '1.2.9', '>=1.0 <1.3', true],
    ['maven', '1.5', '[1.0,2.0)', true],
    ['maven', '2.0', '[1.0,2.0)', false],
    ['maven', '1.5', '1.5', true],
    ['nuget', '1.6', '1.5', true],
    ['nuget', '1.6', '(1.6,2.0]', false],
    ['golang', 'v1.3.0', 'v1.2.0', true],
    ['unheard-of', '1', '>=1', undefined],
  ])('%s %s in %s: %s', (type, version, requested, expected) => {
    expect(satisfiesRequested(type, version, requested)).toBe(expected);
  });

  test('never throws and never hangs on what is no range', () => {
    const types = fc.constantFrom('npm', 'pypi', 'cargo', 'gem', 'hex', 'composer', 'maven', 'nuget', 'golang', 'pub');
    fc.assert(
      fc.property(
        types,
        hostile,
        fc.oneof(hostile, fc.constantFrom('^'.repeat(900), '>= '.repeat(300), '[('.repeat(400), '1||'.repeat(300))),
        (type, version, requested) => {
          satisfiesRequested(type, version, requested);
          versRangeIncludes(`vers:${type}/${requested}`, version);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a VERS range', () => {
  test.each<[string, string, boolean | undefined]>([
    ['vers:npm/>=1.0.0|<1.2.3', '1.2.2', true],
    ['vers:npm/>=1.0.0|<1.2.3', '1.2.3', false],
    ['vers:npm/*', '1.0.0', true],
    ['vers:deb/>=5.5.1alpha-0.1|<=5.6.1-1', '5.6.0-0.2', true],
    ['vers:deb/>=5.5.1alpha-0.1|<=5.6.1-1', '5.6.1+really5.4.5-1', false],
    ['vers:github/>=1|<=45.0.7', 'v35', true],
    ['vers:github/>=1|<=45.0.7', 'v46.0.1', false],
    ['vers:github/>=1|<=45.0.7', 'main', undefined],
    ['vers:pypi/<1|>2|<3', '2.5', true],
    ['vers:pypi/!=1.0', '1.0', false],
    ['vers:unheard/>=1', '1', undefined],
    ['no range', '1', undefined],
  ])('%s holds %s: %s', (range, version, expected) => {
    expect(versRangeIncludes(range, version)).toBe(expected);
  });
});
