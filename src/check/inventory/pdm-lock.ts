import { asList, asText, decodeText, field, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, type Place, UnreadableInput } from './inventory.ts';
import { type LockedPackage, lockedInventory } from './python-graph.ts';
import { parseRequirement } from './python-requirement.ts';
import { addressSource, fileDigests, isPythonName, pythonIdentity, repositoryAlias } from './python-source.ts';
import { parseTomlText, placesOfTables } from './toml-text.ts';

/** pdm.lock up to lock_version 4 (https://pdm-project.org/en/latest/usage/lockfile/). */
export const pdmLock: InventoryFormat = { id: 'pdm-lock', title: 'pdm.lock', types: ['pypi'], parse: parsePdmLock };

function parsePdmLock(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const document = parseTomlText(text);
  const metadata = field(document, 'metadata');
  const version = asText(field(metadata, 'lock_version'));
  if (version === undefined) throw new UnreadableInput('expected pdm.lock with lock_version, found none');
  if (!/^[1-4](?:\.\d{1,3}){0,2}$/.test(version)) {
    throw new UnreadableInput(`expected pdm.lock of lock_version up to 4, found ${version.slice(0, 40)}`, {
      pointer: '/metadata/lock_version',
    });
  }
  // Written last before the packages.
  if (asText(field(metadata, 'content_hash')) === undefined) throw new UnreadableInput('expected pdm.lock with content_hash, found none');
  const packages = asList(field(document, 'package'));
  const placeOf = placesOfTables(text, 'package', packages.length);
  const skipped = new SkipCounter();
  const seen = new Map<string, LockedPackage>();
  packages.forEach((entry, index) => {
    const at = placeOf(index);
    const name = asText(field(entry, 'name'));
    if (name === undefined || !isPythonName(name)) {
      skipped.addNotUnderstood('entry without a package name', name, at);
      return;
    }
    const component = toComponent(name, entry, field(field(metadata, 'files'), `${name} ${asText(field(entry, 'version')) ?? ''}`), at);
    const uses = asList(field(entry, 'dependencies')).flatMap((used) => parseRequirement(asText(used) ?? '')?.name ?? []);
    // The same package with extras has an entry of its own.
    const key = `${name} ${component.version ?? ''} ${JSON.stringify(component.source)}`;
    const known = seen.get(key);
    seen.set(
      key,
      known ? { component: known.component, uses: [...known.uses, ...uses.filter((used) => used !== name)] } : { component, uses },
    );
  });
  return lockedInventory(version, [...seen.values()], skipped);
}

function toComponent(name: string, entry: unknown, oldFiles: unknown, at: Place): FoundComponent {
  const text = (key: string): string | undefined => asText(field(entry, key));
  const repository = text('git') ?? text('hg') ?? text('svn') ?? text('bzr');
  const path = text('path');
  const url = text('url');
  const revision = text('revision');
  const files = asList(field(entry, 'files') ?? oldFiles);
  const origin = repository ? addressSource(`git+${repository}${revision ? `@${revision}` : ''}`) : undefined;
  return {
    identity: pythonIdentity(name),
    version: text('version') ?? revision,
    source: origin ?? (path !== undefined ? { kind: 'path', path } : url !== undefined ? addressSource(url) : { kind: 'registry' }),
    at,
    ...(repository ? repositoryAlias(`git+${repository}`, revision) : {}),
    ...fileDigests(files.map((file) => field(file, 'hash'))),
  };
}
