import { countOrigins } from '../graph/evidence-dates.ts';
import type { Incident } from '../schema/incident.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { ALL_DEPTHS, type CrosstabMeasure, crosstabOf, crosstabTable, depthGroups } from './measure.ts';

const BINS: readonly (readonly [from: number, label: string, query: string])[] = [
  ...[1, 2, 3, 4, 5].map((origins) => [origins, String(origins), `origins:${origins}`] as const),
  [6, '6–9', 'origins:6..9'],
  [10, '10+', 'origins:>=10'],
];

/** From how many independent origins incidents are told, at most. */
export function evidenceOrigins(records: readonly IncidentRecord[]): CrosstabMeasure {
  const origins = new Map<Incident, number>(
    records.map((record) => [
      record.data,
      countOrigins(
        record,
        record.data.references.map(({ id }) => id),
      ),
    ]),
  );
  const binOf = (incident: Incident) => BINS.findLast(([from]) => (origins.get(incident) ?? 0) >= from)?.[1];
  const crosstab = crosstabOf(
    records.map(({ data }) => data),
    {
      rowTitle: 'Origins',
      rows: BINS.map(([, label, query]) => ({ key: label, label, query })),
      series: depthGroups,
      rowsOf: (incident) => [binOf(incident) ?? ''],
      seriesOf: ({ depth }) => [depth],
    },
  );
  return {
    id: 'evidence-origins',
    title: 'How many origins an incident rests on',
    unit: 'Incidents, by the number of their origins',
    definition:
      'An origin is a document that repeats no other: ten articles about one report are one. A document that others repeat counts even where the record does not list it, so that there can be more origins than references. A catalogue that lists an incident counts as an origin where the record does not say what it repeats.',
    unknowns: 'The number is an upper bound: a repetition that no record mentions makes two origins of one.',
    depths: ALL_DEPTHS,
    incidents: records.length,
    crosstab,
    table: crosstabTable(crosstab),
  };
}
