import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { rpmList } from './rpm-list.ts';

const list = `xz-libs-5.6.1-1.fc41.x86_64
bash-5.2.26-3.fc40.x86_64
java-21-openjdk-headless-1:21.0.3.0.9-1.fc40.x86_64
tzdata-2024a-5.fc40.noarch
libstdc++-14.1.1-1.fc40.i686
gpg-pubkey-a15b79cc-63d04c2c
liblzma5-5.6.1-1.1.aarch64
kernel-core-6.8.5-301.fc40
not a package at all
`;

describe('rpm -qa', () => {
  const inventory = parseText(rpmList, list);

  test('each line is read from its end: name, version with release', () => {
    expect(spelled(inventory)).toEqual([
      'xz-libs@5.6.1-1.fc41',
      'bash@5.2.26-3.fc40',
      'java-21-openjdk-headless@1:21.0.3.0.9-1.fc40',
      'tzdata@2024a-5.fc40',
      'libstdc++@14.1.1-1.fc40',
      'liblzma5@5.6.1-1.1',
      'kernel-core@6.8.5-301.fc40',
    ]);
    expect(find(inventory, 'tzdata').at).toEqual({ line: 4 });
    expect(find(inventory, 'tzdata').identity).toEqual({ kind: 'package', type: 'rpm', name: 'tzdata' });
  });

  test('keys and other lines are skipped', () => {
    expect(skippedReasons(inventory)).toEqual(['1 key, no package', '1 line that is no package']);
  });
});

test.each([
  ['xz-libs\t5.6.1-1.fc41', 'xz-libs@5.6.1-1.fc41'],
  ['xz-libs\t5.6.1\t1.fc41', 'xz-libs@5.6.1-1.fc41'],
  ['xz-libs\t5.6.1\t1.fc41\tx86_64', 'xz-libs@5.6.1-1.fc41'],
  ['xz-libs\t5.6.1-1.fc41\tx86_64', 'xz-libs@5.6.1-1.fc41'],
  ['xz-libs\t5.6.1\tx86_64', 'xz-libs@5.6.1'],
  ['xz-libs\t(none)\t5.6.1\t1.fc41\tx86_64', 'xz-libs@5.6.1-1.fc41'],
  ['xz-libs\t0\t5.6.1\t1.fc41\tx86_64', 'xz-libs@5.6.1-1.fc41'],
  ['bind\t32\t9.18.26\t1.fc40\tx86_64', 'bind@32:9.18.26-1.fc40'],
  ['bind\t32:9.18.26-1.fc40\tx86_64', 'bind@32:9.18.26-1.fc40'],
  ['bind\t(none):9.18.26-1.fc40', 'bind@9.18.26-1.fc40'],
  ['glibc 2.39 8.fc40 x86_64 1716500000', 'glibc@2.39-8.fc40'],
  ['glibc\t2.39-8.fc40\t1716500000', 'glibc@2.39-8.fc40'],
  ['systemd.x86_64   255.6-1.fc40   @updates', 'systemd@255.6-1.fc40'],
  ['less\t643\t4.fc40', 'less@643-4.fc40'],
  ['less\t643\t4\tx86_64', 'less@643-4'],
  ['32:bind-9.18.26-1.fc40.x86_64', 'bind@32:9.18.26-1.fc40'],
])('%j is %s', (row, expected) => {
  expect(spelled(parseText(rpmList, `${row}\n`))).toEqual([expected]);
});

test('a source package in a column is another name, with its version', () => {
  const inventory = parseText(
    rpmList,
    'liblzma5\t(none)\t5.6.1\t1.1\tx86_64\txz-5.6.1-1.1.src.rpm\nbash\t5.2\t3\tx86_64\tbash-5.2-3.src.rpm\n',
  );
  expect(find(inventory, 'liblzma5').alsoKnownAs).toEqual([
    { identity: { kind: 'package', type: 'rpm', name: 'xz' }, version: '5.6.1-1.1' },
  ]);
  expect(find(inventory, 'bash').alsoKnownAs).toBeUndefined();
});

test.each(['', ' \n', 'hello\nworld\n', 'two words\n'])('%j is refused', (text) => {
  expect(refusal(rpmList, text)).toMatch(/^expected packages of rpm/);
});

test('every cut is a part, and the coverage tells of a last line without an end', () => {
  const all = spelled(parseText(rpmList, list));
  for (const { cut, inventory } of readCuts(rpmList, list)) {
    for (const name of spelled(inventory).slice(0, -1)) expect(all).toContain(name);
    if (list[cut - 1] !== '\n') expect(skippedReasons(inventory)).toContain('1 last line without an end: the input may be cut off');
  }
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is refused', (text) => {
    expect(refusal(rpmList, text)).toMatch(/^expected packages of rpm/);
  });

  test('long lines take linear time', () => {
    const started = performance.now();
    const inventory = parseText(
      rpmList,
      `${'a-1'.repeat(300_000)}\n${'1:'.repeat(300_000)}\n${'\t1-1 '.repeat(300_000)}:\nbash-5.2-1.x86_64\n`,
    );
    expect(spelled(inventory)).toEqual(['1-1@1-1', 'bash@5.2-1']);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
