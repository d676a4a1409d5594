import { describe, expect, test } from 'vitest';
import { installedNpmPackage } from './installed-npm-package.ts';
import { NPM_HOST, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { packageJson } from './package-json.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

function requests(dependencies: Readonly<Record<string, unknown>>) {
  return parseText(packageJson, JSON.stringify({ dependencies }), 'package.json');
}

const manifest = JSON.stringify({
  name: 'shop',
  version: '1.0.0',
  dependencies: { chalk: '^5.0.0', '@scope/tool': '1.2.3' },
  devDependencies: { typescript: '~5.0.0' },
  optionalDependencies: { fsevents: '*' },
  peerDependencies: { react: '>=17' },
  overrides: { debug: '4.3.4', foo: { '.': '1.0.0', bar: '2.0.0' }, 'old@^1': '1.9.9', same: '$chalk' },
  resolutions: { '**/deep': '3.0.0', 'parent/@scope/child': '4.0.0' },
  pnpm: { overrides: { 'a>b': '5.0.0', gone: '-' } },
});

describe('a project', () => {
  test('asks for ranges, directly and by overrides', () => {
    const inventory = parseText(packageJson, manifest, 'package.json');
    expect(spelled(inventory)).toEqual([
      'chalk ^5.0.0',
      '@scope/tool 1.2.3',
      'typescript ~5.0.0',
      'fsevents *',
      'react >=17',
      'debug 4.3.4',
      'foo 1.0.0',
      'bar 2.0.0',
      'old 1.9.9',
      'deep 3.0.0',
      '@scope/child 4.0.0',
      'b 5.0.0',
    ]);
    expect(inventory.components.map(({ relation }) => relation).slice(3, 7)).toEqual(['direct', 'direct', undefined, undefined]);
    expect(inventory.components[1]?.at).toEqual({ pointer: '/dependencies/@scope~1tool' });
    expect(skippedReasons(inventory)).toEqual(['1 the project itself']);
  });

  test.each([
    ['npm:lodash@^4', 'lodash ^4', { kind: 'registry' }],
    ['npm:@real/name@1.0.0', '@real/name 1.0.0', { kind: 'registry' }],
    ['npm:lodash', 'lodash *', { kind: 'registry' }],
    ['npm:^1.0.0', 'x ^1.0.0', { kind: 'registry' }],
    ['', 'x *', { kind: 'registry' }],
    ['latest', 'x latest', { kind: 'registry' }],
    ['catalog:', 'x catalog:', { kind: 'registry' }],
    ['1.0.0 - 2.0.0', 'x 1.0.0 - 2.0.0', { kind: 'registry' }],
    ['>=1 <2 || 3.x', 'x >=1 <2 || 3.x', { kind: 'registry' }],
    ['someone/x', 'x someone/x', { kind: 'git', url: 'someone/x' }],
    [`github:someone/x#${COMMIT}`, `x github:someone/x#${COMMIT}`, { kind: 'git', url: `github:someone/x#${COMMIT}` }],
    ['git+https://user:secret@example.com/x.git', 'x git+https://example.com/x.git', { kind: 'git', url: 'git+https://example.com/x.git' }],
    ['git@github.com:someone/x.git', 'x git@github.com:someone/x.git', { kind: 'git', url: 'git@github.com:someone/x.git' }],
    ['https://example.com/x.tgz', 'x https://example.com/x.tgz', { kind: 'url', url: 'https://example.com/x.tgz' }],
    ['file:../x', 'x file:../x', { kind: 'path', path: '../x' }],
    ['../x', 'x ../x', { kind: 'path', path: '../x' }],
    ['jsr:@std/path@^1', '@jsr/std__path ^1', { kind: 'other-registry', host: 'npm.jsr.io' }],
    ['patch:lodash@npm%3A^4.17.0#~/.yarn/patches/lodash.patch', 'x ^4.17.0', { kind: 'registry' }],
  ])('%s', (request, expected, source) => {
    const { components } = requests({ x: request });
    expect(spelled({ components, skipped: [] })).toEqual([expected]);
    expect(components[0]?.source).toEqual(source);
  });

  test('a repository on GitHub is looked up by itself too', () => {
    expect(requests({ x: `someone/x#${COMMIT}` }).components[0]?.alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/x' }, version: COMMIT },
    ]);
  });

  test('workspace packages and what is no request are skipped', () => {
    const inventory = requests({ a: 'workspace:*', b: 5, '../c': '1', d: 'x'.repeat(10_000), __proto__x: '1' });
    expect(spelled(inventory)).toEqual(['__proto__x 1']);
    expect(skippedReasons(inventory)).toEqual([
      '1 workspace package',
      '1 dependency whose request is no text',
      '1 dependency without a package name',
      '1 dependency with too long a request',
    ]);
  });

  test.each(['{}', '{"type":"module"}', '{"name":"x","dependencies":{}}'])('%s asks for nothing', (text) => {
    expect(parseText(packageJson, text, 'package.json').components).toEqual([]);
  });

  test('dependencies that are no object are told', () => {
    expect(skippedReasons(parseText(packageJson, '{"dependencies":["a"]}', 'package.json'))).toEqual(['1 dependencies that are no object']);
  });

  test('names of the prototype are names', () => {
    expect(spelled(parseText(packageJson, '{"dependencies":{"__proto__":"1","constructor":"2"}}'))).toEqual([
      '__proto__ 1',
      'constructor 2',
    ]);
  });

  test('other JSON, a lock and every cut are refused', () => {
    expect(refusal(packageJson, '[]')).toContain('no object');
    expect(refusal(packageJson, '{"lockfileVersion":3}')).toContain('found a lock');
    expect(refusal(packageJson, '')).toContain('empty file');
    expect(readCuts(packageJson, manifest)).toEqual([]);
  });

  test.each(WRONG_SHAPES)('%#: a wrong shape gives nothing', (text) => {
    for (const { inventory } of readCuts(packageJson, `${text} `)) expect(inventory.components).toEqual([]);
  });
});

describe('an installed package', () => {
  const path = 'app/node_modules/@scope/alias/package.json';

  test('is what its package.json names, at its version', () => {
    const text = JSON.stringify({ name: '@real/name', version: '1.2.3', dependencies: { other: '^1' } });
    const inventory = parseText(packageJson, text, path);
    expect(spelled(inventory)).toEqual(['@real/name@1.2.3']);
    expect(inventory.components[0]?.source).toEqual({ kind: 'registry' });
    expect(parseText(installedNpmPackage, text, '-')).toEqual(inventory);
  });

  test('npm before 7 notes where it came from', () => {
    const note = {
      name: 'a',
      version: '1.0.0',
      _resolved: `https://${NPM_HOST}/b/-/b-2.0.0.tgz`,
      _integrity: `sha512-${'A'.repeat(86)}==`,
    };
    const [component] = parseText(installedNpmPackage, JSON.stringify(note), path).components;
    expect(component?.digests).toEqual({ sha512: '0'.repeat(128) });
    expect(component?.alsoKnownAs).toEqual([{ identity: { kind: 'package', type: 'npm', name: 'b' }, version: '2.0.0' }]);
  });

  test('without name it has that of its folder', () => {
    expect(spelled(parseText(installedNpmPackage, '{}', path))).toEqual(['@scope/alias ?']);
    expect(refusal(installedNpmPackage, '{}', '-')).toContain('found none');
    expect(refusal(installedNpmPackage, '{"name":"a b"}', path)).toContain('found none');
  });

  test.each(['app/package.json', 'node_modules_x/a/package.json', 'node_modules/a/lib/package.json'])('%s is none', (other) => {
    expect(spelled(parseText(packageJson, '{"name":"x","version":"1"}', other))).toEqual([]);
  });

  test('every cut is refused', () => {
    expect(readCuts(installedNpmPackage, '{"name":"a","version":"1.0.0"}', path)).toEqual([]);
  });
});
