import { formatCount } from '../../base/format-count.ts';
import { inventoryFormats } from '../inventory/formats.ts';
import type { Exposure, MatchState } from '../match.ts';

/** What a finding is told under: its state, and whether it is only possible. */
export function stateLabel({ state, exposure }: { readonly state: MatchState; readonly exposure?: Exposure | undefined }): string {
  return exposure === 'possible' ? 'Possibly exposed' : STATE_LABELS[state];
}

/** What people call the format of an input, with its version; one without id was not recognised. */
export function formatLabel({
  format,
  formatVersion,
}: {
  readonly format?: string | undefined;
  readonly formatVersion?: string | undefined;
}): string {
  const title = inventoryFormats.find(({ id }) => id === format)?.title ?? (format === 'file' ? 'file, by its digest' : format);
  return `${title ?? 'not recognised'}${formatVersion ? ` (${formatVersion})` : ''}`;
}

/** What people call a kind of thing, by purl type or kind of identity. */
export function kindLabel(type: string): string {
  return KIND_LABELS[type] ?? type;
}

const KIND_LABELS: Readonly<Record<string, string>> = {
  alpm: 'Arch Linux packages',
  apk: 'Alpine packages',
  application: 'Programs',
  cargo: 'crates.io',
  'chrome-extension': 'Chrome extensions',
  composer: 'Packagist',
  deb: 'Debian packages',
  docker: 'Container images',
  file: 'Files',
  gem: 'RubyGems',
  generic: 'Other software',
  github: 'GitHub Actions',
  golang: 'Go modules',
  hex: 'Hex',
  maven: 'Maven',
  network: 'Domains and addresses',
  nuget: 'NuGet',
  oci: 'Container images (OCI)',
  pub: 'pub.dev',
  pypi: 'PyPI',
  rpm: 'RPM packages',
  unnamed: 'Packages of no named ecosystem',
  'vscode-extension': 'VS Code extensions',
};

/** A stretch of time as the knowledge gives it (EDTF); an end that is not known is absent. */
export interface Window {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A window as exactly as it is known: `2025-03-14T16:00Z to 2025-03-15T14:00Z`. */
export function timesOf({ from, to }: Window): string {
  if (from === undefined) return to === undefined ? 'at a time not known' : `until ${to}`;
  return to === undefined ? `from ${from} on` : from === to ? `on ${from}` : `${from} to ${to}`;
}

/** The first or last day of an EDTF date, or the month or year where it names no day: `2025-03-14` of `2025-03-14T16:00Z/2025-03-14T16:57Z`. */
export function dayOf(date: string, end: 'first' | 'last' = 'first'): string {
  return (date.split('/').at(end === 'first' ? 0 : -1) ?? date).replace(/T.*$/, '');
}

/** `1 match`, `2,000 components`. */
export function count(number: number, noun: string): string {
  const many = noun.endsWith('ry') ? `${noun.slice(0, -1)}ies` : `${noun}${/(s|ch)$/.test(noun) ? 'es' : 's'}`;
  return `${formatCount(number)} ${number === 1 ? noun : many}`;
}

/** Sign of each state of a hop: colour is never the only one. */
export const HOP_MARKS: Readonly<Record<string, string>> = { compromised: '✕', abused: '!', intact: '✓', unknown: '?' };

/** Heading of each state, for people. */
export const STATE_LABELS: Readonly<Record<MatchState, string>> = {
  confirmed: 'Exposed',
  'in-window': 'Exposed in a window',
  'could-resolve': 'Could resolve to a bad version',
  'name-only': 'Same name, other origin',
  'unconfirmed-range': 'Covered by an unconfirmed claim on all versions',
  'not-comparable': 'Version not comparable',
  'outside-window': 'Outside of the window',
  withdrawn: 'Advisory withdrawn',
};
