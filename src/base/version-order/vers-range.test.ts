import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versRangeIncludes } from './vers-range.ts';

describe('a VERS range', () => {
  test.each<[string, string, boolean | undefined]>([
    ['vers:npm/>=1.0.0|<1.2.3', '1.2.2', true],
    ['vers:npm/>=1.0.0|<1.2.3', '1.2.3', false],
    ['vers:npm/>=1.0.0|<1.2.3', '1.2.3-beta.1', true],
    ['vers:npm/*', '1.0.0', true],
    ['vers:npm/1.0.0|2.0.0', '2.0.0', true],
    ['vers:npm/1.0.0|2.0.0', '1.5.0', false],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|5.0.0', '0.9.0', true],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|5.0.0', '1.0.0', false],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|5.0.0', '2.9.9', true],
    ['vers:npm/<1.0.0|>=2.0.0|<3.0.0|5.0.0', '5.0.0', true],
    ['vers:deb/>=5.5.1alpha-0.1|<=5.6.1-1', '5.6.0-0.2', true],
    ['vers:deb/>=5.5.1alpha-0.1|<=5.6.1-1', '5.6.1+really5.4.5-1', false],
    ['vers:github/>=1|<=45.0.7', 'v35', true],
    ['vers:github/>=1|<=45.0.7', 'v46.0.1', false],
    ['vers:github/>=1|<=45.0.7', 'main', undefined],
    ['vers:golang/v1.0.0%2Bincompatible', 'v1.0.0+incompatible', true],
    // Bounds that say nothing new: the widest ones count.
    ['vers:pypi/>0.0.0|>=0.0.1|0.0.2|<0.0.3|<0.0.5|>=0.0.6', '0.0.1.dev1', true],
    ['vers:pypi/>0.0.0|>=0.0.1|0.0.2|<0.0.3|<0.0.5|>=0.0.6', '0.0.4', true],
    ['vers:pypi/>0.0.0|>=0.0.1|0.0.2|<0.0.3|<0.0.5|>=0.0.6', '0.0.5', false],
    ['vers:pypi/<1|>2|<3', '2.5', true],
    ['vers:pypi/<1|>2|<3', '2', false],
    ['vers:pypi/!=1.0', '1.0.0', false],
    ['vers:pypi/!=1.0', '1.1', true],
    ['vers:pypi/>=1.0|!=1.5', '1.5', false],
    // Not canonical, and clear.
    ['vers:npm/<2.0.0 | >=1.0.0', '1.5.0', true],
    ['vers:unheard/>=1', '1', undefined],
    ['vers:npm/>=1.0.0|', '1', undefined],
    ['vers:npm/>=', '1', undefined],
    ['vers:npm/1.0%2G0', '1', undefined],
    ['vers:npm/*|1.0.0', '1', undefined],
    ['no range', '1', undefined],
  ])('%s holds %s: %s', (range, version, expected) => {
    expect(versRangeIncludes(range, version)).toBe(expected);
  });

  test('of thousands of bounds takes little time, and of more than 64 kB is none', () => {
    const start = performance.now();
    const bounds = Array.from({ length: 4000 }, (_, index) => `>=${index}|<${index}.5`).join('|');
    expect(versRangeIncludes(`vers:npm/${bounds}`, '3999.4.0')).toBe(true);
    expect(versRangeIncludes(`vers:npm/${'1|'.repeat(50_000)}1`, '1')).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('never throws', () => {
    const pieces = fc.array(fc.constantFrom('>', '<', '=', '!', '|', '*', '1', '1.0', '%', '%2F', ' ', 'a', '-'), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom('npm', 'pypi', 'maven', 'deb', 'x'), pieces, fc.string(), (scheme, list, version) => {
        expect([true, false, undefined]).toContain(versRangeIncludes(`vers:${scheme}/${list.join('')}`, version));
      }),
      { numRuns: 2000 },
    );
  });
});
