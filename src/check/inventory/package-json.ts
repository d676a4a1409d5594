import { asRecord, asText, decodeText, entriesOf, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import { installedNpmPackage, isInstalledPath } from './installed-npm-package.ts';
import {
  type FoundComponent,
  type InputContext,
  type Inventory,
  type InventoryFormat,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { readNpmRequest } from './npm-request.ts';

/**
 * package.json of a project: what it asks for, where no lock tells what that was resolved to
 * (https://docs.npmjs.com/cli/v11/configuring-npm/package-json). Inside node_modules it is that of an installed package instead.
 */
export const packageJson: InventoryFormat = {
  id: 'package-json',
  title: 'package.json of a project',
  types: ['npm'],
  parse: parsePackageJson,
};

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'catalog'];

function parsePackageJson(bytes: Uint8Array, context: InputContext): Inventory {
  if (isInstalledPath(context.path)) return installedNpmPackage.parse(bytes, context);
  const document = asRecord(parseJson(decodeText(bytes)));
  if (!document) throw new UnreadableInput('expected package.json, found JSON that is no object');
  if (field(document, 'lockfileVersion') !== undefined) throw new UnreadableInput('expected package.json, found a lock');
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  const add = (name: string, value: unknown, at: string, relation: 'direct' | undefined): void => {
    const written = typeof value === 'string' ? value : undefined;
    const request = written === undefined ? 'dependency whose request is no text' : readNpmRequest(name, written);
    if (request === 'workspace package') skipped.add(request, name, { pointer: at });
    else if (typeof request === 'string') skipped.addNotUnderstood(request, name, { pointer: at });
    else if (components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} dependencies`);
    else components.push({ ...request, at: { pointer: at }, ...(relation ? { relation } : {}) });
  };
  if (asText(field(document, 'name'))) skipped.add('the project itself', asText(field(document, 'name')), { pointer: '/name' });
  for (const section of SECTIONS) {
    const value = field(document, section);
    if (value !== undefined && !asRecord(value))
      skipped.addNotUnderstood('dependencies that are no object', section, { pointer: pointer(section) });
    for (const [name, request] of entriesOf(value)) add(name, request, pointer(section, name), 'direct');
  }
  // What is forced on dependencies of dependencies.
  for (const path of [['overrides'], ['resolutions'], ['pnpm', 'overrides']]) {
    const value = path.reduce<unknown>((inner, name) => field(inner, name), document);
    for (const { name, request, at } of readOverrides(value, pointer(...path))) add(name, request, at, undefined);
  }
  return { components, skipped: skipped.list() };
}

interface Override {
  readonly name: string;
  readonly request: string;
  readonly at: string;
}

/** `name`, `name@range`, `parent>name`, `parent/name`, and nested in npm's, where `.` is the package that it is nested in. */
function readOverrides(value: unknown, at: string, outer?: string): Override[] {
  return entriesOf(value).flatMap(([key, request]): Override[] => {
    const place = at + pointer(key);
    const name = key === '.' ? outer : overriddenName(key);
    if (asRecord(request)) return readOverrides(request, place, name);
    // `$name` repeats what stands in dependencies, `-` removes.
    const isOther = typeof request !== 'string' || request.startsWith('$') || request === '-';
    return isOther || name === undefined ? [] : [{ name, request, at: place }];
  });
}

function overriddenName(key: string): string | undefined {
  const last = key.slice(key.lastIndexOf('>') + 1, 1_000);
  const end = last.indexOf('@', last.includes('/@') ? last.lastIndexOf('/@') + 2 : 1);
  const parts = (end < 0 ? last : last.slice(0, end)).split('/');
  const scope = parts.at(-2);
  return scope?.startsWith('@') ? `${scope}/${parts.at(-1)}` : parts.at(-1);
}
