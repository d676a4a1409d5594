import { foldPackageName } from '../identity.ts';
import { asList, asRecord, asText, decodeText, entriesOf, field, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  type Place,
  UnreadableInput,
} from './inventory.ts';
import { type LockedPackage, lockedInventory } from './python-graph.ts';
import {
  addressSource,
  fileDigests,
  indexSource,
  isPythonName,
  pythonIdentity,
  repositoryAlias,
  repositoryCommit,
} from './python-source.ts';
import { parseTomlText, placesOfTables } from './toml-text.ts';

/** uv.lock and the locks of scripts, of version 1 (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile). */
export const uvLock: InventoryFormat = { id: 'uv-lock', title: 'uv.lock', types: ['pypi'], parse: parseUvLock };

function parseUvLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const document = parseTomlText(text);
  const version = field(document, 'version');
  if (version !== 1) throw new UnreadableInput(`expected uv.lock of version 1, found ${describe(version)}`, { pointer: '/version' });
  if (field(document, 'requires-python') === undefined) throw new UnreadableInput('expected uv.lock with requires-python, found none');
  const packages = asList(field(document, 'package'));
  if (packages.length > 0 && asRecord(field(packages.at(-1), 'source')) === undefined) {
    throw new UnreadableInput('expected a complete uv.lock, found its end within a package', {
      pointer: `/package/${packages.length - 1}`,
    });
  }
  const manifest = field(document, 'manifest');
  const members = new Set(asList(field(manifest, 'members')).map((member) => fold(asText(member))));
  const placeOf = placesOfTables(text, 'package', packages.length);
  const skipped = new SkipCounter();
  const roots = asList(field(manifest, 'requirements')).flatMap((entry) => asText(field(entry, 'name')) ?? []);
  const locked = packages.flatMap((entry, index): LockedPackage[] => {
    const at = placeOf(index);
    const name = asText(field(entry, 'name'));
    const own = name !== undefined && isPythonName(name) ? ownKind(fold(name), field(entry, 'source'), members) : undefined;
    if (own !== undefined) for (const used of usedBy(entry)) roots.push(used);
    if (own !== undefined) skipped.add(own, name, at);
    else if (name === undefined || !isPythonName(name)) skipped.addNotUnderstood('entry without a package name', name, at);
    else return [{ component: toComponent(name, entry, at), uses: usedBy(entry) }];
    return [];
  });
  const known = new Set(packages.map((entry) => fold(asText(field(entry, 'name')))));
  for (const name of [...roots, ...locked.flatMap(({ uses }) => uses)])
    if (!known.has(fold(name))) skipped.addNotUnderstood('dependency without an entry', name);
  for (const member of members) if (!known.has(member)) skipped.add('workspace package without an entry', member);
  return lockedInventory('1', locked, skipped, roots);
}

function describe(version: unknown): string {
  return JSON.stringify(version)?.slice(0, 40) ?? 'none';
}

function fold(name: string | undefined): string {
  return foldPackageName('pypi', name ?? '');
}

/** Why an entry is not of another's making. */
function ownKind(name: string, source: unknown, members: ReadonlySet<string>): string | undefined {
  const folder = asText(field(source, 'editable')) ?? asText(field(source, 'virtual'));
  if (folder === '.') return 'the project itself';
  return members.has(name) && (folder !== undefined || field(source, 'directory') !== undefined) ? 'workspace package' : undefined;
}

/** Names that a package asks for, in its extras and groups too. */
function usedBy(entry: unknown): string[] {
  const groups = ['optional-dependencies', 'dev-dependencies'].flatMap((kind) => entriesOf(field(entry, kind)).map(([, group]) => group));
  return [field(entry, 'dependencies'), ...groups].flatMap((list) => asList(list).flatMap((used) => asText(field(used, 'name')) ?? []));
}

function toComponent(name: string, entry: unknown, at: Place): FoundComponent {
  const source = field(entry, 'source');
  const git = asText(field(source, 'git'));
  const files = [field(entry, 'sdist'), ...asList(field(entry, 'wheels'))];
  const version = asText(field(entry, 'version')) ?? (git && repositoryCommit(git));
  return {
    identity: pythonIdentity(name),
    version,
    source: readSource(source),
    at,
    ...(git ? repositoryAlias(`git+${git}`) : {}),
    ...fileDigests(files.map((file) => field(file, 'hash'))),
  };
}

function readSource(source: unknown): ComponentSource {
  const text = (name: string): string | undefined => asText(field(source, name));
  const git = text('git');
  if (git !== undefined) return addressSource(`git+${git}`);
  const registry = text('registry');
  // A folder of files may stand for an index.
  if (registry !== undefined) return /^https?:/i.test(registry) ? indexSource(registry) : { kind: 'path', path: registry };
  const url = text('url');
  if (url !== undefined) return addressSource(url);
  const path = text('path') ?? text('directory') ?? text('editable') ?? text('virtual');
  return path === undefined ? { kind: 'unstated' } : { kind: 'path', path };
}
