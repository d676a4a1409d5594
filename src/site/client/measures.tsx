import { incidentAsOf } from '../../graph/incident-as-of.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { measuresOf } from '../../statistics/corpus-measures.ts';
import { namedVectors } from '../../statistics/vectors.ts';
import type { ChartLinks } from '../charts/chart-section.tsx';
import type { StatisticsData } from '../statistics-data.ts';
import { StatisticsSections } from '../statistics-sections.tsx';

/** What the page of statistics takes to look back. */
export interface MeasuresModule {
  /** Draws the measures into a place as they would have come out on a day (YYYY-MM-DD), and says on how much they rest. */
  showAsOf(place: HTMLElement, day: string): string;
}

globalThis.threatpediaMeasures = { showAsOf };

function showAsOf(place: HTMLElement, day: string): string {
  const { incidents } = (globalThis as { threatpediaMeasured?: StatisticsData }).threatpediaMeasured ?? { incidents: [] };
  const known = incidents.flatMap((incident) => {
    const record: IncidentRecord = { kind: 'incident', file: '', data: { ...incident, title: incident.id } };
    return incidentAsOf(record, day) ?? [];
  });
  const ids = new Set(incidents.map(({ id }) => id));
  const { root = './', leaf = '' } = place.dataset;
  const base = root.replace(/index\.html$/, '');
  const links: ChartLinks = {
    href: (address) => `${base}${address}`,
    // By its id alone: titles are written with hindsight.
    incident: (id) => (ids.has(id) ? { href: `${base}incidents/${id.toLowerCase()}/${leaf}`, label: id } : undefined),
  };
  place.innerHTML = (<StatisticsSections links={links} measures={measuresOf(known, namedVectors(incidents))} />).toString();
  return `${known.length} of ${incidents.length} incidents were public. Vectors, depths and entry stages are our judgement of today; dates, claims and origins are those of then. Downloads contain today’s data.`;
}
