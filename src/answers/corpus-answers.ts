import { AppError } from '../base/problem.ts';
import { addInventory, type InventoryInput, readMatchOptions } from '../check/add-inventory.ts';
import { type CheckResult, ExposureCheck } from '../check/check.ts';
import { corpusIndexPieces } from '../check/corpus-index.ts';
import { bytesSource, type KnowledgeIndex, openIndex } from '../check/index/open-index.ts';
import { addressOf } from '../graph/addresses.ts';
import { graphAsOf } from '../graph/as-of.ts';
import { findByName } from '../graph/find-by-name.ts';
import { type Graph, type GraphNode, recordsOf } from '../graph/graph.ts';
import { incidentAsOf } from '../graph/incident-as-of.ts';
import { findPath, type PathStep } from '../graph/paths.ts';
import { countFacet, runQuery } from '../query/evaluate.ts';
import { type QueryFieldName, queryFields } from '../query/fields.ts';
import { incidentRow } from '../query/incident-row.ts';
import {
  asksForProse,
  describeFault,
  isQueryFault,
  type ParsedQuery,
  parseQuery,
  type QueryFault,
  type ValueTable,
} from '../query/parse.ts';
import { type Reinterpretation, reinterpretQuery } from '../query/reinterpret.ts';
import { valueTable } from '../query/value-table.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { searchDataOf } from '../search/search-entries.ts';
import { type Found, SearchIndex } from '../search/search-index.ts';

/** A query that cannot be read: with its fault as data, and the message that points at it. */
export class QueryError extends AppError {
  readonly fault: QueryFault;

  constructor(text: string, fault: QueryFault) {
    super('usage', `the query cannot be read\n${describeFault(text, fault)}`);
    this.fault = fault;
  }
}

/** What part of a list is asked for. */
export interface Slice {
  /** From 0. */
  readonly offset: number;
  readonly limit: number;
}

/** Incidents that a query asks for. */
export interface IncidentAnswer {
  readonly total: number;
  /** Those of the slice. As known on a day reduced to what was known: see {@link incidentAsOf}. */
  readonly incidents: readonly IncidentRecord[];
  /** Counts how many incidents have each value of a field, were the query silent about that field. */
  readonly facets: () => Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of a query without an answer, one that has some: its words read as values of fields. */
  readonly reinterpreted: () => Reinterpretation | undefined;
}

/** A shortest way between two things that have the asked names; `way` undefined where there is none. */
export interface PathAnswer {
  readonly from: readonly GraphNode[];
  readonly to: readonly GraphNode[];
  readonly start: GraphNode | undefined;
  readonly way: readonly PathStep[] | undefined;
}

const FACETS = (Object.keys(queryFields) as QueryFieldName[]).filter((name) => 'facet' in queryFields[name]);

/** What can be asked of a corpus, each answer as data: behind the API, the MCP server and the commands. What is costly is made when it is first needed. */
export class CorpusAnswers {
  readonly graph: Graph;
  #search: SearchIndex | undefined;
  #byAddress: ReadonlyMap<string, GraphNode> | undefined;
  #values: ValueTable | undefined;
  #index: Promise<KnowledgeIndex> | undefined;
  #past: { readonly date: string; readonly graph: Graph } | undefined;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** The graph of today, or as known at the end of a day. Throws AppError `usage` where it is no date. */
  on(date: string | undefined): Graph {
    if (date === undefined) return this.graph;
    if (this.#past?.date !== date) {
      try {
        this.#past = { date, graph: graphAsOf(this.graph, date) };
      } catch (cause) {
        throw new AppError('usage', `expected a date such as 2023-03-29, found ${JSON.stringify(date).slice(0, 60)}`, { cause });
      }
    }
    return this.#past.graph;
  }

  /** Things by the beginnings of their words, names, versions, digests and domains; the best first. */
  search(text: string, limit: number): { readonly total: number; readonly found: readonly Found[] } {
    this.#search ??= new SearchIndex(searchDataOf(this.graph));
    return this.#search.search(text, limit);
  }

  /** Things as {@link search} finds them, all of them, but first those that are called exactly so. */
  searchNodes(text: string): GraphNode[] {
    this.#byAddress ??= new Map([...this.graph.nodes.values()].map((node) => [addressOf(node), node]));
    const nodes = new Set(this.find(text));
    for (const { address } of this.search(text, Number.POSITIVE_INFINITY).found) {
      const node = this.#byAddress.get(address);
      if (node) nodes.add(node);
    }
    return [...nodes];
  }

  /** Parses a query. Throws {@link QueryError}. */
  parse(text: string): ParsedQuery {
    this.#values ??= valueTable(this.graph);
    const parsed = parseQuery(text, this.#values);
    if (isQueryFault(parsed)) throw new QueryError(text, parsed);
    return parsed;
  }

  /** Incidents that a query asks for, in its order. Throws {@link QueryError}, and AppError `usage` where a query about words is asked of a day in the past. */
  incidents(
    text: string,
    { asOf, offset = 0, limit = Number.POSITIVE_INFINITY }: Partial<Slice> & { readonly asOf?: string | undefined } = {},
  ): IncidentAnswer {
    const query = this.parse(text);
    if (asOf !== undefined && asksForProse(query.query)) {
      throw new AppError('usage', 'words and title: look in texts of today, which tell what came later; leave them or the day out');
    }
    const graph = this.on(asOf);
    const all = recordsOf(this.graph, 'incident');
    // Reduced first: a query must not choose by what was found out later.
    const records = asOf === undefined ? all : all.flatMap((record) => incidentAsOf(record, asOf) ?? []);
    const byId = new Map(records.map((record) => [record.data.id, record]));
    const rows = records.map((record) => incidentRow(graph, record));
    const found = runQuery(rows, query);
    return {
      total: found.length,
      incidents: found.slice(offset, offset + limit).map(({ id }) => byId.get(id) as IncidentRecord),
      facets: () => Object.fromEntries(FACETS.map((field) => [field, Object.fromEntries(countFacet(rows, query, field))])),
      reinterpreted: () => (found.length > 0 ? undefined : reinterpretQuery(rows, query, this.#values ?? {})),
    };
  }

  /** Things whose id, key, value, label or alias is exactly the text, in any case. */
  find(name: string, asOf?: string): GraphNode[] {
    return findByName(this.on(asOf), name);
  }

  /** A shortest inspectable way between two things, each by any of its names. */
  path(from: string, to: string, asOf?: string): PathAnswer {
    const graph = this.on(asOf);
    const [start, end] = [findByName(graph, from), findByName(graph, to)];
    const ways = start.flatMap((a) => end.map((b) => ({ start: a, way: findPath(graph, a.id, b.id) })));
    const best = ways.filter(({ way }) => way !== undefined).sort((left, right) => (left.way?.length ?? 0) - (right.way?.length ?? 0))[0];
    return { from: start, to: end, start: best?.start, way: best?.way };
  }

  /** Looks inputs up in what the corpus knows. Throws AppError `usage` for a wrong option or format. */
  async check(
    inputs: readonly InventoryInput[],
    options: { readonly asOf?: string | undefined; readonly installedBetween?: string | undefined } = {},
  ): Promise<CheckResult> {
    const exposure = new ExposureCheck([await this.#corpusIndex()], readMatchOptions(options));
    for (const input of inputs) await addInventory(exposure, input);
    return exposure.finish();
  }

  #corpusIndex(): Promise<KnowledgeIndex> {
    this.#index ??= openIndex(bytesSource(Buffer.concat([...corpusIndexPieces(this.graph)])));
    return this.#index;
  }
}
