import { hostOf } from '../identity.ts';
import type { ComponentSource, FoundComponent } from './inventory.ts';
import { isNpmName, npmIdentity } from './npm-source.ts';

/** A package that a delivery network serves at an address. */
export type CdnPackage = Pick<FoundComponent, 'identity' | 'version' | 'requested' | 'source'>;

/** At most this many packages of one combined address. */
const MAX_COMBINED = 100;

/**
 * The packages behind an address of a well-known package delivery network: unpkg (https://unpkg.com), jsDelivr (https://www.jsdelivr.com),
 * cdnjs (https://cdnjs.com), esm.sh (https://esm.sh), Skypack (https://www.skypack.dev), jspm (https://jspm.org). A version that is not whole is
 * what the address asks for: the network answers with the newest that fits.
 */
export function cdnPackages(url: string): CdnPackage[] {
  const host = hostOf(url);
  const path = decodePath(pathOf(url));
  switch (host) {
    case 'unpkg.com':
    case 'esm.run':
      return npmPackage(path);
    case 'cdn.jsdelivr.net':
    case 'fastly.jsdelivr.net':
    case 'gcore.jsdelivr.net':
      return path.startsWith('combine/')
        ? path
            .slice('combine/'.length)
            .split(',')
            .slice(0, MAX_COMBINED)
            .flatMap((part) => jsdelivrPackage(part))
        : jsdelivrPackage(path);
    case 'cdnjs.cloudflare.com':
      return cdnjsPackage(path);
    case 'esm.sh':
    case 'cdn.esm.sh':
      return esmPackage(path);
    case 'cdn.skypack.dev':
      return skypackPackage(path);
    case 'ga.jspm.io':
    case 'jspm.dev':
      return npmPackage(path.replace(/^npm:/, ''));
    default:
      return [];
  }
}

/** Path of a URL without its first slash, query and fragment. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  if (start < 0) return '';
  const path = url.slice(start + 1);
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `[@scope/]name[@version][/path]` of the npm registry. */
function npmPackage(path: string, source: ComponentSource = { kind: 'registry' }): CdnPackage[] {
  const [first = '', second = ''] = path.split('/');
  const whole = first.startsWith('@') ? `${first}/${second}` : first;
  const at = whole.indexOf('@', 1);
  const name = at < 0 ? whole : whole.slice(0, at);
  if (!isNpmName(name)) return [];
  return [{ identity: npmIdentity(name), ...versionOrRequest(at < 0 ? undefined : whole.slice(at + 1)), source }];
}

function versionOrRequest(text: string | undefined): Pick<CdnPackage, 'version' | 'requested'> {
  if (!text) return { requested: 'latest' };
  return /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(text) ? { version: text.replace(/^v/, '') } : { requested: text };
}

/** `npm/…`, and `gh/owner/repository@ref/…` of GitHub. */
function jsdelivrPackage(path: string): CdnPackage[] {
  if (path.startsWith('npm/')) return npmPackage(path.slice('npm/'.length));
  return path.startsWith('gh/') ? githubRepository(path.slice('gh/'.length)) : [];
}

function githubRepository(path: string): CdnPackage[] {
  const [owner = '', named = ''] = path.split('/');
  const at = named.indexOf('@');
  const repository = at < 0 ? named : named.slice(0, at);
  if (!/^[A-Za-z0-9][\w-]*$/.test(owner) || !/^[\w.-]+$/.test(repository)) return [];
  const version = at < 0 ? undefined : named.slice(at + 1);
  return [{ identity: { kind: 'package', type: 'github', name: `${owner}/${repository}` }, version, source: { kind: 'registry' } }];
}

/** `ajax/libs/name/version/file`: cdnjs names most libraries as npm does, yet it is another registry. */
function cdnjsPackage(path: string): CdnPackage[] {
  const [ajax, libs, name = '', version = ''] = path.split('/');
  if (ajax !== 'ajax' || libs !== 'libs' || !isNpmName(name) || !/^\d/.test(version)) return [];
  return [{ identity: npmIdentity(name), version, source: { kind: 'other-registry', host: 'cdnjs.cloudflare.com' } }];
}

/** `[v135/|stable/][*]name@version[&flags]/…`, `gh/owner/repository@ref`. */
function esmPackage(path: string): CdnPackage[] {
  const rest = path.replace(/^(?:v\d{1,6}|stable)\//, '');
  if (rest.startsWith('gh/')) return githubRepository(rest.slice('gh/'.length));
  if (/^(?:jsr|pr|pkg\.pr\.new)\//.test(rest)) return [];
  return npmPackage(rest.replace(/^\*/, '').replace(/&[^/]*/, ''));
}

/** `name@^1`, and fixed addresses `pin/name@v1.2.3-hash/…` and `-/name@v1.2.3-hash/…`. */
function skypackPackage(path: string): CdnPackage[] {
  const fixed = /^(?:pin|-)\//.exec(path)?.[0];
  if (!fixed) return npmPackage(path);
  // After the version stands a hash of twenty characters.
  return npmPackage(path.slice(fixed.length).replace(/(@v?\d[\w.+-]{0,100}?)-\w{20}(?=\/|$)/, '$1'));
}
