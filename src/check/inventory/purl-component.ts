import { PackageURL } from 'packageurl-js';
import type { Identity } from '../identity.ts';
import type { ComponentSource, FoundComponent, Place } from './inventory.ts';

/** Registries of purl types, by domain: a `repository_url` elsewhere names another registry. */
const REGISTRY_DOMAINS: Readonly<Record<string, readonly string[]>> = {
  cargo: ['crates.io'],
  composer: ['packagist.org'],
  gem: ['rubygems.org'],
  golang: ['golang.org', 'go.dev'],
  hex: ['hex.pm'],
  maven: ['apache.org', 'maven.org', 'sonatype.com'],
  npm: ['npmjs.org', 'npmjs.com', 'yarnpkg.com'],
  nuget: ['nuget.org'],
  pub: ['pub.dev', 'dartlang.org'],
  pypi: ['pypi.org', 'python.org'],
};

/**
 * The component that a purl names (https://github.com/package-url/purl-spec); undefined where the text is none. `repository_url`, `download_url` and `vcs_url` tell
 * where it comes from; `upstream` (of Debian and RPM packages) is another name of it.
 */
export function purlComponent(text: string, at: Place): FoundComponent | undefined {
  if (text.length > 4096) return undefined;
  const purl = parse(text.trim());
  if (!purl?.type || !purl.name) return undefined;
  const { type, namespace, name, version, qualifiers } = purl;
  const qualifier = (key: string): string | undefined => (qualifiers && Object.hasOwn(qualifiers, key) ? qualifiers[key] : undefined);
  const upstream = upstreamOf(type, namespace ?? undefined, qualifier('upstream'));
  return {
    identity: { kind: 'package', type, name: namespace ? `${namespace}/${name}` : name },
    ...(version ? { version: withEpoch(version, qualifier('epoch')) } : {}),
    source: sourceOf(type, qualifier('repository_url'), qualifier('vcs_url'), qualifier('download_url')),
    at,
    ...(upstream ? { alsoKnownAs: [upstream] } : {}),
  };
}

function parse(text: string): PackageURL | undefined {
  try {
    return PackageURL.fromString(text);
  } catch {
    // packageurl-js throws other errors than its own on some malformed input.
    return undefined;
  }
}

/** RPM purls keep the epoch in a qualifier. */
function withEpoch(version: string, epoch: string | undefined): string {
  return epoch && /^\d+$/.test(epoch) && !version.includes(':') ? `${epoch}:${version}` : version;
}

/** `upstream=xz-utils@5.6.1-1`, as Syft writes it. */
function upstreamOf(
  type: string,
  namespace: string | undefined,
  upstream: string | undefined,
): { identity: Identity; version?: string } | undefined {
  if (!upstream || !/^[\w.+@~:-]{1,200}$/.test(upstream)) return undefined;
  const [name = '', version] = upstream.replace(/\.src\.rpm$/, '').split('@');
  return { identity: { kind: 'package', type, name: namespace ? `${namespace}/${name}` : name }, ...(version ? { version } : {}) };
}

function sourceOf(type: string, repository: string | undefined, vcs: string | undefined, download: string | undefined): ComponentSource {
  if (repository) {
    const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^/:?#]+)/i.exec(repository)?.[1]?.toLowerCase() ?? repository;
    const known = Object.hasOwn(REGISTRY_DOMAINS, type) ? REGISTRY_DOMAINS[type] : undefined;
    if (known && !known.some((domain) => host === domain || host.endsWith(`.${domain}`))) return { kind: 'other-registry', host };
    return { kind: 'registry' };
  }
  if (vcs) return { kind: 'git', url: vcs };
  if (download && Object.hasOwn(REGISTRY_DOMAINS, type)) {
    const host = /^https?:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(download)?.[1]?.toLowerCase();
    const known = REGISTRY_DOMAINS[type] ?? [];
    if (host && !known.some((domain) => host === domain || host.endsWith(`.${domain}`))) return { kind: 'url', url: download };
  }
  return { kind: 'unstated' };
}
