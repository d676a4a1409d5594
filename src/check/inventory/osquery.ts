import type { ApplicationIdentity, Digests } from '../identity.ts';
import { addonComponent, chromeComponent, isChromeId } from './browser-extensions.ts';
import { ComponentList } from './component-list.ts';
import { homebrewComponent } from './homebrew.ts';
import { imageComponent, parseImageReference } from './image-reference.ts';
import { asText, decodeText, field, type JsonRecord, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, type Place, UnreadableInput } from './inventory.ts';
import { isNpmName, npmIdentity } from './npm-source.ts';
import { readOsqueryRows } from './osquery-rows.ts';
import { type OsqueryTable, osqueryTable } from './osquery-table.ts';
import { systemComponent } from './system-package.ts';
import { vscodeExtension } from './vscode-extensions.ts';

/** Results of osquery and Fleet: rows of the tables of installed things (https://osquery.io/schema/), told by their columns. */
export const osquery: InventoryFormat = {
  id: 'osquery',
  title: 'osquery or Fleet results',
  types: ['deb', 'rpm', 'npm', 'pypi', 'vscode-extension', 'chrome-extension', 'docker'],
  parse: parseOsquery,
};

function parseOsquery(bytes: Uint8Array): Inventory {
  const list = new ComponentList();
  const skipped = new SkipCounter();
  const rows = readOsqueryRows(decodeText(bytes), skipped);
  let known = 0;
  for (const { columns, at, hint } of rows) {
    const table = osqueryTable(columns, hint);
    if (table === undefined) {
      skipped.add('row of a table that its columns do not tell', Object.keys(columns).slice(0, 8).join(', '), at);
      continue;
    }
    known++;
    if (isRemoved(columns)) {
      skipped.add('package that is not installed', asText(field(columns, 'name')), at);
      continue;
    }
    const components = READERS[table](columns, at);
    if (components.length === 0)
      skipped.addNotUnderstood(`row of ${table} without a name, or with one that is none`, asText(field(columns, 'name')), at);
    for (const component of components) list.add(component);
  }
  const [first] = rows;
  if (first && known === 0) {
    throw new UnreadableInput('expected rows of an osquery table of installed things, found columns of none', first.at);
  }
  return { components: list.components, skipped: skipped.list() };
}

/** dpkg keeps what was removed in its list. */
function isRemoved(row: JsonRecord): boolean {
  return / (?:config-files|not-installed)$/.test(text(row, 'status')?.slice(-40) ?? '');
}

type Reader = (row: JsonRecord, at: Place) => readonly FoundComponent[];

/** A component, or none where the row lacks what names it. */
function one(component: FoundComponent | undefined): readonly FoundComponent[] {
  return component ? [component] : [];
}

const READERS: Readonly<Record<OsqueryTable, Reader>> = {
  apps: (row, at) => {
    const bundleId = text(row, 'bundle_identifier');
    const name = (text(row, 'name') ?? text(row, 'bundle_name') ?? bundleId)?.replace(/\.app$/, '');
    const version = text(row, 'bundle_short_version') ?? text(row, 'bundle_version') ?? text(row, 'version');
    return one(name === undefined ? undefined : program({ kind: 'application', name, platform: 'macos', bundleId }, version, at));
  },
  chrome_extensions: (row, at) => {
    const id = text(row, 'identifier') ?? text(row, 'extension_id') ?? '';
    const [name, version] = [text(row, 'name'), text(row, 'version')];
    if (isChromeId(id)) return [chromeComponent({ id, name, version, updateUrl: text(row, 'update_url') }, at)];
    return one(name === undefined ? undefined : addonComponent({ id: id || undefined, name, version, vendor: text(row, 'author') }, at));
  },
  deb_packages: (row, at) => {
    const [name, version, source] = [text(row, 'name'), text(row, 'version'), text(row, 'source')];
    if (name === undefined || version === undefined) return [];
    // Fleet names the table in this column; dpkg adds the version where it differs.
    const [, sourceName, sourceVersion] = /^([a-z0-9][a-z0-9+.-]*)(?:\s+\(([^()\s]+)\))?$/.exec(source?.slice(0, 300) ?? '') ?? [];
    const built = sourceName === undefined ? undefined : { name: sourceName, version: sourceVersion };
    return [systemComponent({ type: 'deb', namespace: 'debian', name, version, source: built }, at)];
  },
  docker_images: (row, at) =>
    (text(row, 'tags') ?? '')
      .split(',')
      .slice(0, 100)
      .flatMap((tag) => {
        const image = parseImageReference(tag.trim());
        return image ? [{ ...imageComponent(image, at), relation: undefined }] : [];
      }),
  file: (row, at) => {
    const path = text(row, 'path') ?? text(row, 'filename') ?? text(row, 'name') ?? '';
    const digests = digestsOf(row);
    return one(digests && { identity: { kind: 'file', name: path, digests }, source: { kind: 'path', path }, at });
  },
  firefox_addons: (row, at) => {
    const id = text(row, 'identifier') ?? text(row, 'extension_id');
    const name = text(row, 'name') ?? id;
    return one(
      name === undefined ? undefined : addonComponent({ id, name, version: text(row, 'version'), vendor: text(row, 'creator') }, at),
    );
  },
  homebrew_packages: (row, at) => {
    const name = text(row, 'name');
    const isCask = text(row, 'type') === 'cask' || text(row, 'path')?.includes('/Caskroom/') === true;
    return one(name === undefined ? undefined : homebrewComponent({ name, version: text(row, 'version'), isCask }, at));
  },
  npm_packages: (row, at) => {
    const name = text(row, 'name');
    if (name === undefined || !isNpmName(name)) return [];
    return [{ identity: npmIdentity(name), version: text(row, 'version'), source: { kind: 'registry' }, at }];
  },
  programs: (row, at) => {
    const [name, vendor] = [text(row, 'name'), text(row, 'publisher') ?? text(row, 'vendor')];
    if (name === undefined) return [];
    return [
      program({ kind: 'application', name, vendor, platform: 'windows' }, text(row, 'version'), at, dayOf(text(row, 'install_date'))),
    ];
  },
  python_packages: (row, at) => {
    const name = text(row, 'name');
    if (name === undefined || !/^[\w.-]+$/.test(name)) return [];
    return [{ identity: { kind: 'package', type: 'pypi', name }, version: text(row, 'version'), source: { kind: 'registry' }, at }];
  },
  rpm_packages: (row, at) => {
    const [name, version, release, epoch] = [text(row, 'name'), text(row, 'version'), text(row, 'release'), text(row, 'epoch')];
    if (name === undefined || version === undefined) return [];
    const before = epoch !== undefined && /^[1-9]\d*$/.test(epoch) ? `${epoch}:` : '';
    const whole = `${before}${version}${release === undefined || version.endsWith(`-${release}`) ? '' : `-${release}`}`;
    const built = /^(.{1,300})-([^-]{1,200}-[^-]{1,200})\.(?:no)?src\.rpm$/.exec(text(row, 'source')?.slice(0, 800) ?? '');
    const source = built?.[1] === undefined ? undefined : { name: built[1], version: `${before}${built[2]}` };
    return [systemComponent({ type: 'rpm', name, version: whole, source, installedAt: secondsOf(text(row, 'install_time')) }, at)];
  },
  vscode_extensions: (row, at) => {
    const [name = '', version] = [text(row, 'name'), text(row, 'version')];
    // The name is the whole identifier; where it is not, the publisher stands apart.
    const identifier = name.includes('.') ? name : `${text(row, 'publisher') ?? text(row, 'vendor') ?? ''}.${name}`;
    const component = vscodeExtension(identifier, version, at);
    const milliseconds = Number(text(row, 'installed_at') ?? Number.NaN);
    const installedAt = secondsOf(String(milliseconds > 1e11 ? milliseconds / 1_000 : milliseconds));
    return one(component && installedAt ? { ...component, installedAt } : component);
  },
};

/** A text or number of a column: osquery writes all values as texts, Fleet and others do not. */
function text(row: JsonRecord, column: string): string | undefined {
  const value = field(row, column);
  return typeof value === 'number' ? String(value) : asText(value)?.trim();
}

/** A program; its name often ends with its version or architecture, without which it is looked up too. */
function program(identity: ApplicationIdentity, version: string | undefined, at: Place, installedAt?: string): FoundComponent {
  const bare = bareName(identity.name);
  return {
    identity,
    version,
    source: { kind: 'unstated' },
    at,
    ...(bare === identity.name ? {} : { alsoKnownAs: [{ identity: { ...identity, name: bare } }] }),
    ...(installedAt ? { installedAt } : {}),
  };
}

/** `Phone 18.12.416 (x64 en-US)` → `Phone`. */
function bareName(name: string): string {
  const bare = name
    .slice(0, 300)
    .replace(/\s*\([^()]{0,100}\)$/, '')
    .replace(/\s(?:version\s)?v?\d{1,9}(?:\.\d{1,9}){1,5}$/i, '')
    .trim();
  return bare === '' ? name : bare;
}

function digestsOf(row: JsonRecord): Digests | undefined {
  const digests: { md5?: string; sha1?: string; sha256?: string } = {};
  for (const [column, length] of [
    ['md5', 32],
    ['sha1', 40],
    ['sha256', 64],
  ] as const) {
    const value = text(row, column)?.toLowerCase();
    if (value?.length === length && /^[0-9a-f]+$/.test(value)) digests[column] = value;
  }
  return Object.keys(digests).length > 0 ? digests : undefined;
}

/** `20240309`, as Windows writes it. */
function dayOf(date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(date ?? '') ?? [];
  const iso = `${year}-${month}-${day}`;
  return year !== undefined && !Number.isNaN(Date.parse(iso)) ? iso : undefined;
}

/** Seconds since 1970. */
function secondsOf(seconds: string | undefined): string | undefined {
  const number = Number(seconds);
  return number > 0 && number < 8.64e12 ? new Date(number * 1_000).toISOString() : undefined;
}
