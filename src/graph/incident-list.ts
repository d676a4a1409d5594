import type { DatedFact } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { linkedPlainText } from '../schema/plain-text.ts';
import type { IncidentRecord } from '../schema/record.ts';

/** Oldest first by disclosure, else first activity; then by id. */
export function compareByDate(left: Incident, right: Incident): number {
  const [a, b] = [sortDate(left), sortDate(right)];
  return a < b ? -1 : a > b ? 1 : left.id < right.id ? -1 : 1;
}

/** The one-line view of an incident in lists, as the API gives it. */
export interface IncidentSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly depth: Incident['depth'];
  readonly status: Incident['status'];
  readonly firstObserved: string | null;
  readonly firstPublicWarning: string | null;
  readonly disclosed: string | null;
  readonly contained: string | null;
  readonly ecosystems: Incident['ecosystems'];
  readonly vectors: Incident['vectors'];
  readonly impacts: NonNullable<Incident['impacts']>;
  /** null where the record says unknown or nothing. */
  readonly entryStage: string | null;
  readonly confidence: Incident['confidence'];
  readonly evidenceLevel: Incident['evidenceLevel'];
}

/** The summary of a record. */
export function incidentSummary({ data }: IncidentRecord): IncidentSummary {
  return {
    id: data.id,
    title: data.title,
    summary: linkedPlainText(data.summary.text),
    depth: data.depth,
    status: data.status,
    firstObserved: dateOf(data.firstObserved) ?? null,
    firstPublicWarning: dateOf(data.firstPublicWarning) ?? null,
    disclosed: dateOf(data.disclosed) ?? null,
    contained: dateOf(data.contained) ?? null,
    ecosystems: data.ecosystems,
    vectors: data.vectors,
    impacts: data.impacts ?? [],
    entryStage: typeof data.entryStage === 'string' ? data.entryStage : null,
    confidence: data.confidence,
    evidenceLevel: data.evidenceLevel,
  };
}

/** The date of a dated fact; undefined where it is absent or unknown. */
export function dateOf(fact: DatedFact | undefined): string | undefined {
  return fact && 'date' in fact ? fact.date : undefined;
}

/** Year of disclosure, else of the first warning, else of the first activity, else that of the id. */
export function incidentYear(incident: Incident): string {
  return sortDate(incident).slice(0, 4);
}

function sortDate(incident: Incident): string {
  return dateOf(incident.disclosed) ?? dateOf(incident.firstPublicWarning) ?? dateOf(incident.firstObserved) ?? incident.id.slice(3, 7);
}
