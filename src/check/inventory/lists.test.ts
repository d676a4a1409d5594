import { describe, expect, test } from 'vitest';
import { domainList } from './domain-list.ts';
import { hashList } from './hash-list.ts';
import { parseText, readCuts, refusal, skippedReasons } from './inventory-test-kit.ts';
import { purlList } from './purl-list.ts';

describe('a list of package URLs', () => {
  const text = `# ours
pkg:npm/%40ctrl/tinycolor@4.1.1
pkg:deb/debian/liblzma5@5.6.1-1?arch=amd64&upstream=xz-utils
pkg:npm/left@1.0.0?repository_url=https://npm.example/  # mirror
pkg:rpm/fedora/xz-libs@5.6.0-1.fc40?epoch=1
pkg:pypi/litellm@1.0?vcs_url=git%2Bhttps://github.com/x/y
nonsense

pkg:golang/github.com/boltdb-go/bolt@v1.3.1`;

  test('is read with namespaces, versions, origins and other names', () => {
    const { components, skipped } = parseText(purlList, text);
    expect(
      components.map(({ identity, version, source, at }) => [
        identity.kind === 'package' && `${identity.type}:${identity.name}`,
        version,
        source.kind,
        at.line,
      ]),
    ).toEqual([
      ['npm:@ctrl/tinycolor', '4.1.1', 'unstated', 2],
      ['deb:debian/liblzma5', '5.6.1-1', 'unstated', 3],
      ['npm:left', '1.0.0', 'other-registry', 4],
      ['rpm:fedora/xz-libs', '1:5.6.0-1.fc40', 'unstated', 5],
      ['pypi:litellm', '1.0', 'git', 6],
      ['golang:github.com/boltdb-go/bolt', 'v1.3.1', 'unstated', 9],
    ]);
    expect(components[1]?.alsoKnownAs).toEqual([{ identity: { kind: 'package', type: 'deb', name: 'debian/xz-utils' } }]);
    expect(skipped).toEqual([
      {
        reason: 'line that is no package URL',
        count: 1,
        at: { line: 7 },
        example: 'nonsense',
        notUnderstood: [{ text: 'nonsense', line: 7 }],
      },
    ]);
  });

  test.each(['', '\n\n# nothing\n', 'left@1.0.0', '\u0000', 'pkg:', 'pkg:npm/', `pkg:npm/${'a'.repeat(10_000)}`])(
    'without one is refused',
    (empty) => {
      expect(refusal(purlList, empty)).toContain('expected package URLs');
    },
  );

  test('cut anywhere holds no more than the whole', () => {
    for (const { inventory } of readCuts(purlList, text)) expect(inventory.components.length).toBeLessThanOrEqual(6);
  });
});

describe('a list of digests', () => {
  test('is read in every form that tools print', () => {
    const { components, skipped } = parseText(
      hashList,
      `${'a1'.repeat(32)}  ./lib/x.so\n${'B2'.repeat(16)} *win.dll\n\\${'c3'.repeat(20)}  odd\\nname\nSHA512 (dist/a b.tgz) = ${'d4'.repeat(64)}\n${'e5'.repeat(32)}\r\n# note\nnot a digest\n${'f'.repeat(33)} short\n`,
    );
    expect(
      components.map(
        ({ identity }) =>
          identity.kind === 'file' && [identity.name, Object.keys(identity.digests)[0], Object.values(identity.digests)[0]?.slice(0, 4)],
      ),
    ).toEqual([
      ['./lib/x.so', 'sha256', 'a1a1'],
      ['win.dll', 'md5', 'b2b2'],
      ['odd\\nname', 'sha1', 'c3c3'],
      ['dist/a b.tgz', 'sha512', 'd4d4'],
      ['', 'sha256', 'e5e5'],
    ]);
    expect(skipped.map(({ reason, count }) => [reason, count])).toEqual([['line without a digest', 2]]);
  });

  test.each(['', 'hello', 'zz'.repeat(32)])('without one is refused', (text) => {
    expect(refusal(hashList, text)).toContain('expected digests');
  });
});

describe('a list of domains', () => {
  test('is read plain, defanged, as URLs, addresses and hosts file', () => {
    const inventory = parseText(
      domainList,
      'akamaicontainer.com\nhxxps://cdn[.]polyfill[.]io/v3/a.js\n0.0.0.0 bad.example worse.example # blocked\n192.0.2.7\n2001:db8::1\nhost.example:8443\nexample.org/path\n198.51.100.7:8080/x\n[2001:db8::1]:443\n192.0.2.0/24\n999.1.1.1\n-\n; note\n',
    );
    expect(inventory.components.map(({ identity }) => identity.kind === 'network' && `${identity.type} ${identity.value}`)).toEqual([
      'domain akamaicontainer.com',
      'url https://cdn.polyfill.io/v3/a.js',
      'domain bad.example',
      'domain worse.example',
      'ip 192.0.2.7',
      'ip 2001:db8::1',
      'domain host.example',
      'url https://example.org/path',
      'url https://198.51.100.7:8080/x',
      'ip 2001:db8::1',
    ]);
    expect(skippedReasons(inventory)).toEqual(['3 line without a domain, address or URL']);
  });

  test.each(['', 'localhost', '{"a": 1}', 'x'.repeat(5_000_000)])('without one is refused, in bounded time', (text) => {
    expect(refusal(domainList, text)).toContain('expected domains');
  });
});
