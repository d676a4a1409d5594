import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { uvLock } from './uv-lock.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = 'ab'.repeat(32);

const lock = `version = 1
revision = 2
requires-python = ">=3.12"

[manifest]
members = [
    "shop",
    "shop-web",
]

[[package]]
name = "anyio"
version = "4.3.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [
    { name = "idna" },
    { name = "typing-extensions", marker = "python_full_version < '3.13'" },
]
sdist = { url = "https://files.pythonhosted.org/packages/anyio-4.3.0.tar.gz", hash = "sha256:${SHA256}", size = 159642 }

[[package]]
name = "folder"
version = "0.1.0"
source = { directory = "../folder" }

[[package]]
name = "forked"
version = "0.2.0"
source = { git = "https://github.com/someone/forked.git?rev=main#${COMMIT}" }
dependencies = [{ name = "anyio" }]

[[package]]
name = "idna"
version = "3.6"
source = { registry = "https://pypi.example.com/simple" }

[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "forked" }]

[package.optional-dependencies]
extra = [{ name = "wheel" }]

[package.dev-dependencies]
dev = [{ name = "folder" }]

[package.metadata]
requires-dist = [{ name = "forked", git = "https://github.com/someone/forked.git" }]

[[package]]
name = "shop-web"
version = "0.1.0"
source = { editable = "packages/web" }
dependencies = [{ name = "shop" }]

[[package]]
name = "typing-extensions"
version = "4.10.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "wheel"
version = "0.43.0"
source = { url = "https://example.com/wheel-0.43.0-py3-none-any.whl" }
`;

describe('uv.lock', () => {
  const inventory = parseText(uvLock, lock);

  test('every package but the own ones is a component', () => {
    expect(spelled(inventory)).toEqual([
      'anyio@4.3.0',
      'folder@0.1.0',
      'forked@0.2.0',
      'idna@3.6',
      'typing-extensions@4.10.0',
      'wheel@0.43.0',
    ]);
    expect(skippedReasons(inventory)).toEqual(['1 the project itself', '1 workspace package']);
  });

  test.each([
    ['anyio', { kind: 'registry' }],
    ['idna', { kind: 'other-registry', host: 'pypi.example.com' }],
    ['folder', { kind: 'path', path: '../folder' }],
    ['forked', { kind: 'git', url: `git+https://github.com/someone/forked.git?rev=main#${COMMIT}` }],
    ['wheel', { kind: 'url', url: 'https://example.com/wheel-0.43.0-py3-none-any.whl' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('relations and chains follow the own packages, their extras and groups', () => {
    expect(inventory.components.map(({ relation }) => relation)).toEqual([
      'transitive',
      'direct',
      'direct',
      'transitive',
      'transitive',
      'direct',
    ]);
    expect(inventory.chainTo?.(find(inventory, 'idna'))).toEqual(['forked@0.2.0', 'anyio@4.3.0']);
  });

  test('digest, repository and place', () => {
    expect(find(inventory, 'anyio').digests?.sha256).toBe(SHA256);
    expect(find(inventory, 'forked').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/forked' }, version: COMMIT },
    ]);
    expect(lock.slice(find(inventory, 'idna').at.offset).split('\n', 2)[1]).toBe('name = "idna"');
  });

  test('the lock of a script tells what the script asks for', () => {
    const script =
      'version = 1\nrequires-python = ">=3.12"\n[manifest]\nrequirements = [{ name = "a" }]\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\n';
    expect(find(parseText(uvLock, script), 'a').relation).toBe('direct');
  });

  test('a lock without packages is empty', () => {
    expect(parseText(uvLock, 'version = 1\nrequires-python = ">=3.12"\n').components).toEqual([]);
  });

  test.each([
    ['', 'empty file'],
    ['version = 2\nrequires-python = ">=3"\n', 'found 2'],
    ['requires-python = ">=3"\n', 'found none'],
    ['version = 1\n', 'requires-python'],
    ['version = 1\nrequires-python = ">=3"\n[[package]]\nname = "a"\nversion = "1"\n', 'within a package'],
    ['version = 1\nversion = 1\n', 'something else'],
  ])('%j is refused', (text, message) => {
    expect(refusal(uvLock, text)).toContain(message);
  });

  test('a cut is refused, or tells what is missing', () => {
    const whole = new Set(spelled(inventory));
    for (const { cut, inventory: part } of readCuts(uvLock, lock)) {
      expect(spelled(part).filter((component) => !whole.has(component))).toEqual([]);
      const isTold = skippedReasons(part).some((reason) => reason.includes('without an entry'));
      expect(isTold || part.components.length >= 5 || cut < lock.indexOf('[[package]]')).toBe(true);
    }
  });

  test('entries of wrong types', () => {
    const text = `version = 1
requires-python = ">=3"
package = [1, {}, {name = "b", version = 2, source = {registry = 5}, dependencies = [1, {name = 2}, {name = "b"}], wheels = [1]}, {name = "c", source = {}}]
manifest = 5
`;
    const inventory = parseText(uvLock, text);
    expect(spelled(inventory)).toEqual(['b ?', 'c ?']);
    expect(skippedReasons(inventory)).toEqual(['2 entry without a package name']);
  });
});
