import type { Incident } from '../schema/incident.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { findTerm, type Vocabulary, valuesOf } from '../schema/vocabulary.ts';

export type Depth = Incident['depth'];

/** null where there is nothing to say: what is unknown is a word, never a number. */
export type Cell = string | number | null;

/** What a picture shows, in full. Cells of a column named `incident` are ids of incidents. */
export interface Table {
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly (readonly Cell[])[];
  /** By cell, the query of the incidents that it counts, where the query language has one. */
  readonly queries?: readonly (readonly (string | undefined)[])[];
}

/** Something counted over the corpus, with its definition. */
export interface Measure {
  /** Kebab-case; names the section of the page and the files. */
  readonly id: string;
  readonly title: string;
  /** What one unit of the picture is. */
  readonly unit: string;
  /** What is counted and what is not, in whole sentences. */
  readonly definition: string;
  /** What happens to what is not known, in whole sentences. */
  readonly unknowns: string;
  /** Depths of the records that are looked at. */
  readonly depths: readonly Depth[];
  /** Incidents of these depths. */
  readonly incidents: number;
  readonly table: Table;
}

/** A value by which incidents are grouped. */
export interface Group {
  readonly key: string;
  readonly label: string;
  /** What asks for its incidents in the query language; missing where nothing does. Empty: all. */
  readonly query?: string;
  /** Holds what is in none of the others: pictures set it apart. */
  readonly apart?: true;
}

/** Counts by two groupings; `values` in the order of `series`. */
export interface Crosstab {
  readonly rowTitle: string;
  readonly series: readonly Group[];
  readonly rows: readonly (Group & { readonly incidents: number; readonly values: readonly number[] })[];
}

export interface CrosstabMeasure extends Measure {
  readonly crosstab: Crosstab;
}

/** Records that carry dates, path and attribution; indexed ones do not promise them. */
export const BEYOND_INDEXED: readonly Depth[] = ['featured', 'structured'];
export const ALL_DEPTHS: readonly Depth[] = ['featured', 'structured', 'indexed'];

/** The depths as series of a picture. */
export const depthGroups: readonly Group[] = ALL_DEPTHS.map((key) => ({
  key,
  label: depth.terms[key].label.toLowerCase(),
  query: depthQuery([key]),
}));

/** The incidents of some depths. */
export function ofDepths(incidents: readonly Incident[], depths: readonly Depth[]): Incident[] {
  return incidents.filter((incident) => depths.includes(incident.depth));
}

/** The values of a vocabulary as groups, in its order; `field` is that of the query language. */
export function termGroups(vocabulary: Vocabulary, field: string) {
  return valuesOf<string>(vocabulary).map((key) => ({ key, label: findTerm(vocabulary, key)?.label ?? key, query: `${field}:${key}` }));
}

/**
 * Counts incidents by row and series. An incident counts once in every row that `rowsOf` names, and there once in every series that `seriesOf`
 * names; `incidents` of a row counts each once.
 */
export function crosstabOf(
  incidents: readonly Incident[],
  by: {
    rowTitle: string;
    rows: readonly Group[];
    series: readonly Group[];
    rowsOf: (incident: Incident) => readonly string[];
    seriesOf: (incident: Incident) => readonly string[];
  },
): Crosstab {
  const rows = by.rows.map((row) => {
    const inRow = incidents.filter((incident) => by.rowsOf(incident).includes(row.key));
    const values = by.series.map(({ key }) => inRow.filter((incident) => by.seriesOf(incident).includes(key)).length);
    return { ...row, incidents: inRow.length, values };
  });
  return { rowTitle: by.rowTitle, series: by.series, rows };
}

/** The table of a crosstab: a row each, its incidents, and every series. */
export function crosstabTable(crosstab: Crosstab): Table {
  const { rowTitle, series, rows } = crosstab;
  return {
    columns: [
      { name: columnName(rowTitle), label: rowTitle },
      { name: 'incidents', label: 'Incidents' },
      ...series.map(({ key, label }) => ({ name: columnName(key), label })),
    ],
    rows: rows.map(({ label, incidents, values }) => [label, incidents, ...values]),
    queries: rows.map((_, row) => [undefined, rowQuery(crosstab, row), ...series.map((__, column) => cellQuery(crosstab, row, column))]),
  };
}

/** The query of the incidents of a row; undefined where there is none. */
export function rowQuery({ rows }: Crosstab, row: number): string | undefined {
  return rows[row]?.query;
}

/** The query of the incidents of a cell; undefined where there is none. */
export function cellQuery({ rows, series }: Crosstab, row: number, column: number): string | undefined {
  const [own, of] = [rows[row]?.query, series[column]?.query];
  return own === undefined || of === undefined ? undefined : [own, of].filter(Boolean).join(' ');
}

/** The query that keeps to some depths. */
export function depthQuery(depths: readonly Depth[]): string {
  return `depth:${depths.join(',')}`;
}

/** Most incidents first, then by key; rows without any are left out. */
export function mostFirst<G extends Group, I>(incidents: readonly I[], groups: readonly G[], keysOf: (incident: I) => readonly string[]) {
  return groups
    .map((group) => ({ ...group, count: incidents.filter((incident) => keysOf(incident).includes(group.key)).length }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count || (left.key < right.key ? -1 : 1));
}

function columnName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
