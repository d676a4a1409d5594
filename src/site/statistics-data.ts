import { type Graph, recordsOf } from '../graph/graph.ts';
import { referenceIdOf } from '../schema/cited.ts';
import type { Citation, Known } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { dataScript } from './data-script.ts';

/** What the page of statistics has in the browser, to measure again as known on a day. */
export interface StatisticsData {
  /** Incidents reduced to what is measured, with the citations that say since when it is known; without titles, which are written with hindsight. */
  readonly incidents: readonly Omit<Incident, 'title'>[];
}

/** The data as a script that sets one global. */
export function statisticsData(graph: Graph): Generator<string> {
  function* incidents() {
    for (const record of recordsOf(graph, 'incident')) yield measuredIncident(record);
  }
  return dataScript('threatpediaMeasured', { incidents: incidents() });
}

/** The parts of an incident that are measured; whatever else a record holds stays away. References have numbers for ids. */
function measuredIncident({ data }: IncidentRecord): object {
  const numbers = new Map(data.references.map(({ id }, index) => [id, String(index)]));
  const numbersOf = (ids: Iterable<string>) => [...new Set(ids)].map((id) => numbers.get(id) ?? id);
  /** Some fields of a value, and what it cites. Why something is unknown or none is left out. */
  const kept = (value: object, keys: readonly string[]): object => {
    const { cites } = value as { readonly cites?: readonly Citation[] };
    const fields = Object.entries(value).flatMap(([name, field]): [string, unknown][] =>
      name === 'unknown' || name === 'none' ? [[name, {}]] : keys.includes(name) ? [[name, field]] : [],
    );
    return { ...Object.fromEntries(fields), ...(cites ? { cites: numbersOf(cites.map(referenceIdOf)) } : {}) };
  };
  const fact = (value: object | undefined, ...keys: string[]) => value && kept(value, keys);
  const claims = (value: Known<object> | undefined, ...keys: string[]) =>
    Array.isArray(value) ? value.map((item) => kept(item, keys)) : value && kept(value, []);
  return {
    ...kept(data, ['id', 'depth', 'vectors', 'ecosystems']),
    entryStage: typeof data.entryStage === 'object' ? { unknown: {} } : data.entryStage,
    firstObserved: fact(data.firstObserved, 'date'),
    firstPublicWarning: fact(data.firstPublicWarning, 'date'),
    disclosed: fact(data.disclosed, 'date'),
    contained: fact(data.contained, 'date'),
    sourceArtifactDivergence: fact(data.sourceArtifactDivergence, 'value'),
    attribution: claims(data.attribution, 'relation'),
    seededBy: claims(data.seededBy, 'from', 'tier'),
    references: data.references.map(({ id, published, relays, origins }) => ({
      id: numbers.get(id),
      published,
      relays: relays && numbersOf(relays),
      origins,
    })),
  };
}
