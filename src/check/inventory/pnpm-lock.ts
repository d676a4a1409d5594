import { chainFinder } from './dependency-chain.ts';
import { asRecord, asText, decodeText, entriesOf, field, isHostOf, type JsonRecord, linesOf, pointer, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { commitOf, isNpmName, NPM_DOMAINS, npmAliases, npmIdentity, npmSource, readIntegrity } from './npm-source.ts';
import { basePnpmKey, type PnpmKey, readPnpmKey } from './pnpm-key.ts';
import { parsePlainYaml } from './yaml-text.ts';

/**
 * pnpm-lock.yaml of lockfileVersion 5 to 9, and the copy that pnpm keeps in node_modules/.pnpm/lock.yaml
 * (https://github.com/pnpm/spec/blob/master/lockfile/9.0.md). A file may hold several documents: newer pnpm puts its own tools first.
 */
export const pnpmLock: InventoryFormat = { id: 'pnpm-lock', title: 'pnpm-lock.yaml', types: ['npm'], parse: parsePnpmLock };

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

function parsePnpmLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const documents = parsePlainYaml(text).filter((document) => document !== null && document !== undefined);
  if (documents.length === 0) throw new UnreadableInput('expected pnpm-lock.yaml, found no content');
  const lines = linesOfKeys(text);
  const graph: Graph = { packages: new Map(), direct: new Set(), skipped: new SkipCounter() };
  const versions = documents.map((document) => readDocument(document, lines, graph));
  return toInventory(graph, versions.join(', '));
}

/** A package by its key without peers. */
interface Package {
  readonly label: string;
  readonly component: FoundComponent | undefined;
  /** Keys of what it asks for. */
  readonly uses: Set<string>;
}

interface Graph {
  readonly packages: Map<string, Package>;
  readonly direct: Set<string>;
  readonly skipped: SkipCounter;
}

function readDocument(document: unknown, lines: ReadonlyMap<string, number>, graph: Graph): string {
  const version = asText(field(document, 'lockfileVersion'));
  if (version === undefined) throw new UnreadableInput('expected pnpm-lock.yaml with lockfileVersion, found none');
  const major = Number(/^([5-9])(?:\.\d{1,3})?$/.exec(version)?.[1]);
  if (!major) throw new UnreadableInput(`expected lockfileVersion 5 to 9, found ${version.slice(0, 40)}`, { pointer: '/lockfileVersion' });
  refuseBrokenSections(document);
  const importers = asRecord(field(document, 'importers')) ?? { '.': document };
  const packages = asRecord(field(document, 'packages'));
  const snapshots = major >= 9 ? field(document, 'snapshots') : packages;
  const asked = entriesOf(importers).flatMap(([folder, importer]) => readImporter(folder, importer, graph.skipped));
  if ((!packages && asked.length > 0) || (packages && Object.keys(packages).length > 0 && !asRecord(snapshots))) {
    throw new UnreadableInput('expected a complete pnpm-lock.yaml, found no entries for its packages');
  }
  for (const [key, value] of entriesOf(packages)) addPackage(key, value, major, { importers, lines, graph });
  for (const [key, value] of entriesOf(snapshots)) {
    const used = graph.packages.get(basePnpmKey(key, major));
    if (!used) continue;
    for (const kind of ['dependencies', 'optionalDependencies']) {
      for (const [name, reference] of entriesOf(field(value, kind))) {
        const found = resolve(name, asText(reference), major, graph);
        if (found !== undefined) used.uses.add(found);
      }
    }
  }
  for (const { name, reference, at } of asked) {
    const found = resolve(name, reference, major, graph);
    if (found !== undefined) graph.direct.add(found);
    // The import still tells what is installed.
    else addUnlisted(name, reference, at, graph);
  }
  return version;
}

/** pnpm writes no section without content: such a one was cut off, or is none. */
function refuseBrokenSections(document: unknown): void {
  const importers = entriesOf(field(document, 'importers'));
  const sections = [
    ...['importers', 'packages', 'snapshots', ...KINDS].map((name) => [name, field(document, name)] as const),
    ...importers,
    ...importers.flatMap(([folder, importer]) => KINDS.map((kind) => [`${folder}/${kind}`, field(importer, kind)] as const)),
  ];
  const empty = sections.find(([, value]) => value !== undefined && !asRecord(value));
  if (empty) throw new UnreadableInput(`expected a complete pnpm-lock.yaml, found no entries in ${empty[0].slice(0, 100)}`);
}

interface Asked {
  readonly name: string;
  readonly reference: string;
  readonly at: string;
}

/** What a project of the workspace asks for: `name: 1.0.0`, or `name: { specifier, version }` from lockfileVersion 6 on. */
function readImporter(folder: string, importer: unknown, skipped: SkipCounter): Asked[] {
  return KINDS.flatMap((kind) =>
    entriesOf(field(importer, kind)).flatMap(([name, value]): Asked[] => {
      const at = pointer('importers', folder, kind, name);
      const reference = asText(value) ?? asText(field(value, 'version'));
      if (reference === undefined) skipped.addNotUnderstood('dependency without a version', name, { pointer: at });
      else if (reference.startsWith('link:')) skipped.add('workspace package', name, { pointer: at });
      else return [{ name, reference, at }];
      return [];
    }),
  );
}

/** The key that a request stands for: under its own name, or whole where it is an alias or comes from no registry. */
function resolve(name: string, reference: string | undefined, major: number, { packages }: Graph): string | undefined {
  if (reference === undefined) return undefined;
  const written = [reference, `${name}@${reference}`, `/${name}@${reference}`, `/${name}/${reference}`];
  return written.map((key) => basePnpmKey(key, major)).find((key) => packages.has(key));
}

function addPackage(
  key: string,
  value: unknown,
  major: number,
  { importers, lines, graph }: { importers: JsonRecord; lines: ReadonlyMap<string, number>; graph: Graph },
): void {
  const base = basePnpmKey(key, major);
  if (graph.packages.has(base)) return;
  const line = lines.get(key);
  const at = line === undefined ? { pointer: pointer('packages', key) } : { line };
  const entry = asRecord(value);
  const { name: keyName, reference, host } = readPnpmKey(key, major);
  const name = asText(field(entry, 'name')) ?? keyName;
  const directory = asText(field(field(entry, 'resolution'), 'directory'));
  if (graph.packages.size >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
  if (!entry) graph.skipped.addNotUnderstood('entry that is no object', key, at);
  else if (directory !== undefined && Object.hasOwn(importers, directory)) graph.skipped.add('workspace package', key, at);
  else if (reference?.startsWith('runtime:')) graph.skipped.add('runtime, not a package', key, at);
  else if (name === undefined || !isNpmName(name)) graph.skipped.addNotUnderstood('entry without a package name', key, at);
  else {
    const component = toComponent(name, { name, reference, host }, entry, at);
    graph.packages.set(base, { label: `${name}@${component.version ?? '?'}`, component, uses: new Set() });
  }
}

function toComponent(name: string, { reference, host }: PnpmKey, entry: JsonRecord, at: FoundComponent['at']): FoundComponent {
  const resolution = field(entry, 'resolution');
  const tarball = asText(field(resolution, 'tarball'));
  const repository = asText(field(resolution, 'repo'));
  const commit = asText(field(resolution, 'commit'));
  const directory = asText(field(resolution, 'directory'));
  const address = reference !== undefined && /[:/]/.test(reference) ? reference : undefined;
  const git = repository && (commit ? `${repository}#${commit}` : repository);
  const place = git ?? tarball ?? directory ?? address;
  const version = asText(field(entry, 'version')) ?? (address || commit ? (commit ?? commitOf(address ?? '')) : reference);
  const digests = readIntegrity(asText(field(resolution, 'integrity')));
  const alsoKnownAs = npmAliases(name, version, git ?? tarball ?? address);
  return {
    identity: npmIdentity(name),
    version,
    source: git ? { kind: 'git', url: git } : sourceOf(place, host, directory !== undefined),
    at,
    ...(digests ? { digests } : {}),
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  };
}

function sourceOf(place: string | undefined, host: string | undefined, isFolder: boolean): ComponentSource {
  if (isFolder && place !== undefined) return { kind: 'path', path: place };
  if (place === undefined && host !== undefined && !isHostOf(host, NPM_DOMAINS)) return { kind: 'other-registry', host };
  return npmSource(place);
}

/** A direct dependency that `packages` leaves out. */
function addUnlisted(name: string, reference: string, at: string, graph: Graph): void {
  graph.skipped.add('dependency without an entry in packages', name, { pointer: at });
  const version = /^\d[\w.+-]*/.exec(reference.slice(0, 256))?.[0].split('_', 1)[0];
  if (version === undefined || !isNpmName(name)) return;
  const component: FoundComponent = { identity: npmIdentity(name), version, source: { kind: 'registry' }, at: { pointer: at } };
  const key = `${name}@${version}`;
  if (!graph.packages.has(key)) graph.packages.set(key, { label: key, component, uses: new Set() });
  graph.direct.add(key);
}

function toInventory({ packages, direct, skipped }: Graph, formatVersion: string): Inventory {
  const keyOf = new Map<FoundComponent, string>();
  const components = [...packages].flatMap(([key, { component }]): FoundComponent[] => {
    if (!component) return [];
    const related: FoundComponent = { ...component, relation: direct.has(key) ? 'direct' : 'transitive' };
    keyOf.set(related, key);
    return [related];
  });
  const chainTo = chainFinder<string>({
    roots: () => direct,
    next: (key) => packages.get(key)?.uses ?? [],
    label: (key) => packages.get(key)?.label ?? key,
  });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const key = keyOf.get(component);
      return key === undefined ? undefined : chainTo(key);
    },
  };
}

/** Lines of the keys of `packages`, which pnpm writes indented by two spaces. */
function linesOfKeys(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let isPackages = false;
  for (const { line, text: content } of linesOf(text, 8_192)) {
    if (content === '' || content.startsWith('   ')) continue;
    if (!content.startsWith(' ')) isPackages = content === 'packages:';
    else if (isPackages) {
      const key = /^ {2}(?:'([^']*)'|"([^"]*)"|([^'" ][^ ]*)):(?: |$)/.exec(content);
      const name = key?.[1] ?? key?.[2] ?? key?.[3];
      if (name !== undefined && !lines.has(name)) lines.set(name, line);
    }
  }
  return lines;
}
