import { describe, expect, test } from 'vitest';
import { find, NPM_HOST, parseText, readCuts, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { pnpmLock } from './pnpm-lock.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA512 = `sha512-${'A'.repeat(86)}==`;

const version9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      '@scope/tool':
        specifier: ^1.0.0
        version: 1.2.3(react@18.2.0)
      forked:
        specifier: github:someone/forked
        version: https://codeload.github.com/someone/forked/tar.gz/${COMMIT}
      mine:
        specifier: npm:lodash@^4.17.0
        version: lodash@4.17.21
      web:
        specifier: workspace:*
        version: link:packages/web
    devDependencies:
      folder:
        specifier: file:../folder
        version: file:../folder

  packages/web:
    dependencies:
      react:
        specifier: ^18.0.0
        version: 18.2.0

packages:

  '@scope/tool@1.2.3':
    resolution: {integrity: ${SHA512}}
    peerDependencies:
      react: '*'

  folder@file:../folder:
    resolution: {directory: ../folder, type: directory}

  forked@https://codeload.github.com/someone/forked/tar.gz/${COMMIT}:
    resolution: {tarball: https://codeload.github.com/someone/forked/tar.gz/${COMMIT}}
    version: 0.1.0

  lodash@4.17.21:
    resolution: {integrity: ${SHA512}}

  private@1.0.0:
    resolution: {integrity: ${SHA512}, tarball: https://npm.example.com/private/-/private-1.0.0.tgz}

  react@18.2.0:
    resolution: {integrity: ${SHA512}}

snapshots:

  '@scope/tool@1.2.3(react@18.2.0)':
    dependencies:
      private: 1.0.0
      react: 18.2.0

  folder@file:../folder: {}

  forked@https://codeload.github.com/someone/forked/tar.gz/${COMMIT}: {}

  lodash@4.17.21: {}

  private@1.0.0:
    dependencies:
      mine: lodash@4.17.21

  react@18.2.0: {}
`;

const version6 = `lockfileVersion: '6.0'

importers:

  .:
    dependencies:
      tool:
        specifier: ^1.0.0
        version: 1.2.3(react@18.2.0)
      mine:
        specifier: npm:lodash@^4
        version: /lodash@4.17.21

packages:

  /@scope/base@1.0.0:
    resolution: {integrity: ${SHA512}}
    dev: false

  /lodash@4.17.21:
    resolution: {integrity: ${SHA512}}

  /tool@1.2.3(react@18.2.0):
    resolution: {integrity: ${SHA512}}
    dependencies:
      '@scope/base': 1.0.0
      forked: github.com/someone/forked/${COMMIT}

  /tool@1.2.3(react@17.0.0):
    resolution: {integrity: ${SHA512}}

  npm.example.com/private@2.0.0:
    resolution: {integrity: ${SHA512}, registry: https://npm.example.com/, tarball: https://npm.example.com/private/-/private-2.0.0.tgz}
    name: private
    version: 2.0.0

  github.com/someone/forked/${COMMIT}:
    resolution: {tarball: https://codeload.github.com/someone/forked/tar.gz/${COMMIT}}
    name: forked
    version: 0.1.0
`;

const version5 = `lockfileVersion: 5.4

specifiers:
  '@scope/tool': ^1.0.0

dependencies:
  '@scope/tool': 1.2.3_react@18.2.0

packages:

  /@scope/tool/1.2.3_react@18.2.0:
    resolution: {integrity: ${SHA512}}
    dependencies:
      under_score: 1.0.0
    dev: false

  /under_score/1.0.0:
    resolution: {integrity: ${SHA512}}
    dev: false

  localhost+4873/local/1.0.0:
    resolution: {integrity: ${SHA512}}

  github.com/someone/forked/${COMMIT}:
    resolution: {type: git, repo: 'git@github.com:someone/forked.git', commit: ${COMMIT}}
    name: forked
    version: 0.1.0
`;

/** A lock that only tells its version and settings is of a project without dependencies. */
function isBeforeSections(text: string, cut: number): boolean {
  return cut <= text.search(/^(?:importers|dependencies):$/m) + 'dependencies'.length;
}

describe('lockfileVersion 9', () => {
  const inventory = parseText(pnpmLock, version9);

  test('every package is a component under its real name, once for all peers', () => {
    expect(spelled(inventory)).toEqual([
      '@scope/tool@1.2.3',
      'folder ?',
      'forked@0.1.0',
      'lodash@4.17.21',
      'private@1.0.0',
      'react@18.2.0',
    ]);
    expect(inventory.formatVersion).toBe('9.0');
    expect(skippedReasons(inventory)).toEqual(['1 workspace package']);
  });

  test.each([
    ['@scope/tool', { kind: 'registry' }],
    ['folder', { kind: 'path', path: '../folder' }],
    ['forked', { kind: 'git', url: `https://codeload.github.com/someone/forked/tar.gz/${COMMIT}` }],
    ['private', { kind: 'other-registry', host: 'npm.example.com' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('a component has its line, digest and repository', () => {
    expect(version9.split('\n')[(find(inventory, 'lodash').at.line ?? 0) - 1]).toBe('  lodash@4.17.21:');
    expect(find(inventory, 'lodash').digests).toEqual({ sha512: '0'.repeat(128) });
    expect(find(inventory, 'forked').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/forked' }, version: COMMIT },
    ]);
  });

  test('relations and chains follow importers and snapshots', () => {
    expect(find(inventory, 'lodash').relation).toBe('direct');
    expect(find(inventory, 'react').relation).toBe('direct');
    expect(find(inventory, 'private').relation).toBe('transitive');
    expect(inventory.chainTo?.(find(inventory, 'private'))).toEqual(['@scope/tool@1.2.3']);
  });

  test('a project without dependencies is empty', () => {
    expect(spelled(parseText(pnpmLock, "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n"))).toEqual([]);
  });

  test('several documents are all read', () => {
    const tools = `lockfileVersion: '9.0'\nimporters:\n  .:\n    configDependencies: {}\npackages:\n  pnpm@11.0.0:\n    resolution: {integrity: ${SHA512}}\nsnapshots:\n  pnpm@11.0.0: {}\n`;
    expect(spelled(parseText(pnpmLock, `---\n${tools}---\n${version9}`))).toEqual(['pnpm@11.0.0', ...spelled(inventory)]);
  });

  test('a runtime is no package of the registry', () => {
    const text = `lockfileVersion: '9.0'\npackages:\n  node@runtime:22.0.0:\n    resolution: {type: variations}\nsnapshots:\n  node@runtime:22.0.0: {}\n`;
    expect(skippedReasons(parseText(pnpmLock, text))).toEqual(['1 runtime, not a package']);
  });
});

describe('older versions', () => {
  test('lockfileVersion 6', () => {
    const inventory = parseText(pnpmLock, version6);
    expect(spelled(inventory)).toEqual(['@scope/base@1.0.0', 'lodash@4.17.21', 'tool@1.2.3', 'private@2.0.0', 'forked@0.1.0']);
    expect(find(inventory, 'private').source).toEqual({ kind: 'other-registry', host: 'npm.example.com' });
    expect(find(inventory, 'forked').source.kind).toBe('git');
    expect(inventory.chainTo?.(find(inventory, 'forked'))).toEqual(['tool@1.2.3']);
    expect(find(inventory, 'lodash').relation).toBe('direct');
  });

  test('lockfileVersion 5', () => {
    const inventory = parseText(pnpmLock, version5);
    expect(spelled(inventory)).toEqual(['@scope/tool@1.2.3', 'under_score@1.0.0', 'local@1.0.0', 'forked@0.1.0']);
    expect(inventory.formatVersion).toBe('5.4');
    expect(find(inventory, 'local').source).toEqual({ kind: 'other-registry', host: 'localhost:4873' });
    expect(find(inventory, 'forked').source).toEqual({ kind: 'git', url: `git@github.com:someone/forked.git#${COMMIT}` });
    expect(inventory.chainTo?.(find(inventory, 'under_score'))).toEqual(['@scope/tool@1.2.3']);
    expect(find(inventory, '@scope/tool').relation).toBe('direct');
  });

  test('a key with the host of npm is the registry', () => {
    const text = `lockfileVersion: 5.3\npackages:\n  ${NPM_HOST}/a/1.0.0:\n    resolution: {integrity: ${SHA512}}\n`;
    expect(find(parseText(pnpmLock, text), 'a').source).toEqual({ kind: 'registry' });
  });
});

describe('what is refused', () => {
  test.each([
    ['', 'empty file'],
    ['# nothing\n', 'no content'],
    ['packages: {}\n', 'found none'],
    ["lockfileVersion: '10.0'\n", 'found 10.0'],
    ['lockfileVersion: 4\n', 'found 4'],
    ['lockfileVersion: [9]\n', 'found none'],
    ['{"lockfileVersion": 3}', 'found 3'],
    ['<<<<<<< HEAD\nlockfileVersion: 9.0\n=======\n', 'something else'],
    ["lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0}\n", 'no entries'],
    ["lockfileVersion: '9.0'\npackages:\n  a@1.0.0: {}\n", 'no entries'],
    ['lockfileVersion: 6.0\ndependencies: [a]\n', 'no entries in dependencies'],
    ["lockfileVersion: '9.0'\nimporters:\n  .:\n", 'no entries in .'],
    ['a: &x [1]\nb: *x\n', 'without aliases'],
    [`lockfileVersion: ${'['.repeat(5_000)}`, 'something else'],
  ])('%.60j', (text, message) => {
    expect(refusal(pnpmLock, text)).toContain(message);
  });

  test.each([
    ['9', version9],
    ['6', version6],
    ['5', version5],
  ])('a cut lock of version %s is refused, or holds a part', (_, text) => {
    const whole = new Set(spelled(parseText(pnpmLock, text)));
    for (const { inventory, cut } of readCuts(pnpmLock, text)) {
      const registry = inventory.components.filter(({ source }) => source.kind === 'registry');
      expect(spelled({ components: registry, skipped: [] }).filter((component) => !whole.has(component))).toEqual([]);
      expect(inventory.components.length + inventory.skipped.length > 0 || isBeforeSections(text, cut)).toBe(true);
    }
  });
});

describe('hostile content', () => {
  test('entries of wrong types', () => {
    const text = `lockfileVersion: 6.0
packages:
  /__proto__@1.0.0: {resolution: {}}
  __proto__: {name: __proto__, version: '2'}
  /a@1.0.0: text
  /b@1.0.0: {resolution: [], name: {}, version: [], dependencies: {__proto__: 1.0.0, constructor: {}}}
  /../x@1.0.0: {}
  '': {}
  /: {}
devDependencies:
  c: {specifier: 1}
`;
    const inventory = parseText(pnpmLock, text);
    expect(spelled(inventory)).toEqual(['__proto__@1.0.0', '__proto__@2', 'b@1.0.0']);
    expect(skippedReasons(inventory)).toEqual([
      '1 dependency without a version',
      '1 entry that is no object',
      '3 entry without a package name',
    ]);
  });

  test('a direct dependency without an entry is told', () => {
    const inventory = parseText(pnpmLock, 'lockfileVersion: 6.0\ndependencies:\n  a: {specifier: ^1, version: 1.0.0(b@1)}\npackages: {}\n');
    expect(spelled(inventory)).toEqual(['a@1.0.0']);
    expect(skippedReasons(inventory)).toEqual(['1 dependency without an entry in packages']);
  });
});
