import { compareText } from '../base/problem.ts';
import { citedIds, citedStatements, referencesOf } from '../schema/claims.ts';
import { type Incident, incident as incidentSchema } from '../schema/incident.ts';
import { countOrigins } from './evidence-dates.ts';
import { type Graph, recordsOf } from './graph.ts';
import { publicYear } from './incident-list.ts';

/** How the corpus is spread, and where it is thin: what to write next. */
export interface Coverage {
  /** Incidents by year (of disclosure, else of the earliest date), vector and ecosystem, by depth. An incident with two vectors counts under both. */
  readonly byYear: readonly CoverageRow[];
  readonly byVector: readonly CoverageRow[];
  readonly byEcosystem: readonly CoverageRow[];
  /** For each section of an incident record: how many records of each depth say nothing in it, and how many say `unknown`. Most absent first. */
  readonly sections: readonly SectionRow[];
  /** Incidents by how much rests on little, thinnest first. */
  readonly evidence: readonly EvidenceRow[];
}

/** Incidents of one group, by depth. */
export interface CoverageRow {
  readonly name: string;
  readonly featured: number;
  readonly structured: number;
  readonly indexed: number;
}

/** How often a section is left out or open. */
export interface SectionRow extends CoverageRow {
  readonly unknown: number;
}

/** What one incident rests on. */
export interface EvidenceRow {
  readonly id: string;
  readonly depth: Incident['depth'];
  readonly claims: number;
  readonly references: number;
  /** Distinct origins of all references: at most so many, because unmarked repetition counts as its own. */
  readonly origins: number;
  /** Claims whose citations all go back to one origin. */
  readonly singleOrigin: number;
  /** References that state when they were published. */
  readonly dated: number;
  /** Citations that carry anchors. */
  readonly anchored: number;
}

/** Fields that identify or classify a record rather than tell of the incident. */
const NOT_SECTIONS: ReadonlySet<string> = new Set(['schema', 'id', 'title', 'summary', 'status', 'depth', 'references', 'singleReference']);

/** Measures the coverage of a graph. */
export function coverageOf(graph: Graph): Coverage {
  const incidents = recordsOf(graph, 'incident');
  const data = incidents.map((record) => record.data);
  return {
    byYear: group(data, (incident) => [publicYear(incident) ?? 'not known']).sort((left, right) => compareText(left.name, right.name)),
    byVector: group(data, ({ vectors }) => vectors).sort(mostFirst),
    byEcosystem: group(data, ({ ecosystems }) => ecosystems).sort(mostFirst),
    sections: Object.keys(incidentSchema.shape)
      .filter((field) => !NOT_SECTIONS.has(field))
      .map((field) => sectionRow(field as keyof Incident, data))
      .sort(mostFirst),
    evidence: incidents
      .map((record): EvidenceRow => {
        const statements = citedStatements(record);
        const references = referencesOf(record);
        return {
          id: record.data.id,
          depth: record.data.depth,
          claims: statements.length,
          references: references.length,
          origins: countOrigins(
            record,
            references.map(({ id }) => id),
          ),
          singleOrigin: statements.filter(({ cites }) => countOrigins(record, citedIds(cites)) === 1).length,
          dated: references.filter(({ published }) => published !== undefined).length,
          anchored: statements.flatMap(({ cites }) => cites).filter((cited) => typeof cited !== 'string' && cited.anchors).length,
        };
      })
      .sort((left, right) => left.origins - right.origins || compareText(left.id, right.id)),
  };
}

function group(incidents: readonly Incident[], names: (incident: Incident) => readonly string[]): CoverageRow[] {
  const rows = new Map<string, Record<Incident['depth'], number>>();
  for (const incident of incidents) {
    for (const name of names(incident)) {
      const row = rows.get(name) ?? { featured: 0, structured: 0, indexed: 0 };
      row[incident.depth]++;
      rows.set(name, row);
    }
  }
  return [...rows].map(([name, row]) => ({ name, ...row }));
}

function sectionRow(field: keyof Incident, incidents: readonly Incident[]): SectionRow {
  const absent = incidents.filter((incident) => incident[field] === undefined);
  const [row] = group(absent, () => [field]);
  const unknown = incidents.filter((incident) => {
    const value = incident[field];
    return typeof value === 'object' && value !== null && 'unknown' in value;
  });
  return { ...(row ?? { name: field, featured: 0, structured: 0, indexed: 0 }), unknown: unknown.length };
}

/** Incidents of a row, of any depth. */
export function totalOf({ featured, structured, indexed }: CoverageRow): number {
  return featured + structured + indexed;
}

function mostFirst(left: CoverageRow, right: CoverageRow): number {
  return totalOf(right) - totalOf(left) || compareText(left.name, right.name);
}
