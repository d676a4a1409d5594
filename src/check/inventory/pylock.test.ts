import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { pylock } from './pylock.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = 'ab'.repeat(32);

const lock = `lock-version = "1.0"
environments = ["sys_platform == 'linux'"]
requires-python = ">=3.12"
created-by = "some-tool"

[[packages]]
name = "attrs"
version = "25.1.0"
requires-python = ">=3.8"
wheels = [
  {name = "attrs-25.1.0-py3-none-any.whl", url = "https://files.pythonhosted.org/packages/attrs-25.1.0-py3-none-any.whl", hashes = {sha256 = "${SHA256}"}},
]

[[packages]]
name = "cattrs"
version = "24.1.2"
index = "https://pypi.example.com/simple/"
dependencies = [{name = "attrs"}, {name = "forked"}]

[[packages]]
name = "forked"
[packages.vcs]
type = "git"
url = "https://github.com/someone/forked.git"
requested-revision = "main"
commit-id = "${COMMIT}"

[[packages]]
name = "folder"
[packages.directory]
path = "../folder"
editable = true

[[packages]]
name = "own"
[packages.directory]
path = "."

[[packages]]
name = "archive"
version = "3.0"
[packages.archive]
url = "https://example.com/archive-3.0.tar.gz"
hashes = {sha256 = "${SHA256}"}

[[packages]]
name = "mirrored"
version = "1.0"
[packages.sdist]
url = "https://mirror.example.com/mirrored-1.0.tar.gz"
hashes = {sha256 = "${SHA256}"}
`;

describe('pylock.toml', () => {
  const inventory = parseText(pylock, lock);

  test('every package is a component', () => {
    expect(spelled(inventory)).toEqual(['attrs@25.1.0', 'cattrs@24.1.2', `forked@${COMMIT}`, 'folder ?', 'archive@3.0', 'mirrored@1.0']);
    expect(skippedReasons(inventory)).toEqual(['1 the project itself']);
    expect(inventory.formatVersion).toBe('1.0');
  });

  test.each([
    ['attrs', { kind: 'registry' }],
    ['cattrs', { kind: 'other-registry', host: 'pypi.example.com' }],
    ['forked', { kind: 'git', url: `git+https://github.com/someone/forked.git@${COMMIT}` }],
    ['folder', { kind: 'path', path: '../folder' }],
    ['archive', { kind: 'url', url: 'https://example.com/archive-3.0.tar.gz' }],
    ['mirrored', { kind: 'other-registry', host: 'mirror.example.com' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('digests, chain and place', () => {
    expect(['attrs', 'archive', 'mirrored'].map((name) => find(inventory, name).digests?.sha256)).toEqual([SHA256, SHA256, SHA256]);
    expect(inventory.chainTo?.(find(inventory, 'attrs'))).toEqual(['cattrs@24.1.2']);
    expect(lock.slice(find(inventory, 'folder').at.offset).split('\n', 2)[1]).toBe('name = "folder"');
  });

  test('without any dependency, relations are not told', () => {
    const flat = parseText(pylock, 'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "a"\nversion = "1"\n');
    expect(flat.components[0]?.relation).toBeUndefined();
    expect(flat.components[0] && flat.chainTo?.(flat.components[0])).toBeUndefined();
  });

  test('a lock without packages is empty', () => {
    expect(parseText(pylock, 'lock-version = "1.0"\ncreated-by = "x"\npackages = []\n').components).toEqual([]);
  });

  test.each([
    ['', 'empty file'],
    ['created-by = "x"\npackages = []\n', 'found none'],
    ['lock-version = "2.0"\ncreated-by = "x"\npackages = []\n', 'found 2.0'],
    ['lock-version = "1.0"\ncreated-by = "x"\n', 'without'],
    ['lock-version = "1.0"\npackages = []\n', 'without'],
  ])('%j is refused', (text, message) => {
    expect(refusal(pylock, text)).toContain(message);
  });

  test('a cut is refused, or holds the packages before it', () => {
    for (const { cut, inventory: part } of readCuts(pylock, lock)) {
      expect(part.components.length + part.skipped.length).toBeGreaterThan(0);
      expect(part.components.length).toBeLessThanOrEqual(lock.slice(0, cut).split('[[packages]]').length - 1);
    }
  });

  test('entries of wrong types', () => {
    const text = `lock-version = "1.0"\ncreated-by = "x"\npackages = [1, {}, {name = "b", version = 1, vcs = 1, wheels = [1, {hashes = 5, url = 5}], sdist = [], dependencies = [1, {name = 5}]}]\n`;
    const inventory = parseText(pylock, text);
    expect(spelled(inventory)).toEqual(['b ?']);
    expect(skippedReasons(inventory)).toEqual(['2 entry without a package name']);
  });
});
