import type { Digests, Identity } from '../identity.ts';
import { hostOf } from '../identity.ts';
import { isHostOf, withoutCredentials } from './input-text.ts';
import type { ComponentSource, FoundComponent } from './inventory.ts';
import { githubAlias } from './npm-source.ts';

/** Domains of the Python Package Index and of its files. */
const PYPI_DOMAINS = ['pypi.org', 'pythonhosted.org', 'pypi.python.org'];

const MAX_ADDRESS = 8_192;

/** Whether a text can be the name of a Python package (https://packaging.python.org/en/latest/specifications/name-normalization/). */
export function isPythonName(name: string): boolean {
  return name.length <= 256 && /^[a-z0-9](?:[\w.-]*[a-z0-9])?$/i.test(name);
}

/** The identity of a Python package. */
export function pythonIdentity(name: string): Identity {
  return { kind: 'package', type: 'pypi', name };
}

/** Where packages of an index come from, by its address; without one, PyPI. */
export function indexSource(address: string | undefined): ComponentSource {
  if (address === undefined) return { kind: 'registry' };
  const host = hostOf(address.slice(0, MAX_ADDRESS));
  if (host === undefined) return { kind: 'unstated' };
  return isHostOf(host, PYPI_DOMAINS) ? { kind: 'registry' } : { kind: 'other-registry', host };
}

/** Where a package comes from that is asked for by its own address: a repository, a file on PyPI or elsewhere, a folder. */
export function addressSource(address: string): ComponentSource {
  const url = withoutCredentials(address.slice(0, MAX_ADDRESS));
  if (isRepository(url)) return { kind: 'git', url };
  if (/^file:/i.test(url)) return { kind: 'path', path: url.replace(/^file:(?:\/\/(?=\/))?/i, '') };
  if (!/^[a-z][a-z0-9+.-]{0,30}:\/\//i.test(url)) return { kind: 'path', path: url };
  return isHostOf(hostOf(url), PYPI_DOMAINS) ? { kind: 'registry' } : { kind: 'url', url };
}

/** Version control of any kind: `git+https:`, `hg+ssh:`, and repositories without the prefix. */
function isRepository(url: string): boolean {
  return /^(?:git|hg|svn|bzr)(?:\+[a-z]+)?:|^ssh:|^git@/i.test(url) || /^https?:\/\/[^?#]*\.git(?:[@?#]|$)/i.test(url);
}

/** The full commit in an address of a repository: `…@commit#egg=…`, or `…#commit` as uv writes it. */
export function repositoryCommit(address: string): string | undefined {
  return /[@#=]([0-9a-f]{40})(?:[#&?]|$)/i.exec(address.slice(0, MAX_ADDRESS))?.[1]?.toLowerCase();
}

/** The repository on GitHub that an address is of, as another name of the package. */
export function repositoryAlias(address: string, commit = repositoryCommit(address)): Pick<FoundComponent, 'alsoKnownAs'> {
  const alias = isRepository(address) ? githubAlias(address) : undefined;
  return alias ? { alsoKnownAs: [{ identity: alias.identity, version: commit }] } : {};
}

/** Name and version of a file: `name-1.0-py3-none-any.whl`, `name-1.0.tar.gz`. */
export function readDistributionFile(address: string): { readonly name: string; readonly version: string } | undefined {
  const path = address.slice(0, MAX_ADDRESS).split(/[?#]/, 1)[0] ?? '';
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replaceAll('%2B', '+');
  const wheel = file.endsWith('.whl') ? file.split('-') : undefined;
  const stem = /^(.+)\.(?:tar\.gz|zip|tar\.bz2|tgz)$/.exec(file)?.[1];
  const dash = stem?.lastIndexOf('-') ?? -1;
  const [name, version] = wheel ?? (stem && dash > 0 ? [stem.slice(0, dash), stem.slice(dash + 1)] : []);
  return name && version && isPythonName(name) && /^\d/.test(version) ? { name, version } : undefined;
}

/**
 * The digests of a package, from texts such as `sha256:…`, where they are of one file: of several files, which was installed is not known, and
 * one digest of each kind is all that a component can tell.
 */
export function fileDigests(hashes: readonly unknown[]): Pick<FoundComponent, 'digests'> {
  const found = new Map<string, Set<string>>();
  for (const hash of hashes) {
    if (typeof hash !== 'string') continue;
    const match = /^(sha256|sha512|sha1|md5)[:=]([0-9a-f]{32,128})$/i.exec(hash.trim());
    const [, kind, value] = match ?? [];
    if (kind && value) found.set(kind.toLowerCase(), (found.get(kind.toLowerCase()) ?? new Set()).add(value.toLowerCase()));
  }
  const single = (kind: string): string | undefined => {
    const values = found.get(kind);
    return values?.size === 1 ? [...values][0] : undefined;
  };
  const digests: Digests = { sha256: single('sha256'), sha512: single('sha512'), sha1: single('sha1'), md5: single('md5') };
  return Object.values(digests).some((value) => value !== undefined) ? { digests } : {};
}
