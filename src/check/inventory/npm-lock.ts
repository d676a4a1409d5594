import type { Digests, PackageIdentity } from '../identity.ts';
import { chainFinder } from './dependency-chain.ts';
import { asRecord, asText, decodeText, entriesOf, field, type JsonRecord, parseJson, pointer, SkipCounter } from './input-text.ts';
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
import { readNpmTree } from './npm-lock-tree.ts';
import { isNpmName, isOwnTarball, npmAliases, npmIdentity, npmSource, readIntegrity } from './npm-source.ts';

/**
 * What npm locked or installed: package-lock.json and npm-shrinkwrap.json of lockfileVersion 1 to 3, shrinkwraps before it, and the hidden lock
 * that npm leaves in node_modules (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json).
 */
export const npmLock: InventoryFormat = { id: 'npm-lock', title: 'npm lock or shrinkwrap', types: ['npm'], parse: parseNpmLock };

function parseNpmLock(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  if (!document) throw new UnreadableInput('expected an npm lock, found JSON that is no object');
  const version = readLockVersion(document);
  const packages = asRecord(field(document, 'packages'));
  // lockfileVersion 2 tells all twice; a merge may have emptied one of them.
  if (packages && (holdsPackages(packages) || entriesOf(field(document, 'dependencies')).length === 0)) {
    return readPackages(packages, version);
  }
  if (version === '3') throw new UnreadableInput('expected an npm lock with packages, found lockfileVersion 3 without them');
  const dependencies = field(document, 'dependencies');
  if (dependencies !== undefined ? !asRecord(dependencies) : version === undefined) {
    throw new UnreadableInput('expected an npm lock with packages or dependencies, found neither');
  }
  return readNpmTree(dependencies, version);
}

function holdsPackages(packages: JsonRecord): boolean {
  return Object.keys(packages).some((path) => path !== '');
}

/** Absent in the shrinkwraps of npm before 5. */
function readLockVersion(document: JsonRecord): string | undefined {
  const version = field(document, 'lockfileVersion');
  if (version === undefined) return undefined;
  if (version === 1 || version === 2 || version === 3) return String(version);
  throw new UnreadableInput(`expected lockfileVersion 1, 2 or 3, found ${JSON.stringify(version)?.slice(0, 40)}`, {
    pointer: '/lockfileVersion',
  });
}

/** A package of lockfileVersion 2 and 3, by its folder. */
interface Folder {
  readonly path: string;
  readonly entry: JsonRecord;
}

const DEPENDENCY_FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies'];
/** npm writes paths of the file system, which end before this. */
const MAX_PATH = 4_096;

function readPackages(packages: JsonRecord, formatVersion: string | undefined): Inventory {
  const skipped = new SkipCounter();
  const hasWorkspaces = field(field(packages, ''), 'workspaces') !== undefined;
  const folders: Folder[] = [];
  for (const path of Object.keys(packages)) {
    const entry = asRecord(packages[path]);
    if (!entry) skipped.addNotUnderstood('entry that is no object', path, placeOf(path));
    else if (path.length > MAX_PATH || (path.length > MAX_DEPTH && path.split('/').length > MAX_DEPTH)) {
      skipped.addNotUnderstood('entry with too long a path', path, placeOf(path));
    } else folders.push({ path, entry });
  }
  // Only findings ask who needs them.
  let tree: FolderTree | undefined;
  const treeOf = (): FolderTree => {
    tree ??= new FolderTree(folders, hasWorkspaces);
    return tree;
  };
  const components: NpmComponent[] = [];
  for (const folder of folders) {
    const { path, entry } = folder;
    const name = asText(field(entry, 'name')) ?? nameOfPath(path);
    if (path === '') skipped.add('the project itself', name, placeOf(path));
    // A link points to a folder that has an entry of its own.
    else if (field(entry, 'link') === true) skipped.add('link to a folder of its own entry', path, placeOf(path));
    else if (isProject(path, entry, hasWorkspaces)) skipped.add('workspace package', path, placeOf(path));
    else if (name === undefined || !isNpmName(name)) skipped.addNotUnderstood('entry without a package name', path, placeOf(path));
    else if (components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, placeOf(path));
    else components.push(new NpmComponent(name, folder, treeOf));
  }
  const chainTo = chainFinder<Folder>({
    roots: () => treeOf().direct,
    next: (folder) => treeOf().dependenciesOf(folder),
    label: ({ path, entry }) => `${asText(field(entry, 'name')) ?? nameOfPath(path) ?? path}@${asText(field(entry, 'version')) ?? '?'}`,
  });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => (component instanceof NpmComponent ? chainTo(component.folder) : undefined),
  };
}

const REGISTRY = { kind: 'registry' } as const;

/** A component that spells itself out when it is asked: of the thousands in a lock, nearly all are asked for their name only. */
class NpmComponent implements FoundComponent {
  readonly identity: PackageIdentity;
  readonly folder: Folder;
  readonly #tree: () => FolderTree;

  constructor(name: string, folder: Folder, tree: () => FolderTree) {
    this.identity = npmIdentity(name);
    this.folder = folder;
    this.#tree = tree;
  }

  get version(): string | undefined {
    return asText(field(this.folder.entry, 'version'));
  }

  get source(): ComponentSource {
    const { path } = this.folder;
    if (!isInstalled(path)) return { kind: 'path', path };
    return this.#isOwn ? REGISTRY : npmSource(this.#resolved);
  }

  get at(): Place {
    return placeOf(this.folder.path);
  }

  get digests(): Digests | undefined {
    const integrity = asText(field(this.folder.entry, 'integrity'));
    return integrity === undefined ? undefined : new LockedDigests(integrity);
  }

  get alsoKnownAs(): FoundComponent['alsoKnownAs'] {
    return this.#isOwn ? undefined : npmAliases(this.identity.name, this.version, this.#resolved);
  }

  get relation(): FoundComponent['relation'] {
    // The hidden lock has no entry for the project: nothing tells there what it asks for itself.
    const tree = this.#tree();
    if (!tree.hasProject) return undefined;
    return tree.direct.has(this.folder) ? 'direct' : 'transitive';
  }

  get #resolved(): string | undefined {
    return asText(field(this.folder.entry, 'resolved'));
  }

  get #isOwn(): boolean {
    return isOwnTarball(this.identity.name, this.version, this.#resolved);
  }
}

/** Where a package stands; spelled out only when it is asked for. */
function placeOf(path: string): Place {
  return {
    get pointer() {
      return pointer('packages', path);
    },
  };
}

/** Digests of an `integrity`, each read when it is asked for. */
class LockedDigests implements Digests {
  readonly #integrity: string;

  constructor(integrity: string) {
    this.#integrity = integrity;
  }

  get sha1(): string | undefined {
    return this.#read('sha1');
  }

  get sha256(): string | undefined {
    return this.#read('sha256');
  }

  get sha512(): string | undefined {
    return this.#read('sha512');
  }

  #read(name: 'sha1' | 'sha256' | 'sha512'): string | undefined {
    return this.#integrity.includes(`${name}-`) ? readIntegrity(this.#integrity)?.[name] : undefined;
  }
}

/** The project and its workspaces: folders that belong to it. A `file:` dependency is a folder too, but such projects have no workspaces, or it is outside. */
function isProject(path: string, entry: JsonRecord, hasWorkspaces: boolean): boolean {
  if (path === '') return true;
  return hasWorkspaces && !isInstalled(path) && !path.startsWith('../') && field(entry, 'link') !== true;
}

function isInstalled(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

/** `node_modules/@scope/name` → `@scope/name`; of a folder elsewhere its last part, as npm does. */
function nameOfPath(path: string): string | undefined {
  const marker = path.lastIndexOf('node_modules/');
  const parts = (marker < 0 ? path : path.slice(marker + 'node_modules/'.length)).split('/');
  const last = parts.at(-1);
  if (!last) return undefined;
  const scope = parts.at(-2);
  return scope?.startsWith('@') ? `${scope}/${last}` : last;
}

/** Finds what a package means by a name, as Node does: in its own node_modules, then in those of the folders above. */
class FolderTree {
  /** Name → package, of each folder that has node_modules. */
  readonly #installed = new Map<string, Map<string, Folder>>();
  readonly #folders: ReadonlyMap<string, Folder>;
  /** Whether the project itself has an entry. */
  readonly hasProject: boolean;
  /** What the project and its workspaces ask for themselves. */
  readonly direct: ReadonlySet<Folder>;

  constructor(folders: readonly Folder[], hasWorkspaces: boolean) {
    this.#folders = new Map(folders.map((folder) => [folder.path, folder]));
    for (const folder of folders) {
      const marker = folder.path.lastIndexOf('node_modules/');
      if (marker < 0) continue;
      const parent = folder.path.slice(0, Math.max(0, marker - 1));
      const siblings = this.#installed.get(parent) ?? new Map<string, Folder>();
      this.#installed.set(parent, siblings.set(folder.path.slice(marker + 'node_modules/'.length), folder));
    }
    this.hasProject = this.#folders.has('');
    const projects = folders.filter(({ path, entry }) => isProject(path, entry, hasWorkspaces));
    this.direct = new Set(projects.flatMap((project) => this.dependenciesOf(project)));
  }

  /** Packages that a package asks for, links followed. A package that is not there (optional, peer) is left out. */
  dependenciesOf({ path, entry }: Folder): Folder[] {
    const scopes = this.#scopesOf(path);
    // What an installed package needs for its own development is not installed.
    const fields = isInstalled(path) ? DEPENDENCY_FIELDS : [...DEPENDENCY_FIELDS, 'devDependencies'];
    return fields
      .flatMap((kind) => entriesOf(field(entry, kind)))
      .flatMap(([name]) => {
        for (const scope of scopes) {
          const found = scope.get(name);
          if (found) return [this.#follow(found)];
        }
        return [];
      });
  }

  #scopesOf(path: string): Map<string, Folder>[] {
    const scopes: Map<string, Folder>[] = [];
    for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      const scope = this.#installed.get(folder);
      if (scope) scopes.push(scope);
      if (folder === '') return scopes;
    }
  }

  #follow(folder: Folder): Folder {
    if (field(folder.entry, 'link') !== true) return folder;
    return this.#folders.get(asText(field(folder.entry, 'resolved')) ?? '') ?? folder;
  }
}
