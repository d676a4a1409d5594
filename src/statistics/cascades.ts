import { dateOf } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import { ALL_DEPTHS, type Measure } from './measure.ts';

/** An incident that seeded another or was seeded. */
export interface CascadeIncident {
  readonly incident: string;
  readonly title: string;
  /** Earliest known activity, as written; undefined where it is unknown or not recorded. */
  readonly date: string | undefined;
}

export interface Seeding {
  readonly from: string;
  readonly to: string;
  readonly tier: string;
}

export interface CascadeMeasure extends Measure {
  readonly nodes: readonly CascadeIncident[];
  readonly seedings: readonly Seeding[];
}

/** Which incident gave the access for which. */
export function cascades(incidents: readonly Incident[]): CascadeMeasure {
  const seedings = incidents.flatMap((incident): Seeding[] =>
    itemsOf(incident.seededBy).map(({ from, tier }) => ({ from: from.incident, to: incident.id, tier })),
  );
  const tied = new Set(seedings.flatMap(({ from, to }) => [from, to]));
  const nodes = incidents
    .filter(({ id }) => tied.has(id))
    .map(({ id, title, firstObserved }) => ({ incident: id, title, date: dateOf(firstObserved) }));
  const dates = new Map(nodes.map(({ incident, date }) => [incident, date]));
  const state = (name: 'none' | 'unknown') =>
    incidents.filter(({ seededBy }) => seededBy !== undefined && !Array.isArray(seededBy) && name in seededBy).length;
  const silent = incidents.filter(({ seededBy }) => seededBy === undefined).length;
  return {
    id: 'cascades',
    title: 'Which incident seeded which',
    unit: 'Incidents at their earliest known activity; a line leads from the one that gave the access to the one that used it',
    definition:
      '“Causal”: a source states that the first gave the access that the second used. “Temporal”: sources place the two in sequence and connect them without establishing how.',
    unknowns: `Of ${incidents.length} records: ${new Set(seedings.map(({ to }) => to)).size} with an earlier incident, ${state('none')} with evidence that there was none, ${state('unknown')} of which it is unknown. The other ${silent} say nothing, and may have had one.`,
    depths: ALL_DEPTHS,
    incidents: incidents.length,
    nodes,
    seedings,
    table: {
      columns: [
        { name: 'from', label: 'Seeding incident' },
        { name: 'from_first_observed', label: 'Its first known activity' },
        { name: 'to', label: 'Seeded incident' },
        { name: 'to_first_observed', label: 'Its first known activity' },
        { name: 'tier', label: 'Tier' },
      ],
      rows: seedings.map(({ from, to, tier }) => [from, dates.get(from) ?? 'unknown', to, dates.get(to) ?? 'unknown', tier]),
    },
  };
}
