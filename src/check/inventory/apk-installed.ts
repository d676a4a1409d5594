import { ComponentList, noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { type SystemPackage, systemComponent } from './system-package.ts';

/**
 * Packages of Alpine and what descends from it: /lib/apk/db/installed (https://wiki.alpinelinux.org/wiki/Apk_spec), which tells the package that each
 * was built from, `apk info -v` and `apk list --installed`.
 */
export const apkInstalled: InventoryFormat = {
  id: 'apk-installed',
  title: 'Alpine packages (apk)',
  types: ['apk'],
  parse: parseApkInstalled,
};

function parseApkInstalled(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected packages of apk, found an empty file');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  if (/^[A-Za-z]:/.test(text.trimStart().slice(0, 2)) && /^P:/m.test(text)) readDatabase(text, list, skipped);
  else readLines(text, list, skipped);
  if (list.components.length === 0)
    throw new UnreadableInput('expected packages of apk (installed database, apk info -v, apk list), found none');
  noteMissingEnd(text, skipped);
  return { components: list.components, skipped: skipped.list() };
}

interface Entry {
  readonly line: number;
  readonly fields: Map<string, string>;
}

/** Stanzas of `X:value`, ended by an empty line. */
function readDatabase(text: string, list: ComponentList, skipped: SkipCounter): void {
  let entry: Entry | undefined;
  const end = (): void => {
    if (entry) readEntry(entry, list, skipped);
    entry = undefined;
  };
  for (const { line, text: row } of linesOf(text)) {
    if (row.trim() === '') end();
    else {
      entry ??= { line, fields: new Map() };
      const letter = row.slice(0, 1);
      // Only the first of each: the files of a package repeat theirs, and none of them is one of these letters.
      if (row[1] === ':' && 'PVo'.includes(letter) && !entry.fields.has(letter)) entry.fields.set(letter, row.slice(2).trim());
    }
  }
  end();
}

function readEntry({ line, fields }: Entry, list: ComponentList, skipped: SkipCounter): void {
  const name = fields.get('P');
  const version = fields.get('V');
  const origin = fields.get('o');
  if (name === undefined || !isName(name)) skipped.addNotUnderstood('entry without a package name', name, { line });
  else if (version === undefined || !isVersion(version)) skipped.addNotUnderstood('entry without a version', name, { line });
  else list.add(systemComponent(toPackage(name, version, origin), { line }));
}

function readLines(text: string, list: ComponentList, skipped: SkipCounter): void {
  for (const { line, text: row } of linesOf(text)) {
    if (row.trim() === '' || row.startsWith('WARNING:')) continue;
    const [first = '', , origin] = row.trim().slice(0, 2_000).split(/\s+/);
    const cut = nameEnd(first);
    const name = first.slice(0, Math.max(0, cut));
    const version = first.slice(cut + 1);
    // `apk list` names everything there is; what is installed is marked.
    if (cut < 0 || !isName(name) || !isVersion(version)) skipped.addNotUnderstood('line that is no package', row, { line });
    else if (origin?.startsWith('{') && !/\[(?:installed|upgradable)/.test(row))
      skipped.add('package that is not installed', first, { line });
    else list.add(systemComponent(toPackage(name, version, /^\{(.+)\}$/.exec(origin ?? '')?.[1]), { line }));
  }
}

/** Where `name-version-rN` parts: versions begin with a digit and hold no hyphen but that of the release. */
function nameEnd(text: string): number {
  const release = text.lastIndexOf('-');
  if (/^-r\d{1,9}$/.test(text.slice(release))) return text.lastIndexOf('-', release - 1);
  return release;
}

function toPackage(name: string, version: string, origin: string | undefined): SystemPackage {
  return { type: 'apk', namespace: 'alpine', name, version, source: origin !== undefined && isName(origin) ? { name: origin } : undefined };
}

/** Names of virtual packages begin with a dot. */
function isName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9_.][\w.+-]*$/.test(text);
}

function isVersion(text: string): boolean {
  return text.length <= 200 && /^\d[\w.~+-]*$/.test(text);
}
