import { corpusIndexPieces } from '../check/corpus-index.ts';
import { bytesSource, type KnowledgeIndex, openIndex } from '../check/index/open-index.ts';
import { graphAsOf } from '../graph/as-of.ts';
import { type Graph, recordsOf } from '../graph/graph.ts';
import { incidentRow } from '../query/incident-row.ts';
import type { ValueTable } from '../query/parse.ts';
import type { IncidentRow } from '../query/row.ts';
import { valueTable } from '../query/value-table.ts';
import { NameSearch } from './name-search.ts';

/** The corpus with what tools derive from it, each made when it is first needed. Read-only; shared by all clients. */
export class KnowledgeBase {
  readonly graph: Graph;
  #index: Promise<KnowledgeIndex> | undefined;
  #rows: readonly IncidentRow[] | undefined;
  #values: ValueTable | undefined;
  #names: NameSearch | undefined;
  /** The last graph as of a day: clients that look back ask for one day many times. */
  #earlier: { readonly day: string; readonly graph: Graph } | undefined;

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** The graph as publicly known at the end of a day; the whole where none is given. Its nodes carry no records. */
  graphOf(asOf: string | undefined): Graph {
    if (asOf === undefined) return this.graph;
    if (this.#earlier?.day !== asOf) this.#earlier = { day: asOf, graph: graphAsOf(this.graph, asOf) };
    return this.#earlier.graph;
  }

  /** What the exposure check looks in: the corpus alone. */
  get index(): Promise<KnowledgeIndex> {
    this.#index ??= openIndex(bytesSource(Buffer.concat([...corpusIndexPieces(this.graph)])));
    return this.#index;
  }

  /** The incidents as the query language sees them. */
  get rows(): readonly IncidentRow[] {
    this.#rows ??= recordsOf(this.graph, 'incident').map((record) => incidentRow(this.graph, record));
    return this.#rows;
  }

  get values(): ValueTable {
    this.#values ??= valueTable(this.graph);
    return this.#values;
  }

  get names(): NameSearch {
    this.#names ??= new NameSearch(this.graph);
    return this.#names;
  }
}
