import { chainFinder } from './dependency-chain.ts';
import { decodeText, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { isGitAddress, isNpmName, npmAliases, npmIdentity, npmSource, readIntegrity } from './npm-source.ts';
import { readBerryReference } from './yarn-reference.ts';
import { readYarnEntries, type YarnEntry } from './yarn-syntax.ts';

/**
 * yarn.lock of Yarn 1 (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/) and of Yarn 2 to 4, whose `__metadata.version` is 4 to 8
 * (https://yarnpkg.com/configuration/yarnrc, https://github.com/yarnpkg/berry).
 */
export const yarnLock: InventoryFormat = { id: 'yarn-lock', title: 'yarn.lock', types: ['npm'], parse: parseYarnLock };

/** The newest `__metadata.version` whose meaning is known. */
const NEWEST_BERRY = 8;

function parseYarnLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const classic = /^# yarn lockfile v(\d{1,9})\s*$/m.exec(text.slice(0, 10_000))?.[1];
  if (classic !== undefined && classic !== '1') throw new UnreadableInput(`expected yarn lockfile v1, found v${classic}`);
  const entries = readYarnEntries(text);
  if (classic !== undefined) return readEntries(entries, classic, { read: readClassic, isProject: () => undefined });
  const metadata = entries.find(({ keys }) => keys[0] === '__metadata');
  const version = metadata?.fields.get('version');
  if (!metadata || version === undefined) throw new UnreadableInput('expected yarn.lock with its heading or __metadata, found neither');
  if (!/^\d{1,3}$/.test(version) || Number(version) > NEWEST_BERRY) {
    throw new UnreadableInput(`expected yarn.lock with __metadata.version up to ${NEWEST_BERRY}, found ${version.slice(0, 40)}`, {
      line: metadata.line,
    });
  }
  return readEntries(
    entries.filter((entry) => entry !== metadata),
    version,
    { read: readBerry, isProject: (entry) => readBerryReference(entry.fields.get('resolution') ?? '')?.workspace },
  );
}

/** How a generation of Yarn writes entries. */
interface Generation {
  readonly read: (entry: YarnEntry) => FoundComponent | undefined;
  /** The folder of an entry that is a workspace; undefined for others, and where workspaces are not listed. */
  readonly isProject: (entry: YarnEntry) => string | undefined;
}

function readEntries(entries: readonly YarnEntry[], formatVersion: string, { read, isProject }: Generation): Inventory {
  const last = entries.at(-1);
  const isWhole =
    (last?.fields.has('version') ?? true) && (formatVersion === '1' || /^(hard|soft)$/.test(last?.fields.get('linkType') ?? 'hard'));
  if (!isWhole) throw new UnreadableInput('expected a complete yarn.lock, found its end within an entry', { line: last?.line ?? 1 });
  if (entries.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`);
  const graph = new Descriptors(entries);
  const projects = entries.filter((entry) => isProject(entry) !== undefined);
  // Where workspaces are not listed, only what no package asks for must be asked for by the project.
  const direct = new Set(projects.length > 0 ? projects.flatMap((entry) => graph.dependenciesOf(entry)) : graph.unasked());
  const skipped = new SkipCounter();
  const entryOf = new Map<FoundComponent, YarnEntry>();
  const components = entries.flatMap((entry): FoundComponent[] => {
    const at = { line: entry.line };
    const folder = isProject(entry);
    if (folder !== undefined) {
      skipped.add(folder === '.' ? 'the project itself' : 'workspace package', entry.keys[0], at);
      return [];
    }
    const component = read(entry);
    if (!component) {
      skipped.addNotUnderstood('entry without a package name', entry.keys[0], at);
      return [];
    }
    const relation = direct.has(entry) ? 'direct' : projects.length > 0 ? 'transitive' : undefined;
    const related: FoundComponent = relation ? { ...component, relation } : component;
    entryOf.set(related, entry);
    return [related];
  });
  const chainTo = chainFinder<YarnEntry>({
    roots: () => direct,
    next: (entry) => graph.dependenciesOf(entry),
    label: (entry) => `${nameOf(entry.fields.get('resolution') ?? entry.keys[0] ?? '')}@${entry.fields.get('version') ?? '?'}`,
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

/** `@scope/name@range` → `@scope/name`. */
function nameOf(descriptor: string): string {
  const end = descriptor.indexOf('@', 1);
  return end < 0 ? descriptor : descriptor.slice(0, end);
}

function rangeOf(descriptor: string): string {
  const end = descriptor.indexOf('@', 1);
  return end < 0 ? '' : descriptor.slice(end + 1);
}

/** Yarn 1: the descriptors name it, `resolved` is the address. */
function readClassic({ keys, fields, line }: YarnEntry): FoundComponent | undefined {
  const aliases = keys.map((key) => /^npm:(@?[^@]+)/.exec(rangeOf(key).slice(0, 1_000))?.[1]);
  const name = aliases.find((alias) => alias !== undefined) ?? nameOf(keys[0] ?? '');
  if (!isNpmName(name)) return undefined;
  const version = fields.get('version');
  const resolved = fields.get('resolved');
  const range = rangeOf(keys[0] ?? '');
  // A bare file name is of an offline mirror of the registry.
  const isMirror = resolved !== undefined && /^[^/:]+\.tgz(?:#|$)/.test(resolved.slice(0, 2_000));
  const asked = /^(?:file|link|portal):|^\.{0,2}\//.test(range) || isGitAddress(range) ? range : undefined;
  const address = isMirror ? undefined : (resolved ?? asked);
  const source = npmSource(address && asked && /^(?:file|link|portal):|^\.{0,2}\//.test(asked) ? asked : address);
  const sha1 = source.kind === 'git' ? undefined : /\.tgz#([0-9a-f]{40})$/.exec(resolved?.slice(-80) ?? '')?.[1];
  const digests = { ...(sha1 ? { sha1 } : {}), ...readIntegrity(fields.get('integrity')) };
  const alsoKnownAs = npmAliases(name, version, address);
  return {
    identity: npmIdentity(name),
    version,
    source,
    at: { line },
    ...(Object.keys(digests).length > 0 ? { digests } : {}),
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  };
}

/** Later ones: `resolution` tells name and origin. Their checksum is of the archive that Yarn makes itself, hence no digest of the package's. */
function readBerry({ fields, line }: YarnEntry): FoundComponent | undefined {
  const reference = readBerryReference(fields.get('resolution') ?? '');
  if (!reference || !isNpmName(reference.name)) return undefined;
  const version = fields.get('version');
  const alsoKnownAs = npmAliases(reference.name, version, reference.address);
  return {
    identity: npmIdentity(reference.name),
    version,
    source: npmSource(reference.address),
    at: { line },
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  };
}

/** Entries by what asks for them. */
class Descriptors {
  readonly #entries: readonly YarnEntry[];
  readonly #byDescriptor = new Map<string, YarnEntry>();
  /** Entries whose name no other has; false where several have it. Overridden requests are found so. */
  readonly #byName = new Map<string, YarnEntry | false>();

  constructor(entries: readonly YarnEntry[]) {
    this.#entries = entries;
    for (const entry of entries) {
      for (const descriptor of descriptorsOf(entry)) this.#byDescriptor.set(descriptor, entry);
      const name = nameOf(entry.keys[0] ?? '');
      this.#byName.set(name, this.#byName.has(name) ? false : entry);
    }
  }

  dependenciesOf({ maps }: YarnEntry): YarnEntry[] {
    return ['dependencies', 'optionalDependencies']
      .flatMap((kind) => maps.get(kind) ?? [])
      .flatMap(([name, range]) => {
        const exact = this.#byDescriptor.get(`${name}@${range}`) ?? this.#byDescriptor.get(`${name}@npm:${range}`);
        return exact ?? (this.#byName.get(name) || []);
      });
  }

  /** Entries with a descriptor that no entry asks for. */
  unasked(): YarnEntry[] {
    const asked = new Set<string>();
    for (const { maps } of this.#entries) {
      for (const kind of ['dependencies', 'optionalDependencies']) {
        for (const [name, range] of maps.get(kind) ?? []) asked.add(`${name}@${range}`).add(`${name}@npm:${range}`);
      }
    }
    return this.#entries.filter((entry) => descriptorsOf(entry).some((descriptor) => !asked.has(descriptor)));
  }
}

/** Yarn 1 writes each descriptor apart, later ones all in one key. */
function descriptorsOf({ keys, fields }: YarnEntry): readonly string[] {
  return fields.has('resolution') ? keys.flatMap((key) => key.split(', ')) : keys;
}
