import { asText, decodeText, entriesOf, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { readXml, type XmlElement } from './xml-text.ts';

/** packages.lock.json of NuGet, versions 1 and 2 (https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies). */
export const nugetLock: InventoryFormat = {
  id: 'nuget-lock',
  title: 'packages.lock.json of NuGet',
  types: ['nuget'],
  parse: parseNugetLock,
};

function parseNugetLock(bytes: Uint8Array): Inventory {
  const document = parseJson(decodeText(bytes));
  const [version, frameworks] = [field(document, 'version'), field(document, 'dependencies')];
  if ((version !== 1 && version !== 2) || typeof frameworks !== 'object' || frameworks === null) {
    throw new UnreadableInput('expected version 1 or 2 of a NuGet lock with dependencies, found neither');
  }
  const found = new Map<string, FoundComponent>();
  const skipped = new SkipCounter();
  for (const [framework, packages] of entriesOf(frameworks)) {
    for (const [name, entry] of entriesOf(packages)) {
      const at = { pointer: pointer('dependencies', framework, name) };
      const [kind, resolved] = [asText(field(entry, 'type')), asText(field(entry, 'resolved'))];
      if (kind === 'Project') skipped.add('project of the solution', name, at);
      else if (resolved === undefined) skipped.add('package without resolved version', name, at);
      else if (!found.has(`${name} ${resolved}`))
        found.set(`${name} ${resolved}`, { ...nuget(name, resolved, at), relation: kind === 'Direct' ? 'direct' : 'transitive' });
    }
  }
  return { formatVersion: String(version), components: [...found.values()], skipped: skipped.list() };
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
  const libraries = field(document, 'libraries');
  if (typeof libraries !== 'object' || libraries === null || field(document, 'targets') === undefined) {
    throw new UnreadableInput('expected a project.assets.json with targets and libraries, found none');
  }
  const skipped = new SkipCounter();
  const components = entriesOf(libraries).flatMap(([key, library]): FoundComponent[] => {
    const at = { pointer: pointer('libraries', key) };
    const slash = key.lastIndexOf('/');
    if (field(library, 'type') === 'project') skipped.add('project of the solution', key, at);
    else if (slash <= 0) skipped.add('library without name and version', key, at);
    else return [nuget(key.slice(0, slash), key.slice(slash + 1), at)];
    return [];
  });
  return { formatVersion: String(field(document, 'version') ?? ''), components, skipped: skipped.list() };
}

/** packages.config, and PackageReference and PackageVersion of project files (https://learn.microsoft.com/nuget/reference/packages-config). */
export const nugetProject: InventoryFormat = {
  id: 'nuget-project',
  title: 'packages.config, .csproj, Directory.Packages.props',
  types: ['nuget'],
  parse: parseNugetProject,
};

function parseNugetProject(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let root = '';
  const add = (name: string | undefined, version: string | undefined, isLocked: boolean, offset: number) => {
    const at = { offset };
    if (!name) return;
    if (!version) skipped.add('package whose version stands elsewhere', name, at);
    else if (version.includes('$(')) skipped.add('package whose version is a property', name, at);
    else if (isLocked) components.push({ ...nuget(name, version, at), relation: 'direct' });
    else
      components.push({
        identity: { kind: 'package', type: 'nuget', name },
        requested: version,
        source: { kind: 'registry' },
        at,
        relation: 'direct',
      });
  };
  readXml(decodeText(bytes), {
    open: ({ name, attributes, offset, depth }: XmlElement) => {
      if (depth === 0) root = name;
      const get = (key: string) => attributes.get(key) ?? attributes.get(key.toLowerCase());
      if (name === 'package') add(get('id'), get('version'), true, offset);
      else if (name === 'PackageReference' || name === 'PackageVersion' || name === 'GlobalPackageReference') {
        add(get('Include') ?? get('Update'), get('Version') ?? get('VersionOverride'), false, offset);
      }
    },
  });
  if (root !== 'Project' && root !== 'packages')
    throw new UnreadableInput(`expected a packages.config or an MSBuild project, found <${root.slice(0, 40)}>`);
  return { components, skipped: skipped.list() };
}

function nuget(name: string, version: string, at: FoundComponent['at']): FoundComponent {
  return { identity: { kind: 'package', type: 'nuget', name }, version, source: { kind: 'registry' }, at };
}
