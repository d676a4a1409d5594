import { describe, expect, test } from 'vitest';
import { homebrew } from './homebrew.ts';
import type { Inventory } from './inventory.ts';
import { parseText, readCuts, refusal, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';

function named({ components }: Inventory): string[] {
  return components.map(
    ({ identity, version }) => `${identity.kind === 'application' ? identity.name : JSON.stringify(identity)} ${version}`,
  );
}

const info = JSON.stringify({
  formulae: [
    {
      name: 'xz',
      full_name: 'xz',
      tap: 'homebrew/core',
      installed: [{ version: '5.6.1_1', time: 1_710_000_000, installed_as_dependency: true, installed_on_request: false }],
    },
    { name: 'tool', tap: 'someone/things', installed: [{ version: '1.0.0', installed_on_request: true }, { version: '1.1.0' }] },
    { name: 'absent', tap: 'homebrew/core', installed: [] },
    { tap: 'homebrew/core' },
  ],
  casks: [
    { token: 'some-phone', name: ['Some Phone'], tap: 'homebrew/cask', installed: '18.12.416,2', installed_time: 1_710_000_000 },
    { token: 'older', name: [], installed: ['1.0', '2.0'] },
    { token: 'absent', installed: null },
    null,
  ],
});

const bundle = JSON.stringify({
  entries: {
    tap: { 'someone/things': { revision: 'abc' } },
    brew: { xz: { version: '5.6.1', bottle: false }, 'someone/things/tool': { version: '1.0.0' } },
    cask: { 'some-phone': { version: '18.12.416' } },
    mas: { Xcode: { id: '497799835', version: '15.3' } },
    vscode: { 'some-one.theme': {} },
  },
  system: { macos: { sonoma: { HOMEBREW_VERSION: '4.2.0' } } },
});

test('brew list --versions: each version on a line is a component', () => {
  const inventory = parseText(
    homebrew,
    'xz 5.6.1\nnode@20 20.11.0 20.12.1_1\nfont-x latest\nsome-phone 18.12.416,2\n==> Casks\nno version\nonly-name\n',
  );
  expect(named(inventory)).toEqual(['xz 5.6.1', 'node@20 20.11.0', 'node@20 20.12.1_1', 'font-x latest', 'some-phone 18.12.416,2']);
  expect(inventory.components[2]).toEqual({
    identity: { kind: 'application', name: 'node@20' },
    version: '20.12.1_1',
    source: { kind: 'registry' },
    at: { line: 2 },
    alsoKnownAs: [
      { identity: { kind: 'application', name: 'node@20' }, version: '20.12.1' },
      { identity: { kind: 'application', name: 'node' }, version: '20.12.1_1' },
      { identity: { kind: 'application', name: 'node' }, version: '20.12.1' },
    ],
  });
  expect(skippedReasons(inventory)).toEqual(['2 line that is no name with versions']);
});

describe('brew info --json=v2', () => {
  const inventory = parseText(homebrew, info);

  test('what is installed is a component', () => {
    expect(named(inventory)).toEqual(['xz 5.6.1_1', 'tool 1.0.0', 'tool 1.1.0', 'some-phone 18.12.416,2', 'older 1.0', 'older 2.0']);
    expect(skippedReasons(inventory)).toEqual([
      '1 formula that is not installed',
      '1 formula without a name',
      '1 cask that is not installed',
      '1 cask without a token',
    ]);
  });

  test('it says when and for what it was installed, and from which tap', () => {
    expect(inventory.components[0]).toMatchObject({
      relation: 'transitive',
      installedAt: '2024-03-09T16:00:00.000Z',
      source: { kind: 'registry' },
    });
    expect(inventory.components[1]).toMatchObject({
      relation: 'direct',
      source: { kind: 'git', url: 'https://github.com/someone/homebrew-things' },
    });
  });

  test('a cask is also known by the name it is sold under, with the version without its build', () => {
    expect(inventory.components[3]?.alsoKnownAs).toContainEqual({
      identity: { kind: 'application', name: 'Some Phone', platform: 'macos' },
      version: '18.12.416',
    });
  });
});

test('Brewfile.lock.json is read, other kinds of entries are skipped', () => {
  const inventory = parseText(homebrew, bundle, 'Brewfile.lock.json');
  expect(named(inventory)).toEqual([
    'xz 5.6.1',
    'tool 1.0.0',
    'some-phone 18.12.416',
    'Xcode 15.3',
    '{"kind":"package","type":"vscode-extension","name":"some-one/theme"} undefined',
  ]);
  expect(inventory.components[1]?.source).toEqual({ kind: 'git', url: 'https://github.com/someone/homebrew-things' });
  expect(skippedReasons(inventory)).toEqual(['1 entry of kind tap']);
});

test('nothing installed is no fault', () => {
  expect(parseText(homebrew, '{"formulae":[],"casks":[]}')).toEqual({ components: [], skipped: [] });
});

test.each(['', 'xz\n', '{}', '{"formulae": {}}', '{"entries": []}', 'hello world\n'])('%j is refused', (text) => {
  expect(refusal(homebrew, text)).toMatch(/^expected/);
});

test('every cut of JSON is refused', () => {
  expect(readCuts(homebrew, info)).toEqual([]);
  expect(readCuts(homebrew, bundle)).toEqual([]);
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is refused', (text) => {
    expect(refusal(homebrew, text)).toMatch(/^expected/);
  });

  test('wrong types are skipped', () => {
    const text =
      '{"formulae": [1, {"name": 2}, {"name": "a", "installed": [null, {"version": {}, "time": "x"}]}], "casks": {"__proto__": 1}}';
    expect(named(parseText(homebrew, text))).toEqual(['a undefined', 'a undefined']);
  });
});
