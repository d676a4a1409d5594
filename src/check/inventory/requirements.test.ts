import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { requirements } from './requirements.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = 'ab'.repeat(32);

const text = `# production
-r base.txt
-c constraints.txt
--index-url https://pypi.org/simple
Django==4.2.1
requests[security,socks] >=2.8.1,<3 ; python_version < "3.11"  # a comment
urllib3===1.26.15
colour~=0.1
wild==1.2.*
anything
both==1.0,!=1.1
parenthesised (>=1.0)
hashed==2.0 \\
    --hash=sha256:${SHA256} \\
    --hash=sha256:${'cd'.repeat(32)}
single==2.1 --hash=sha256:${SHA256}
exported==3.0 ; python_version >= "3.8" and python_version < "4.0" --hash=sha256:${SHA256}
-e git+https://token@github.com/someone/edited.git@${COMMIT}#egg=edited&subdirectory=x
named @ git+https://github.com/someone/named@main
wheel @ https://files.pythonhosted.org/packages/wheel-0.40.0-py3-none-any.whl#sha256=${SHA256}
https://example.com/files/archive-1.5.tar.gz
./local/local_package-0.9-py3-none-any.whl
-e .
-e .[socks]
-e ./plugins/own
frozen @ file:///builds/frozen
`;

describe('requirements.txt', () => {
  const inventory = parseText(requirements, text, 'requirements.txt');

  test('pins are versions and ranges are asked for', () => {
    expect(spelled(inventory)).toEqual([
      'Django@4.2.1',
      'requests >=2.8.1,<3',
      'urllib3@1.26.15',
      'colour ~=0.1',
      'wild ==1.2.*',
      'anything *',
      'both@1.0',
      'parenthesised >=1.0',
      'hashed@2.0',
      'single@2.1',
      'exported@3.0',
      `edited@${COMMIT}`,
      'named git+https://github.com/someone/named@main',
      'wheel@0.40.0',
      'archive@1.5',
      'local_package@0.9',
      'frozen file:///builds/frozen',
    ]);
  });

  test('other files, the project and folders without a name are skipped', () => {
    expect(skippedReasons(inventory)).toEqual([
      '1 other requirements file, not read from here',
      '1 constraints file, not read from here',
      '2 the project itself',
      '1 folder or address without a package name',
    ]);
  });

  test.each([
    ['Django', { kind: 'registry' }],
    ['edited', { kind: 'git', url: `git+https://github.com/someone/edited.git@${COMMIT}#egg=edited&subdirectory=x` }],
    ['named', { kind: 'git', url: 'git+https://github.com/someone/named@main' }],
    ['wheel', { kind: 'registry' }],
    ['archive', { kind: 'url', url: 'https://example.com/files/archive-1.5.tar.gz' }],
    ['local_package', { kind: 'path', path: './local/local_package-0.9-py3-none-any.whl' }],
    ['frozen', { kind: 'path', path: '/builds/frozen' }],
  ])('the source of %s is told', (name, source) => {
    expect(find(inventory, name).source).toEqual(source);
  });

  test('a digest is told where it is of the only file', () => {
    const digests = { sha256: SHA256, sha512: undefined, sha1: undefined, md5: undefined };
    expect(['hashed', 'single', 'exported', 'wheel'].map((name) => find(inventory, name).digests)).toEqual([
      undefined,
      digests,
      digests,
      digests,
    ]);
  });

  test('a repository on GitHub is looked up by itself too', () => {
    expect(find(inventory, 'edited').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/edited' }, version: COMMIT },
    ]);
    expect(find(inventory, 'named').alsoKnownAs).toEqual([
      { identity: { kind: 'package', type: 'github', name: 'someone/named' }, version: undefined },
    ]);
  });

  test('a requirement over several lines stands at its first', () => {
    expect(find(inventory, 'hashed').at).toEqual({ line: 13 });
    expect(find(inventory, 'single').at).toEqual({ line: 16 });
  });

  test('another index is another registry', () => {
    const other = parseText(requirements, 'a==1\n--index-url=https://user:secret@pypi.example.com/simple\n');
    expect(find(other, 'a').source).toEqual({ kind: 'other-registry', host: 'pypi.example.com' });
    expect(find(parseText(requirements, '--extra-index-url https://x.example.com\na==1\n'), 'a').source).toEqual({ kind: 'registry' });
  });

  test('UTF-16, as PowerShell writes it, and line ends of Windows are read', () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...[...'a==1\r\nb==2\r\n'].flatMap((character) => [character.charCodeAt(0), 0])]);
    expect(spelled(requirements.parse(utf16, { path: 'x' }))).toEqual(['a@1', 'b@2']);
  });

  test.each(['', '\n\n', '# nothing yet\n', '--pre\n'])('%j asks for nothing', (empty) => {
    expect(parseText(requirements, empty).components).toEqual([]);
  });
});

describe('what is refused or skipped', () => {
  test.each(['{"lockfileVersion": 3}', '<!doctype html>\n<p>Not found\n', 'a one\nb two\nc==1\n', '[package]\nname = "x"\n'])(
    '%j is refused',
    (other) => {
      expect(refusal(requirements, other)).toMatch(/expected requirements, found \d lines? that/);
    },
  );

  test('a line that is no requirement among others is told', () => {
    expect(skippedReasons(parseText(requirements, 'a==1\nb==2\nc = 3\n'))).toEqual(['1 line that is no requirement']);
  });

  test('every cut is refused or holds no more than the whole', () => {
    const whole = parseText(requirements, text).components.length;
    for (const { inventory } of readCuts(requirements, text)) expect(inventory.components.length).toBeLessThanOrEqual(whole);
  });

  test.each([
    ['a long name', `${'a'.repeat(1_000_000)}==1\nb==1\n`],
    ['a long specifier', `a==${'1.'.repeat(500_000)}\nb==1\n`],
    ['many clauses', `a${'>=1,'.repeat(20_000)}\nb==1\n`],
    ['dashes', `${'a-'.repeat(50_000)}\nb==1\n`],
    ['hashes', `a==1 ${'#'.repeat(90_000)}\nb==1\n`],
    ['continued lines', `${'\\\n'.repeat(100_000)}\nb==1\n`],
    ['spaces', `a${' '.repeat(90_000)}==1\nb==1\n`],
  ])('%s is bounded', (_, hostile) => {
    const before = performance.now();
    expect(spelled(parseText(requirements, hostile))).toContain('b@1');
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
