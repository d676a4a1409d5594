import { describe, expect, test } from 'vitest';
import { find, NPM_HOST, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { npmLock } from './npm-lock.ts';

const SHA512 = `sha512-${'A'.repeat(86)}==`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const version3 = JSON.stringify({
  name: 'shop',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': {
      name: 'shop',
      workspaces: ['packages/*'],
      dependencies: { chalk: '^5.0.0', mine: 'npm:debug@^4' },
      devDependencies: { tool: '1' },
    },
    'node_modules/chalk': { version: '5.3.0', resolved: `https://${NPM_HOST}/chalk/-/chalk-5.3.0.tgz`, integrity: SHA512 },
    'node_modules/mine': { name: 'debug', version: '4.3.4', dependencies: { ms: '2.1.2' } },
    'node_modules/ms': { version: '2.1.3' },
    'node_modules/mine/node_modules/ms': { version: '2.1.2', dependencies: { '@deep/one': '*' } },
    'node_modules/@deep/one': { version: '0.0.1', dependencies: { mine: '*' } },
    'node_modules/tool': { version: '1.0.0', dev: true, resolved: 'https://token:x@npm.example.com/tool/-/tool-1.0.0.tgz' },
    'node_modules/tool/node_modules/bundled': { version: '0.1.0', inBundle: true },
    'node_modules/web': { resolved: 'packages/web', link: true },
    'packages/web': {
      name: '@shop/web',
      version: '1.0.0',
      dependencies: { ms: '^2' },
      devDependencies: { archive: 'https://example.com/a.tgz' },
    },
    'node_modules/archive': { version: '3.0.0', resolved: 'https://example.com/a.tgz' },
    'node_modules/forked': { version: '1.1.0', resolved: `git+ssh://git@github.com/someone/forked.git#${COMMIT}` },
    'node_modules/folder': { resolved: '../folder', link: true },
    '../folder': { name: 'folder', version: '0.0.0' },
    'node_modules/fsevents': { optional: true },
  },
});

const version1 = JSON.stringify({
  name: 'shop',
  lockfileVersion: 1,
  requires: true,
  dependencies: {
    debug: {
      version: '4.3.4',
      resolved: `https://${NPM_HOST}/debug/-/debug-4.3.4.tgz`,
      requires: { ms: '2.1.2' },
      dependencies: { ms: { version: '2.1.2' } },
    },
    ms: { version: '2.1.3', integrity: SHA512, dev: true },
    alias: { version: 'npm:@real/name@1.2.3', requires: { ms: '^2.1.3' } },
    forked: { version: `git+https://github.com/someone/forked.git#${COMMIT}`, from: 'git+https://github.com/someone/forked.git' },
    short: { version: `github:someone/short#${COMMIT}` },
    folder: { version: 'file:../folder' },
    archive: { version: 'https://example.com/archive.tgz' },
  },
});

describe('lockfileVersion 3', () => {
  const inventory = parseText(npmLock, version3);

  test('every installed package is a component under its real name', () => {
    expect(spelled(inventory)).toEqual([
      'chalk@5.3.0',
      'debug@4.3.4',
      'ms@2.1.3',
      'ms@2.1.2',
      '@deep/one@0.0.1',
      'tool@1.0.0',
      'bundled@0.1.0',
      'archive@3.0.0',
      'forked@1.1.0',
      'folder@0.0.0',
      'fsevents ?',
    ]);
    expect(inventory.formatVersion).toBe('3');
  });

  test('the project, its workspaces and links are skipped with a reason', () => {
    expect(skippedReasons(inventory)).toEqual(['1 the project itself', '2 link to a folder of its own entry', '1 workspace package']);
  });

  test.each([
    ['chalk', { kind: 'registry' }],
    ['bundled', { kind: 'registry' }],
    ['tool', { kind: 'other-registry', host: 'npm.example.com' }],
    ['archive', { kind: 'url', url: 'https://example.com/a.tgz' }],
    ['forked', { kind: 'git', url: `git+ssh://git@github.com/someone/forked.git#${COMMIT}` }],
    ['folder', { kind: 'path', path: '../folder' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('the digest of the tarball is in hexadecimal', () => {
    expect(find(inventory, 'chalk').digests).toMatchObject({ sha512: '0'.repeat(128) });
  });

  test('a git dependency is looked up by its repository and commit too', () => {
    expect(find(inventory, 'forked').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/forked' }, version: COMMIT },
    ]);
  });

  test('what the project or a workspace asks for is direct', () => {
    const direct = inventory.components.filter(({ relation }) => relation === 'direct');
    expect(spelled({ components: direct, skipped: [] })).toEqual(['chalk@5.3.0', 'debug@4.3.4', 'ms@2.1.3', 'tool@1.0.0', 'archive@3.0.0']);
  });

  test('the chain names the packages between, through nested ones and cycles', () => {
    expect(inventory.chainTo?.(find(inventory, '@deep/one'))).toEqual(['debug@4.3.4', 'ms@2.1.2']);
    expect(inventory.chainTo?.(find(inventory, 'chalk'))).toEqual([]);
    expect(inventory.chainTo?.(find(inventory, 'fsevents'))).toBeUndefined();
  });

  test('the place is a JSON pointer', () => {
    expect(find(inventory, '@deep/one').at).toEqual({ pointer: '/packages/node_modules~1@deep~1one' });
  });
});

describe('other versions', () => {
  test('lockfileVersion 2 is read from packages, once', () => {
    const text = JSON.stringify({
      lockfileVersion: 2,
      packages: { '': {}, 'node_modules/a': { version: '1.0.0' } },
      dependencies: { a: { version: '1.0.0' } },
    });
    expect(spelled(parseText(npmLock, text))).toEqual(['a@1.0.0']);
  });

  test('lockfileVersion 2 with emptied packages is read from dependencies', () => {
    const text = JSON.stringify({ lockfileVersion: 2, packages: { '': {} }, dependencies: { a: { version: '1.0.0' } } });
    expect(spelled(parseText(npmLock, text))).toEqual(['a@1.0.0']);
  });

  test('lockfileVersion 1 is read with nested packages, aliases and addresses', () => {
    const inventory = parseText(npmLock, version1);
    expect(spelled(inventory)).toEqual([
      'debug@4.3.4',
      'ms@2.1.2',
      'ms@2.1.3',
      '@real/name@1.2.3',
      `forked@${COMMIT}`,
      `short@${COMMIT}`,
      'folder ?',
      'archive ?',
    ]);
    expect(inventory.components.map(({ source }) => source.kind)).toEqual([
      'registry',
      'registry',
      'registry',
      'registry',
      'git',
      'git',
      'path',
      'url',
    ]);
  });

  test('of lockfileVersion 1, only what nothing requires is surely direct', () => {
    const inventory = parseText(npmLock, version1);
    const [debug, nested, top] = inventory.components;
    expect([debug?.relation, nested?.relation, top?.relation]).toEqual(['direct', undefined, undefined]);
    expect(nested && inventory.chainTo?.(nested)).toEqual(['debug@4.3.4']);
    expect(top && inventory.chainTo?.(top)).toEqual(['@real/name@1.2.3']);
  });

  test('a shrinkwrap without lockfileVersion is read, without chains', () => {
    const inventory = parseText(
      npmLock,
      JSON.stringify({ name: 'old', dependencies: { a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } } } }),
    );
    expect(spelled(inventory)).toEqual(['a@1.0.0', 'b@2.0.0']);
    expect(inventory.components.map(({ relation }) => relation)).toEqual([undefined, undefined]);
  });

  test('the hidden lock of node_modules does not tell what is direct', () => {
    const inventory = parseText(
      npmLock,
      JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/a': { version: '1.0.0' } } }),
      'node_modules/.package-lock.json',
    );
    expect(inventory.components.map(({ relation }) => relation)).toEqual([undefined]);
  });

  test.each([
    ['{"lockfileVersion":1}', '1'],
    ['{"lockfileVersion":3,"packages":{}}', '3'],
    ['{"lockfileVersion":3,"packages":{"":{"name":"x"}}}', '3'],
  ])('%s is a lock without packages', (text, version) => {
    const inventory = parseText(npmLock, text);
    expect([inventory.components, inventory.formatVersion]).toEqual([[], version]);
  });
});

describe('what is refused', () => {
  test.each([
    ['', 'found an empty file'],
    ['{"lockfileVersion":4,"packages":{}}', 'found 4'],
    ['{"lockfileVersion":"3","packages":{}}', 'found "3"'],
    ['{"lockfileVersion":3}', 'without them'],
    ['{"name":"x","version":"1.0.0"}', 'found neither'],
    ['{"lockfileVersion":1,"dependencies":[]}', 'found neither'],
    ['<<<<<<< HEAD\n{}', 'found something else'],
    ['{"lockfileVersion":3,"packages":{', 'its end too early'],
  ])('%s', (text, message) => {
    expect(refusal(npmLock, text)).toContain(message);
  });

  test('no cut of a lock is read', () => {
    expect(readCuts(npmLock, version3)).toEqual([]);
    expect(readCuts(npmLock, version1)).toEqual([]);
  });

  test.each(WRONG_SHAPES)('%.40s', (text) => {
    expect(refusal(npmLock, text)).toContain('expected');
  });
});

describe('hostile content', () => {
  test('entries of wrong types are skipped or read without what is wrong', () => {
    const text = `{"lockfileVersion":3,"packages":{"":5,"node_modules/a":null,"node_modules/b":{"version":7,"resolved":[],"integrity":{}},
      "node_modules/c":{"name":"../../x","version":"1"},"node_modules/__proto__":{"version":"1.0.0"},"__proto__":{"version":"2.0.0"},
      "node_modules/":{"version":"1"},"node_modules/constructor":{"version":"1.0.0","dependencies":{"__proto__":"1","toString":"1"}}}}`;
    const inventory = parseText(npmLock, text);
    expect(spelled(inventory)).toEqual(['b ?', '__proto__@1.0.0', '__proto__@2.0.0', 'constructor@1.0.0']);
    expect(skippedReasons(inventory)).toEqual(['2 entry that is no object', '2 entry without a package name']);
  });

  test('a name that the tarball belies is looked up too', () => {
    const entry = { version: '1.0.0', resolved: `https://${NPM_HOST}/@evil/other/-/other-6.6.6.tgz` };
    const inventory = parseText(npmLock, JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/good': entry } }));
    expect(find(inventory, 'good').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'npm', name: '@evil/other' }, version: '6.6.6' },
    ]);
  });

  test('a registry whose host only resembles npm is another one', () => {
    const entry = { version: '1.0.0', resolved: 'https://npmjs.org.example.com/good/-/good-1.0.0.tgz' };
    const inventory = parseText(npmLock, JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/good': entry } }));
    expect(find(inventory, 'good').source).toEqual({ kind: 'other-registry', host: 'npmjs.org.example.com' });
  });

  test('a long path and a long address are bounded', () => {
    const path = `${'a/'.repeat(100_000)}node_modules/x`;
    const packages = {
      [path]: { version: '1' },
      'node_modules/y': { version: '1', resolved: `https://example.com/${'/-/'.repeat(1_000_000)}` },
    };
    const inventory = parseText(npmLock, JSON.stringify({ lockfileVersion: 3, packages }));
    expect(spelled(inventory)).toEqual(['y@1']);
    expect(skippedReasons(inventory)).toEqual(['1 entry with too long a path']);
  });

  test('a long cycle has a chain', () => {
    const packages: Record<string, unknown> = { '': { dependencies: { p0: '1' } } };
    for (let index = 0; index < 5_000; index++)
      packages[`node_modules/p${index}`] = { version: '1', dependencies: { [`p${(index + 1) % 5_000}`]: '1' } };
    const inventory = parseText(npmLock, JSON.stringify({ lockfileVersion: 3, packages }));
    expect(inventory.chainTo?.(find(inventory, 'p150'))).toHaveLength(150);
  });
});
