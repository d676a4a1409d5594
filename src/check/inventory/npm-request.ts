import { withoutCredentials } from './input-text.ts';
import type { ComponentSource, FoundComponent } from './inventory.ts';
import { isGitAddress, isNpmName, npmAliases, npmIdentity, npmSource } from './npm-source.ts';
import { readBerryReference } from './yarn-reference.ts';

/** What a manifest asks for, without its place. */
type NpmRequest = Omit<FoundComponent, 'at'>;

/** Longest request that is looked at. */
const MAX_REQUEST = 8_192;

/**
 * Reads a dependency of package.json, `"name": "request"`, with the protocols of npm, Yarn, pnpm and Bun
 * (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies). Gives the reason where it is no component.
 */
export function readNpmRequest(name: string, written: string): NpmRequest | string {
  if (!isNpmName(name)) return 'dependency without a package name';
  if (written.length > MAX_REQUEST) return 'dependency with too long a request';
  const request = written.trim();
  if (request.startsWith('workspace:')) return 'workspace package';
  if (request.startsWith('npm:')) return readAlias(name, request.slice('npm:'.length));
  if (request.startsWith('jsr:')) return readJsr(name, request.slice('jsr:'.length));
  if (request.startsWith('patch:')) return readPatch(name, request);
  const isPath = /^(?:file|link|portal|exec):|^(?:\.{1,2}|~)?\/|^\.{1,2}$/.test(request);
  if (!isPath && !isGitAddress(request) && !/^https?:\/\//i.test(request)) return asked(name, request, { kind: 'registry' });
  const alsoKnownAs = isPath ? undefined : npmAliases(name, undefined, request);
  return { ...asked(name, withoutCredentials(request), npmSource(request)), ...(alsoKnownAs ? { alsoKnownAs } : {}) };
}

function asked(name: string, requested: string, source: ComponentSource): NpmRequest {
  return { identity: npmIdentity(name), requested: requested === '' ? '*' : requested, source };
}

/** `npm:real@^1`, `npm:real`; Yarn also writes `npm:^1` for the name itself. */
function readAlias(name: string, target: string): NpmRequest | string {
  if (target === 'latest' || /^[\^~<>=*v\d\s]/.test(target) || target === '') return asked(name, target, { kind: 'registry' });
  const end = target.indexOf('@', 1);
  const real = end < 0 ? target : target.slice(0, end);
  return isNpmName(real) ? asked(real, end < 0 ? '*' : target.slice(end + 1), { kind: 'registry' }) : 'dependency without a package name';
}

/** JSR serves `@scope/name` to npm clients as `@jsr/scope__name` (https://jsr.io/docs/npm-compatibility). */
function readJsr(name: string, target: string): NpmRequest {
  const real = /^(@[^@/]+\/[^@/]+)(?:@(.*))?$/.exec(target);
  const [, scoped = name, range = real ? '*' : target] = real ?? [];
  const served = scoped.startsWith('@jsr/') ? scoped : `@jsr/${scoped.replace(/^@/, '').replace('/', '__')}`;
  return asked(served, range, { kind: 'other-registry', host: 'npm.jsr.io' });
}

/** A patched package is what was patched. */
function readPatch(name: string, request: string): NpmRequest | string {
  const inner = readBerryReference(`${name}@${request}`);
  if (!inner) return 'patch that cannot be read';
  const written = decoded(request.slice('patch:'.length).split('#', 1)[0] ?? '');
  const range = written.slice(written.indexOf('@', 1) + 1);
  return range.startsWith('patch:') ? 'patch of a patch' : readNpmRequest(inner.name, range);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
