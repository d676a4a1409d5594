import { describe, expect, test } from 'vitest';
import { parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { pacmanList } from './pacman-list.ts';

const list =
  'xz 5.6.1-1\ngcc-libs 13.2.1-5\nopenssl 3.2.1-1.1\nvim 9.1.0-1 -> 9.1.1-1\njdk-openjdk 1:21.0.2-1\nnot a package\nr8168 8.052.01.r1-2\n';

test('each line is a component of Arch, known by its bare name too', () => {
  const inventory = parseText(pacmanList, list);
  expect(spelled(inventory)).toEqual([
    'arch/xz@5.6.1-1',
    'arch/gcc-libs@13.2.1-5',
    'arch/openssl@3.2.1-1.1',
    'arch/vim@9.1.0-1',
    'arch/jdk-openjdk@1:21.0.2-1',
    'arch/r8168@8.052.01.r1-2',
  ]);
  expect(inventory.components[0]).toEqual({
    identity: { kind: 'package', type: 'alpm', name: 'arch/xz' },
    version: '5.6.1-1',
    source: { kind: 'registry' },
    at: { line: 1 },
    alsoKnownAs: [{ identity: { kind: 'package', type: 'alpm', name: 'xz' } }],
  });
  expect(skippedReasons(inventory)).toEqual(['1 line that is no package']);
});

test.each(['', 'xz\n', 'xz 5.6.1\n', 'hello world\n'])('%j is refused', (text) => {
  expect(refusal(pacmanList, text)).toMatch(/^expected packages of pacman/);
});

test('every cut is a part, and the coverage tells of a last line without an end', () => {
  const all = spelled(parseText(pacmanList, list));
  for (const { cut, inventory } of readCuts(pacmanList, list)) {
    for (const name of spelled(inventory)) expect(all.some((whole) => whole.startsWith(name))).toBe(true);
    if (list[cut - 1] !== '\n') expect(skippedReasons(inventory)).toContain('1 last line without an end: the input may be cut off');
  }
});

describe('hostile input', () => {
  test.each([...WRONG_SHAPES, `${'a'.repeat(1_000_000)} 1-1`, `a ${'1-'.repeat(500_000)}1`])('%.40s is refused', (text) => {
    expect(refusal(pacmanList, text)).toMatch(/^expected packages of pacman/);
  });
});
