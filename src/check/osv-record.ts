import { compareText } from '../base/problem.ts';
import { packageKey } from './identity.ts';
import { asList, asRecord, asText, entriesOf, field } from './inventory/input-text.ts';
import type { Knowledge, OsvEvent, OsvRange } from './knowledge.ts';

/** What one OSV record adds to an index, or why it adds nothing. */
export interface OsvReading {
  readonly id: string | undefined;
  readonly modified: string | undefined;
  readonly entries: readonly { readonly key: string; readonly knowledge: Knowledge }[];
  /** `affected` entries and records that were left out, one reason each. */
  readonly skipped: readonly string[];
}

/**
 * purl type of an OSV ecosystem (https://ossf.github.io/osv-schema/#defined-ecosystems), with the namespace that distributions carry.
 * Packages of other ecosystems are kept under the ecosystem's own name in lower case.
 */
const PURL_TYPES: Readonly<Record<string, string>> = {
  AlmaLinux: 'rpm/almalinux',
  Alpaquita: 'apk/alpaquita',
  Alpine: 'apk/alpine',
  'Azure Linux': 'rpm/azurelinux',
  BellSoft: 'apk/bellsoft',
  Bitnami: 'bitnami',
  Chainguard: 'apk/chainguard',
  ConanCenter: 'conan',
  CRAN: 'cran',
  'crates.io': 'cargo',
  Debian: 'deb/debian',
  'GitHub Actions': 'github',
  Go: 'golang',
  Hackage: 'hackage',
  Hex: 'hex',
  Julia: 'julia',
  Mageia: 'rpm/mageia',
  Maven: 'maven',
  MinimOS: 'apk/minimos',
  npm: 'npm',
  NuGet: 'nuget',
  openEuler: 'rpm/openeuler',
  openSUSE: 'rpm/opensuse',
  Packagist: 'composer',
  'Photon OS': 'rpm/photon',
  Pub: 'pub',
  PyPI: 'pypi',
  'Red Hat': 'rpm/redhat',
  'Rocky Linux': 'rpm/rocky',
  RubyGems: 'gem',
  SUSE: 'rpm/suse',
  SwiftURL: 'swift',
  Ubuntu: 'deb/ubuntu',
  VSCode: 'vscode-extension',
  Wolfi: 'apk/wolfi',
};

/** The key of a package of an OSV ecosystem; a suffix (`Debian:12`) does not count. */
export function osvPackageKey(ecosystem: string, name: string): string {
  const base = ecosystem.split(':', 1)[0] ?? ecosystem;
  const type = Object.hasOwn(PURL_TYPES, base) ? (PURL_TYPES[base] ?? '') : base.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  const [purlType = '', namespace] = type.split('/');
  const spelled = purlType === 'maven' ? name.replace(':', '/') : purlType === 'vscode-extension' ? name.replace('.', '/') : name;
  return packageKey(purlType, namespace ? `${namespace}/${spelled}` : spelled);
}

/**
 * Reads an OSV record (https://ossf.github.io/osv-schema/) into knowledge by key. Never throws: what is malformed is named in `skipped`. A withdrawn
 * record is kept, marked, so that it can be shown as withdrawn.
 */
export function readOsvRecord(value: unknown): OsvReading {
  const id = asText(field(value, 'id'));
  const modified = isoDate(field(value, 'modified'));
  if (!id || !/^[A-Za-z0-9][\w.:-]{2,100}$/.test(id)) return { id: undefined, modified, entries: [], skipped: ['record without id'] };
  const shared = sharedFacts(value, id);
  const entries: { key: string; knowledge: Knowledge }[] = [];
  const skipped: string[] = [];
  for (const affected of asList(field(value, 'affected'))) {
    const ecosystem = asText(field(field(affected, 'package'), 'ecosystem'));
    const name = asText(field(field(affected, 'package'), 'name'));
    if (!ecosystem || !name || name.length > 500) {
      skipped.push('affected entry without ecosystem and name');
      continue;
    }
    const versions = asList(field(affected, 'versions')).filter(
      (version): version is string => typeof version === 'string' && version !== '',
    );
    const ranges = asList(field(affected, 'ranges')).flatMap(readRange);
    // A record that gives neither names the package as a whole; one whose ranges cannot be read says nothing that could be relied on.
    const everything = asList(field(affected, 'versions')).length === 0 && asList(field(affected, 'ranges')).length === 0;
    if (!everything && versions.length === 0 && ranges.length === 0) {
      skipped.push('affected entry whose versions and ranges cannot be read');
      continue;
    }
    entries.push({
      key: osvPackageKey(ecosystem, name),
      knowledge: {
        ...shared,
        name,
        ...(ecosystem.includes(':') ? { ecosystem } : {}),
        ...(versions.length > 0 ? { versions: [...new Set(versions)] } : {}),
        ...(ranges.length > 0 ? { ranges } : {}),
        ...(everything ? { ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] } : {}),
      },
    });
  }
  if (entries.length === 0 && skipped.length === 0) skipped.push('record without affected packages');
  return { id, modified, entries, skipped };
}

function sharedFacts(value: unknown, id: string): Omit<Knowledge, 'name'> {
  const summary = asText(field(value, 'summary'));
  // A record without a publication date was public at its last change at the latest.
  const knownSince = isoDate(field(value, 'published')) ?? isoDate(field(value, 'modified'));
  const withdrawn = isoDate(field(value, 'withdrawn'));
  const aliases = asList(field(value, 'aliases')).filter((alias): alias is string => typeof alias === 'string');
  const sources = sourcesOf(value);
  return {
    id,
    origin: 'osv',
    // "Malicious code in NAME (ECOSYSTEM)" says nothing that the entry does not.
    ...(summary && !/^Malicious code in \S+ \([^)]*\)$/.test(summary) ? { title: summary.slice(0, 200) } : {}),
    state: 'malicious',
    ...(knownSince ? { knownSince: knownSince.slice(0, 10) } : {}),
    ...(withdrawn ? { withdrawn: withdrawn.slice(0, 10) } : {}),
    ...(aliases.length > 0 ? { aliases: aliases.slice(0, 10) } : {}),
    ...(sources.length > 0 ? { sources } : {}),
  };
}

/** Reports before packages before the rest; at most five. */
const REFERENCE_ORDER = ['REPORT', 'ARTICLE', 'ADVISORY', 'DISCUSSION', 'EVIDENCE', 'FIX', 'WEB', 'PACKAGE'];

function sourcesOf(value: unknown): string[] {
  const references = asList(field(value, 'references')).flatMap((reference) => {
    const url = asText(field(reference, 'url'));
    return url && /^https?:\/\//.test(url) && url.length <= 500 ? [{ url, rank: rankOf(asText(field(reference, 'type'))) }] : [];
  });
  references.sort((left, right) => left.rank - right.rank || compareText(left.url, right.url));
  return [...new Set(references.map(({ url }) => url))].slice(0, 5);
}

function rankOf(type: string | undefined): number {
  const rank = REFERENCE_ORDER.indexOf(type ?? '');
  return rank < 0 ? REFERENCE_ORDER.length : rank;
}

function readRange(value: unknown): OsvRange[] {
  const type = asText(field(value, 'type'));
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM' && type !== 'GIT') return [];
  const events = asList(field(value, 'events')).flatMap(readEvents);
  return events.length > 0 ? [{ type, events }] : [];
}

/** An event has one field; one with several, which older records have, counts as several events. */
function readEvents(value: unknown): OsvEvent[] {
  if (!asRecord(value)) return [];
  return entriesOf(value).flatMap(([name, version]): OsvEvent[] => {
    if (typeof version !== 'string') return [];
    if (name === 'introduced') return [{ introduced: version }];
    if (name === 'fixed') return [{ fixed: version }];
    if (name === 'last_affected') return [{ last_affected: version }];
    return name === 'limit' ? [{ limit: version }] : [];
  });
}

function isoDate(value: unknown): string | undefined {
  const text = asText(value);
  return text && /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? text : undefined;
}
