import { chainFinder } from './dependency-chain.ts';
import { asList, asText, decodeText, field, SkipCounter } from './input-text.ts';
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

function parseCargoLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const document = parseTomlText(text);
  const version = field(document, 'version');
  const packages = field(document, 'package');
  if (!Array.isArray(packages) && !(packages === undefined && version !== undefined))
    throw new UnreadableInput('expected a Cargo.lock with [[package]] tables');
  if (version !== undefined && ![1, 2, 3, 4].includes(Number(version)))
    throw new UnreadableInput(`expected version 1 to 4 of Cargo.lock, found ${String(version).slice(0, 20)}`);
  const placeOf = placesOfTables(text, 'package', asList(packages).length);
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  const keyOf = new Map<FoundComponent, string>();
  const members: string[] = [];
  const dependencies = new Map<string, readonly string[]>();
  const versionsOf = new Map<string, string[]>();
  for (const [index, entry] of asList(packages).entries()) {
    const [name, found, source] = [asText(field(entry, 'name')), asText(field(entry, 'version')), asText(field(entry, 'source'))];
    const at = placeOf(index);
    if (name === undefined || found === undefined) {
      skipped.add('package without name or version', name, at);
      continue;
    }
    const key = `${name} ${found}`;
    versionsOf.set(name, [...(versionsOf.get(name) ?? []), found]);
    dependencies.set(
      key,
      asList(field(entry, 'dependencies')).flatMap((each) => asText(each) ?? []),
    );
    // Only what comes from elsewhere has a source: the others are the workspace's own.
    if (source === undefined) {
      members.push(key);
      skipped.add('workspace package', name, at);
      continue;
    }
    const checksum = asText(field(entry, 'checksum'));
    const component: FoundComponent = {
      identity: { kind: 'package', type: 'cargo', name },
      version: found,
      source: readSource(source),
      at,
      ...(checksum && /^[0-9a-f]{64}$/.test(checksum) ? { digests: { sha256: checksum } } : {}),
    };
    components.push(component);
    keyOf.set(component, key);
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`);
  }
  // `name`, or `name version` where there are several; older locks add the source.
  const resolve = (dependency: string): string[] => {
    const [name = '', exact] = dependency.split(' ');
    return exact === undefined ? (versionsOf.get(name) ?? []).map((each) => `${name} ${each}`) : [`${name} ${exact}`];
  };
  const next = (key: string) => (dependencies.get(key) ?? []).flatMap(resolve);
  const direct = new Set(members.flatMap(next));
  const chainTo = chainFinder<string>({ roots: () => direct, next, label: (key) => key.replace(' ', '@') });
  const related = components.map((component): FoundComponent => {
    const key = keyOf.get(component) ?? '';
    const withRelation: FoundComponent = { ...component, relation: direct.has(key) ? 'direct' : 'transitive' };
    keyOf.set(withRelation, key);
    return withRelation;
  });
  return {
    formatVersion: version === undefined ? '1' : String(version),
    components: related,
    skipped: skipped.list(),
    chainTo: (component) => chainTo(keyOf.get(component) ?? ''),
  };
}

function readSource(source: string): ComponentSource {
  if (/^(registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/)/.test(source))
    return { kind: 'registry' };
  if (source.startsWith('git+')) return { kind: 'git', url: source.slice(4) };
  const host = /:\/\/(?:[^@/]*@)?([^/:?#]+)/.exec(source)?.[1];
  return host ? { kind: 'other-registry', host } : { kind: 'path', path: source };
}
