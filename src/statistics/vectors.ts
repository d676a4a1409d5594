import { publicYear } from '../graph/incident-list.ts';
import type { Incident } from '../schema/incident.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import { ALL_DEPTHS, type CrosstabMeasure, crosstabOf, crosstabTable, depthGroups, type Group, mostFirst, termGroups } from './measure.ts';

/** Vectors that have a colour of their own. */
const NAMED = 4;
const NO_YEAR = 'not known';

/**
 * The vectors that most often stand alone, which have a colour of their own. Those of the whole corpus of today stand for every day: a colour that
 * changed its meaning while one looks back would deceive.
 */
export function namedVectors(incidents: readonly Pick<Incident, 'vectors'>[]): readonly Group[] {
  const alone = (key: string) => incidents.filter(({ vectors }) => vectors.length === 1 && vectors[0] === key).length;
  return mostFirst(incidents, termGroups(vector, 'vector'), ({ vectors }) => vectors)
    .sort((left, right) => alone(right.key) - alone(left.key))
    .slice(0, NAMED);
}

/** Incidents by year, each once: under its vector, or among those that combine several. */
export function vectorsByYear(incidents: readonly Incident[], named = namedVectors(incidents)): CrosstabMeasure {
  const kinds = new Set(named.map(({ key }) => key));
  const groupOf = ({ vectors }: Incident): string => {
    const groups = new Set(vectors.map((value) => (kinds.has(value) ? value : 'other')));
    return groups.size > 1 ? 'several' : ([...groups][0] ?? 'other');
  };
  const years = incidents.flatMap((incident) => publicYear(incident) ?? []).map(Number);
  const first = years.reduce((least, year) => Math.min(least, year), years[0] ?? 0);
  const last = years.reduce((most, year) => Math.max(most, year), first);
  const rows = years.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  const undated: Group[] = incidents.some((incident) => publicYear(incident) === undefined)
    ? [{ key: NO_YEAR, label: NO_YEAR, query: 'year:unknown,absent', apart: true }]
    : [];
  const crosstab = crosstabOf(incidents, {
    rowTitle: 'Year',
    rows: [...rows.map((key) => ({ key, label: key, query: `year:${key}` })), ...undated],
    series: [
      ...named.map(({ key, label }) => ({ key, label })),
      { key: 'other', label: 'Other vectors' },
      { key: 'several', label: 'More than one of these' },
    ],
    rowsOf: (incident) => [publicYear(incident) ?? NO_YEAR],
    seriesOf: (incident) => [groupOf(incident)],
  });
  return {
    id: 'vectors-by-year',
    title: 'Incidents by year and vector',
    unit: 'Incidents that became public in the year, each counted once',
    definition: `The year is that of disclosure, else of the first public warning, else of the earliest known activity. The ${named.length} vectors that most often stand alone today have a colour; an incident whose vectors fall into two of these groups stands under “more than one of these”. The next picture counts every vector in full. Years without a column have no incident in this corpus, which is not to say that there was none.`,
    unknowns: 'Incidents without a date, or with one that spans two years, stand in a row “not known” and in no year.',
    depths: ALL_DEPTHS,
    incidents: incidents.length,
    crosstab,
    table: crosstabTable(crosstab),
  };
}

/** Incidents by vector and depth; an incident counts under each of its vectors. */
export function vectorFrequency(incidents: readonly Incident[]): CrosstabMeasure {
  const crosstab = crosstabOf(incidents, {
    rowTitle: 'Vector',
    rows: mostFirst(incidents, termGroups(vector, 'vector'), ({ vectors }) => vectors),
    series: depthGroups,
    rowsOf: ({ vectors }) => vectors,
    seriesOf: ({ depth }) => [depth],
  });
  return {
    id: 'vectors',
    title: 'How often each vector occurs',
    unit: 'Incidents in which the vector played a part',
    definition:
      'Every vector of every incident counts, so that the rows add up to more than the number of incidents. Indexed records often name one vector only, because their source says no more.',
    unknowns: 'Every record names at least one vector, or says that no source read tells of any: those stand as “Unknown”.',
    depths: ALL_DEPTHS,
    incidents: incidents.length,
    crosstab,
    table: crosstabTable(crosstab),
  };
}
