import { daysBetween, getEdtf } from '../base/edtf.ts';
import { countOrigins } from '../graph/evidence-dates.ts';
import { type Graph, recordsOf } from '../graph/graph.ts';
import { dateOf, incidentYear } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { entryStage as entryStageTerms } from '../schema/vocabulary/entry-stage.ts';
import { valuesOf } from '../schema/vocabulary.ts';

type IncidentRecord = Extract<CorpusRecord, { kind: 'incident' }>;

/** Numbers of how much of the corpus something is, with what it counts: the one source of a picture, its table and its file. */
export interface Matrix {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `cells[row][column]`. */
  readonly cells: readonly (readonly number[])[];
}

/** Days between two dates of one incident. */
export interface Span {
  readonly id: string;
  readonly title: string;
  readonly vectors: readonly string[];
  readonly days: number;
}

/** Days from the first activity to what followed; undefined where a date is missing, unknown or coarser than a day. */
export interface Dwell {
  readonly id: string;
  readonly title: string;
  readonly warned: number | undefined;
  readonly disclosed: number | undefined;
  readonly contained: number | undefined;
}

/** One incident that led to another. */
export interface Seeding {
  readonly from: string;
  readonly to: string;
  readonly tier: string;
}

/** Everything that the statistics page shows, counted once. */
export interface Measures {
  readonly incidents: number;
  readonly depths: { readonly featured: number; readonly structured: number; readonly indexed: number };
  /** Year × depth. */
  readonly byYear: Matrix;
  /** Vector × year; an incident with two vectors counts in both rows. */
  readonly vectorsByYear: Matrix;
  /** Entry stage × ecosystem, of those that record a stage; an incident in two ecosystems counts in both. */
  readonly stageByEcosystem: Matrix;
  /** From first activity to disclosure, of those that give both to the day. */
  readonly toDisclosure: readonly Span[];
  readonly dwell: readonly Dwell[];
  /** Depth × yes, no, unknown, not recorded. */
  readonly divergence: Matrix;
  /** Depth × one actor claimed, several or disputed, none by a source, unknown, not recorded. */
  readonly attribution: Matrix;
  /** Incidents by the number of independent origins of their references, at most. */
  readonly origins: Matrix;
  readonly seedings: readonly Seeding[];
}

const DEPTHS = ['featured', 'structured', 'indexed'] as const;
/** From so many origins on they are counted together. */
const MANY_ORIGINS = 10;

/** Counts a graph. */
export function measure(graph: Graph): Measures {
  const records = recordsOf(graph, 'incident');
  const incidents = records.map(({ data }) => data);
  const years = yearsOf(incidents);
  const count = (
    rows: readonly string[],
    columns: readonly string[],
    cellsOf: (incident: Incident) => Iterable<readonly [string, string]>,
  ) => {
    const cells = rows.map(() => columns.map(() => 0));
    const [rowAt, columnAt] = [new Map(rows.map((name, at) => [name, at])), new Map(columns.map((name, at) => [name, at]))];
    for (const incident of incidents) {
      for (const [row, column] of cellsOf(incident)) {
        const line = cells[rowAt.get(row) ?? -1];
        const at = columnAt.get(column);
        if (line && at !== undefined) line[at] = (line[at] ?? 0) + 1;
      }
    }
    return { rows, columns, cells };
  };
  const vectors = byFrequency(incidents.flatMap((incident) => incident.vectors));
  const staged = incidents.filter(({ entryStage }) => typeof entryStage === 'string');
  const originsOf = new Map(records.map((record) => [record.data.id, originBand(record)]));
  return {
    incidents: incidents.length,
    depths: {
      featured: incidents.filter(({ depth }) => depth === 'featured').length,
      structured: incidents.filter(({ depth }) => depth === 'structured').length,
      indexed: incidents.filter(({ depth }) => depth === 'indexed').length,
    },
    byYear: count(years, DEPTHS, (incident) => [[incidentYear(incident), incident.depth]]),
    vectorsByYear: count(vectors, years, (incident) => incident.vectors.map((vector) => [vector, incidentYear(incident)] as const)),
    stageByEcosystem: count(
      valuesOf(entryStageTerms).filter((stage) => staged.some(({ entryStage }) => entryStage === stage)),
      byFrequency(staged.flatMap(({ ecosystems }) => ecosystems)),
      (incident) =>
        typeof incident.entryStage === 'string' ? incident.ecosystems.map((name) => [incident.entryStage as string, name] as const) : [],
    ),
    toDisclosure: incidents.flatMap((incident) => {
      const days = daysFrom(dateOf(incident.firstObserved), dateOf(incident.disclosed));
      return days === undefined ? [] : [{ id: incident.id, title: incident.title, vectors: incident.vectors, days }];
    }),
    dwell: incidents
      .flatMap((incident) => dwellOf(incident) ?? [])
      .sort((left, right) => longest(right) - longest(left) || (left.id < right.id ? -1 : 1)),
    divergence: count(DEPTHS, ['yes', 'no', 'unknown', 'absent'], ({ depth, sourceArtifactDivergence }) => [
      [depth, sourceArtifactDivergence?.value ?? 'absent'],
    ]),
    attribution: count(DEPTHS, ['claimed', 'several', 'none', 'unknown', 'absent'], (incident) => [
      [incident.depth, attributionState(incident)],
    ]),
    origins: count(originBands(), ['incidents'], ({ id }) => [[originsOf.get(id) ?? '', 'incidents']]),
    seedings: graph.edges.flatMap(({ from, to, relation, qualifier }) => {
      const [earlier, later] = [graph.nodes.get(from), graph.nodes.get(to)];
      return relation === 'seeded' && earlier?.kind === 'incident' && later?.kind === 'incident'
        ? [{ from: earlier.key, to: later.key, tier: qualifier ?? '' }]
        : [];
    }),
  };
}

/** Every year from the first to the last, so that years without incidents are seen. */
function yearsOf(incidents: readonly Incident[]): string[] {
  const known = incidents.map((incident) => Number(incidentYear(incident)));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  return incidents.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([left, one], [right, two]) => two - one || (left < right ? -1 : 1)).map(([value]) => value);
}

/** Days between, where both are known to the day; an end before its start is none. */
function daysFrom(start: string | undefined, end: string | undefined): number | undefined {
  if (start === undefined || end === undefined || getEdtf(start).approximate || getEdtf(end).approximate) return undefined;
  const days = daysBetween(start, end);
  return days !== undefined && days >= 0 ? days : undefined;
}

function dwellOf(incident: Incident): Dwell | undefined {
  const start = dateOf(incident.firstObserved);
  const to = (fact: Incident['disclosed']) => daysFrom(start, dateOf(fact));
  const dwell = {
    id: incident.id,
    title: incident.title,
    warned: to(incident.firstPublicWarning),
    disclosed: to(incident.disclosed),
    contained: to(incident.contained),
  };
  return longest(dwell) < 0 ? undefined : dwell;
}

function longest({ warned, disclosed, contained }: Dwell): number {
  return Math.max(warned ?? -1, disclosed ?? -1, contained ?? -1);
}

function attributionState({ attribution }: Incident): string {
  if (attribution === undefined) return 'absent';
  if ('unknown' in attribution) return 'unknown';
  if ('none' in attribution) return 'none';
  const entries = itemsOf(attribution);
  if (entries.length === 0) return 'absent';
  const operators = new Set(entries.flatMap(({ target, layer }) => ('actor' in target && layer !== 'sponsor' ? [target.actor] : [])));
  return operators.size > 1 || entries.some(({ relation }) => relation === 'disputed') ? 'several' : 'claimed';
}

function originBands(): string[] {
  return [...Array.from({ length: MANY_ORIGINS - 1 }, (_, index) => String(index + 1)), `${MANY_ORIGINS}+`];
}

function originBand(record: IncidentRecord): string {
  const origins = countOrigins(
    record,
    record.data.references.map(({ id }) => id),
  );
  return origins >= MANY_ORIGINS ? `${MANY_ORIGINS}+` : String(origins);
}
