import { hostOf } from '../identity.ts';
import type { ComponentSource, FoundComponent } from './inventory.ts';
import { npmIdentity, npmSource, tarballPackage } from './npm-source.ts';
import { sourceOfDownload } from './purl-component.ts';
import { pythonIdentity, readDistributionFile } from './python-source.ts';

/** The package that a registry gives out at an address. */
export type DownloadedPackage = Pick<FoundComponent, 'identity' | 'version' | 'source'>;

/** Paths that only archives of registries have: what does not end so is no download of a package. */
const ARCHIVE =
  /\/-\/(?:@[^/]+\/)?[^/]+\.tgz$|\.whl$|\/packages\/(?:[^/]+\/){2,}[^/]+\.tar\.gz$|\/(?:gems|downloads)\/.*\.gem$|\.crate$|\/crates\/.*\/download$/i;

/**
 * The package and version that an address of an archive names, by the shape of its path: registries are mirrored on any host. Tarballs of npm, wheels and source distributions of
 * Python, gems, crates. Undefined for any other address; `unread` where the path is that of such an archive, and no package can be told from it.
 */
export function downloadedPackage(url: string): DownloadedPackage | 'unread' | undefined {
  const address = decoded(url.slice(0, MAX_ADDRESS).replace(/[?#].*$/s, ''));
  if (!ARCHIVE.test(address)) return undefined;
  return readPath(address) ?? 'unread';
}

const MAX_ADDRESS = 2_048;

function readPath(address: string): DownloadedPackage | undefined {
  if (/\.tgz$/i.test(address)) {
    const held = tarballPackage(address);
    return held && isVersion(held.version)
      ? { identity: npmIdentity(held.name), version: held.version, source: npmSource(address) }
      : undefined;
  }
  if (/\.(?:whl|tar\.gz)$/i.test(address)) {
    const held = readDistributionFile(address);
    return held && { identity: pythonIdentity(held.name), version: held.version, source: sourceOf('pypi', address) };
  }
  const file = address.slice(address.lastIndexOf('/') + 1);
  // A platform may follow: `nokogiri-1.16.0-x86_64-linux.gem`.
  if (/\.gem$/i.test(file)) return named('gem', /^([\w.-]{1,200}?)-(\d[\w.]*)(?:-[\w-]+)?\.gem$/i.exec(file), address);
  if (/\.crate$/i.test(file)) return named('cargo', /^([\w-]{1,200}?)-(\d+\.\d+\.\d+[\w.+-]*)\.crate$/i.exec(file), address);
  return named('cargo', /\/crates\/([\w-]{1,200})\/(\d[\w.+-]*)\/download$/i.exec(address), address);
}

function named(type: string, match: RegExpExecArray | null, address: string): DownloadedPackage | undefined {
  const [, name, version] = match ?? [];
  return name && version ? { identity: { kind: 'package', type, name }, version, source: sourceOf(type, address) } : undefined;
}

/** The public registry, or the host that relays it. */
function sourceOf(type: string, address: string): ComponentSource {
  const source = sourceOfDownload(type, address);
  const host = hostOf(address);
  return source?.kind === 'registry' || host === undefined ? (source ?? { kind: 'unstated' }) : { kind: 'other-registry', host };
}

function isVersion(text: string): boolean {
  return /^\d[\w.+-]*$/.test(text);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
