import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { pipfileLock } from './pipfile-lock.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = 'ab'.repeat(32);

const lock = JSON.stringify({
  _meta: {
    hash: { sha256: SHA256 },
    'pipfile-spec': 6,
    requires: { python_version: '3.11' },
    sources: [
      { name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true },
      { name: 'company', url: 'https://user:secret@pypi.example.com/simple', verify_ssl: true },
    ],
  },
  default: {
    requests: { hashes: [`sha256:${SHA256}`], index: 'pypi', markers: "python_version >= '3.7'", version: '==2.31.0' },
    certifi: { hashes: [`sha256:${SHA256}`, `sha256:${'cd'.repeat(32)}`], version: '==2024.2.2' },
    private: { index: 'company', version: '==1.0.0' },
    forked: { git: 'https://github.com/someone/forked.git', ref: COMMIT },
    archive: { file: 'https://example.com/archive-3.0.tar.gz' },
    folder: { editable: true, path: './folder' },
    shop: { editable: true, path: '.' },
  },
  develop: { pytest: { version: '==8.0.0' } },
  docs: { sphinx: { version: '===7.0' } },
});

describe('Pipfile.lock', () => {
  const inventory = parseText(pipfileLock, lock);

  test('every package of every category is a component', () => {
    expect(spelled(inventory)).toEqual([
      'requests@2.31.0',
      'certifi@2024.2.2',
      'private@1.0.0',
      `forked@${COMMIT}`,
      'archive@3.0',
      'folder ./folder',
      'pytest@8.0.0',
      'sphinx@7.0',
    ]);
    expect(skippedReasons(inventory)).toEqual(['1 the project itself']);
    expect(inventory.components.map(({ relation }) => relation)).toEqual(Array.from({ length: 8 }));
  });

  test.each([
    ['requests', { kind: 'registry' }],
    ['certifi', { kind: 'registry' }],
    ['private', { kind: 'other-registry', host: 'pypi.example.com' }],
    ['forked', { kind: 'git', url: `git+https://github.com/someone/forked.git@${COMMIT}` }],
    ['archive', { kind: 'url', url: 'https://example.com/archive-3.0.tar.gz' }],
    ['folder', { kind: 'path', path: './folder' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('digest and place', () => {
    expect(find(inventory, 'requests').digests?.sha256).toBe(SHA256);
    expect(find(inventory, 'certifi').digests).toBeUndefined();
    expect(find(inventory, 'pytest').at).toEqual({ pointer: '/develop/pytest' });
  });

  test('a lock without packages is empty', () => {
    expect(parseText(pipfileLock, '{"_meta":{"pipfile-spec":6,"sources":[]},"default":{},"develop":{}}').components).toEqual([]);
  });

  test.each([
    ['', 'empty file'],
    ['{"_meta":{"pipfile-spec":7}}', 'found 7'],
    ['{"_meta":{}}', 'found none'],
    ...WRONG_SHAPES.map((text) => [text, 'expected']),
  ])('%.40j is refused', (text = '', message = '') => {
    expect(refusal(pipfileLock, text)).toContain(message);
  });

  test('no cut is read', () => {
    expect(readCuts(pipfileLock, lock)).toEqual([]);
  });

  test('entries of wrong types', () => {
    const text =
      '{"_meta":{"pipfile-spec":6,"sources":[1,{"name":5}]},"default":{"a":1,"../b":{},"c":{"version":5,"hashes":{},"index":[]},"__proto__":{"version":"==1"}},"develop":[]}';
    const inventory = parseText(pipfileLock, text);
    expect(spelled(inventory)).toEqual(['c ?']);
    expect(skippedReasons(inventory)).toEqual([
      '1 entry that is no object',
      '2 entry without a package name',
      '1 category that is no object',
    ]);
  });
});
