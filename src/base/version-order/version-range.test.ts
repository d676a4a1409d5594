import { satisfies as satisfiesByPythonLibrary } from '@renovatebot/pep440';
import fc from 'fast-check';
import { satisfies, validRange } from 'semver';
import { describe, expect, test } from 'vitest';
import { satisfiesRequested } from './version-range.ts';

type Case = readonly [version: string, requested: string, expected: boolean | undefined];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  npm: [
    ['3.3.6', '^3.3.0', true],
    ['3.3.6', '~3.2.0', false],
    ['1.2.3-beta.1', '>=1.0.0', true],
    ['2.0.0-beta.1', '^1.0.0', false],
    ['2.5.0', '1.x || >=2.5.0 || 5.0.0 - 7.2.3', true],
    ['7.2.3', '1.x || >=2.5.0 || 5.0.0 - 7.2.3', true],
    ['v1.2.3', '1.2.x', true],
    ['99999999999999999999.0.0', '>=1', true],
    ['1.0.0', '', true],
    ['1.0.0', 'latest', true],
    ['4.17.21', 'npm:lodash@^4.17.0', true],
    ['4.17.21', 'npm:@scope/lodash@^5.0.0', false],
    ['1.0.0', 'next', undefined],
    ['1.0.0', 'workspace:^1.0.0', undefined],
    ['1.0.0', 'git+https://example.org/x.git', undefined],
    ['main', '^1.0.0', undefined],
  ],
  pypi: [
    ['1.4.2', '~=1.4', true],
    ['2.0', '>=1,<2', false],
    ['2.0rc1', '>=1', true],
    ['2.0rc1', '>=1,<2', false],
    ['2.0rc1', '<2.0', false],
    ['1.0', '==1.0.0', true],
    ['1.0+local', '==1.0', true],
    ['1.0', '==1.0+local', false],
    ['2', '==2.0.*', true],
    ['2.1', '!=2.0.*', true],
    ['1.0.post1', '>1.0', false],
    ['1.0', '===1.0', true],
    ['1.5', '>=1.0; python_version < "3.9"', true],
    ['1.5', '(>=1.0)', true],
    ['1.9.9', '^1.2.3', true],
    ['2.0.dev1', '^1.2.3', false],
    ['0.3', '^0.2.3', false],
    ['1.3', '~1.2', false],
    ['3.1', '^1.0 || ^3.0', true],
    ['1.0', 'banana', undefined],
    ['banana', '>=1.0', undefined],
    ['1.0', '~=1', undefined],
  ],
  cargo: [
    ['1.4.0', '1.2', true],
    ['2.0.0', '1.2', false],
    ['0.3.0', '0.2.3', false],
    ['1.2.9', '~1.2', true],
    ['1.2.3', '=1.2.3', true],
    ['1.9.0', '>=1.2, <1.5', false],
    ['1.3.0-alpha', '1.2', true],
    ['1.3.0', '1.*', true],
    ['1.3.0', 'a || b', undefined],
  ],
  gem: [
    ['1.9.1', '~> 1.8', true],
    ['2.0.0', '~> 1.8', false],
    ['2.0.0.pre', '~> 1.8', false],
    ['1.9.0.rc1', '~> 1.8', true],
    ['1.8.3', '~> 1.8.0, != 1.8.2', true],
    ['1.8.2', '~> 1.8.0, != 1.8.2', false],
    ['1.2.5', '~> 1.2.a', true],
    ['1.0', '1.0.0', true],
    ['1.0', '>= 1.0 || 2', undefined],
  ],
  hex: [
    ['1.3.0', '~> 1.2 or ~> 3.0', true],
    ['2.0.0', '~> 1.2 or ~> 3.0', false],
    ['1.9.9', '>= 1.0.0 and < 2.0.0', true],
    ['2.1.5', '~> 2.1.3-dev', true],
    ['2.2.0-rc.1', '~> 2.1.3', false],
    ['1.0.0', '!= 1.0.0', false],
    ['1.0.0', 'banana split', undefined],
  ],
  composer: [
    ['1.3.0', '^1.2|^2.0', true],
    ['v1.3.0', '~1.2', true],
    ['1.3.0', '~1.2.0', false],
    ['1.9', '~1', true],
    ['2.0.0', '~1', false],
    ['1.2.9', '>=1.0 <1.3', true],
    ['1.2.9', '>=1.0,<1.2', false],
    ['1.2.9', '>= 1.0 , < 1.3', true],
    ['1.0', '1.0.0', true],
    ['0.3.5', '^0.3', true],
    ['0.4.0', '^0.3', false],
    ['0.0.4', '^0.0.3', false],
    ['2.0.0-beta1', '^1.2', false],
    ['1.2.0-beta1', '^1.2', true],
    ['1.2.0-RC1', '>=1.2', true],
    ['1.2.0-beta1', '<1.2', false],
    ['1.2.7', '1.2.*', true],
    ['1.3.0', '1.2.*', false],
    ['2.0.9', '1.0 - 2.0', true],
    ['2.1.0', '1.0 - 2.0', false],
    ['2.0.1', '1.0.0 - 2.0.0', false],
    ['1.5.0', '^1.0@dev', true],
    ['1.5.0', '*@dev', true],
    ['1.5.0', 'dev-main', false],
    ['dev-main', 'dev-main#abcdef', true],
    ['dev-main', '^1.0', undefined],
    ['1.5.0', '^1.0 || dev-main', true],
    ['1.5.0', 'banana', undefined],
  ],
  maven: [
    ['1.5', '[1.0,2.0)', true],
    ['2.0', '[1.0,2.0)', false],
    ['2.0-SNAPSHOT', '[1.0,2.0)', true],
    ['1.1', '(,1.0],[1.2,)', false],
    ['1.3', '(,1.0],[1.2,)', true],
    ['1.0', '[1.0]', true],
    ['1.5', '1.5', true],
    ['1.5', ']1.0,2.0[', true],
    ['1.5', '1.+', true],
    ['2.5', '1.+', false],
    ['2.5', 'latest.release', true],
    ['1.5', '[1.0', undefined],
    ['1.5', '[1,2,3]', undefined],
  ],
  nuget: [
    ['1.6', '1.5', true],
    ['1.4', '1.5', false],
    ['1.6', '(1.6,2.0]', false],
    ['2.0.0', '(1.6,2.0]', true],
    ['1.6.0-beta', '[1.5,)', true],
    ['1.9.0', '1.*', true],
    ['2.0.0', '1.*', false],
    ['1.0.0-beta.5', '1.0.0-beta*', true],
    ['1.0.0', '*-*', true],
    ['1.0.0', '[1.0', undefined],
  ],
  pub: [
    ['1.9.0', '^1.2.3', true],
    ['2.0.0-dev', '^1.2.3', false],
    ['0.1.9', '^0.1.2', true],
    ['0.0.9', '^0.0.3', true],
    ['1.5.0', '>=1.0.0 <2.0.0', true],
    ['1.5.0', '>= 1.0.0 < 1.5.0', false],
    ['1.5.0', 'any', true],
    ['1.5.0', '1.5.0', true],
    ['1.5.0', 'banana', undefined],
  ],
  golang: [
    ['v1.3.0', 'v1.2.0', true],
    ['v1.1.0', 'v1.2.0', false],
    ['v1.1.0', 'main', undefined],
  ],
  conan: [
    ['1.5.0', '[>1 <2.0]', true],
    ['3.4', '[>1 <2.0 || ^3.2]', true],
    ['2.0-pre', '[^1.2]', false],
    ['1.3-pre1', '[^1.2, include_prerelease=True]', true],
    ['1.0.0', '1.0.0', true],
  ],
  'unheard-of': [['1', '*', undefined]],
};

describe.each(Object.entries(CASES))('what a manifest of %s asks for', (type, cases) => {
  test.each(cases.map((row) => [...row]))('holds %s in %s: %s', (version, requested, expected) => {
    expect(satisfiesRequested(type, String(version), String(requested))).toBe(expected);
  });
});

const number = fc.nat(3).map(String);
const release = fc.array(number, { minLength: 3, maxLength: 3 }).map((numbers) => numbers.join('.'));
const partial = fc.array(number, { minLength: 1, maxLength: 3 }).map((numbers) => numbers.join('.'));
const tail = fc.constantFrom('', '', '-a', '-rc.1', '-0', '+b');

describe('a range', () => {
  test('of npm holds what the npm library says, prereleases included', () => {
    const part = fc
      .tuple(fc.constantFrom('^', '~', '>=', '<', '<=', '>', '=', ''), fc.oneof(partial, release), fc.constantFrom('', '', '.x', '-rc.1'))
      .map(([operator, bound, end]) => `${operator}${bound}${end}`);
    const range = fc.oneof(
      part,
      fc.tuple(part, fc.constantFrom(' ', ' || ', ' - '), part).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(release, tail, range, (numbers, end, requested) => {
        const version = `${numbers}${end}`;
        const known = validRange(requested, { loose: true, includePrerelease: true }) !== null;
        const expected = known ? satisfies(version, requested, { loose: true, includePrerelease: true }) : undefined;
        expect(satisfiesRequested('npm', version, requested)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test('of Python holds what its library says of releases', () => {
    // The library errs on prereleases in the bound (`>2rc2` without 2) and on short versions (`==2.0.*` without 2).
    const specifier = fc.tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), release).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(release, fc.array(specifier, { minLength: 1, maxLength: 3 }), (version, specifiers) => {
        const requested = specifiers.join(',');
        expect(satisfiesRequested('pypi', version, requested)).toBe(satisfiesByPythonLibrary(version, requested, { prereleases: true }));
      }),
      { numRuns: 1000 },
    );
  });

  test('that is none makes no exception, and takes no time', () => {
    const types = fc.constantFrom('npm', 'pypi', 'cargo', 'gem', 'hex', 'composer', 'maven', 'nuget', 'golang', 'pub', 'conan');
    const pieces = [
      '^',
      '~',
      '~>',
      '>=',
      '<',
      '!=',
      '=',
      '1',
      '1.0',
      '.*',
      '*',
      'x',
      '||',
      '|',
      ',',
      ' ',
      '-',
      '[',
      ')',
      ' - ',
      'or',
      '@dev',
      'rc1',
    ];
    const requests = fc.oneof(
      fc.string({ maxLength: 60, unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom(...pieces), fc.nat(990)).map(([piece, count]) => piece.repeat(count).slice(0, 999)),
    );
    const versions = fc.oneof(release, fc.string({ maxLength: 20 }), fc.constantFrom('1.'.repeat(90), '9'.repeat(190), 'a-'.repeat(90)));
    const start = performance.now();
    fc.assert(
      fc.property(types, versions, requests, (type, version, requested) => {
        expect([true, false, undefined]).toContain(satisfiesRequested(type, version, requested));
      }),
      { numRuns: 3000 },
    );
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(satisfiesRequested('npm', '1.0.0', '1 '.repeat(50_000))).toBeUndefined();
  });
});
