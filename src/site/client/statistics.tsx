import { publicSince } from '../../graph/evidence-dates.ts';
import { incidentAsOf } from '../../graph/incident-as-of.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { measuresOf } from '../../statistics/corpus-measures.ts';
import type { ChartLinks } from '../charts/chart-section.tsx';
import type { StatisticsData } from '../statistics-data.ts';
import { StatisticsSections } from '../statistics-sections.tsx';
import { asOfControl } from './as-of-control.ts';

document.addEventListener('DOMContentLoaded', () => {
  const host = document.querySelector<HTMLElement>('[data-as-of]');
  const place = document.querySelector<HTMLElement>('[data-measures]');
  const data = (globalThis as { threatpediaMeasured?: StatisticsData }).threatpediaMeasured;
  if (host && place && data && data.incidents.length > 0) start(host, place, data);
});

/** Draws the measures anew, as they would have come out on a day. */
function start(host: HTMLElement, place: HTMLElement, { incidents }: StatisticsData): void {
  const today = [...place.childNodes];
  const records = incidents.map(
    (incident): IncidentRecord => ({
      kind: 'incident',
      file: '',
      data: { ...incident, title: incident.id },
    }),
  );
  const days = yearEnds(incidents.flatMap(({ references }) => references.flatMap((reference) => publicSince(reference) ?? [])));
  if (days.length === 0) return;
  const ids = new Set(incidents.map(({ id }) => id));
  const { root = './', leaf = '' } = place.dataset;
  const base = root.replace(/index\.html$/, '');
  const links: ChartLinks = {
    href: (address) => `${base}${address}`,
    // By its id alone: titles are written with hindsight.
    incident: (id) => (ids.has(id) ? { href: `${base}incidents/${id.toLowerCase()}/${leaf}`, label: id } : undefined),
  };
  asOfControl(host, days, (day) => {
    if (day === undefined) {
      place.replaceChildren(...today);
      return '';
    }
    const known = records.flatMap((record) => incidentAsOf(record, day) ?? []);
    place.innerHTML = (<StatisticsSections links={links} measures={measuresOf(known)} />).toString();
    return `${known.length} of ${incidents.length} incidents were public. Vectors, depths and entry stages are our judgement of today; dates, claims and origins are those of then. Files hold today’s.`;
  });
}

/** The ends of the years in which documents appeared, and the last day on which one did. */
function yearEnds(known: readonly string[]): string[] {
  const days = [...new Set(known)].sort();
  const last = days.at(-1);
  const years = new Set(days.map((day) => day.slice(0, 4)));
  return last === undefined ? [] : [...[...years].map((year) => `${year}-12-31`).filter((day) => day < last), last];
}
