import { fileURLToPath } from 'node:url';
import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { AppError, severityOf } from '../base/problem.ts';
import { readCorpus } from '../corpus/read-corpus.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { calledName } from '../graph/graph.ts';
import { incidentSummary } from '../graph/incident-list.ts';

/** An incident as lists show it. Dates are EDTF; of what is null or empty `missing` tells why. Terms are explained by `vocabularies` of `threatpedia/schema`. */
export interface IncidentSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly depth: string;
  readonly status: string;
  readonly firstObserved: string | null;
  readonly firstPublicWarning: string | null;
  readonly disclosed: string | null;
  readonly contained: string | null;
  readonly ecosystems: readonly string[];
  readonly vectors: readonly string[];
  readonly impacts: readonly string[];
  readonly entryStage: string | null;
  readonly confidence: string;
  readonly evidenceLevel: string;
  /** Of disclosure, else of the first public warning, else of the first activity. */
  readonly year: number | null;
  readonly sourceArtifactDivergence: string | null;
  readonly actors: readonly string[];
  readonly nexus: readonly string[];
  readonly malware: readonly string[];
  readonly campaigns: readonly string[];
  readonly techniques: readonly string[];
  readonly advisories: readonly string[];
  readonly references: number;
  readonly origins: number;
  /** By field that is null or empty: `unknown`, `none` by a source, `absent` from the record. */
  readonly missing: Readonly<Record<string, string>>;
}

/** A thing of the corpus: an incident, an actor, a package, a document … */
export interface Thing {
  /** `kind:key`, as `threatpedia/graph` takes it. */
  readonly id: string;
  readonly kind: string;
  readonly label: string;
}

/** The part of a list that is asked for; default all. */
export interface ListOptions {
  /** Only what was public at the end of that day (an EDTF date): facts, without titles and texts, which were written later. */
  readonly asOf?: string | undefined;
  /** From 0. */
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** Records that were read, and what can be asked of them. Nothing changes it. */
export class Corpus {
  readonly #answers: CorpusAnswers;

  /** @internal */
  constructor(answers: CorpusAnswers) {
    this.#answers = answers;
  }

  /** @internal */
  get answers(): CorpusAnswers {
    return this.#answers;
  }

  /** Incidents that a query asks for, in its order; `threatpedia explain query` tells the language. Throws AppError `usage` where it cannot be read, with what to mend. */
  incidents(query = '', { asOf, offset = 0, limit = Number.POSITIVE_INFINITY }: ListOptions = {}) {
    const { total, incidents } = this.#answers.incidents(query, { asOf, offset, limit });
    const told = incidents.map((record): IncidentSummary => {
      const summary = incidentSummary(record);
      return asOf === undefined ? summary : { ...summary, summary: '' };
    });
    return { total, incidents: told as readonly IncidentSummary[] };
  }

  /** Things by words, names, versions, digests and domains, the best first. */
  search(
    words: string,
    limit = 20,
  ): { readonly total: number; readonly found: readonly { readonly label: string; readonly kind: string; readonly detail: string }[] } {
    const { total, found } = this.#answers.search(words, limit);
    return { total, found: found.map(({ label, kind, detail }) => ({ label, kind, detail })) };
  }

  /** Things whose id, key, name or alias is exactly the text, in any case. */
  find(name: string): readonly Thing[] {
    return this.#answers.find(name).map((node) => ({ id: node.id, kind: node.kind, label: calledName(node) }));
  }

  /** The data of the record with an id, as `schemas/` describes it; undefined where there is none. */
  record(id: string): Readonly<Record<string, unknown>> | undefined {
    return this.#answers.find(id).find(({ record }) => record !== undefined)?.record?.data as Readonly<Record<string, unknown>> | undefined;
  }
}

/**
 * Reads a folder of records; default the corpus that comes with the package. Takes a second or two. Throws AppError: `not-found` where there is no
 * folder, `usage` where a record breaks a rule, with the first that does.
 */
export async function openCorpus(folder: string = fileURLToPath(new URL('../../corpus', import.meta.url))): Promise<Corpus> {
  const { records, problems } = await readCorpus(folder);
  const error = problems.find((problem) => severityOf(problem) === 'error');
  if (error) throw new AppError('usage', `${error.at.file}:${error.at.line}:${error.at.column} ${error.message}`);
  return new Corpus(new CorpusAnswers(buildGraph(records)));
}
