import { describe, expect, test } from 'vitest';
import { apkInstalled } from './apk-installed.ts';
import { find, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';

const database = `C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
P:xz-libs
V:5.6.1-r0
A:x86_64
S:100000
T:Library and CLI tools for XZ (libraries)
o:xz
t:1710000000
p:so:liblzma.so.5=5.6.1
F:usr
F:usr/lib
R:liblzma.so.5
Z:Q1BBBBBBBBBBBBBBBBBBBBBBBBBBBB=

C:Q1CCCCCCCCCCCCCCCCCCCCCCCCCCCC=
P:musl
V:1.2.5-r0
o:musl

P:.build-deps
V:20240401.120000
A:noarch

P:broken

`;

describe('the installed database', () => {
  const inventory = parseText(apkInstalled, database, 'lib/apk/db/installed');

  test('each package is a component of Alpine', () => {
    expect(spelled(inventory)).toEqual(['alpine/xz-libs@5.6.1-r0', 'alpine/musl@1.2.5-r0', 'alpine/.build-deps@20240401.120000']);
    expect(inventory.components[1]?.at).toEqual({ line: 15 });
    expect(skippedReasons(inventory)).toEqual(['1 entry without a version']);
  });

  test('it is known by its bare name and by its origin', () => {
    expect(find(inventory, 'alpine/xz-libs').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'apk', name: 'xz-libs' } },
      { identity: { kind: 'package', type: 'apk', name: 'alpine/xz' }, version: '5.6.1-r0' },
      { identity: { kind: 'package', type: 'apk', name: 'xz' }, version: '5.6.1-r0' },
    ]);
    expect(find(inventory, 'alpine/musl').alsoKnownAs?.length).toBe(1);
  });
});

test('apk info -v and -vv are read', () => {
  const text =
    'WARNING: opening cache: No such file\nmusl-1.2.5-r0\nca-certificates-bundle-20240226-r0 - Pre generated bundle\nuser@host\n';
  const inventory = parseText(apkInstalled, text);
  expect(spelled(inventory)).toEqual(['alpine/musl@1.2.5-r0', 'alpine/ca-certificates-bundle@20240226-r0']);
  expect(skippedReasons(inventory)).toEqual(['1 line that is no package']);
});

test('apk list is read, with the origin, and only what is installed', () => {
  const text = `xz-libs-5.6.1-r0 x86_64 {xz} (GPL-2.0-or-later AND 0BSD) [installed]
other-1.0_rc1-r2 x86_64 {other} (MIT)
old-2.0-r1 x86_64 {old} (MIT) [upgradable from: old-1.9-r0]
`;
  const inventory = parseText(apkInstalled, text);
  expect(spelled(inventory)).toEqual(['alpine/xz-libs@5.6.1-r0', 'alpine/old@2.0-r1']);
  expect(find(inventory, 'alpine/xz-libs').alsoKnownAs?.[1]?.identity).toEqual({ kind: 'package', type: 'apk', name: 'alpine/xz' });
  expect(skippedReasons(inventory)).toEqual(['1 package that is not installed']);
});

test.each(['', '\n', 'hello\n', 'P:\nV:\n'])('%j is refused', (text) => {
  expect(refusal(apkInstalled, text)).toMatch(/^expected packages of apk/);
});

test('every cut is a part, and the coverage tells of a last line without an end', () => {
  const all = spelled(parseText(apkInstalled, database));
  for (const { cut, inventory } of readCuts(apkInstalled, database)) {
    for (const name of spelled(inventory)) expect(all.some((whole) => whole.startsWith(name))).toBe(true);
    if (database[cut - 1] !== '\n') expect(skippedReasons(inventory)).toContain('1 last line without an end: the input may be cut off');
  }
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is refused', (text) => {
    expect(refusal(apkInstalled, text)).toMatch(/^expected packages of apk/);
  });

  test('long lines take linear time', () => {
    const started = performance.now();
    expect(refusal(apkInstalled, `${'-r1'.repeat(300_000)}\n${'a-1'.repeat(300_000)} ${'x '.repeat(300_000)}\n`)).toMatch(/^expected/);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
