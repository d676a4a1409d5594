import { asText, field, type JsonRecord } from './input-text.ts';

/** A table of installed things (https://osquery.io/schema/); `file` stands for all that have digests of files. */
export type OsqueryTable = (typeof TABLES)[number];

const TABLES = [
  'apps',
  'chrome_extensions',
  'deb_packages',
  'docker_images',
  'file',
  'firefox_addons',
  'homebrew_packages',
  'npm_packages',
  'programs',
  'python_packages',
  'rpm_packages',
  'vscode_extensions',
] as const;

/** Names that Fleet and queries give to the same tables. */
const OTHER_NAMES: Readonly<Record<string, OsqueryTable>> = { hash: 'file', python_package: 'python_packages', hashes: 'file' };

/** What distinguishes a table, in the order of asking: all of the columns of one line have to be there. */
const SIGNATURES: readonly (readonly [OsqueryTable, readonly string[]])[] = [
  ['rpm_packages', ['release', 'arch']],
  ['rpm_packages', ['release', 'epoch']],
  ['rpm_packages', ['package_group']],
  ['deb_packages', ['maintainer']],
  ['deb_packages', ['revision', 'arch']],
  ['apps', ['bundle_identifier']],
  ['apps', ['bundle_short_version']],
  ['programs', ['uninstall_string']],
  ['programs', ['identifying_number']],
  ['programs', ['install_source']],
  ['programs', ['install_location']],
  ['programs', ['publisher', 'install_date']],
  ['vscode_extensions', ['publisher_id']],
  ['vscode_extensions', ['vscode_edition']],
  ['vscode_extensions', ['publisher', 'uuid']],
  ['firefox_addons', ['creator']],
  ['firefox_addons', ['identifier', 'source_url']],
  ['firefox_addons', ['identifier', 'autoupdate']],
  ['chrome_extensions', ['browser_type']],
  ['chrome_extensions', ['identifier', 'update_url']],
  ['chrome_extensions', ['identifier', 'profile']],
  ['chrome_extensions', ['identifier', 'permissions']],
  ['docker_images', ['tags', 'size_bytes']],
  ['file', ['sha256']],
  ['file', ['sha1']],
  ['file', ['md5']],
  ['homebrew_packages', ['prefix']],
];

/** Tables that their columns do not tell apart, by where the things of theirs lie. */
const PLACES: readonly (readonly [OsqueryTable, RegExp])[] = [
  ['homebrew_packages', /\/(?:Cellar|Caskroom)\//],
  ['npm_packages', /[/\\]node_modules(?:[/\\]|$)/],
  ['python_packages', /[/\\](?:site|dist)-packages(?:[/\\]|$)/],
];

/** The table that a row is of: as Fleet names it, else by its columns, else by the name of the query. */
export function osqueryTable(row: JsonRecord, hint: string | undefined): OsqueryTable | undefined {
  const stated = tableNamed(asText(field(row, 'source')) ?? '');
  if (stated !== undefined) return stated;
  const signed = SIGNATURES.find(([, columns]) => columns.every((column) => Object.hasOwn(row, column)))?.[0];
  // Certificates have digests too, which are not those of a file.
  if (signed === 'file' && Object.hasOwn(row, 'issuer')) return undefined;
  if (signed !== undefined) return signed;
  const path = (asText(field(row, 'path')) ?? asText(field(row, 'directory')) ?? '').slice(0, 4_096);
  const placed = PLACES.find(([, place]) => place.test(path))?.[0];
  if (placed !== undefined) return placed;
  // `pack/inventory/deb_packages` and `get_deb_packages` name it, too.
  const name = (hint ?? '').slice(0, 300).split(/[/:]/).at(-1) ?? '';
  return tableNamed(name) ?? TABLES.find((table) => table !== 'file' && name.includes(table) && table !== 'apps' && table !== 'programs');
}

function tableNamed(name: string): OsqueryTable | undefined {
  return TABLES.find((table) => table === name) ?? (Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined);
}
