import { describe, expect, test } from 'vitest';
import { bunLock } from './bun-lock.ts';
import { find, NPM_HOST, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { parseJsonc } from './jsonc-text.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA512 = `sha512-${'A'.repeat(86)}==`;

const lock = `{
  // Written by hand, as Bun allows.
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": { "tool": "^1.0.0", "mine": "npm:lodash@^4", },
      "devDependencies": { "forked": "github:someone/forked", },
    },
    "packages/web": {
      "name": "@shop/web",
      "dependencies": { "react": "^17", },
    },
  },
  "packages": {
    "@shop/web": ["@shop/web@workspace:packages/web"],

    "@shop/web/react": ["react@17.0.2", "", { "dependencies": { "loose-envify": "^1.1.0" } }, "${SHA512}"],

    "archive": ["archive@https://example.com/archive.tgz", {}, "${SHA512}"],

    "folder": ["folder@file:../folder", {}],

    "forked": ["forked@github:someone/forked#${COMMIT}", { "dependencies": { "private": "1" } }, "someone-forked-0123456"],

    "loose-envify": ["loose-envify@1.4.0", "https://${NPM_HOST}/loose-envify/-/loose-envify-1.4.0.tgz", {}, "${SHA512}"],

    "mine": ["lodash@4.17.21", "", {}, "${SHA512}"],

    "private": ["private@1.0.0", "https://npm.example.com/", {}, "${SHA512}"],

    "react": ["react@18.2.0", "", {}, "${SHA512}"],

    "tool": ["tool@1.0.0", "", { "dependencies": { "react": "18", "@scope/inner": "2" }, "bin": { "tool": "a,]}//" } }, "${SHA512}"],

    "tool/@scope/inner": ["@scope/inner@2.0.0", "", { "dependencies": { "react": "*", "tool": "*" } }, "${SHA512}"], /* last */
  }
}
`;

describe('bun.lock', () => {
  const inventory = parseText(bunLock, lock);

  test('every package is a component under its real name', () => {
    expect(spelled(inventory)).toEqual([
      'react@17.0.2',
      'archive ?',
      'folder ?',
      `forked@${COMMIT}`,
      'loose-envify@1.4.0',
      'lodash@4.17.21',
      'private@1.0.0',
      'react@18.2.0',
      'tool@1.0.0',
      '@scope/inner@2.0.0',
    ]);
    expect(skippedReasons(inventory)).toEqual(['1 workspace package']);
    expect(inventory.formatVersion).toBe('1');
  });

  test.each([
    ['lodash', { kind: 'registry' }],
    ['loose-envify', { kind: 'registry' }],
    ['private', { kind: 'other-registry', host: 'npm.example.com' }],
    ['archive', { kind: 'url', url: 'https://example.com/archive.tgz' }],
    ['folder', { kind: 'path', path: '../folder' }],
    ['forked', { kind: 'git', url: `github:someone/forked#${COMMIT}` }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('digest, repository and place', () => {
    expect(find(inventory, 'lodash').digests).toEqual({ sha512: '0'.repeat(128) });
    expect(find(inventory, 'forked').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/forked' }, version: COMMIT },
    ]);
    expect(find(inventory, '@scope/inner').at).toEqual({ pointer: '/packages/tool~1@scope~1inner' });
  });

  test('relations and chains follow workspaces and nesting', () => {
    const direct = inventory.components.filter(({ relation }) => relation === 'direct');
    expect(spelled({ components: direct, skipped: [] })).toEqual(['react@17.0.2', `forked@${COMMIT}`, 'lodash@4.17.21', 'tool@1.0.0']);
    expect(inventory.chainTo?.(find(inventory, 'loose-envify'))).toEqual(['react@17.0.2']);
    expect(inventory.chainTo?.(find(inventory, '@scope/inner'))).toEqual(['tool@1.0.0']);
    expect(inventory.chainTo?.(find(inventory, 'archive'))).toBeUndefined();
  });

  test('a project without dependencies is empty', () => {
    expect(parseText(bunLock, '{"lockfileVersion":0,"workspaces":{"":{}},"packages":{}}').components).toEqual([]);
  });

  test.each([
    ['{"lockfileVersion":2,"workspaces":{},"packages":{}}', 'found 2'],
    ['{"lockfileVersion":1,"packages":{}}', 'found none'],
    ['{"lockfileVersion":3,"packages":{"":{}}}', 'found 3'],
    ['#!/usr/bin/env bun\nbun-lockfile-format-v0\n\u0000', 'save-text-lockfile'],
    ['{"lockfileVersion":1,,}', 'something else'],
    ['{"lockfileVersion":1 /* no end', 'too early'],
    ...WRONG_SHAPES.map((text) => [text, 'expected']),
  ])('%.60j is refused', (text = '', message = '') => {
    expect(refusal(bunLock, text)).toContain(message);
  });

  test('no cut is read', () => {
    expect(readCuts(bunLock, lock.trimEnd())).toEqual([]);
  });

  test('entries of wrong types are skipped', () => {
    const text = `{"lockfileVersion":1,"workspaces":{"":{"dependencies":{"__proto__":"1"}},"x":7},"packages":{"a":5,"b":[],"c":[7],"d":["d"],
      "e":["../e@1"],"__proto__":["__proto__@1.0.0",[],"x",{}],"f":["f@1.0.0",null,null,null],"${'g/'.repeat(300)}g":["g@1"]}}`;
    const inventory = parseText(bunLock, text);
    expect(spelled(inventory)).toEqual(['__proto__@1.0.0', 'f@1.0.0']);
    expect(skippedReasons(inventory)).toEqual([
      '4 entry without a package',
      '1 entry without a package name',
      '1 entry with too long a key',
    ]);
  });
});

describe('JSON with comments', () => {
  test.each([
    ['{"a":1,}', { a: 1 }],
    ['[1, /* , */ ]', [1]],
    ['[1, // ]\n ]', [1]],
    ['{"a":"//,]","b":"\\",}"}', { a: '//,]', b: '",}' }],
    ['[[1,],[2,],]', [[1], [2]]],
  ])('%s', (text, value) => {
    expect(parseJsonc(text)).toEqual(value);
  });

  test.each(['[,]', '[1,,]', '{"a":,}', '[1 2]', '"', '/*'])('%s is refused', (text) => {
    expect(() => parseJsonc(text)).toThrow('expected');
  });

  test('a long text takes linear time', () => {
    expect(parseJsonc(`[${'1, '.repeat(300_000)}]`)).toHaveLength(300_000);
    expect(() => parseJsonc(`[1,${'/**/'.repeat(300_000)}`)).toThrow('expected');
  });
});
