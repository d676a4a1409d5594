import { ComponentList, noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { type SystemPackage, systemComponent } from './system-package.ts';

/**
 * Installed RPM packages: lines of `rpm -qa` (name-version-release.arch, https://rpm.org/docs/latest/man/rpm-query.8), lists of
 * `rpm -qa --qf '%{NAME}\t%{EPOCH}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\n'` in this or a similar order, and `dnf list --installed`.
 */
export const rpmList: InventoryFormat = { id: 'rpm-list', title: 'RPM packages (rpm -qa, dnf list)', types: ['rpm'], parse: parseRpmList };

function parseRpmList(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected packages of rpm, found an empty file');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  for (const { line, text: row } of linesOf(text)) {
    const columns = row
      .trim()
      .slice(0, MAX_ROW)
      .split(/[\t |;,]+/);
    const [first = ''] = columns;
    if (first === '' || /^(?:Installed Packages|Last metadata|Loaded plugins)/.test(row)) continue;
    // Keys that packages are signed with stand in the list.
    if (/^gpg-pubkey\b/.test(first)) skipped.add('key, no package', first, { line });
    else {
      const found = columns.length === 1 ? readWhole(first) : readColumns(columns);
      if (found) list.add(systemComponent(found, { line }));
      else skipped.addNotUnderstood('line that is no package', row, { line });
    }
  }
  if (list.components.length === 0)
    throw new UnreadableInput('expected packages of rpm (name-version-release.arch or columns), found none');
  noteMissingEnd(text, skipped);
  return { components: list.components, skipped: skipped.list() };
}

const MAX_ROW = 2_000;

/** `name-[epoch:]version-release.arch`; yum writes `epoch:name-version-release.arch`. */
function readWhole(text: string): SystemPackage | undefined {
  const bare = withoutArchitecture(text.replace(/\.rpm$/, ''));
  const release = bare.lastIndexOf('-');
  const version = bare.lastIndexOf('-', release - 1);
  if (release <= 0 || version <= 0) return undefined;
  const leading = /^(\d+):(.+)$/.exec(bare.slice(0, version));
  const epoch = leading?.[1] ? `${leading[1]}:` : '';
  return toPackage(leading?.[2] ?? bare.slice(0, version), `${epoch}${bare.slice(version + 1)}`, undefined);
}

/** Columns: the name, then the version in parts or whole, an architecture and the source package wherever they stand. */
function readColumns([name = '', ...others]: readonly string[]): SystemPackage | undefined {
  const sourceFile = others.find((column) => column.endsWith('.src.rpm') || column.endsWith('.nosrc.rpm'));
  const parts = others.filter((column) => column !== sourceFile && !ARCHITECTURES.has(column) && !column.startsWith('@'));
  const [first = '', second = '', third = ''] = parts;
  const version = joinVersion(first, second, third);
  return version === undefined ? undefined : toPackage(withoutArchitecture(name), version, sourceFile);
}

/** The epoch, version and release in columns of their own, or joined. */
function joinVersion(first: string, second: string, third: string): string | undefined {
  const isEpoch = first === '(none)' || (/^\d{1,4}$/.test(first) && third !== '' && isVersion(second) && isRelease(third));
  if (isEpoch) {
    const epoch = first === '(none)' || first === '0' ? '' : `${first}:`;
    return isVersion(second) ? `${epoch}${second}${isRelease(third) ? `-${third}` : ''}` : undefined;
  }
  const whole = first.replace(/^\(none\):/, '').replace(/^0:/, '');
  if (!isVersion(whole)) return undefined;
  return whole.includes('-') || !isRelease(second) ? whole : `${whole}-${second}`;
}

function isVersion(text: string): boolean {
  return text.length <= 200 && /^(?:\d{1,9}:)?[\w.+~^-]+$/.test(text) && /\d/.test(text);
}

/** Releases hold a digit and no colon; times of installation are longer numbers. */
function isRelease(text: string): boolean {
  return text.length <= 200 && /^[\w.+~^]+$/.test(text) && /\d/.test(text) && !/^\d{9,}$/.test(text);
}

function toPackage(name: string, version: string, sourceFile: string | undefined): SystemPackage | undefined {
  if (name.length > 300 || !/^[A-Za-z0-9_][\w.+-]*$/.test(name) || !isVersion(version)) return undefined;
  const source = sourceFile === undefined ? undefined : readWhole(sourceFile.replace(/\.(?:no)?src\.rpm$/, ''));
  // A source package's file name leaves out the epoch, which is that of the package.
  const epoch = /^\d+:/.exec(version)?.[0] ?? '';
  return { type: 'rpm', name, version, ...(source ? { source: { name: source.name, version: `${epoch}${source.version}` } } : {}) };
}

function withoutArchitecture(text: string): string {
  const dot = text.lastIndexOf('.');
  return dot > 0 && ARCHITECTURES.has(text.slice(dot + 1)) ? text.slice(0, dot) : text;
}

/** https://github.com/rpm-software-management/rpm/blob/master/rpmrc.in */
const ARCHITECTURES: ReadonlySet<string> = new Set(
  (
    'noarch x86_64 x86_64_v2 x86_64_v3 x86_64_v4 i386 i486 i586 i686 athlon amd64 ia32e ia64 aarch64 armv5tel armv6hl armv7hl armv7hnl ' +
    'ppc ppc64 ppc64le s390 s390x riscv64 loongarch64 mips mipsel mips64 mips64el sparc sparc64 alpha src nosrc'
  ).split(' '),
);
