import { ComponentList, noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { type SystemPackage, systemComponent } from './system-package.ts';

/**
 * Packages of Debian and what descends from it: /var/lib/dpkg/status (https://manpages.debian.org/dpkg-query, https://manpages.debian.org/deb-control)
 * and files of status.d, `dpkg-query -W`, `dpkg -l`, `apt list --installed`. Only the first tells the source packages, which advisories speak of;
 * `dpkg-query -W -f '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n'` does too.
 */
export const dpkgStatus: InventoryFormat = {
  id: 'dpkg-status',
  title: 'Debian packages (dpkg, apt)',
  types: ['deb'],
  parse: parseDpkgStatus,
};

function parseDpkgStatus(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected packages of dpkg, found an empty file');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  if (/^[A-Za-z][A-Za-z-]{0,60}:/.test(text.trimStart().slice(0, 80)) && /^Package:/m.test(text)) readStatus(text, list, skipped);
  else readLines(text, list, skipped);
  if (list.components.length === 0 && !skipped.list().some(({ reason }) => reason === NOT_INSTALLED)) {
    throw new UnreadableInput('expected packages of dpkg (status file, dpkg-query -W, dpkg -l, apt list), found none');
  }
  noteMissingEnd(text, skipped);
  return { components: list.components, skipped: skipped.list() };
}

const NOT_INSTALLED = 'package that is not installed';
const WANTED = new Set(['package', 'status', 'version', 'source']);

interface Stanza {
  readonly line: number;
  readonly fields: Map<string, string>;
}

/** Stanzas of `Field: value`, ended by an empty line. */
function readStatus(text: string, list: ComponentList, skipped: SkipCounter): void {
  let stanza: Stanza | undefined;
  const end = (): void => {
    if (stanza) readStanza(stanza, list, skipped);
    stanza = undefined;
  };
  for (const { line, text: row } of linesOf(text)) {
    if (row.trim() === '') end();
    // Goes on from the line above: descriptions, files.
    else if (row.startsWith(' ') || row.startsWith('\t')) continue;
    else {
      const colon = row.indexOf(':');
      const name = row.slice(0, Math.max(0, colon)).toLowerCase();
      stanza ??= { line, fields: new Map() };
      if (WANTED.has(name) && !stanza.fields.has(name)) stanza.fields.set(name, row.slice(colon + 1).trim());
    }
  }
  end();
}

function readStanza({ line, fields }: Stanza, list: ComponentList, skipped: SkipCounter): void {
  const name = fields.get('package');
  const version = fields.get('version');
  const status = fields.get('status');
  // Files of status.d, as in images without dpkg, have no status.
  if (status !== undefined && isAbsent(status.split(/\s+/)[2])) skipped.add(NOT_INSTALLED, name, { line });
  else if (name === undefined || !isName(name)) skipped.addNotUnderstood('entry without a package name', name, { line });
  else if (version === undefined || !isVersion(version)) skipped.addNotUnderstood('entry without a version', name, { line });
  else list.add(systemComponent(toPackage(name, version, readSource(fields.get('source'))), { line }));
}

function isAbsent(state: string | undefined): boolean {
  return state === 'not-installed' || state === 'config-files';
}

/** `name` or `name (version)`. */
function readSource(text: string | undefined): SystemPackage['source'] {
  const match = /^(\S+)(?:\s+\(([^()\s]+)\))?$/.exec(text ?? '');
  const [, name, version] = match ?? [];
  return name !== undefined && isName(name) ? { name, version } : undefined;
}

function readLines(text: string, list: ComponentList, skipped: SkipCounter): void {
  for (const { line, text: row } of linesOf(text)) {
    // Headings of dpkg -l and apt list.
    if (row.trim() === '' || /^(?:Desired=|\||\+\+\+-|Listing\.\.\.|WARNING: apt)/.test(row)) continue;
    const found = readListed(row) ?? readApt(row) ?? readQueried(row);
    if (found === 'absent') skipped.add(NOT_INSTALLED, row.trim(), { line });
    else if (found === undefined) skipped.addNotUnderstood('line that is no package', row, { line });
    else list.add(systemComponent(found, { line }));
  }
}

/** A row of `dpkg -l`: `ii  name:arch  version  arch  description`. */
function readListed(row: string): SystemPackage | 'absent' | undefined {
  const [state = '', name = '', version = ''] = row.trimStart().split(/\s+/, 3);
  if (!/^[uihrp][ncHUFWti]R?$/.test(state)) return undefined;
  const bare = withoutArchitecture(name);
  // `ii 1.0` is a package of that name as dpkg-query writes it.
  if (!isName(bare)) return undefined;
  if (/^.[nc]/.test(state)) return 'absent';
  return isVersion(version) ? toPackage(bare, version) : undefined;
}

/** A row of `apt list --installed`: `name/suite,now version arch [installed,automatic]`. */
function readApt(row: string): SystemPackage | 'absent' | undefined {
  const [named = '', version = ''] = row.split(' ', 2);
  const slash = named.indexOf('/');
  const name = named.slice(0, Math.max(0, slash));
  if (slash < 0 || !isName(name) || !isVersion(version)) return undefined;
  return row.includes('[installed') || row.includes('[upgradable') ? toPackage(name, version) : 'absent';
}

/** A row of `dpkg-query -W`: name, version, and what a format of the user's adds. */
function readQueried(row: string): SystemPackage | 'absent' | undefined {
  const [first = '', second = '', ...others] = row.split(/[\t ]+/, 12);
  const name = withoutArchitecture(first);
  if (!isName(name)) return undefined;
  if (second === '' && /[\t ]$/.test(row)) return 'absent';
  if (!isVersion(second) || !/\d/.test(second)) return undefined;
  const rest = others.filter((column) => !ARCHITECTURES.has(column));
  const [source = '', sourceVersion = ''] = rest;
  const isSource = row.includes('\t') && isName(source) && !/^[uihrp][a-z]$/i.test(source);
  return toPackage(name, second, isSource ? { name: source, version: isVersion(sourceVersion) ? sourceVersion : undefined } : undefined);
}

/** https://wiki.debian.org/SupportedArchitectures */
const ARCHITECTURES: ReadonlySet<string> = new Set(
  'all amd64 arm64 armel armhf i386 loong64 mips mips64el mipsel ppc64 ppc64el powerpc riscv64 s390x hurd-i386 x32 sparc64 ia64 alpha m68k'.split(
    ' ',
  ),
);

function toPackage(name: string, version: string, source?: SystemPackage['source']): SystemPackage {
  return { type: 'deb', namespace: 'debian', name, version, source };
}

function withoutArchitecture(name: string): string {
  return name.replace(/:[a-z0-9-]{1,30}$/, '');
}

/** https://www.debian.org/doc/debian-policy/ch-controlfields.html#source */
function isName(text: string): boolean {
  return text.length <= 200 && /^[a-z0-9][a-z0-9+.-]*$/i.test(text);
}

function isVersion(text: string): boolean {
  return text.length <= 200 && /^[\w.+:~-]+$/.test(text) && /\d/.test(text);
}
