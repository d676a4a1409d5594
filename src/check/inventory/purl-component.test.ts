import { describe, expect, test } from 'vitest';
import { NPM_HOST } from './inventory-test-kit.ts';
import { purlComponent, sourceOfDownload } from './purl-component.ts';

const read = (purl: string) => purlComponent(purl, { line: 1 });

describe('a package URL', () => {
  test.each([
    ['a scope, encoded or not', 'pkg:npm/%40scope/name@1.0.0', 'npm', '@scope/name', '1.0.0'],
    ['a scope that is not encoded', 'pkg:npm/@scope/name@1.0.0', 'npm', '@scope/name', '1.0.0'],
    [
      'a Go module in its own letters',
      'pkg:golang/github.com/BurntSushi/toml@v1.2.0#cmd',
      'golang',
      'github.com/BurntSushi/toml',
      'v1.2.0',
    ],
    ['an RPM with its epoch', 'pkg:rpm/fedora/xz-libs@5.6.1-1.fc40?epoch=1', 'rpm', 'fedora/xz-libs', '1:5.6.1-1.fc40'],
    ['a version that its ecosystem does not allow', 'pkg:golang/example.org/x@v1', 'golang', 'example.org/x', 'v1'],
    ['no version', 'pkg:pypi/ctx', 'pypi', 'ctx', undefined],
    ['a repository of actions', 'pkg:github/tj-actions/changed-files@v45', 'github', 'tj-actions/changed-files', 'v45'],
  ])('gives %s', (_what, purl, type, name, version) => {
    expect(read(purl)).toMatchObject({ identity: { kind: 'package', type, name }, source: { kind: 'unstated' } });
    expect(read(purl)?.version).toBe(version);
  });

  test.each(['', 'pkg:', 'npm/x@1', 'pkg:npm/', 'pkg:npm', `pkg:npm/${'x'.repeat(5000)}`, 'pkg:npm/%zz', 'pkg:\u0000/x'])(
    '%s is none',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  test.each([
    ['deb/debian/liblzma5@5.6.1-1?upstream=xz-utils', 'debian/xz-utils', undefined],
    ['deb/debian/liblzma5@5.6.1-1%2Bb1?upstream=xz-utils%405.6.1-1', 'debian/xz-utils', '5.6.1-1'],
    ['rpm/fedora/xz-libs@5.6.1-1.fc40?upstream=xz-5.6.1-1.fc40.src.rpm', 'fedora/xz', '5.6.1-1.fc40'],
    ['apk/alpine/libcrypto3@3.1.0?upstream=openssl', 'alpine/openssl', undefined],
  ])('pkg:%s is also known as %s', (purl, name, version) => {
    const [also] = read(`pkg:${purl}`)?.alsoKnownAs ?? [];
    expect(also?.identity).toMatchObject({ name });
    expect(also?.version).toBe(version);
  });

  test.each([
    ['npm/x@1?repository_url=https://npm.acme.example/', { kind: 'other-registry', host: 'npm.acme.example' }],
    ['npm/x@1?repository_url=npm.acme.example:4873', { kind: 'other-registry', host: 'npm.acme.example' }],
    [`npm/x@1?repository_url=https://${NPM_HOST}`, { kind: 'registry' }],
    ['pypi/x@1?download_url=https://files.pythonhosted.org/packages/x.whl', { kind: 'registry' }],
    ['pypi/x@1?download_url=https://user:secret@files.acme.example/x.whl', { kind: 'url', url: 'https://files.acme.example/x.whl' }],
    ['pypi/x@1?vcs_url=git%2Bhttps://me:secret@git.example/x.git%40abc', { kind: 'git', url: 'git+https://git.example/x.git@abc' }],
    ['golang/git.example/x@v1?vcs_url=git%2Bhttps://git.example/x', { kind: 'unstated' }],
    ['composer/a/b@1?vcs_url=git%2Bhttps://git.example/x', { kind: 'unstated' }],
    ['deb/debian/x@1?repository_url=https://mirror.example', { kind: 'unstated' }],
    ['maven/a/b@1?repository_url=https://repo.maven.apache.org/maven2', { kind: 'registry' }],
  ])('pkg:%s comes from there', (purl, source) => {
    expect(read(`pkg:${purl}`)?.source).toEqual(source);
  });

  const digest = `sha256:${'ab'.repeat(32)}`;
  test.each([
    [`oci/app@${encodeURIComponent(digest)}?repository_url=ghcr.io/acme/app&tag=v1`, 'acme/app', digest, 'other-registry'],
    [`oci/debian@${encodeURIComponent(digest)}?repository_url=docker.io/library/debian`, 'debian', digest, 'registry'],
    ['docker/library/debian@12', 'debian', '12', 'registry'],
    ['docker/acme/app@1?repository_url=gcr.io', 'acme/app', '1', 'other-registry'],
  ])('pkg:%s is an image', (purl, name, version, source) => {
    expect(read(`pkg:${purl}`)).toMatchObject({ identity: { type: 'docker', name }, version, source: { kind: source } });
  });
});

test.each([
  ['npm', `https://${NPM_HOST}/x/-/x-1.0.0.tgz`, 'registry'],
  ['npm', 'https://npm.acme.example/x/-/x-1.0.0.tgz?token=1', 'url'],
  ['npm', 'https://github.com/acme/x', undefined],
  ['npm', 'git+https://github.com/acme/x.git', undefined],
  ['npm', `git+https://github.com/acme/x.git#${'a'.repeat(40)}`, 'git'],
  ['cargo', 'https://static.crates.io/crates/x/1.0.0/download', 'registry'],
  ['composer', 'https://codeload.example/x.zip', undefined],
  ['deb', 'https://mirror.example/x.tar.gz', undefined],
])('of %s, the address %s says %s', (type, address, kind) => {
  expect(sourceOfDownload(type, address)?.kind).toBe(kind);
});
