import type { Digests, PackageIdentity } from '../identity.ts';
import { hostOf } from '../identity.ts';
import { base64ToHex, isHostOf, withoutCredentials } from './input-text.ts';
import type { ComponentSource, FoundComponent } from './inventory.ts';

/** Domains of the public npm registry and its official mirror. */
export const NPM_DOMAINS = ['npmjs.org', 'npmjs.com', 'yarnpkg.com'];

/** Longest names and addresses that are looked at; npm itself allows names of 214 characters. */
const MAX_NAME = 512;
const MAX_ADDRESS = 8_192;

/** Whether a text can be the name of an npm package: `name` or `@scope/name`. Old names may hold upper case and odd characters. */
export function isNpmName(name: string): boolean {
  return name.length <= MAX_NAME && /^(?:@[^@/\s]+\/)?[^@/\s]+$/.test(name) && name !== '.' && name !== '..';
}

/** The identity of an npm package. */
export function npmIdentity(name: string): PackageIdentity {
  return { kind: 'package', type: 'npm', name };
}

/**
 * Where an npm package comes from, by the address that a lock resolved it to or that a manifest asks for
 * (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies). No address means the registry.
 */
export function npmSource(address: string | undefined): ComponentSource {
  if (address === undefined || address === '') return { kind: 'registry' };
  const url = withoutCredentials(address.slice(0, MAX_ADDRESS));
  if (isGitAddress(url)) return { kind: 'git', url };
  if (/^https?:\/\//i.test(url)) return tarballSource(url);
  return { kind: 'path', path: url.replace(/^(?:file|link|portal):/, '') };
}

/**
 * Whether an address is that of the very release on the public registry, as nearly every one in a lock is: then it says nothing more. Told without the patterns that
 * other addresses need, because a lock has thousands of them.
 */
export function isOwnTarball(name: string, version: string | undefined, address: string | undefined): boolean {
  if (address === undefined || version === undefined || !address.startsWith('https://')) return false;
  const slash = address.indexOf('/', 8);
  const host = address.slice(8, slash);
  const domain = NPM_DOMAINS.find((each) => host.endsWith(each));
  if (domain === undefined || (host.length > domain.length && host[host.length - domain.length - 1] !== '.')) return false;
  return address.slice(slash + 1) === `${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`;
}

/** A tarball: of the registry, of another registry by the way such addresses look, or of any site. */
function tarballSource(url: string): ComponentSource {
  const host = hostOf(url);
  if (host === undefined) return { kind: 'url', url };
  if (isHostOf(host, NPM_DOMAINS)) return { kind: 'registry' };
  // Registries put tarballs below `/-/`; GitHub's and JSR's do not.
  const looksRegistry = (url.includes('/-/') && /\.tgz(?:[?#]|$)/.test(url)) || /^(?:npm|registry)\./.test(host) || /\/npm\//.test(url);
  return looksRegistry ? { kind: 'other-registry', host } : { kind: 'url', url };
}

/** Whether an address or request is of a git repository: git URLs, hosted shorthands, `owner/repo`, and archives of a commit. */
export function isGitAddress(address: string): boolean {
  if (/^(?:git(?:\+[a-z]+)?|ssh):/i.test(address) || /^(?:github|gitlab|bitbucket|gist):/.test(address)) return true;
  if (/^git@[^:/]+:/.test(address)) return true;
  if (/^https?:\/\//i.test(address)) {
    const host = hostOf(address);
    return host === 'codeload.github.com' || /\.git(?:#|$)/.test(address) || (host === 'gitlab.com' && address.includes('/-/archive/'));
  }
  return isOwnerAndRepository(address);
}

/** `owner/repo` and `owner/repo#commit`, which npm takes for GitHub's. */
function isOwnerAndRepository(address: string): boolean {
  return address.length <= MAX_NAME && /^[A-Za-z0-9][\w-]*\/[\w.-]+(?:#[^\s]*)?$/.test(address);
}

/** The commit that a git address is fixed to, where it is a full one. */
export function commitOf(address: string): string | undefined {
  return /(?:[#/]|commit=)([0-9a-f]{40})$/i.exec(address.slice(-64))?.[1]?.toLowerCase();
}

/**
 * A GitHub repository is also looked up by itself: incidents speak of repositories and commits too. Undefined for other hosts.
 */
export function githubAlias(address: string): NonNullable<FoundComponent['alsoKnownAs']>[number] | undefined {
  const url = address.slice(0, MAX_ADDRESS);
  const hosted = /^(?:github:|(?:[a-z+]{1,20}:\/\/)?(?:[^/@]*@)?(?:codeload\.|www\.)?github\.com[/:])([\w-]+\/[\w.-]+)/i.exec(url)?.[1];
  const path = hosted ?? (isOwnerAndRepository(url) ? url.split('#', 1)[0] : undefined);
  if (path === undefined) return undefined;
  return { identity: { kind: 'package', type: 'github', name: path.replace(/\.git$/, '') }, version: commitOf(url) };
}

/** The package that a tarball of a registry holds, by its address: a lock may name another one than it fetches. */
export function tarballPackage(address: string): { readonly name: string; readonly version: string } | undefined {
  const parts = address.slice(0, MAX_ADDRESS).split(/[?#]/, 1)[0]?.split('/-/') ?? [];
  const [before, file] = parts;
  if (parts.length !== 2 || before === undefined || file === undefined || !/^https?:/i.test(before)) return undefined;
  const segments = before.replace(/%2f/gi, '/').replace(/%40/g, '@').split('/');
  const last = segments.at(-1) ?? '';
  const scope = segments.at(-2) ?? '';
  const name = scope.startsWith('@') ? `${scope}/${last}` : last;
  const start = `${last}-`;
  const tarball = file.slice(file.lastIndexOf('/') + 1);
  const version = tarball.startsWith(start) && tarball.endsWith('.tgz') ? tarball.slice(start.length, -4) : undefined;
  return version !== undefined && isNpmName(name) ? { name, version } : undefined;
}

/** Other names of a package that was resolved to an address: what the tarball holds where that differs, and the repository on GitHub. */
export function npmAliases(
  name: string,
  version: string | undefined,
  address: string | undefined,
): FoundComponent['alsoKnownAs'] | undefined {
  if (!address) return undefined;
  if (isGitAddress(address)) {
    const alias = githubAlias(address);
    return alias && [alias];
  }
  const held = tarballPackage(address);
  if (!held) return undefined;
  const isSame = held.name === name && held.version === version;
  return isSame ? undefined : [{ identity: npmIdentity(held.name), version: held.version }];
}

const DIGEST_LENGTHS = { sha1: 40, sha256: 64, sha512: 128 } as const;

/** Digests of a Subresource Integrity text (https://www.w3.org/TR/sri/), as `integrity` holds it; undefined where it has none. */
export function readIntegrity(integrity: string | undefined): Digests | undefined {
  if (integrity === undefined) return undefined;
  // Nearly all are one SHA-512 of 88 characters. Spelled out only when it is asked for.
  if (integrity.length === 95 && integrity.startsWith('sha512-') && integrity.endsWith('==')) {
    return {
      get sha512() {
        return base64ToHex(integrity.slice(7));
      },
    };
  }
  const digests: { sha1?: string; sha256?: string; sha512?: string } = {};
  for (const part of integrity.slice(0, 4_096).split(/\s+/)) {
    const match = /^(sha1|sha256|sha512)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(part);
    const [, algorithm, base64] = match ?? [];
    const hex = base64 && base64ToHex(base64);
    if (!hex || (algorithm !== 'sha1' && algorithm !== 'sha256' && algorithm !== 'sha512')) continue;
    if (hex.length === DIGEST_LENGTHS[algorithm]) digests[algorithm] ??= hex;
  }
  return Object.keys(digests).length > 0 ? digests : undefined;
}
