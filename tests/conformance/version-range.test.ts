import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { versRangeIncludes } from '../../src/base/version-order/vers-range.ts';
import { satisfiesRequested } from '../../src/base/version-order/version-range.ts';
import { findShared } from '../support/shared.ts';

const vectors = findShared('conformance/vers/tests');

function readVectors<Vector>(file: string): Vector[] {
  return (JSON.parse(readFileSync(join(vectors ?? '', file), 'utf8')) as { tests: Vector[] }).tests;
}

interface Containment {
  readonly input: { readonly vers: string; readonly version: string };
  readonly expected_output: boolean;
}

interface Parse {
  readonly input: string;
  readonly expected_failure?: boolean;
}

interface FromNative {
  readonly input: { readonly native_range: string; readonly scheme: string };
  readonly expected_output: string;
}

/** Not canonical and yet clear, so read all the same: a reader of others' data gains nothing by refusing it. */
const READ_ALL_THE_SAME: readonly string[] = [
  'vers:npm/>=1.0.0| <2.0.0',
  'vers:npm/>=2.0.0|<1.0.0',
  'vers:datetime/2024-01-01T00%3A00%3A00Z',
  'vers:datetime/2024-01-01T00%3a00%3a00Z',
];

/** Where a vector differs from the ecosystem's own tool, which `satisfiesRequested` follows. */
const DISPUTED: Readonly<Record<string, string>> = {
  '<= 1.0': 'npm: <1.1.0-0, for a partial version stands for all that it begins; the vector has <=1.0.0',
  '<=2.1 >=1.1': 'npm: <2.2.0-0; the vector has <=2.1.0',
  '>= 2.2.x': 'npm: >=2.2.0 without an end; the vector adds <2.3.0',
  '>= 1.x': 'npm: >=1.0.0 without an end; the vector adds <2.0.0',
  '>=5.0.3 >=4.2.1': 'npm: both must hold; the vector lists them as two bounds, of which the lower counts',
  '2.1 || 2.6': 'npm: all of 2.1 and 2.6; the vector has 2.1.0 and 2.6.0 alone',
  '1.1.2 1.2.2': 'npm: both must hold, so none does; the vector holds either',
  '': 'conan: the vector has a range without constraints, which is none',
};

describe.skipIf(!vectors)('range vectors of VERS (where the conformance material is present)', () => {
  test.each(['npm_range_containment_test.json', 'pypi_range_containment_test.json'])('%s', (file) => {
    const containments = readVectors<Containment>(file);
    expect(containments.length).toBeGreaterThan(0);
    for (const { input, expected_output } of containments) {
      expect(`${input.version} in ${input.vers}: ${versRangeIncludes(input.vers, input.version)}`).toBe(
        `${input.version} in ${input.vers}: ${expected_output}`,
      );
    }
  });

  test('pypi_range_validate_test.json', () => {
    const valid = readVectors<Parse>('pypi_range_validate_test.json');
    expect(valid.length).toBeGreaterThan(0);
    expect(valid.filter(({ input }) => versRangeIncludes(input, '1.0') === undefined)).toEqual([]);
  });

  test('vers_canonical_parse_test.json', () => {
    const parses = readVectors<Parse>('vers_canonical_parse_test.json');
    const read = parses.filter(
      ({ input }) => versRangeIncludes(input, input.startsWith('vers:datetime') ? '2024-01-01T00:00:00Z' : '1.0.0') !== undefined,
    );
    const expected = parses.filter(({ input, expected_failure }) => !expected_failure || READ_ALL_THE_SAME.includes(input));
    expect(read.map(({ input }) => input)).toEqual(expected.map(({ input }) => input));
  });

  test.each([
    'conan_range_from_native_basic_test.json',
    'conan_range_from_native_test.json',
    'gem_range_from_native_test.json',
    'npm_range_from_native_test.json',
    'nuget_range_from_native_test.json',
    'pypi_range_from_native_test.json',
  ])('%s: the native range and its counterpart hold the same versions', (file) => {
    const natives = readVectors<FromNative>(file).filter(({ input }) => !(input.native_range in DISPUTED));
    const wrong = natives.flatMap(({ input: { native_range, scheme }, expected_output }) =>
      probesFor(expected_output)
        .map((version) => ({
          version,
          native: satisfiesRequested(scheme, version, native_range),
          vers: versRangeIncludes(expected_output, version),
        }))
        .filter(({ native, vers }) => native === undefined || native !== vers)
        .map(({ version, native, vers }) => `${version} in ${native_range}: ${native}, in ${expected_output}: ${vers}`),
    );
    expect(natives.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});

/** The bounds of a range, and the releases around them. */
function probesFor(vers: string): string[] {
  const bounds = vers.match(/\d+(?:\.\d+)*(?:-[\w.]+)?/g) ?? [];
  const around = bounds.flatMap((bound) => {
    const numbers = [...(bound.split('-', 1)[0] ?? '').split('.').map(Number), 0, 0].slice(0, 3);
    return [0, 1, 2].flatMap((place) =>
      [-1, 0, 1].map((step) => numbers.map((value, index) => Math.max(0, value + (index === place ? step : 0))).join('.')),
    );
  });
  return [...new Set(['0.0.0', '1.0.0', '99.0.0', ...bounds, ...around])];
}
