import { hostOf } from '../identity.ts';
import { asList, asText, decodeText, entriesOf, field, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  type Place,
  UnreadableInput,
} from './inventory.ts';
import { type LockedPackage, lockedInventory } from './python-graph.ts';
import { addressSource, fileDigests, indexSource, isPythonName, pythonIdentity, repositoryAlias } from './python-source.ts';
import { parseTomlText, placesOfTables } from './toml-text.ts';

/** pylock.toml, the lock that Python's tools share (PEP 751, https://packaging.python.org/en/latest/specifications/pylock-toml/). */
export const pylock: InventoryFormat = { id: 'pylock', title: 'pylock.toml', types: ['pypi'], parse: parsePylock };

function parsePylock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const document = parseTomlText(text);
  const version = asText(field(document, 'lock-version'));
  if (version === undefined) throw new UnreadableInput('expected pylock.toml with lock-version, found none');
  if (!/^1\.\d{1,3}$/.test(version)) {
    throw new UnreadableInput(`expected pylock.toml of lock-version 1, found ${version.slice(0, 40)}`, { pointer: '/lock-version' });
  }
  // The specification asks for both.
  if (asText(field(document, 'created-by')) === undefined || field(document, 'packages') === undefined) {
    throw new UnreadableInput('expected pylock.toml with created-by and packages, found it without');
  }
  const packages = asList(field(document, 'packages'));
  const placeOf = placesOfTables(text, 'packages', packages.length);
  const skipped = new SkipCounter();
  const locked = packages.flatMap((entry, index): LockedPackage[] => {
    const at = placeOf(index);
    const name = asText(field(entry, 'name'));
    const folder = asText(field(field(entry, 'directory'), 'path'));
    if (folder === '.' || folder === './') skipped.add('the project itself', name, at);
    else if (name === undefined || !isPythonName(name)) skipped.addNotUnderstood('entry without a package name', name, at);
    else {
      const uses = asList(field(entry, 'dependencies')).flatMap((used) => asText(field(used, 'name')) ?? []);
      return [{ component: toComponent(name, entry, at), uses }];
    }
    return [];
  });
  return lockedInventory(version, locked, skipped);
}

function toComponent(name: string, entry: unknown, at: Place): FoundComponent {
  const repository = asText(field(field(entry, 'vcs'), 'url')) ?? asText(field(field(entry, 'vcs'), 'path'));
  const commit = asText(field(field(entry, 'vcs'), 'commit-id'));
  const files = [field(entry, 'archive'), field(entry, 'sdist'), ...asList(field(entry, 'wheels'))];
  const hashes = files.flatMap((file) => entriesOf(field(file, 'hashes')).map(([kind, value]) => `${kind}:${asText(value) ?? ''}`));
  return {
    identity: pythonIdentity(name),
    version: asText(field(entry, 'version')) ?? commit,
    source: repository ? addressSource(`git+${repository}${commit ? `@${commit}` : ''}`) : readSource(entry),
    at,
    ...(repository ? repositoryAlias(`git+${repository}`, commit) : {}),
    ...fileDigests(hashes),
  };
}

function readSource(entry: unknown): ComponentSource {
  const folder = asText(field(field(entry, 'directory'), 'path'));
  if (folder !== undefined) return { kind: 'path', path: folder };
  const archive = asText(field(field(entry, 'archive'), 'url')) ?? asText(field(field(entry, 'archive'), 'path'));
  if (archive !== undefined) return addressSource(archive);
  const index = asText(field(entry, 'index'));
  if (index !== undefined) return indexSource(index);
  // Without an index, the host of the files tells.
  const file = [...asList(field(entry, 'wheels')), field(entry, 'sdist')]
    .map((one) => asText(field(one, 'url')))
    .find((url) => url && hostOf(url));
  return indexSource(file);
}
