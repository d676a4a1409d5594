import { prettyJsonArray } from '../base/canonical-json.ts';
import { getEdtf } from '../base/edtf.ts';
import { osvPackage } from '../base/osv-ecosystems.ts';
import { parsePurl } from '../base/purl.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Reference } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { badReleases } from './bad-releases.ts';
import { pageOf } from './csv.ts';
import { allBut, type ExportFormat } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

/** OSV records (https://ossf.github.io/osv-schema/), schema 1.7: one an incident that has bad releases in a registry of OSV’s list, as a JSON array. */
export const osv: ExportFormat = {
  id: 'osv',
  title: 'OSV records of registry packages',
  mediaType: 'application/json',
  extension: 'json',
  asOf: false,
  losses: [
    ...allBut(
      INCIDENT_FIELDS,
      ['id', 'title', 'summary', 'aliases', 'disclosed', 'executiveSummary', 'components', 'releases', 'vulnerabilities', 'references'],
      'OSV speaks of packages and versions',
    ),
    { field: 'aliases', why: 'names are no identifiers there: only advisory ids are carried' },
    { field: 'components', why: 'vendor downloads, images, scripts and programs are of no ecosystem in its list' },
    {
      field: 'releases',
      why: 'whether a release is malicious or only affected; ranges in VERS notation; dates of publication and withdrawal; clean releases',
    },
    { field: 'references', why: 'titles, publishers and dates: an address and a rough kind' },
    { field: '*', why: 'citations of single statements: references stand for the whole record' },
  ],
  *render({ incidents, site }) {
    yield* prettyJsonArray(osvRecords(incidents, site));
  },
};

function* osvRecords(incidents: readonly IncidentRecord[], site: string): Generator<object> {
  for (const record of incidents) {
    const found = osvRecord(record, site);
    if (found) yield found;
  }
}

/** Whether {@link osvRecord} has something to tell of an incident. */
export function hasOsvRecord({ data }: IncidentRecord): boolean {
  return badReleases(data).some(({ component, versions }) => versions.length > 0 && packageOf(component.purl) !== undefined);
}

/** The OSV record of an incident; undefined where it has no bad release in a registry of OSV’s list. */
export function osvRecord(record: IncidentRecord, site: string): object | undefined {
  const { data } = record;
  const affected = affectedOf(record);
  if (affected.length === 0) return undefined;
  const days = data.references.flatMap(({ published }) => (published ? (getEdtf(published).lastDay ?? []) : [])).sort();
  const disclosed = data.disclosed && 'date' in data.disclosed ? getEdtf(data.disclosed.date).earliest : undefined;
  const details = (data.executiveSummary ?? [data.summary]).map(({ text }) => plainText(text)).join('\n\n');
  const aliases = itemsOf(data.vulnerabilities).map(({ id }) => id);
  return {
    schema_version: '1.7.0',
    id: `x_TP-${data.id}`,
    // The newest document that the record rests on: the same record gives the same bytes.
    modified: `${days.at(-1) ?? '1970-01-01'}T00:00:00Z`,
    ...(disclosed ? { published: `${disclosed.slice(0, 10)}T00:00:00Z` } : {}),
    ...(aliases.length > 0 ? { related: aliases } : {}),
    summary: data.title,
    details,
    affected,
    references: [
      { type: 'WEB', url: pageOf(site, record) },
      ...data.references.map((reference) => ({ type: referenceType(reference), url: reference.url })),
    ],
    database_specific: { incident: data.id, confidence: data.confidence, evidence_level: data.evidenceLevel, vectors: data.vectors },
  };
}

function referenceType({ kind }: Reference): string {
  return kind === 'primary' || kind === 'government'
    ? 'ADVISORY'
    : kind === 'vendor' || kind === 'researcher'
      ? 'REPORT'
      : kind === 'media'
        ? 'ARTICLE'
        : 'WEB';
}

/** The packages with bad versions, each once. */
function affectedOf({ data }: IncidentRecord): object[] {
  const versionsOf = new Map<string, string[]>();
  for (const { component, versions } of badReleases(data)) {
    if (component.purl) versionsOf.set(component.purl, [...(versionsOf.get(component.purl) ?? []), ...versions]);
  }
  return [...versionsOf].flatMap(([text, versions]) => {
    const named = packageOf(text);
    if (!named || versions.length === 0) return [];
    return [{ package: { ...named, purl: text }, versions: [...new Set(versions)] }];
  });
}

function packageOf(purl: string | undefined): ReturnType<typeof osvPackage> {
  const parsed = purl === undefined ? undefined : parsePurl(purl);
  return parsed && osvPackage(parsed);
}
