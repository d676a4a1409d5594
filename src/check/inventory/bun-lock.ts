import { hostOf } from '../identity.ts';
import { chainFinder } from './dependency-chain.ts';
import { asList, asRecord, asText, decodeText, entriesOf, field, isHostOf, pointer, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  MAX_DEPTH,
  type Place,
  UnreadableInput,
} from './inventory.ts';
import { parseJsonc } from './jsonc-text.ts';
import { commitOf, isNpmName, NPM_DOMAINS, npmAliases, npmIdentity, npmSource, readIntegrity } from './npm-source.ts';

/** bun.lock of lockfileVersion 0 and 1 (https://bun.com/docs/pm/lockfile). The binary bun.lockb before it is refused. */
export const bunLock: InventoryFormat = { id: 'bun-lock', title: 'bun.lock', types: ['npm'], parse: parseBunLock };

const BINARY_START = '#!/usr/bin/env bun';
const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
const MAX_KEY = 4_096;

function parseBunLock(bytes: Uint8Array): Inventory {
  if (BINARY_START === String.fromCharCode(...bytes.subarray(0, BINARY_START.length))) {
    throw new UnreadableInput('expected bun.lock, found the binary bun.lockb: write it as text with bun install --save-text-lockfile');
  }
  const document = asRecord(parseJsonc(decodeText(bytes)));
  const version = field(document, 'lockfileVersion');
  if (version !== 0 && version !== 1) {
    throw new UnreadableInput(`expected bun.lock of lockfileVersion 0 or 1, found ${JSON.stringify(version)?.slice(0, 40) ?? 'none'}`, {
      pointer: '/lockfileVersion',
    });
  }
  const workspaces = asRecord(field(document, 'workspaces'));
  if (!workspaces) throw new UnreadableInput('expected bun.lock with workspaces, found none');
  return readPackages(field(document, 'packages'), workspaces, String(version));
}

/** An entry of `packages`: `["name@resolution", …]` by a key that tells where it is installed. */
interface Entry {
  readonly key: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly info: unknown;
  readonly component: FoundComponent | undefined;
}

function readPackages(packages: unknown, workspaces: unknown, formatVersion: string): Inventory {
  const skipped = new SkipCounter();
  const entries = new Map<string, Entry>();
  for (const [key, value] of entriesOf(packages)) {
    const at = { pointer: pointer('packages', key) };
    if (entries.size >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
    const entry =
      key.length > MAX_KEY || key.split('/').length > MAX_DEPTH ? 'entry with too long a key' : readEntry(key, asList(value), at);
    if (typeof entry === 'string') {
      skipped.addNotUnderstood(entry, key, at);
      continue;
    }
    if (!entry.component) skipped.add(isOwnFolder(asText(asList(value)[0])) ?? 'workspace package', key, at);
    entries.set(key, entry);
  }
  const nesting = new Nesting(entries);
  const direct = new Set(
    entriesOf(workspaces).flatMap(([folder, workspace]) => {
      const name = asText(field(workspace, 'name')) ?? '';
      return nesting.usesOf(folder === '' || !isNpmName(name) ? '' : name, workspace);
    }),
  );
  const entryOf = new Map<FoundComponent, Entry>();
  const components = [...entries.values()].flatMap((entry): FoundComponent[] => {
    if (!entry.component) return [];
    const component: FoundComponent = { ...entry.component, relation: direct.has(entry) ? 'direct' : 'transitive' };
    entryOf.set(component, entry);
    return [component];
  });
  const chainTo = chainFinder<Entry>({
    roots: () => direct,
    next: ({ key, info }) => nesting.usesOf(key, info),
    label: ({ name, version }) => `${name}@${version ?? '?'}`,
  });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const entry = entryOf.get(component);
      return entry && chainTo(entry);
    },
  };
}

function isOwnFolder(id: string | undefined): string | undefined {
  return id?.endsWith('@root:') ? 'the project itself' : undefined;
}

function readEntry(key: string, tuple: readonly unknown[], at: Place): Entry | string {
  const id = asText(tuple[0]);
  const end = id?.indexOf('@', 1) ?? -1;
  if (id === undefined || end < 0) return 'entry without a package';
  const name = id.slice(0, end);
  const resolution = id.slice(end + 1);
  if (!isNpmName(name)) return 'entry without a package name';
  const info = tuple.find((item) => asRecord(item));
  if (/^(?:workspace|root):/.test(resolution)) return { key, name, version: undefined, info, component: undefined };
  const isAddress = /[:/]/.test(resolution);
  const version = isAddress ? commitOf(resolution) : resolution;
  const registry = isAddress ? undefined : asText(tuple[1]);
  const digests = readIntegrity(
    tuple
      .slice(1)
      .map(asText)
      .findLast((item) => item !== undefined && /^sha\d/.test(item)),
  );
  const alsoKnownAs = npmAliases(name, version, isAddress ? resolution : registry);
  const component = {
    identity: npmIdentity(name),
    version,
    source: isAddress ? npmSource(resolution) : registrySource(registry),
    at,
    ...(digests ? { digests } : {}),
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  };
  return { key, name, version, info, component };
}

/** Empty for the public registry; else the address of a registry, or of a tarball there. */
function registrySource(address: string | undefined): ComponentSource {
  const host = address === undefined ? undefined : hostOf(address);
  return host === undefined || isHostOf(host, NPM_DOMAINS) ? { kind: 'registry' } : { kind: 'other-registry', host };
}

/** Finds what a name means to a package: the one nested in it, else in what it is nested in. */
class Nesting {
  /** Name → entry, of each key that has nested ones; the top is the empty key. */
  readonly #nested = new Map<string, Map<string, Entry>>();

  constructor(entries: ReadonlyMap<string, Entry>) {
    for (const entry of entries.values()) {
      const place = above(entry.key);
      const siblings = this.#nested.get(place) ?? new Map<string, Entry>();
      this.#nested.set(place, siblings.set(place === '' ? entry.key : entry.key.slice(place.length + 1), entry));
    }
  }

  usesOf(key: string, info: unknown): Entry[] {
    const scopes: Map<string, Entry>[] = [];
    for (let place = key; ; place = above(place)) {
      const scope = this.#nested.get(place);
      if (scope) scopes.push(scope);
      if (place === '') break;
    }
    return DEPENDENCY_FIELDS.flatMap((kind) => entriesOf(field(info, kind))).flatMap(([name]) => {
      const scope = scopes.find((names) => names.has(name));
      return scope?.get(name) ?? [];
    });
  }
}

/** `a/@scope/b` → `a`; empty for what stands at the top. */
function above(place: string): string {
  const slash = place.lastIndexOf('/');
  if (slash < 0) return '';
  const before = place.slice(0, slash);
  const scope = before.lastIndexOf('/') + 1;
  return before[scope] === '@' ? before.slice(0, Math.max(0, scope - 1)) : before;
}
