import { asList, asRecord, asText, decodeText, entriesOf, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, type Place, UnreadableInput } from './inventory.ts';
import { addressComponent, pinnedVersion } from './python-requirement.ts';
import { addressSource, fileDigests, indexSource, isPythonName, pythonIdentity, repositoryAlias } from './python-source.ts';

/** Pipfile.lock of pipfile-spec 6 and before (https://pipenv.pypa.io/en/latest/pipfile.html). It does not tell what asks for what. */
export const pipfileLock: InventoryFormat = { id: 'pipfile-lock', title: 'Pipfile.lock', types: ['pypi'], parse: parsePipfileLock };

function parsePipfileLock(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  const meta = asRecord(field(document, '_meta'));
  if (!document || !meta) throw new UnreadableInput('expected Pipfile.lock with _meta, found none');
  const spec = field(meta, 'pipfile-spec');
  if (typeof spec !== 'number' || spec > 6) {
    throw new UnreadableInput(`expected Pipfile.lock of pipfile-spec up to 6, found ${JSON.stringify(spec)?.slice(0, 40) ?? 'none'}`, {
      pointer: '/_meta/pipfile-spec',
    });
  }
  const indexes = new Map(asList(field(meta, 'sources')).map((source) => [asText(field(source, 'name')), asText(field(source, 'url'))]));
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  for (const [category, entries] of entriesOf(document)) {
    if (category === '_meta') continue;
    if (!asRecord(entries)) skipped.addNotUnderstood('category that is no object', category, { pointer: pointer(category) });
    for (const [name, entry] of entriesOf(entries)) {
      const at = { pointer: pointer(category, name) };
      if (!asRecord(entry)) skipped.addNotUnderstood('entry that is no object', name, at);
      else if (!isPythonName(name)) skipped.addNotUnderstood('entry without a package name', name, at);
      else if (asText(field(entry, 'path')) === '.') skipped.add('the project itself', name, at);
      else if (components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
      else components.push(toComponent(name, entry, indexes, at));
    }
  }
  return { formatVersion: String(spec), components, skipped: skipped.list() };
}

function toComponent(
  name: string,
  entry: unknown,
  indexes: ReadonlyMap<string | undefined, string | undefined>,
  at: Place,
): FoundComponent {
  const text = (key: string): string | undefined => asText(field(entry, key));
  const repository = text('git') ?? text('hg') ?? text('svn') ?? text('bzr');
  const file = text('file') ?? text('path');
  const digests = fileDigests(asList(field(entry, 'hashes')));
  if (repository !== undefined) {
    const reference = text('ref');
    const address = `git+${repository.replace(/^git\+/, '')}`;
    return {
      identity: pythonIdentity(name),
      version: reference,
      source: addressSource(reference ? `${address}@${reference}` : address),
      at,
      ...repositoryAlias(address, reference),
    };
  }
  if (file !== undefined) return { ...addressComponent(name, file, at), ...digests };
  const index = text('index');
  // pipenv names the index only where it is not the first one.
  const address = index === undefined ? [...indexes.values()][0] : indexes.get(index);
  const written = text('version');
  const version = written && (pinnedVersion(written) ?? written);
  return { identity: pythonIdentity(name), version, source: indexSource(address), at, ...digests };
}
