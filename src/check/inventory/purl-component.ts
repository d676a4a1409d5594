import { PackageURL } from 'packageurl-js';
import { hostOf } from '../identity.ts';
import { imageComponent, parseImageReference } from './image-reference.ts';
import { isHostOf, withoutCredentials } from './input-text.ts';
import type { ComponentSource, FoundComponent, Place } from './inventory.ts';

/** Registries of purl types, by domain: an address elsewhere names another registry. */
const REGISTRY_DOMAINS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cargo', ['crates.io']],
  ['composer', ['packagist.org']],
  ['gem', ['rubygems.org']],
  ['golang', ['golang.org', 'go.dev']],
  ['hex', ['hex.pm']],
  ['maven', ['apache.org', 'maven.org', 'sonatype.com']],
  ['npm', ['npmjs.org', 'npmjs.com', 'yarnpkg.com']],
  ['nuget', ['nuget.org']],
  ['pub', ['pub.dev', 'dartlang.org']],
  ['pypi', ['pypi.org', 'python.org', 'pythonhosted.org']],
]);

/** Their registries hand out what stands in version control: an address of that says nothing about the way it came. */
const FROM_VERSION_CONTROL: ReadonlySet<string> = new Set(['composer', 'golang']);

/** Files that registries give out; an address of anything else is that of a project's page. */
const ARCHIVE = /\.(?:tgz|tar\.gz|tar\.bz2|zip|whl|egg|gem|crate|nupkg|jar|war|aar)$|\/download$/i;

/**
 * The component that a purl names (https://github.com/package-url/purl-spec); undefined where the text is none. `repository_url`,
 * `download_url` and `vcs_url` tell where it comes from; `upstream` (of Debian, RPM and Alpine packages) is another name of it.
 */
export function purlComponent(text: string, at: Place): FoundComponent | undefined {
  if (text.length > 4096) return undefined;
  const purl = parse(text.trim());
  if (!purl?.type || !purl.name) return undefined;
  const { type, namespace, name, version, qualifiers } = purl;
  const qualifier = (key: string): string | undefined => (qualifiers && Object.hasOwn(qualifiers, key) ? qualifiers[key] : undefined);
  if (type === 'oci' || type === 'docker') {
    const image = readImage(type, namespace ? `${namespace}/${name}` : name, version ?? undefined, qualifier, at);
    if (image) return image;
  }
  const upstream = type === 'deb' || type === 'rpm' || type === 'apk' ? readUpstream(type, qualifier('upstream')) : undefined;
  const spell = (bare: string) => ({ kind: 'package', type, name: namespace ? `${namespace}/${bare}` : bare }) as const;
  return {
    identity: spell(name),
    ...(version ? { version: withEpoch(version, qualifier('epoch')) } : {}),
    source: readSource(type, qualifier('repository_url'), qualifier('vcs_url'), qualifier('download_url')),
    at,
    ...(upstream ? { alsoKnownAs: [{ identity: spell(upstream.name), version: upstream.version }] } : {}),
  };
}

/**
 * What an address that a file was fetched from says about the source of a package of a type; undefined where it is no such address, or says
 * nothing about it (Packagist and the Go proxy give out what stands elsewhere).
 */
export function sourceOfDownload(type: string, address: string): ComponentSource | undefined {
  const domains = FROM_VERSION_CONTROL.has(type) ? undefined : REGISTRY_DOMAINS.get(type);
  if (!domains) return undefined;
  if (/^git(?:\+|:\/\/)/.test(address)) {
    // An address without a commit is often that of the project, taken from the package's own description.
    return /[@#][0-9a-f]{40}$/.test(address) ? { kind: 'git', url: withoutCredentials(address) } : undefined;
  }
  const host = hostOf(address);
  if (host === undefined || !ARCHIVE.test(address.replace(/[?#].*$/s, ''))) return undefined;
  return isHostOf(host, domains) ? { kind: 'registry' } : { kind: 'url', url: withoutCredentials(address) };
}

type PurlParts = Pick<PackageURL, 'type' | 'namespace' | 'name' | 'version' | 'qualifiers'>;

function parse(text: string): PurlParts | undefined {
  try {
    return PackageURL.fromString(text);
  } catch {
    // packageurl-js throws other errors than its own on some malformed input.
    return parseWithoutVersion(text);
  }
}

/** The library refuses versions that it holds impossible for a type, such as `v1` of a Go module; inventories have them all the same. */
function parseWithoutVersion(text: string): PurlParts | undefined {
  const [path = ''] = text.split(/[?#]/, 1);
  const start = path.lastIndexOf('@');
  if (start <= path.lastIndexOf('/') + 1) return undefined;
  try {
    const { type, namespace, name, qualifiers } = PackageURL.fromString(path.slice(0, start) + text.slice(path.length));
    return { type, namespace, name, qualifiers, version: decodeURIComponent(path.slice(start + 1)) };
  } catch {
    return undefined;
  }
}

/** Images are known by their repository: an `oci` purl holds only its last part, the rest is in `repository_url`. */
function readImage(
  type: string,
  name: string,
  version: string | undefined,
  qualifier: (key: string) => string | undefined,
  at: Place,
): FoundComponent | undefined {
  const repository = qualifier('repository_url')
    ?.replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const tag = qualifier('tag');
  const path = repository === undefined ? name : type === 'docker' ? `${repository}/${name}` : repository;
  const digest = version?.includes(':') ? version : undefined;
  const [label] = digest === undefined ? [version ?? tag] : [tag];
  const reference = parseImageReference(`${path}${label ? `:${label}` : ''}${digest ? `@${digest}` : ''}`);
  if (!reference) return undefined;
  const { identity, source, alsoKnownAs, digests } = imageComponent(reference, at);
  return {
    identity,
    version: digest ?? label,
    source: type === 'oci' && repository === undefined ? { kind: 'unstated' } : source,
    at,
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
    ...(digests ? { digests } : {}),
  };
}

/** RPM purls keep the epoch in a qualifier. */
function withEpoch(version: string, epoch: string | undefined): string {
  return epoch && /^\d+$/.test(epoch) && !version.includes(':') ? `${epoch}:${version}` : version;
}

/** `xz-utils@5.6.1-1`, `xz-utils`, or the file of a source RPM: `xz-5.6.1-1.fc40.src.rpm`. */
function readUpstream(
  type: string,
  upstream: string | undefined,
): { readonly name: string; readonly version?: string | undefined } | undefined {
  if (!upstream || !/^[\w.+@~^:-]{1,200}$/.test(upstream)) return undefined;
  const file = type === 'rpm' && /\.src\.rpm$/.test(upstream) ? upstream.slice(0, -'.src.rpm'.length) : undefined;
  if (file !== undefined) {
    const release = file.lastIndexOf('-');
    const version = file.lastIndexOf('-', release - 1);
    return version > 0 ? { name: file.slice(0, version), version: file.slice(version + 1) } : undefined;
  }
  const [name, version] = upstream.split('@');
  return name ? { name, version: version || undefined } : undefined;
}

function readSource(type: string, repository: string | undefined, vcs: string | undefined, download: string | undefined): ComponentSource {
  const domains = REGISTRY_DOMAINS.get(type);
  // Only where the public registry is known can another one be told from it: distributions have mirrors everywhere.
  if (!domains) return { kind: 'unstated' };
  if (repository) {
    const host = hostOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(repository) ? repository : `//${repository}`) ?? repository;
    return isHostOf(host, domains) ? { kind: 'registry' } : { kind: 'other-registry', host };
  }
  if (vcs && !FROM_VERSION_CONTROL.has(type)) return { kind: 'git', url: withoutCredentials(vcs) };
  if (download && !FROM_VERSION_CONTROL.has(type)) {
    const host = hostOf(download);
    if (host !== undefined) return isHostOf(host, domains) ? { kind: 'registry' } : { kind: 'url', url: withoutCredentials(download) };
  }
  return { kind: 'unstated' };
}
