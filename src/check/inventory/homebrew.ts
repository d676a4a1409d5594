import type { ApplicationIdentity } from '../identity.ts';
import { ComponentList } from './component-list.ts';
import { asList, asRecord, asText, decodeText, entriesOf, field, linesOf, parseJson, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, type Place, UnreadableInput } from './inventory.ts';
import { vscodeExtension } from './vscode-extensions.ts';

/**
 * What Homebrew installed: `brew list --versions`, `brew info --json=v2 --installed` (https://docs.brew.sh/Querying-Brew), Brewfile.lock.json
 * (https://docs.brew.sh/Brew-Bundle-and-Brewfile). There is no purl type for it: formulae and casks are programs by their names.
 */
export const homebrew: InventoryFormat = { id: 'homebrew', title: 'Homebrew formulae and casks', types: [], parse: parseHomebrew };

function parseHomebrew(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected formulae and casks of Homebrew, found an empty file');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  if (text.trimStart().startsWith('{')) readDocument(parseJson(text), list, skipped);
  else readLines(text, list, skipped);
  return { components: list.components, skipped: skipped.list() };
}

/** What is known of a formula or cask. */
export interface HomebrewPackage {
  readonly name: string;
  readonly version: string | undefined;
  readonly isCask?: boolean;
  /** Repository of formulae that it comes from, `owner/name`. */
  readonly tap?: string | undefined;
  /** Names under which a cask is sold. */
  readonly titles?: readonly string[];
  readonly isDirect?: boolean | undefined;
  readonly installedAt?: string | undefined;
}

/**
 * The component of a formula or cask. Homebrew numbers its own rebuilds (`5.6.1_1`) and adds the build of a cask (`1.2.3,456`): it is known by the
 * version without these too, and `node@20` as `node`.
 */
export function homebrewComponent(found: HomebrewPackage, at: Place): FoundComponent {
  const { name, version, isCask, tap, titles = [], isDirect, installedAt } = found;
  const platform = isCask ? ({ platform: 'macos' } as const) : {};
  const named = (spelling: string): ApplicationIdentity => ({ kind: 'application', name: spelling, ...platform });
  const plain = version?.replace(/(?:_\d{1,6}|,.*)$/, '');
  const spellings = [...new Set([name, ...(name.indexOf('@') > 0 ? [name.slice(0, name.indexOf('@'))] : []), ...titles.slice(0, 10)])];
  const alsoKnownAs = spellings.flatMap((spelling) => [
    ...(spelling === name ? [] : [{ identity: named(spelling), version }]),
    ...(plain === version ? [] : [{ identity: named(spelling), version: plain }]),
  ]);
  return {
    identity: named(name),
    version,
    source: sourceOf(tap),
    at,
    ...(isDirect === undefined ? {} : { relation: isDirect ? 'direct' : 'transitive' }),
    ...(alsoKnownAs.length > 0 ? { alsoKnownAs } : {}),
    ...(installedAt === undefined ? {} : { installedAt }),
  };
}

/** Taps besides Homebrew's own are repositories of whoever keeps them. */
function sourceOf(tap: string | undefined): FoundComponent['source'] {
  if (tap === undefined || tap.startsWith('homebrew/')) return { kind: 'registry' };
  const [owner = '', name = ''] = tap.split('/');
  return { kind: 'git', url: `https://github.com/${owner}/homebrew-${name}` };
}

/** `name version version…`: each version that is installed. */
function readLines(text: string, list: ComponentList, skipped: SkipCounter): void {
  for (const { line, text: row } of linesOf(text)) {
    if (row.trim() === '' || row.startsWith('==>')) continue;
    const [name = '', ...versions] = row.trim().slice(0, 4_000).split(/\s+/);
    if (!isName(name) || versions.length === 0 || !versions.every(isVersion))
      skipped.addNotUnderstood('line that is no name with versions', row, { line });
    else for (const version of versions) list.add(homebrewComponent({ name, version }, { line }));
  }
  if (list.components.length === 0) {
    throw new UnreadableInput('expected names with versions as brew list --versions prints them, found none');
  }
}

function readDocument(document: unknown, list: ComponentList, skipped: SkipCounter): void {
  const formulae = field(document, 'formulae');
  const casks = field(document, 'casks');
  const entries = field(document, 'entries');
  if (Array.isArray(formulae) || Array.isArray(casks)) {
    asList(formulae).forEach((formula, index) => {
      readFormula(formula, { pointer: pointer('formulae', index) }, list, skipped);
    });
    asList(casks).forEach((cask, index) => {
      readCask(cask, { pointer: pointer('casks', index) }, list, skipped);
    });
  } else if (asRecord(entries)) readBundle(entries, list, skipped);
  else throw new UnreadableInput('expected formulae and casks (brew info --json=v2) or entries (Brewfile.lock.json), found neither');
}

function readFormula(formula: unknown, at: Place, list: ComponentList, skipped: SkipCounter): void {
  const name = asText(field(formula, 'name'));
  const tap = asText(field(formula, 'tap'));
  if (name === undefined) {
    skipped.addNotUnderstood('formula without a name', undefined, at);
    return;
  }
  const installed = asList(field(formula, 'installed'));
  if (installed.length === 0) skipped.add('formula that is not installed', name, at);
  for (const keg of installed) {
    const version = asText(field(keg, 'version'));
    const onRequest = field(keg, 'installed_on_request');
    list.add(
      homebrewComponent(
        { name, version, tap, isDirect: typeof onRequest === 'boolean' ? onRequest : undefined, installedAt: timeOf(field(keg, 'time')) },
        at,
      ),
    );
  }
}

function readCask(cask: unknown, at: Place, list: ComponentList, skipped: SkipCounter): void {
  const name = asText(field(cask, 'token'));
  if (name === undefined) {
    skipped.addNotUnderstood('cask without a token', undefined, at);
    return;
  }
  // One version in newer releases, a list in older ones.
  const installed = field(cask, 'installed');
  const versions = [installed, ...asList(installed)].flatMap((version) => asText(version) ?? []);
  if (versions.length === 0) skipped.add('cask that is not installed', name, at);
  const titles = asList(field(cask, 'name')).flatMap((title) => asText(title) ?? []);
  const about = { name, tap: asText(field(cask, 'tap')), isCask: true, titles, installedAt: timeOf(field(cask, 'installed_time')) };
  for (const version of versions) list.add(homebrewComponent({ ...about, version }, at));
}

/** Brewfile.lock.json: what was installed of each kind of entry. */
function readBundle(entries: unknown, list: ComponentList, skipped: SkipCounter): void {
  for (const [kind, named] of entriesOf(entries)) {
    for (const [name, entry] of entriesOf(named)) {
      const at = { pointer: pointer('entries', kind, name) };
      const version = asText(field(entry, 'version'));
      const extension = kind === 'vscode' ? vscodeExtension(name, version, at) : undefined;
      if (kind === 'brew' || kind === 'cask')
        list.add(homebrewComponent({ ...splitTap(name), version, isCask: kind === 'cask', isDirect: true }, at));
      else if (kind === 'mas') {
        list.add({
          identity: { kind: 'application', name, platform: 'macos' },
          version,
          source: { kind: 'registry' },
          at,
          relation: 'direct',
        });
      } else if (extension) list.add({ ...extension, relation: 'direct' });
      else skipped.add(`entry of kind ${kind.slice(0, 30)}`, name, at);
    }
  }
}

/** `owner/tap/name` → the name and its tap. */
function splitTap(name: string): { readonly name: string; readonly tap: string | undefined } {
  const parts = name.split('/');
  return parts.length === 3 ? { name: parts[2] ?? name, tap: `${parts[0]}/${parts[1]}` } : { name, tap: undefined };
}

/** Seconds since 1970. */
function timeOf(seconds: unknown): string | undefined {
  return typeof seconds === 'number' && seconds > 0 && seconds < 8.64e12 ? new Date(seconds * 1_000).toISOString() : undefined;
}

function isName(text: string): boolean {
  return text.length <= 200 && /^[a-z0-9][a-z0-9@+._-]*$/i.test(text);
}

function isVersion(text: string): boolean {
  return text.length <= 200 && ((/^[\w.+,:~-]+$/.test(text) && /\d/.test(text)) || text === 'latest');
}
