/** Where a term's definition comes from: a specification, a catalogue, or this project itself. */
export interface TermSource {
  readonly title: string;
  readonly url?: string;
}

/** The nearest term of other taxonomies. Absent means that no counterpart exists, not that nobody looked. */
export interface TermMapping {
  /** ATT&CK technique ids, e.g. `T1195.002` (Enterprise, v18). */
  readonly attack?: readonly string[];
  /** SLSA threat letters, `A`–`I` (https://slsa.dev/spec/v1.2/threats). */
  readonly slsa?: readonly string[];
  /** Compromise type of the CNCF catalogue of supply chain compromises. */
  readonly cncf?: string;
  /** Attack vector id of SAP's Risk Explorer, e.g. `AV-100`. */
  readonly sap?: string;
  /** STIX 2.1: a value of the open vocabulary, or the object or relationship type, that the term becomes. */
  readonly stix?: string;
}

/** One value of a vocabulary. */
export interface Term {
  /** What a reader sees. Sentence case, no full stop. */
  readonly label: string;
  /** One or two sentences that let two curators choose the same value. */
  readonly definition: string;
  /** Other words by which people ask for it. Queries take them for the value; no two terms of a vocabulary share one. */
  readonly synonyms?: readonly string[];
  readonly source: TermSource;
  readonly mapping?: TermMapping;
}

/** A closed list of values. The order of `terms` is the order in which people see them. */
export interface Vocabulary<Value extends string = string> {
  /** Kebab-case, also the page's address: `entry-stage`. */
  readonly name: string;
  readonly title: string;
  /** What the vocabulary classifies and how to choose from it. */
  readonly definition: string;
  readonly terms: { readonly [V in Value]: Term };
}

/** Definitions written for this corpus carry this source. */
export const OWN_DEFINITION: TermSource = { title: 'Threatpedia' };

/** Standards of United States intelligence analysis: seven bands of likelihood, and confidence as a matter of its own. */
export const ICD_203: TermSource = {
  title: 'Intelligence Community Directive 203, Analytic Standards',
  url: 'https://www.dni.gov/files/documents/ICD/ICD-203.pdf',
};

/** The threats of the SLSA specification, by letter. */
export const SLSA_THREATS: TermSource = { title: 'SLSA: threats and mitigations', url: 'https://slsa.dev/spec/v1.2/threats' };

/** Declares a vocabulary; the values become a literal union. */
export function defineVocabulary<const Terms extends Record<string, Term>>(vocabulary: {
  name: string;
  title: string;
  definition: string;
  terms: Terms;
}): Vocabulary<Extract<keyof Terms, string>> {
  return vocabulary;
}

/** The values of a vocabulary in their declared order. */
export function valuesOf<Value extends string>(vocabulary: Vocabulary<Value>): readonly [Value, ...Value[]] {
  return Object.keys(vocabulary.terms) as unknown as readonly [Value, ...Value[]];
}

/** The term of a value; undefined where the value is none of the vocabulary's. */
export function findTerm(vocabulary: Vocabulary, value: string): Term | undefined {
  return Object.hasOwn(vocabulary.terms, value) ? vocabulary.terms[value] : undefined;
}
