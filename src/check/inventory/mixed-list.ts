import { UNNAMED_ECOSYSTEMS } from '../identity.ts';
import { parseActionReference } from './action-reference.ts';
import { cdnPackages } from './cdn-package.ts';
import { downloadedPackage } from './download-address.ts';
import { readDigestLine } from './hash-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, type Place, UnreadableInput } from './inventory.ts';
import { bareLine } from './list-line.ts';
import { addressComponent } from './network-address.ts';
import { readObservable } from './observable.ts';
import { purlComponent } from './purl-component.ts';
import { parseRequirement, requirementComponent } from './python-requirement.ts';

/**
 * What people paste: each line is told by itself. Package URLs; `name@version`, `name version` (of any ecosystem) and `name==version` (PyPI); digests, bare or as
 * sha256sum prints them; domains, IP addresses and URLs, defanged or not; lines of a hosts file. What follows a `#` is a remark. A line of none of these
 * is told as not understood.
 */
export const mixedList: InventoryFormat = {
  id: 'mixed-list',
  title: 'list of packages, digests, domains, addresses and URLs, one a line',
  types: ['*'],
  parse: parseMixedList,
};

function parseMixedList(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let first: { readonly line: number; readonly text: string } | undefined;
  for (const { line, text } of linesOf(decodeText(bytes), MAX_LINE + 1)) {
    const entry = bareLine(text);
    if (entry === '') continue;
    const at = { line };
    const before = components.length;
    const isKnown = entry.length <= MAX_LINE && (readEntry(entry, at, components) || readEntries(entry, at, components));
    if (!isKnown || hasUnreadDownload(components, before)) {
      first ??= { line, text: entry.slice(0, 80) };
      skipped.addNotUnderstood('line that is not understood', entry, at);
    }
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} lines`, at);
  }
  if (components.length === 0) {
    const found = first ? `found ${JSON.stringify(first.text)}` : 'found nothing';
    throw new UnreadableInput(`expected packages, digests, domains, IP addresses or URLs, one a line; ${found}`, {
      line: first?.line ?? 1,
    });
  }
  return { components, skipped: skipped.list() };
}

const MAX_LINE = 4_096;
/** Things of one line, separated by spaces or commas. */
const MAX_ENTRIES = 500;

/** Adds what a text is as a whole; false where it is nothing that is known, and nothing was added. */
function readEntry(text: string, at: Place, found: FoundComponent[]): boolean {
  if (/^pkg:/i.test(text)) return add(found, purlComponent(text, at));
  // Most lines of long lists: nothing else looks like it.
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text)) return readAddress(text, at, found);
  const file = readDigestLine(text);
  if (file) return add(found, { ...file, at });
  const blocked = /^(?:0\.0\.0\.0|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1?)\s+(\S.*)$/.exec(text)?.[1];
  if (blocked !== undefined) return readEach(blocked.split(/\s+/), at, found, readAddress);
  if (/^[\w.-]+(?:\[[\w,.-]*\])?\s*(?:[=~<>!]=|[<>])/.test(text)) {
    const requirement = parseRequirement(text);
    return add(found, requirement && requirementComponent(requirement, at, { source: { kind: 'registry' }, pins: true }));
  }
  return readVersioned(text, at, found) || readAddress(text, at, found) || readNamed(text, at, found);
}

/** Several things in a line: added only where every one of them is known. */
function readEntries(text: string, at: Place, found: FoundComponent[]): boolean {
  const parts = text.split(/[\s,;|]+/).filter(Boolean);
  return parts.length > 1 && parts.length <= MAX_ENTRIES && readEach(parts, at, found, readEntry);
}

function readEach(parts: readonly string[], at: Place, found: FoundComponent[], read: typeof readEntry): boolean {
  const before = found.length;
  const isKnown = parts.every((part) => read(part, at, found));
  if (!isKnown) found.length = before;
  return isKnown;
}

/** `name@version`, `@scope/name@version`, `owner/repository@reference`, `name version`, and `name=version` as apt and conda write it. */
function readVersioned(text: string, at: Place, found: FoundComponent[]): boolean {
  const space = text.search(/\s/);
  const cut = space < 0 ? Math.max(text.lastIndexOf('@'), text.indexOf('=')) : space;
  if (cut <= 0) return false;
  const [name, version] = [text.slice(0, cut), text.slice(cut + 1).trim()];
  if (!/^@?[\w.+~-]{1,200}(?:\/[\w.+~-]{1,200}){0,8}$/.test(name) || !/[a-z]/i.test(name)) return false;
  if (!isVersionOf(name, version, space >= 0)) return false;
  const host = name.includes('.') ? readObservable(name) : undefined;
  // `example.org/x@1.0` is a URL, `example.org/x@v1.0` a module of Go.
  if (host?.type === 'url' && !/^v\d/.test(version)) return false;
  found.push(packageOf(name, version, at));
  if (space >= 0) addAddresses(name, version, at, found);
  return true;
}

/** A pair of columns may be a domain and its address. */
function addAddresses(name: string, version: string, at: Place, found: FoundComponent[]): void {
  const host = name.includes('.') ? readObservable(name) : undefined;
  if (host) found.push(addressComponent(host, at));
  const address = version.includes('.') ? readObservable(version) : undefined;
  if (host && address?.type === 'ip') found.push(addressComponent(address, at));
}

/** purl types by what people call the registry. */
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ...['npm', 'pypi', 'cargo', 'gem', 'nuget', 'golang', 'composer', 'github'].map((type) => [type, type] as const),
  ['pip', 'pypi'],
]);

/**
 * `npm name version` and `npm:name@version` for other ecosystems, too, `uses: owner/repository@reference` of a workflow, and a name and a version as tables, JSON and
 * people write them: `name,version`, `"name": "version"`, `name @ version`.
 */
function readNamed(text: string, at: Place, found: FoundComponent[]): boolean {
  const reference = /^uses:\s+["']?(\S+)$/.exec(text)?.[1];
  const action = reference?.includes('@') ? parseActionReference(reference) : undefined;
  if (action) return add(found, { ...action, at });
  const [, ecosystem = '', package_ = text] = /^([a-z]{3,8})(?::\s*|\s+)(\S.*)$/i.exec(text) ?? [];
  const type = ECOSYSTEMS.get(ecosystem.toLowerCase());
  const pair = type === undefined ? PAIR : TYPED_PAIR;
  const [, name, version] = pair.exec(type === undefined ? text : package_) ?? [];
  if (!name || !version || !/[a-z]/i.test(name)) return false;
  if (type !== undefined) return add(found, { identity: { kind: 'package', type, name }, version, source: UNSTATED, at });
  found.push(packageOf(name, version, at));
  addAddresses(name, version, at, found);
  return true;
}

const PAIR = /^(@?[\w.+~-]{1,200}(?:\/[\w.+~-]{1,200}){0,8})(?:["']?\s*[,:]\s*["']?|\s+@\s*|@\s+)(v?\d+\.\d[\w.+~:-]{0,200})$/;
const TYPED_PAIR = /^(@?[\w.+~-]{1,200}(?:\/[\w.+~-]{1,200}){0,8})(?:\s*[@,:]\s*|\s+)(v?\d[\w.+~:-]{0,200}|[0-9a-f]{40})$/i;

function isVersionOf(name: string, version: string, isApart: boolean): boolean {
  if (version.length > 200 || /[\s/@,;]/.test(version)) return false;
  // In prose a name is often followed by a number.
  if (isApart) return /^v?\d+[.:-]\S*$/.test(version);
  return /^v?\d\S*$/.test(version) || /^[0-9a-f]{40}$/i.test(version) || (/^[\w-]+\/[\w.-]+$/.test(name) && /^[\w.-]+$/.test(version));
}

/** A package of a name, in every ecosystem where there may be one; only npm has scopes. */
function packageOf(name: string, version: string, at: Place): FoundComponent {
  if (name.startsWith('@')) return { identity: { kind: 'package', type: 'npm', name }, version, source: UNSTATED, at };
  return new UnnamedPackage(name, version, at);
}

const UNSTATED = { kind: 'unstated' } as const;

/** A package whose ecosystem is not named. Its other names are computed when they are asked for: a list may hold many. */
class UnnamedPackage implements FoundComponent {
  readonly identity: { readonly kind: 'package'; readonly type: 'generic'; readonly name: string };
  readonly version: string;
  readonly source = UNSTATED;
  readonly at: Place;
  readonly anyEcosystem = true;

  constructor(name: string, version: string, at: Place) {
    this.identity = { kind: 'package', type: 'generic', name };
    this.version = version;
    this.at = at;
  }

  get alsoKnownAs(): NonNullable<FoundComponent['alsoKnownAs']> {
    const { name } = this.identity;
    const slashes = name.split('/').length - 1;
    const named = (type: string, spelling = name) => ({ identity: { kind: 'package', type, name: spelling } }) as const;
    const names = (UNNAMED_ECOSYSTEMS[Math.min(slashes, 2)] ?? []).map((type) => named(type));
    // Extensions of editors are written `publisher.name`.
    return slashes === 0 && /^[\w-]+\.[\w-]+$/.test(name) ? [...names, named('vscode-extension', name.replace('.', '/'))] : names;
  }
}

/** A domain, address or URL, and the package that a delivery network serves or a registry gives out there. */
function readAddress(text: string, at: Place, found: FoundComponent[]): boolean {
  const identity = readObservable(text);
  if (!identity) return false;
  found.push(addressComponent(identity, at));
  if (identity.type !== 'url') return true;
  for (const served of cdnPackages(identity.value)) found.push({ ...served, at });
  const held = downloadedPackage(identity.value);
  if (held && held !== 'unread') found.push({ ...held, at });
  return true;
}

/** Whether the components from an index on have an address of an archive whose package cannot be told: the address alone says nothing about it. */
function hasUnreadDownload(components: readonly FoundComponent[], from: number): boolean {
  for (let index = from; index < components.length; index++) {
    const identity = components[index]?.identity;
    if (identity?.kind === 'network' && identity.type === 'url' && downloadedPackage(identity.value) === 'unread') return true;
  }
  return false;
}

function add(found: FoundComponent[], component: FoundComponent | undefined): boolean {
  if (component) found.push(component);
  return component !== undefined;
}
