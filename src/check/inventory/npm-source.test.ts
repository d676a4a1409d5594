import { describe, expect, test } from 'vitest';
import { NPM_HOST } from './inventory-test-kit.ts';
import { commitOf, githubAlias, isNpmName, npmAliases, npmSource, readIntegrity, tarballPackage } from './npm-source.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

describe('the source of an npm package', () => {
  test.each([
    [undefined, { kind: 'registry' }],
    [`https://${NPM_HOST}/a/-/a-1.0.0.tgz`, { kind: 'registry' }],
    [`http://${NPM_HOST.toUpperCase()}/a/-/a-1.0.0.tgz`, { kind: 'registry' }],
    ['https://registry.yarnpkg.com/a/-/a-1.0.0.tgz', { kind: 'registry' }],
    ['https://notnpmjs.org/a/-/a-1.0.0.tgz', { kind: 'other-registry', host: 'notnpmjs.org' }],
    ['https://npm.pkg.github.com/download/@a/b/1.0.0/abc', { kind: 'other-registry', host: 'npm.pkg.github.com' }],
    ['https://artifacts.example.com/api/npm/main/a/-/a-1.0.0.tgz', { kind: 'other-registry', host: 'artifacts.example.com' }],
    ['https://example.com/a-1.0.0.tgz', { kind: 'url', url: 'https://example.com/a-1.0.0.tgz' }],
    ['https://user:token@example.com/a.tgz', { kind: 'url', url: 'https://example.com/a.tgz' }],
    ['https://git.example.com/a/b/-/archive/v1/b-v1.tar.gz', { kind: 'url', url: 'https://git.example.com/a/b/-/archive/v1/b-v1.tar.gz' }],
    ['git://example.com/a.git', { kind: 'git', url: 'git://example.com/a.git' }],
    ['file:a.tgz', { kind: 'path', path: 'a.tgz' }],
    ['../a', { kind: 'path', path: '../a' }],
  ])('%s', (address, source) => {
    expect(npmSource(address)).toEqual(source);
  });
});

test.each([
  [`git+https://github.com/a/b.git#${COMMIT}`, 'a/b', COMMIT],
  ['git@github.com:a/b.js.git', 'a/b.js', undefined],
  [`git+ssh://git@github.com/a/b.git#commit=${COMMIT}`, 'a/b', COMMIT],
  [`https://codeload.github.com/a/b/tar.gz/${COMMIT}`, 'a/b', COMMIT],
  ['a/b#semver:^1', 'a/b', undefined],
  ['git+https://example.com/github.com/a/b.git', undefined, undefined],
  ['git+https://notgithub.com/a/b.git', undefined, undefined],
])('the repository on GitHub of %s', (address, name, version) => {
  expect(githubAlias(address)).toEqual(name && { identity: { kind: 'package', type: 'github', name }, version });
});

test.each([
  ['https://example.com/@a/b/-/b-1.0.0-rc.1.tgz', '@a/b', '1.0.0-rc.1'],
  ['https://example.com/@a%2fb/-/b-1.0.0.tgz', '@a/b', '1.0.0'],
  ['https://example.com/npm/@a/b/-/@a/b-1.0.0.tgz?token=x', '@a/b', '1.0.0'],
])('the package in %s', (address, name, version) => {
  expect(tarballPackage(address)).toEqual({ name, version });
});

test.each([
  'https://example.com/b-1.0.0.tgz',
  'https://git.example.com/a/b/-/archive/v1/b-v1.tar.gz',
  'https://x/a/-/b-1.0.0.tgz',
  'a/-/a-1.tgz',
])('no package is told by %s', (address) => {
  expect(tarballPackage(address)).toBeUndefined();
  expect(npmAliases('a', '1', address)).toBeUndefined();
});

test('integrity of several algorithms, options and what is none', () => {
  const [sha1, sha256] = [`sha1-${'A'.repeat(27)}=`, `sha256-${'A'.repeat(43)}=`];
  expect(readIntegrity(`${sha1} ${sha256}?option sha384-${'A'.repeat(64)}`)).toEqual({ sha1: '0'.repeat(40), sha256: '0'.repeat(64) });
  expect(['', 'sha512-AAAA', 'sha512-****', 'md5-AAAA', 'x'].map(readIntegrity)).toEqual(Array.from({ length: 5 }));
});

test('names', () => {
  expect(['a', '@a/b', 'A.b_c', '__proto__'].every(isNpmName)).toBe(true);
  expect(['', '@a', 'a/b', '@a/b/c', 'a b', '..', '../a', 'a@1', 'x'.repeat(600)].some(isNpmName)).toBe(false);
});

test('a commit is a full one', () => {
  expect([commitOf(`x#${COMMIT}`), commitOf('x#0123456'), commitOf(`x#${COMMIT}0`)]).toEqual([COMMIT, undefined, undefined]);
});
