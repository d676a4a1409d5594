import { asList, asText, decodeText, entriesOf, field, SkipCounter } from './input-text.ts';
import { type ComponentSource, type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { type LockedPackage, lockedInventory } from './python-graph.ts';
import { addressSource, fileDigests, indexSource, isPythonName, pythonIdentity, repositoryAlias } from './python-source.ts';
import { parseTomlText, placesOfTables } from './toml-text.ts';

/** poetry.lock of lock-version 1 and 2, and older ones (https://python-poetry.org/docs/basic-usage/#committing-your-poetrylock-file-to-version-control). */
export const poetryLock: InventoryFormat = { id: 'poetry-lock', title: 'poetry.lock', types: ['pypi'], parse: parsePoetryLock };

function parsePoetryLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const document = parseTomlText(text);
  const metadata = field(document, 'metadata');
  // Poetry writes it last.
  if (asText(field(metadata, 'content-hash')) === undefined) {
    throw new UnreadableInput('expected a complete poetry.lock, found no metadata with content-hash');
  }
  const version = asText(field(metadata, 'lock-version'));
  if (version !== undefined && !/^[12]\.\d/.test(version)) {
    throw new UnreadableInput(`expected poetry.lock of lock-version 1 or 2, found ${version.slice(0, 40)}`, {
      pointer: '/metadata/lock-version',
    });
  }
  const packages = asList(field(document, 'package'));
  const placeOf = placesOfTables(text, 'package', packages.length);
  const skipped = new SkipCounter();
  const locked = packages.flatMap((entry, index): LockedPackage[] => {
    const at = placeOf(index);
    const name = asText(field(entry, 'name'));
    if (name === undefined || !isPythonName(name)) {
      skipped.addNotUnderstood('entry without a package name', name, at);
      return [];
    }
    // Until lock-version 1, the files of all packages stand together.
    const files = asList(field(entry, 'files') ?? field(field(metadata, 'files'), name));
    const component: FoundComponent = {
      identity: pythonIdentity(name),
      version: asText(field(entry, 'version')),
      at,
      ...readSource(field(entry, 'source')),
      ...fileDigests(files.map((file) => field(file, 'hash'))),
    };
    return [{ component, uses: entriesOf(field(entry, 'dependencies')).map(([used]) => used) }];
  });
  return lockedInventory(version, locked, skipped);
}

function readSource(source: unknown): { source: ComponentSource } & Pick<FoundComponent, 'alsoKnownAs'> {
  const url = asText(field(source, 'url'));
  const type = asText(field(source, 'type'));
  if (url === undefined || type === 'pypi') return { source: { kind: 'registry' } };
  if (type === 'legacy') return { source: indexSource(url) };
  if (type === 'directory' || type === 'file') return { source: { kind: 'path', path: url } };
  if (type === 'url') return { source: addressSource(url) };
  const commit = asText(field(source, 'resolved_reference'));
  const address = `git+${url}`;
  const { source: repository } = { source: addressSource(commit ? `${address}@${commit}` : address) };
  return { source: repository, ...repositoryAlias(address, commit) };
}
