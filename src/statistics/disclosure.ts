import { type DaySpan, daysApart } from '../base/edtf.ts';
import { dateOf } from '../graph/incident-list.ts';
import type { DatedFact } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import { BEYOND_INDEXED, type Cell, type Measure, mostFirst, ofDepths, termGroups } from './measure.ts';

/** One incident whose time to disclosure can be told, exactly or between bounds. */
export interface Delay {
  readonly incident: string;
  readonly title: string;
  readonly span: DaySpan;
}

/** The incidents of one vector. */
export interface DelayRow {
  readonly label: string;
  readonly delays: readonly Delay[];
  /** Incidents of which one of the two dates is unknown, absent or open. */
  readonly unmeasured: number;
  /** Bounds of the median; undefined for fewer than {@link FEWEST_FOR_MEDIAN} incidents. */
  readonly median: { readonly least: number; readonly most: number } | undefined;
}

export interface DelayMeasure extends Measure {
  readonly rows: readonly DelayRow[];
}

/** Of fewer incidents no median is given. */
export const FEWEST_FOR_MEDIAN = 5;

/** Days from the earliest known activity to disclosure, of all incidents and by vector. */
export function timeToDisclosure(incidents: readonly Incident[]): DelayMeasure {
  const looked = ofDepths(incidents, BEYOND_INDEXED);
  const vectors = mostFirst(looked, termGroups(vector, 'vector'), (incident) => incident.vectors);
  const rows = [
    delayRow('All vectors', looked),
    ...vectors.map(({ key, label }) =>
      delayRow(
        label,
        looked.filter((incident) => incident.vectors.some((value) => value === key)),
      ),
    ),
  ];
  return {
    id: 'time-to-disclosure',
    title: 'From the first known activity to disclosure',
    unit: 'Days, one mark an incident',
    definition: `From the earliest activity known today to the day on which the affected party, or a detailed report, confirmed the incident in public; calendar days in UTC. An incident counts under each of its vectors. A median is given for ${FEWEST_FOR_MEDIAN} incidents or more; where dates leave it open, as the two values between which it lies.`,
    unknowns:
      'A date known only to the month or year is drawn as the span of days that it allows, never as a number. Incidents of which a date is unknown, not recorded or open are counted as not measurable and drawn nowhere. Earliest activity may be moved back by later finds.',
    depths: BEYOND_INDEXED,
    incidents: looked.length,
    rows,
    table: {
      columns: [
        { name: 'vector', label: 'Vector' },
        { name: 'measured', label: 'Measured' },
        { name: 'not_measurable', label: 'Not measurable' },
        { name: 'median_days_least', label: 'Median, at least' },
        { name: 'median_days_most', label: 'Median, at most' },
        { name: 'shortest_days', label: 'Shortest, at least' },
        { name: 'longest_days', label: 'Longest, at most' },
      ],
      rows: rows.map(({ label, delays, unmeasured, median }) => [
        label,
        delays.length,
        unmeasured,
        median?.least ?? null,
        median?.most ?? null,
        delays.length > 0 ? delays.reduce((least, { span }) => Math.min(least, span.least), Number.POSITIVE_INFINITY) : null,
        delays.length > 0 ? delays.reduce((most, { span }) => Math.max(most, span.most), 0) : null,
      ]),
    },
  };
}

function delayRow(label: string, incidents: readonly Incident[]): DelayRow {
  const delays = incidents.flatMap((incident): Delay[] => {
    const [from, to] = [dateOf(incident.firstObserved), dateOf(incident.disclosed)];
    const span = from !== undefined && to !== undefined ? daysApart(from, to) : undefined;
    return span ? [{ incident: incident.id, title: incident.title, span }] : [];
  });
  return { label, delays, unmeasured: incidents.length - delays.length, median: medianOf(delays.map(({ span }) => span)) };
}

/** The median lies between that of the least and that of the most values, because it grows with each of them. */
function medianOf(spans: readonly DaySpan[]): DelayRow['median'] {
  if (spans.length < FEWEST_FOR_MEDIAN) return undefined;
  const middle = (values: number[]) => {
    values.sort((left, right) => left - right);
    const [low = 0, high = 0] = [values[Math.floor((values.length - 1) / 2)], values[Math.ceil((values.length - 1) / 2)]];
    return (low + high) / 2;
  };
  return { least: middle(spans.map(({ least }) => least)), most: middle(spans.map(({ most }) => most)) };
}

/** The events after the first activity, in the order in which they are drawn. */
export const DWELL_EVENTS = ['firstPublicWarning', 'disclosed', 'contained'] as const;
export type DwellEvent = (typeof DWELL_EVENTS)[number];

/** One incident, its events in days since the first known activity. */
export interface Dwell {
  readonly incident: string;
  readonly title: string;
  /** Date of the first known activity, as written. */
  readonly start: string;
  /** Undefined where the event's date is unknown, absent or open. */
  readonly spans: Readonly<Record<DwellEvent, DaySpan | undefined>>;
}

export interface DwellMeasure extends Measure {
  /** Those that can be drawn: the longest time to disclosure first. */
  readonly dwells: readonly Dwell[];
}

/** Each incident from its first known activity to warning, disclosure and containment. */
export function dwellTimes(incidents: readonly Incident[]): DwellMeasure {
  const looked = ofDepths(incidents, BEYOND_INDEXED);
  const dwells = looked
    .flatMap((incident): Dwell[] => {
      const start = dateOf(incident.firstObserved);
      if (start === undefined) return [];
      const spanOf = (event: DwellEvent) => {
        const date = dateOf(incident[event]);
        return date === undefined ? undefined : daysApart(start, date);
      };
      const spans = { firstPublicWarning: spanOf('firstPublicWarning'), disclosed: spanOf('disclosed'), contained: spanOf('contained') };
      return DWELL_EVENTS.some((event) => spans[event]) ? [{ incident: incident.id, title: incident.title, start, spans }] : [];
    })
    .sort((left, right) => longest(right) - longest(left) || (left.incident < right.incident ? -1 : 1));
  const order = new Map(dwells.map(({ incident }, index) => [incident, index]));
  const rank = ({ id }: Incident) => order.get(id) ?? dwells.length;
  return {
    id: 'dwell',
    title: 'Each incident from first activity to containment',
    unit: 'Days since the first known activity',
    definition:
      'Three events an incident: the first public word that something was wrong; disclosure; and containment, when the path was closed. Containment can come before disclosure. Calendar days in UTC.',
    unknowns: `What a date leaves open is drawn as a dashed span from the fewest to the most days that it allows, with a hollow mark at its end. An event that is unknown or not recorded is not drawn; ${looked.length - dwells.length} incidents without a dated first activity or any later dated event stand in the table only.`,
    depths: BEYOND_INDEXED,
    incidents: looked.length,
    dwells,
    table: {
      columns: [
        { name: 'incident', label: 'Incident' },
        { name: 'first_observed', label: 'First known activity' },
        { name: 'first_public_warning', label: 'First public warning' },
        { name: 'disclosed', label: 'Disclosed' },
        { name: 'contained', label: 'Contained' },
        { name: 'days_to_disclosure_least', label: 'Days to disclosure, at least' },
        { name: 'days_to_disclosure_most', label: 'Days to disclosure, at most' },
      ],
      rows: [...looked]
        .sort((left, right) => rank(left) - rank(right) || (left.id < right.id ? -1 : 1))
        .map((incident) => {
          const span = dwells[rank(incident)]?.spans.disclosed;
          return [
            incident.id,
            dateCell(incident.firstObserved),
            ...DWELL_EVENTS.map((event) => dateCell(incident[event])),
            span?.least ?? null,
            span?.most ?? null,
          ];
        }),
    },
  };
}

function longest({ spans }: Dwell): number {
  const span = spans.disclosed ?? spans.firstPublicWarning ?? spans.contained;
  return span ? span.most : -1;
}

function dateCell(fact: DatedFact | undefined): Cell {
  return dateOf(fact) ?? (fact ? 'unknown' : 'not recorded');
}
