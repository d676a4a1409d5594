import { hostOf } from '../identity.ts';
import { ComponentList } from './component-list.ts';
import { asList, asRecord, asText, decodeText, entriesOf, field, isHostOf, parseJson, pointer, SkipCounter } from './input-text.ts';
import { type ComponentSource, type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { NugetGraph } from './nuget-graph.ts';
import { readXml } from './xml-text.ts';

/**
 * packages.lock.json of NuGet, versions 1 and 2
 * (https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies). Its `contentHash` leaves out
 * the signature: it is not the digest of a file.
 */
export const nugetLock: InventoryFormat = {
  id: 'nuget-lock',
  title: 'packages.lock.json of NuGet',
  types: ['nuget'],
  parse: parseNugetLock,
};

function parseNugetLock(bytes: Uint8Array): Inventory {
  const document = parseJson(decodeText(bytes));
  const [version, frameworks] = [field(document, 'version'), asRecord(field(document, 'dependencies'))];
  if ((version !== 1 && version !== 2) || !frameworks)
    throw new UnreadableInput('expected version 1 or 2 of a NuGet lock with dependencies, found neither');
  const skipped = new SkipCounter();
  const list = new ComponentList();
  const graph = new NugetGraph();
  const known = new Set<string>();
  const found: { readonly name: string; readonly resolved: string; readonly at: FoundComponent['at'] }[] = [];
  for (const [framework, packages] of entriesOf(frameworks)) {
    for (const [name, entry] of entriesOf(packages)) {
      const at = { pointer: pointer('dependencies', framework, name) };
      const [kind, resolved] = [asText(field(entry, 'type')), asText(field(entry, 'resolved'))];
      const uses = entriesOf(field(entry, 'dependencies')).map(([used]) => used);
      graph.add(name, resolved, uses);
      if (kind === 'Direct') graph.addDirect(name);
      if (kind === 'Project') {
        // What another project of the solution asks for is asked for by the solution itself.
        for (const used of uses) graph.addDirect(used);
        skipped.add('workspace package', name, at);
      } else if (resolved === undefined) skipped.addNotUnderstood('package without resolved version', name, at);
      else if (!known.has(`${name} ${resolved}`)) {
        known.add(`${name} ${resolved}`);
        found.push({ name, resolved, at });
      }
    }
  }
  for (const { name, resolved, at } of found)
    list.add({ ...nuget(name, resolved, at), relation: graph.isDirect(name) ? 'direct' : 'transitive' });
  return { formatVersion: String(version), components: list.components, skipped: skipped.list(), chainTo: graph.chainTo() };
}

/** obj/project.assets.json, which restoring writes (https://github.com/NuGet/Home/wiki). */
export const nugetAssets: InventoryFormat = {
  id: 'nuget-assets',
  title: 'project.assets.json of NuGet',
  types: ['nuget'],
  parse: parseNugetAssets,
};

function parseNugetAssets(bytes: Uint8Array): Inventory {
  const document = parseJson(decodeText(bytes));
  const libraries = asRecord(field(document, 'libraries'));
  if (!libraries || field(document, 'targets') === undefined)
    throw new UnreadableInput('expected a project.assets.json with targets and libraries, found none');
  const skipped = new SkipCounter();
  const list = new ComponentList();
  const graph = new NugetGraph();
  // `Newtonsoft.Json >= 13.0.1`, by framework.
  for (const [, asked] of entriesOf(field(document, 'projectFileDependencyGroups')))
    for (const each of asList(asked)) if (typeof each === 'string') graph.addDirect(each.split(' ', 1)[0] ?? '');
  for (const [, target] of entriesOf(field(document, 'targets'))) {
    for (const [key, entry] of entriesOf(target)) {
      const [name, version] = splitKey(key);
      if (name)
        graph.add(
          name,
          version,
          entriesOf(field(entry, 'dependencies')).map(([used]) => used),
        );
    }
  }
  const hasDirect = entriesOf(field(document, 'projectFileDependencyGroups')).length > 0;
  const source = readSources(field(field(field(document, 'project'), 'restore'), 'sources'));
  for (const [key, library] of entriesOf(libraries)) {
    const at = { pointer: pointer('libraries', key) };
    const [name, version] = splitKey(key);
    if (field(library, 'type') === 'project') skipped.add('workspace package', key, at);
    else if (!name || !version) skipped.addNotUnderstood('library without name and version', key, at);
    else {
      const relation = hasDirect ? ({ relation: graph.isDirect(name) ? 'direct' : 'transitive' } as const) : {};
      list.add({ ...nuget(name, version, at), source, ...relation });
    }
  }
  const version = field(document, 'version');
  return {
    formatVersion: typeof version === 'number' ? String(version) : undefined,
    components: list.components,
    skipped: skipped.list(),
    ...(hasDirect ? { chainTo: graph.chainTo() } : {}),
  };
}

function splitKey(key: string): [name: string | undefined, version: string | undefined] {
  const slash = key.lastIndexOf('/');
  return slash > 0 && slash < key.length - 1 ? [key.slice(0, slash), key.slice(slash + 1)] : [undefined, undefined];
}

/** The feeds that packages were restored from; with several, which package came from which is not told. */
function readSources(sources: unknown): ComponentSource {
  const hosts = entriesOf(sources).flatMap(([address]) => hostOf(address) ?? []);
  const others = hosts.filter((host) => !isHostOf(host, ['nuget.org']));
  if (others[0] === undefined) return { kind: 'registry' };
  return others.length < hosts.length ? { kind: 'unstated' } : { kind: 'other-registry', host: others[0] };
}

/** packages.config, and PackageReference and PackageVersion of project files (https://learn.microsoft.com/nuget/reference/packages-config). */
export const nugetProject: InventoryFormat = {
  id: 'nuget-project',
  title: 'packages.config, .csproj, Directory.Packages.props',
  types: ['nuget'],
  parse: parseNugetProject,
};

/** Longest property, and text with properties put in: versions are far shorter. */
const MAX_VALUE = 1000;

/** An item of a project, whose attributes may stand as elements inside it. */
interface Item {
  readonly offset: number;
  readonly depth: number;
  readonly names: string;
  version: string | undefined;
}

const ITEMS: ReadonlySet<string> = new Set([
  'PackageReference',
  'PackageVersion',
  'GlobalPackageReference',
  'PackageDownload',
  'DotNetCliToolReference',
]);

function parseNugetProject(bytes: Uint8Array): Inventory {
  const list = new ComponentList();
  const skipped = new SkipCounter();
  const properties = new Map<string, string>();
  const items: Item[] = [];
  const path: string[] = [];
  let open: Item | undefined;
  readXml(decodeText(bytes), {
    open: ({ name, attributes, offset, depth }) => {
      if (depth === 0 && name !== 'Project' && name !== 'packages')
        throw new UnreadableInput(`expected a packages.config or an MSBuild project, found <${name.slice(0, 40)}>`, { offset });
      path[depth] = name;
      path.length = depth + 1;
      const get = (key: string) => attributes.get(key) ?? attributes.get(key.toLowerCase());
      if (path[0] === 'packages' && name === 'package' && depth === 1) {
        const [id, version] = [get('id'), get('version')];
        if (id && version) list.add({ ...nuget(id, version, { offset }), relation: 'direct' });
        else skipped.addNotUnderstood('package without id or version', id, { offset });
      } else if (path[0] === 'Project' && ITEMS.has(name))
        open = { offset, depth, names: get('Include') ?? get('Update') ?? '', version: get('VersionOverride') ?? get('Version') };
      else if (path[0] === 'Project' && name === 'Sdk' && depth === 1 && get('Name') && get('Version'))
        items.push({ offset, depth, names: get('Name') ?? '', version: get('Version') });
    },
    close: (name, text, depth) => {
      path.length = depth;
      if (path[depth - 1] === 'PropertyGroup') properties.set(name.toLowerCase(), text.slice(0, MAX_VALUE));
      else if (open && depth === open.depth + 1 && (name === 'Version' || name === 'VersionOverride')) open.version = text || open.version;
      else if (open?.depth === depth) {
        items.push(open);
        open = undefined;
      }
    },
  });
  for (const { names, version, offset } of items) {
    const requested = version && expand(version, properties);
    for (const name of names.split(';', 1000).map((each) => each.trim())) {
      const at = { offset };
      if (name === '') continue;
      if (!requested) skipped.add('package whose version stands elsewhere', name, at);
      else if (requested.includes('$(') || name.includes('$(')) skipped.add('package whose version is a property', name, at);
      else {
        const identity = { kind: 'package', type: 'nuget', name } as const;
        list.add({ identity, requested, source: { kind: 'registry' }, at, relation: 'direct' });
      }
    }
  }
  return { components: list.components, skipped: skipped.list() };
}

/** `$(SerilogVersion)`, where the same file sets it. */
function expand(text: string, properties: ReadonlyMap<string, string>): string {
  let value = text.slice(0, MAX_VALUE);
  for (let round = 0; round < 5 && value.includes('$(') && value.length <= MAX_VALUE; round++)
    value = value.replace(/\$\(([\w.]{1,200})\)/g, (whole, name: string) => properties.get(name.toLowerCase()) ?? whole);
  return value.slice(0, MAX_VALUE);
}

function nuget(name: string, version: string, at: FoundComponent['at']): FoundComponent {
  return { identity: { kind: 'package', type: 'nuget', name }, version, source: { kind: 'registry' }, at };
}
