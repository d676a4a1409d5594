import { hostOf } from '../identity.ts';
import { chainFinder } from './dependency-chain.ts';
import { asList, asText, decodeText, entriesOf, field, SkipCounter, withoutCredentials } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { parseTomlText, placesOfTables } from './toml-text.ts';

/** Cargo.lock, versions 1 to 4 (https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html). */
export const cargoLock: InventoryFormat = { id: 'cargo-lock', title: 'Cargo.lock', types: ['cargo'], parse: parseCargoLock };

interface Entry {
  readonly name: string;
  readonly version: string;
  readonly source: string | undefined;
  readonly dependencies: readonly unknown[];
}

function parseCargoLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const document = parseTomlText(text);
  const version = field(document, 'version');
  const packages = field(document, 'package');
  if (!Array.isArray(packages) && !(packages === undefined && version !== undefined))
    throw new UnreadableInput('expected a Cargo.lock with [[package]] tables');
  if (version !== undefined && !(typeof version === 'number' && [1, 2, 3, 4].includes(version)))
    throw new UnreadableInput(`expected version 1 to 4 of Cargo.lock, found ${JSON.stringify(version)?.slice(0, 20)}`);
  const placeOf = placesOfTables(text, 'package', asList(packages).length);
  const checksums = readOldChecksums(field(document, 'metadata'));
  const skipped = new SkipCounter();
  const graph = new Graph();
  const found: { readonly component: FoundComponent; readonly entry: Entry }[] = [];
  // Very old locks keep the project apart from its packages.
  const own = readEntry(field(document, 'root'));
  if (own) graph.add(own);
  for (const [index, value] of asList(packages).entries()) {
    const at = placeOf(index);
    const entry = readEntry(value);
    if (!entry) {
      skipped.addNotUnderstood('package without name or version', asText(field(value, 'name')), at);
      continue;
    }
    graph.add(entry);
    // Only what comes from elsewhere has a source: the others are the workspace's own.
    if (entry.source === undefined) {
      skipped.add('workspace package', entry.name, at);
      continue;
    }
    const { name, source } = entry;
    const checksum = asText(field(value, 'checksum')) ?? checksums.get(`${name} ${entry.version} (${source})`);
    const digests = checksum && /^[0-9a-f]{64}$/.test(checksum) ? { digests: { sha256: checksum } } : {};
    const identity = { kind: 'package', type: 'cargo', name } as const;
    found.push({ component: { identity, version: entry.version, source: readSource(source), at, ...digests }, entry });
    if (found.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`);
  }
  const { direct, missing } = graph.resolve();
  if (missing !== undefined) skipped.addNotUnderstood('dependency that is not in the lock: it may be cut off', missing);
  const chainTo = chainFinder<Entry>({
    roots: () => direct,
    next: (entry) => graph.next(entry),
    label: (entry) => `${entry.name}@${entry.version}`,
  });
  const entryOf = new Map<FoundComponent, Entry>();
  const components = found.map(({ component, entry }): FoundComponent => {
    const related: FoundComponent = { ...component, relation: direct.has(entry) ? 'direct' : 'transitive' };
    entryOf.set(related, entry);
    return related;
  });
  return {
    formatVersion: version === undefined ? '1' : String(version),
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const entry = entryOf.get(component);
      return entry && chainTo(entry);
    },
  };
}

function readEntry(value: unknown): Entry | undefined {
  const [name, version, source] = ['name', 'version', 'source'].map((key) => asText(field(value, key)));
  return name === undefined || version === undefined
    ? undefined
    : { name, version, source, dependencies: asList(field(value, 'dependencies')) };
}

/** What asks for what: `name`, `name version` where there are several of that name, and `name version (source)` in old or doubtful cases. */
class Graph {
  readonly #entries: Entry[] = [];
  /** The first of each spelling: a lock that names two by one spelling is none that Cargo wrote. */
  readonly #spelled = new Map<string, Entry>();

  add(entry: Entry): void {
    const { name, version, source } = entry;
    this.#entries.push(entry);
    for (const key of [name, `${name} ${version}`, `${name} ${version} (${source})`])
      if (!this.#spelled.has(key)) this.#spelled.set(key, entry);
  }

  next({ dependencies }: Entry): Entry[] {
    return dependencies.flatMap((dependency) => (typeof dependency === 'string' ? (this.#spelled.get(dependency) ?? []) : []));
  }

  /** What the workspace's own packages ask for, and the first dependency that is not there. */
  resolve(): { readonly direct: ReadonlySet<Entry>; readonly missing: string | undefined } {
    const direct = new Set(this.#entries.filter(({ source }) => source === undefined).flatMap((entry) => this.next(entry)));
    for (const { dependencies } of this.#entries) {
      const missing = dependencies.find((each) => typeof each === 'string' && !this.#spelled.has(each));
      if (typeof missing === 'string') return { direct, missing };
    }
    return { direct, missing: undefined };
  }
}

/** Version 1 lists checksums apart: `"checksum libc 0.2.1 (registry+https://…)" = "…"`. */
function readOldChecksums(metadata: unknown): ReadonlyMap<string, string> {
  return new Map(
    entriesOf(metadata).flatMap(([key, value]): [string, string][] =>
      key.startsWith('checksum ') && typeof value === 'string' ? [[key.slice('checksum '.length), value]] : [],
    ),
  );
}

function readSource(source: string): ComponentSource {
  if (/^(?:registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io)(?:\/|#|$)/.test(source))
    return { kind: 'registry' };
  if (source.startsWith('git+')) return { kind: 'git', url: withoutCredentials(source.slice('git+'.length)) };
  const address = source.replace(/^[a-z-]+\+/, '');
  const host = hostOf(address);
  return host ? { kind: 'other-registry', host } : { kind: 'path', path: address };
}
