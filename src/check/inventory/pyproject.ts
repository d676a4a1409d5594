import { foldPackageName } from '../identity.ts';
import { asList, asRecord, asText, decodeText, entriesOf, field, pointer, SkipCounter } from './input-text.ts';
import {
  type ComponentSource,
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { toPythonSpecifier } from './poetry-constraint.ts';
import { addressComponent, parseRequirement, requirementComponent } from './python-requirement.ts';
import { indexSource, isPythonName, pythonIdentity } from './python-source.ts';
import { parseTomlText } from './toml-text.ts';

/**
 * pyproject.toml: what a project asks for, as the standard tells (https://packaging.python.org/en/latest/specifications/pyproject-toml/,
 * dependency groups https://packaging.python.org/en/latest/specifications/dependency-groups/) and in the tables of Poetry, PDM, uv and Hatch.
 */
export const pyproject: InventoryFormat = { id: 'pyproject', title: 'pyproject.toml', types: ['pypi'], parse: parsePyproject };

/** Lists of requirements by their path; `*` stands for each name. */
const LISTS = [
  ['project', 'dependencies'],
  ['project', 'optional-dependencies', '*'],
  ['dependency-groups', '*'],
  ['build-system', 'requires'],
  ['tool', 'pdm', 'dev-dependencies', '*'],
  ['tool', 'uv', 'dev-dependencies'],
  ['tool', 'uv', 'constraint-dependencies'],
  ['tool', 'uv', 'override-dependencies'],
  ['tool', 'hatch', 'envs', '*', 'dependencies'],
  ['tool', 'hatch', 'envs', '*', 'extra-dependencies'],
];
/** Tables of Poetry: name → constraint. */
const TABLES = [
  ['tool', 'poetry', 'dependencies'],
  ['tool', 'poetry', 'dev-dependencies'],
  ['tool', 'poetry', 'group', '*', 'dependencies'],
];

function parsePyproject(bytes: Uint8Array): Inventory {
  const document = parseTomlText(decodeText(bytes));
  if (['project', 'tool', 'build-system', 'dependency-groups'].every((name) => !asRecord(field(document, name)))) {
    throw new UnreadableInput('expected pyproject.toml with project, build-system, dependency-groups or tool, found none');
  }
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  const add = (component: FoundComponent | string, name: string): void => {
    if (component === 'the project itself' || component === 'workspace package') skipped.add(component, name);
    else if (typeof component === 'string') skipped.addNotUnderstood(component, name);
    else if (components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} requirements`);
    else components.push({ ...component, relation: 'direct' });
  };
  const own = asText(field(field(document, 'project'), 'name')) ?? asText(field(field(field(document, 'tool'), 'poetry'), 'name'));
  const origins = uvOrigins(document);
  for (const { value, at } of LISTS.flatMap((path) => select(document, path))) {
    for (const [index, item] of asList(value).entries()) {
      // A group may include another, which is read by itself.
      if (!asRecord(item)) add(readListed(item, `${at}/${index}`, own, origins), String(item));
    }
  }
  const poetryIndexes = indexesOf(field(field(field(document, 'tool'), 'poetry'), 'source'));
  for (const { value, at } of TABLES.flatMap((path) => select(document, path))) {
    for (const [name, written] of entriesOf(value)) {
      if (name === 'python') continue;
      // A list has one entry for each platform.
      for (const one of Array.isArray(written) ? written : [written]) add(readPoetry(name, one, poetryIndexes, at + pointer(name)), name);
    }
  }
  return { components, skipped: skipped.list() };
}

function readListed(item: unknown, at: string, own: string | undefined, origins: Origins): FoundComponent | string {
  const requirement = parseRequirement(asText(item) ?? '');
  if (!requirement) return 'text that is no requirement';
  const key = foldPackageName('pypi', requirement.name);
  if (own !== undefined && key === foldPackageName('pypi', own)) return 'the project itself';
  const origin = origins.get(key);
  if (origin === WORKSPACE) return 'workspace package';
  if (typeof origin === 'string') return addressComponent(requirement.name, origin, { pointer: at });
  return requirementComponent(requirement, { pointer: at }, { source: origin ?? { kind: 'registry' }, pins: false });
}

interface Selected {
  readonly value: unknown;
  readonly at: string;
}

function select(document: unknown, path: readonly string[]): Selected[] {
  let found: Selected[] = [{ value: document, at: '' }];
  for (const part of path) {
    found = found.flatMap(({ value, at }) =>
      (part === '*' ? entriesOf(value) : [[part, field(value, part)] as const]).map(([name, inner]) => ({
        value: inner,
        at: at + pointer(name),
      })),
    );
  }
  return found.filter(({ value }) => value !== undefined);
}

const WORKSPACE = Symbol('workspace');

/** Where packages are taken from: an address, an index, or the workspace. */
type Origins = ReadonlyMap<string, string | ComponentSource | typeof WORKSPACE>;

/** What `tool.uv.sources` tells. */
function uvOrigins(document: unknown): Origins {
  const uv = field(field(document, 'tool'), 'uv');
  const indexes = indexesOf(field(uv, 'index'));
  const origins = new Map<string, string | ComponentSource | typeof WORKSPACE>();
  for (const [name, value] of entriesOf(field(uv, 'sources'))) {
    const one: unknown = Array.isArray(value) ? value[0] : value;
    const text = (key: string): string | undefined => asText(field(one, key));
    const git = text('git');
    const revision = text('rev') ?? text('tag') ?? text('branch');
    const address = git === undefined ? (text('url') ?? text('path')) : `git+${git}${revision ? `@${revision}` : ''}`;
    const index = indexes.get(text('index'));
    const origin = field(one, 'workspace') === true ? WORKSPACE : (address ?? (index === undefined ? undefined : indexSource(index)));
    if (origin !== undefined) origins.set(foldPackageName('pypi', name), origin);
  }
  return origins;
}

function indexesOf(list: unknown): Map<string | undefined, string | undefined> {
  return new Map(asList(list).map((index) => [asText(field(index, 'name')), asText(field(index, 'url'))]));
}

/** `"^1.0"`, `{ version = "^1.0", source = "…" }`, `{ git = "…", rev = "…" }`, `{ path = "…" }`, `{ url = "…" }`. */
function readPoetry(
  name: string,
  written: unknown,
  indexes: ReadonlyMap<string | undefined, string | undefined>,
  at: string,
): FoundComponent | string {
  if (!isPythonName(name)) return 'dependency without a package name';
  const text = (key: string): string | undefined => asText(field(written, key));
  const git = text('git');
  const revision = text('rev') ?? text('tag') ?? text('branch');
  const address = git === undefined ? (text('url') ?? text('path') ?? text('file')) : `git+${git}${revision ? `@${revision}` : ''}`;
  if (address !== undefined) return addressComponent(name, address, { pointer: at });
  const constraint = asText(written) ?? text('version') ?? (asRecord(written) ? '*' : undefined);
  if (constraint === undefined) return 'dependency without a constraint';
  const source = text('source');
  return {
    identity: pythonIdentity(name),
    requested: toPythonSpecifier(constraint),
    source: source === undefined ? { kind: 'registry' } : indexSource(indexes.get(source)),
    at: { pointer: at },
  };
}
