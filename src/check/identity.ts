/**
 * What a thing in an inventory is looked up by. Two things with an equal key are the same; the knowledge index is ordered by these keys, so
 * their spelling is part of its format.
 */
export type Identity = PackageIdentity | ApplicationIdentity | FileIdentity | NetworkIdentity;

/** A package, CI action, image, extension or repository: everything that a purl type exists for. */
export interface PackageIdentity {
  readonly kind: 'package';
  /** purl type: npm, pypi, cargo, golang, gem, composer, maven, nuget, hex, pub, deb, rpm, apk, github, docker, oci, vscode-extension, … */
  readonly type: string;
  /** Namespace and name as the ecosystem writes them: `@scope/name`, `group:artifact` is `group/artifact`, `debian/xz-utils`, `owner/repo`. */
  readonly name: string;
}

/** A program without purl, known by the names that its platform lists. */
export interface ApplicationIdentity {
  readonly kind: 'application';
  readonly name: string;
  readonly vendor?: string | undefined;
  readonly platform?: 'windows' | 'macos' | 'linux' | 'android' | 'ios' | undefined;
  /** Application identifier on its platform: macOS bundle id, winget id, extension id. */
  readonly bundleId?: string | undefined;
}

/** A file by its digests, in lower-case hexadecimal. */
export interface FileIdentity {
  readonly kind: 'file';
  readonly name: string;
  readonly digests: Digests;
}

export interface Digests {
  readonly sha256?: string | undefined;
  readonly sha1?: string | undefined;
  readonly md5?: string | undefined;
  readonly sha512?: string | undefined;
}

/** A host, address or URL that was loaded, looked up or contacted. */
export interface NetworkIdentity {
  readonly kind: 'network';
  readonly type: 'domain' | 'ip' | 'url';
  readonly value: string;
}

/** purl types in which a package may be meant whose ecosystem is not named, by the number of slashes in its name: `name`, `a/b`, `a/b/c…`. */
export const UNNAMED_ECOSYSTEMS: readonly (readonly string[])[] = [
  ['npm', 'pypi', 'cargo', 'gem', 'nuget', 'hex', 'pub', 'docker', 'deb', 'rpm', 'apk', 'alpm', 'chrome-extension', 'wordpress', 'cran'],
  ['github', 'composer', 'docker', 'golang', 'maven', 'vscode-extension', 'huggingface', 'deb', 'rpm', 'apk', 'alpm'],
  ['golang', 'github', 'docker'],
];

/** The keys to look an identity up by, most specific first. A URL is also looked up by its host, a host by the domains above it. */
export function lookupKeys(identity: Identity): readonly string[] {
  switch (identity.kind) {
    case 'package':
      // What a generic package is called is all that is known of it.
      return [packageKey(identity.type, identity.name), ...(identity.type === 'generic' ? [applicationKey(identity.name)] : [])];
    case 'application':
      return [...(identity.bundleId ? [`bundle:${identity.bundleId.toLowerCase()}`] : []), applicationKey(identity.name)];
    case 'file':
      return digestKeys(identity.digests);
    case 'network':
      return networkKeys(identity);
  }
}

/** `npm:@scope/name`. Names that the ecosystem compares without case, or with `-`, `_` and `.` as one, are folded (purl-spec types). */
export function packageKey(type: string, name: string): string {
  return `${type}:${foldPackageName(type, name)}`;
}

/** A package name as its ecosystem compares it. */
export function foldPackageName(type: string, name: string): string {
  // PEP 503: runs of the three characters are one.
  if (type === 'pypi') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return CASELESS_TYPES.has(type) ? name.toLowerCase() : name;
}

const CASELESS_TYPES: ReadonlySet<string> = new Set([
  'bitbucket',
  'chrome-extension',
  'composer',
  'deb',
  'github',
  'hex',
  'nuget',
  'oci',
  'pub',
  'vscode-extension',
  'wordpress',
]);

/** Names of programs are compared by their letters and digits: "3CX Desktop App" and "3CXDesktopApp" are one. */
export function applicationKey(name: string): string {
  return `application:${foldApplicationName(name)}`;
}

/** Letters and digits of a program's name, in lower case. */
export function foldApplicationName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** `sha256:…`, one for each digest; of the others that `names` holds, where it is given, none is asked for. */
export function digestKeys(digests: Digests, names?: ReadonlySet<string>): string[] {
  const keys: string[] = [];
  for (const name of DIGEST_NAMES) {
    const value = names === undefined || names.has(name) ? digests[name] : undefined;
    if (value) keys.push(`${name}:${value.toLowerCase()}`);
  }
  return keys;
}

const DIGEST_NAMES = ['sha256', 'sha1', 'md5', 'sha512'] as const;

function networkKeys({ type, value }: NetworkIdentity): string[] {
  if (type === 'ip') return [`ip:${value.toLowerCase()}`];
  if (type === 'domain') return domainKeys(value);
  const host = hostOf(value);
  const keys = [`url:${withoutScheme(value)}`];
  if (!host) return keys;
  return [...keys, ...(/^[\d.]+$|^\[/.test(host) ? [`ip:${host.replace(/^\[|\]$/g, '')}`] : domainKeys(host))];
}

/** `a.b.example.com` → itself and each parent down to two labels. */
function domainKeys(domain: string): string[] {
  const labels = domain.toLowerCase().replace(/\.$/, '').split('.').slice(-8);
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => `domain:${labels.slice(index).join('.')}`);
}

/** A URL as it is compared: without scheme, query and fragment, host in lower case. */
export function withoutScheme(url: string): string {
  const bare = url.replace(/^[a-z][a-z0-9+.-]*:/i, '').replace(/^\/\//, '');
  const cut = bare.search(/[?#]/);
  const kept = (cut < 0 ? bare : bare.slice(0, cut)).replace(/^([^/]*):(?:80|443)(?=\/|$)/, '$1');
  const slash = kept.indexOf('/');
  return slash < 0 ? kept.toLowerCase() : kept.slice(0, slash).toLowerCase() + kept.slice(slash);
}

/** The host of a URL or scheme-relative address; undefined where there is none. */
export function hostOf(url: string): string | undefined {
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/?#:]+)/i.exec(url)?.[1];
  return host?.toLowerCase();
}
