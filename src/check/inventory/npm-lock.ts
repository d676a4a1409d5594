import { chainFinder } from './dependency-chain.ts';
import { asRecord, asText, decodeText, entriesOf, field, type JsonRecord, parseJson, pointer, SkipCounter } from './input-text.ts';
import {
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
  /** Set where it is a component. */
  component?: FoundComponent;
}

const DEPENDENCY_FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies'];
/** npm writes paths of the file system, which end before this. */
const MAX_PATH = 4_096;

function readPackages(packages: JsonRecord, formatVersion: string | undefined): Inventory {
  const skipped = new SkipCounter();
  const folders = new Map<string, Folder>();
  const hasWorkspaces = field(field(packages, ''), 'workspaces') !== undefined;
  for (const [path, value] of entriesOf(packages)) {
    const entry = asRecord(value);
    if (!entry) skipped.add('entry that is no object', path, placeOf(path));
    else if (path.length > MAX_PATH || (path.length > MAX_DEPTH && path.split('/').length > MAX_DEPTH)) {
      skipped.add('entry with too long a path', path, placeOf(path));
    } else folders.set(path, { path, entry });
  }
  const tree = new FolderTree(folders);
  const directly = new Set<Folder>(
    [...folders.values()]
      .filter(({ path, entry }) => isProject(path, entry, hasWorkspaces))
      .flatMap((project) => tree.dependenciesOf(project)),
  );
  // The hidden lock has no entry for the project: nothing tells there what it asks for itself.
  const relationOf = folders.has('') ? (folder: Folder) => (directly.has(folder) ? 'direct' : 'transitive') : undefined;
  const components: FoundComponent[] = [];
  const folderOf = new Map<FoundComponent, Folder>();
  for (const folder of folders.values()) {
    const { path, entry } = folder;
    const at = placeOf(path);
    const name = asText(field(entry, 'name')) ?? nameOfPath(path);
    if (path === '') skipped.add('the project itself', name, at);
    // A link points to a folder that has an entry of its own.
    else if (field(entry, 'link') === true) skipped.add('link to a folder of its own entry', path, at);
    else if (isProject(path, entry, hasWorkspaces)) skipped.add('workspace package', path, at);
    else if (name === undefined || !isNpmName(name)) skipped.add('entry without a package name', path, at);
    else if (components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
    else {
      const component = toComponent(name, path, entry, at, relationOf?.(folder));
      components.push(component);
      folderOf.set(component, folder);
    }
  }
  const chainTo = chainFinder<Folder>({
    roots: () => directly,
    next: (folder) => tree.dependenciesOf(folder),
    label: ({ path, entry }) => `${asText(field(entry, 'name')) ?? nameOfPath(path) ?? path}@${asText(field(entry, 'version')) ?? '?'}`,
  });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const folder = folderOf.get(component);
      return folder && chainTo(folder);
    },
  };
}

/** Where a package stands; spelled out only when it is asked for. */
function placeOf(path: string): Place {
  return {
    get pointer() {
      return pointer('packages', path);
    },
  };
}

const REGISTRY = { kind: 'registry' } as const;

function toComponent(name: string, path: string, entry: JsonRecord, at: Place, relation: FoundComponent['relation']): FoundComponent {
  const version = asText(field(entry, 'version'));
  const resolved = asText(field(entry, 'resolved'));
  const digests = readIntegrity(asText(field(entry, 'integrity')));
  const isOwn = isOwnTarball(name, version, resolved);
  const alsoKnownAs = isOwn ? undefined : npmAliases(name, version, resolved);
  return {
    identity: npmIdentity(name),
    version,
    source: isInstalled(path) ? (isOwn ? REGISTRY : npmSource(resolved)) : { kind: 'path', path },
    at,
    digests,
    alsoKnownAs,
    relation,
  };
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

  constructor(folders: ReadonlyMap<string, Folder>) {
    this.#folders = folders;
    for (const folder of folders.values()) {
      const marker = folder.path.lastIndexOf('node_modules/');
      if (marker < 0) continue;
      const parent = folder.path.slice(0, Math.max(0, marker - 1));
      const siblings = this.#installed.get(parent) ?? new Map<string, Folder>();
      this.#installed.set(parent, siblings.set(folder.path.slice(marker + 'node_modules/'.length), folder));
    }
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
