import { getEdtf } from '../base/edtf.ts';
import { itemsOf } from '../schema/cited.ts';
import type { DatedFact, Known } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { linkedPlainText } from '../schema/plain-text.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { countOrigins } from './evidence-dates.ts';

/** Oldest first by disclosure, else first warning, else first activity; what has no date before all; then by id. */
export function compareByDate(left: Incident, right: Incident): number {
  const [a, b] = [sortDate(left), sortDate(right)];
  return a < b ? -1 : a > b ? 1 : left.id < right.id ? -1 : 1;
}

/** How a value is missing: looked for and not known, none by a source, not recorded. */
export type MissingState = 'unknown' | 'none' | 'absent';

/** Fields of a summary that can be null or empty in more than one way. */
type StatedField =
  | 'year'
  | 'firstObserved'
  | 'firstPublicWarning'
  | 'disclosed'
  | 'contained'
  | 'entryStage'
  | 'sourceArtifactDivergence'
  | 'actors'
  | 'nexus'
  | 'malware'
  | 'campaigns';

/** The view of an incident in lists, as API, command and downloads give it. Dates are EDTF; of what is null or empty `missing` tells why. */
export interface IncidentSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly depth: Incident['depth'];
  readonly status: Incident['status'];
  /** See {@link publicYear}. */
  readonly year: number | null;
  readonly firstObserved: string | null;
  readonly firstPublicWarning: string | null;
  readonly disclosed: string | null;
  readonly contained: string | null;
  readonly ecosystems: Incident['ecosystems'];
  readonly vectors: Incident['vectors'];
  readonly impacts: NonNullable<Incident['impacts']>;
  readonly entryStage: string | null;
  readonly sourceArtifactDivergence: 'yes' | 'no' | null;
  readonly confidence: Incident['confidence'];
  readonly evidenceLevel: Incident['evidenceLevel'];
  /** Ids of the actors that attribution claims name; denials do not count. */
  readonly actors: readonly string[];
  /** Countries to which these claims themselves tie the incident. */
  readonly nexus: readonly string[];
  readonly malware: readonly string[];
  readonly campaigns: readonly string[];
  readonly techniques: readonly string[];
  readonly advisories: readonly string[];
  /** Documents that the record lists. */
  readonly references: number;
  /** To how many independent origins the references go back, at most; those that the record does not list count, too. */
  readonly origins: number;
  readonly missing: { readonly [F in StatedField]?: MissingState };
}

/** The summary of a record. */
export function incidentSummary(record: IncidentRecord): IncidentSummary {
  const { data } = record;
  const { actors, nexus } = namedByClaims(data);
  const year = publicYear(data);
  const divergence = data.sourceArtifactDivergence?.value;
  const missing: { readonly [F in StatedField]: MissingState | undefined } = {
    year: year === undefined ? yearState(data) : undefined,
    firstObserved: factState(data.firstObserved),
    firstPublicWarning: factState(data.firstPublicWarning),
    disclosed: factState(data.disclosed),
    contained: factState(data.contained),
    entryStage: typeof data.entryStage === 'string' ? undefined : data.entryStage ? 'unknown' : 'absent',
    sourceArtifactDivergence: divergence === undefined ? 'absent' : divergence === 'unknown' ? 'unknown' : undefined,
    actors: listState(data.attribution, actors),
    nexus: listState(data.attribution, nexus),
    malware: listState(data.malware, itemsOf(data.malware)),
    campaigns: listState(data.campaigns, itemsOf(data.campaigns)),
  };
  return {
    id: data.id,
    title: data.title,
    summary: linkedPlainText(data.summary.text),
    depth: data.depth,
    status: data.status,
    year: year === undefined ? null : Number(year),
    firstObserved: dateOf(data.firstObserved) ?? null,
    firstPublicWarning: dateOf(data.firstPublicWarning) ?? null,
    disclosed: dateOf(data.disclosed) ?? null,
    contained: dateOf(data.contained) ?? null,
    ecosystems: data.ecosystems,
    vectors: data.vectors,
    impacts: data.impacts ?? [],
    entryStage: typeof data.entryStage === 'string' ? data.entryStage : null,
    sourceArtifactDivergence: divergence === 'yes' || divergence === 'no' ? divergence : null,
    confidence: data.confidence,
    evidenceLevel: data.evidenceLevel,
    actors,
    nexus,
    malware: itemsOf(data.malware).map(({ id }) => id),
    campaigns: itemsOf(data.campaigns).map(({ id }) => id),
    techniques: itemsOf(data.techniques).map(({ id }) => id),
    advisories: itemsOf(data.vulnerabilities).map(({ id }) => id),
    references: data.references.length,
    origins: countOrigins(
      record,
      data.references.map(({ id }) => id),
    ),
    missing: Object.fromEntries(Object.entries(missing).filter(([, state]) => state !== undefined)),
  };
}

/** Whom attribution claims name and to which countries they tie an incident, each once; denials do not count. */
export function namedByClaims({ attribution }: Incident): { readonly actors: readonly string[]; readonly nexus: readonly string[] } {
  const claims = itemsOf(attribution).filter(({ relation }) => relation !== 'disputed');
  return {
    actors: [...new Set(claims.flatMap(({ target }) => ('actor' in target ? target.actor : [])))],
    nexus: [...new Set(claims.flatMap(({ nexus }) => nexus ?? []))],
  };
}

/** The date of a dated fact; undefined where it is absent or unknown. */
export function dateOf(fact: DatedFact | undefined): string | undefined {
  return fact && 'date' in fact ? fact.date : undefined;
}

/** How a list is missing; undefined where it has values. */
export function listState<Item>(list: Known<Item> | undefined, values: readonly unknown[]): MissingState | undefined {
  if (list && 'none' in list) return 'none';
  if (list && 'unknown' in list) return 'unknown';
  return values.length > 0 ? undefined : 'absent';
}

/**
 * Calendar year in which an incident became public: of disclosure, else of the first warning, else of the earliest activity. Undefined where none
 * is dated, or where the date is open or spans two years.
 */
export function publicYear(incident: Incident): string | undefined {
  const text = firstDated(incident);
  if (text === undefined) return undefined;
  const { earliest, latest } = getEdtf(text);
  const year = earliest?.slice(0, 4);
  return year !== undefined && year === latest?.slice(0, 4) ? year : undefined;
}

/** How a year that {@link publicYear} does not give is missing: `absent` where the record says nothing of any of its dates. */
export function yearState({ disclosed, firstPublicWarning, firstObserved }: Incident): 'unknown' | 'absent' {
  return disclosed || firstPublicWarning || firstObserved ? 'unknown' : 'absent';
}

function factState(fact: DatedFact | undefined): MissingState | undefined {
  return fact === undefined ? 'absent' : 'unknown' in fact ? 'unknown' : undefined;
}

function firstDated({ disclosed, firstPublicWarning, firstObserved }: Incident): string | undefined {
  return dateOf(disclosed) ?? dateOf(firstPublicWarning) ?? dateOf(firstObserved);
}

function sortDate(incident: Incident): string {
  return firstDated(incident) ?? '';
}
