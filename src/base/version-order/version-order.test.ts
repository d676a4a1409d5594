import fc from 'fast-check';
import { compare as compareByLibrary, valid } from 'semver';
import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  schemeOfEcosystem,
  schemeOfPurlType,
  schemeOfVers,
  VERSION_SCHEMES,
  type VersionScheme,
} from './version-order.ts';

const PIECES = ['0', '1', '2', '10', '007', '9999999999999999999999', '.', '-', '_', '+', '~', '^', ':', '!', '#', ' '];
const WORDS = [
  'a',
  'b',
  'x',
  'rc',
  'RC',
  'alpha',
  'beta',
  'pre',
  'dev',
  'post',
  'final',
  'ga',
  'sp',
  'SNAPSHOT',
  'p',
  'r',
  '-r1',
  '_p1',
  'v',
  'é',
  '😀',
];

const realistic = fc
  .tuple(
    fc.constantFrom('', '', '', '', 'v', '1:', '1!'),
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
  .map(([head, numbers, tail]) => `${head}${numbers.join('.')}${tail}`);

/** Short texts of the pieces that decide, so that three of them often begin alike. */
const crafted = fc
  .tuple(fc.constantFrom('1', '1.0', '2', ''), fc.array(fc.constantFrom(...PIECES, ...WORDS), { maxLength: 5 }))
  .map(([head, pieces]) => `${head}${pieces.join('')}`);

const hostile = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  realistic,
  crafted,
  fc.constantFrom(
    '',
    '-',
    'v',
    '1.'.repeat(400),
    '9'.repeat(900),
    'a-'.repeat(400),
    '~^~^',
    '1!2',
    '__proto__',
    '0'.repeat(1000),
    '1_alpha'.repeat(100),
  ),
);

/** Texts that no scheme may take long for. */
const LONG = ['0', '1.', 'a', '-', '1a', '.-', '_alpha', '+', '~', ' ', '1.0-', '1!', '-r1', '\u{1d7d8}', '2024-01-01T00:00:00.'];

describe.each(VERSION_SCHEMES)('%s', (scheme) => {
  test('comparing the other way round gives the opposite, and a version equals itself', () => {
    fc.assert(
      fc.property(hostile, hostile, (left, right) => {
        const [order, reverse] = [compareVersions(scheme, left, right), compareVersions(scheme, right, left)];
        expect(reverse === undefined ? undefined : 0 - reverse).toBe(order === undefined ? undefined : order + 0);
        expect(compareVersions(scheme, left, left)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('all that it orders is in one order', () => {
    // A release that is not there equals every one (man vercmp), so only versions with one are in an order there.
    const suffix = scheme === 'alpm' ? '-1' : '';
    const versions = fc.oneof(realistic, crafted).map((text) => `${text}${suffix}`);
    fc.assert(
      fc.property(versions, versions, versions, (first, second, third) => {
        const [one, two, both] = [
          compareVersions(scheme, first, second),
          compareVersions(scheme, second, third),
          compareVersions(scheme, first, third),
        ];
        if (one === undefined || two === undefined || both === undefined) return;
        if (one <= 0 && two <= 0) expect(both).toBeLessThanOrEqual(one < 0 || two < 0 ? -1 : 0);
        if (one >= 0 && two >= 0) expect(both).toBeGreaterThanOrEqual(one > 0 || two > 0 ? 1 : 0);
      }),
      { numRuns: 1500 },
    );
  });

  test('long texts take no time, and those of 100 kB are no versions', () => {
    const start = performance.now();
    for (const piece of LONG) {
      const text = `1${piece.repeat(Math.floor(1020 / piece.length))}`;
      compareVersions(scheme, text, `${text}!`);
      expect(compareVersions(scheme, piece.repeat(100_000), `${piece.repeat(100_000)}1`)).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('an order', () => {
  test.each<[VersionScheme, string, string, -1 | 0 | 1 | undefined]>([
    ['semver', '1.0.99999999999999999998', '1.0.99999999999999999999', -1],
    ['semver', '1.2.3.4.5', '1.2.3.4.6', -1],
    ['semver', 'v1.2', '1.2.0', 0],
    ['semver', '1', '1.0.0', 0],
    ['semver', '1.0.0-rc.1', '1.0.0', -1],
    ['semver', 'v0.0.0-20220101000000-abcdef123456', 'v0.0.0-20230101000000-abcdef123456', -1],
    ['semver', 'v2.0.0+incompatible', 'v2.0.0', 0],
    ['semver', 'main', '1.0.0', undefined],
    ['semver', '', '1.0.0', undefined],
    ['pub', '1.0.0+1', '1.0.0', 1],
    ['pep440', '1.0', '1.0.0', 0],
    ['pep440', '1.0.DEV1', '1.0a1', -1],
    ['pep440', '1.0-1', '1.0.post1', 0],
    ['pep440', '2!0', '1!9', 1],
    ['pep440', 'dev-old', '0.0.dev0', -1],
    ['nuget', '1.0.0.0', '1.0-BETA', 1],
    ['rubygems', '1.0.0.pre', '1.0.0', -1],
    ['rubygems', 'latest', '1.0.0', undefined],
    ['packagist', 'dev-main', '1.0.0', undefined],
    ['packagist', 'dev-main', 'dev-main', 0],
    ['packagist', '1.0.0-RC1+build', 'v1.0.0rc1', 0],
    ['maven', '1.0-SNAPSHOT', '1.0', -1],
    ['maven', '1.x', '1-alpha', 1],
    ['maven', '', '0', 0],
    ['debian', '1:0.9', '2.0', 1],
    ['debian', '5.6.1+really5.4.5-1', '5.6.1-1', 1],
    ['rpm', '5.4.0-1.el9', '5.4.0-1.el9_2', -1],
    ['alpine', '1.2.3_rc1-r0', '1.2.3-r0', -1],
    ['alpine', '1.2.3', '1.2.3-r0', -1],
    ['alpine', '1.10', '1.09', 1],
    ['alpm', '1.0-1', '1.0', 0],
    ['conan', 'cci.20200101', 'cci.20210101', -1],
    ['hackage', '1.0', '1.0a', undefined],
    ['cran', '1.0-1', '1.0.1', 0],
    ['gentoo', '1.0_p', '1.0', 1],
    ['openssl', '1.0.2za', '1.0.2z', 1],
    ['openssl', '3.0.0-beta1', '3.0.0', -1],
    ['openssl', '1.0.2k-fips', '1.0.2k', 0],
    ['datetime', '2024-02-30T00:00:00', '2024-01-01T00:00:00Z', undefined],
    ['lexicographic', '\u{ffff}', '😀', -1],
  ])('%s: %s against %s is %s', (scheme, left, right, expected) => {
    expect(compareVersions(scheme, left, right)).toBe(expected);
  });

  test('of SemVer agrees with the npm library on all that is SemVer', () => {
    const identifier = fc.constantFrom('0', '1', '10', 'a', 'alpha', 'rc1', '-', 'A', '0a', 'x-y');
    const version = fc
      .tuple(
        fc.array(fc.nat(12), { minLength: 3, maxLength: 3 }),
        fc.array(identifier, { maxLength: 3 }),
        fc.constantFrom('', '+b', '+1.2'),
      )
      .map(([numbers, words, build]) => `${numbers.join('.')}${words.length > 0 ? `-${words.join('.')}` : ''}${build}`);
    fc.assert(
      fc.property(version, version, (left, right) => {
        if (valid(left) && valid(right)) expect(compareVersions('semver', left, right)).toBe(compareByLibrary(left, right));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('schemes', () => {
  test.each<[string, VersionScheme | undefined]>([
    ['pypi', 'pep440'],
    ['golang', 'semver'],
    ['composer', 'packagist'],
    ['__proto__', undefined],
    ['unheard-of', undefined],
  ])('of the purl type %s is %s', (type, expected) => {
    expect(schemeOfPurlType(type)).toBe(expected);
  });

  test.each<[string, VersionScheme | undefined]>([
    ['npm', 'semver'],
    ['Debian:12', 'debian'],
    ['Ubuntu:Pro:18.04:LTS', 'debian'],
    ['Rocky Linux:9', 'rpm'],
    ['VSCode:https://open-vsx.org', 'semver'],
    ['Root:Alpine:3.18', 'alpine'],
    ['Root:PyPI', 'pep440'],
    ['Echo:npm', 'semver'],
    ['Echo', 'debian'],
    ['Docker Hardened Images:Debian', 'debian'],
    ['Android', undefined],
    ['toString', undefined],
    ['', undefined],
  ])('of the OSV ecosystem %s is %s', (ecosystem, expected) => {
    expect(schemeOfEcosystem(ecosystem)).toBe(expected);
  });

  test('of VERS are purl types and a few more', () => {
    expect([schemeOfVers('npm'), schemeOfVers('alpine'), schemeOfVers('datetime'), schemeOfVers('constructor')]).toEqual([
      'semver',
      'alpine',
      'datetime',
      undefined,
    ]);
  });
});
