/** An incident as queries see it. Dates, year and divergence are `unknown`, or empty where there is no record. Dates are EDTF; lists hold codes or ids. */
export interface IncidentRow {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** In which it became public: of disclosure, else of the first warning, else of the first activity. */
  readonly year: string;
  readonly depth: string;
  readonly status: string;
  readonly observed: string;
  readonly warned: string;
  readonly disclosed: string;
  readonly contained: string;
  readonly vector: readonly string[];
  readonly impact: readonly string[];
  readonly ecosystem: readonly string[];
  readonly entry: readonly string[];
  readonly divergence: string;
  readonly confidence: string;
  readonly evidence: string;
  /** Whom claims name; denials do not count. */
  readonly actor: readonly string[];
  readonly nexus: readonly string[];
  readonly malware: readonly string[];
  readonly campaign: readonly string[];
  readonly organization: readonly string[];
  readonly component: readonly string[];
  readonly channel: readonly string[];
  readonly technique: readonly string[];
  readonly slsa: readonly string[];
  readonly advisory: readonly string[];
  readonly references: number;
  readonly origins: number;
  /** Names of everything in it, for words that belong to no field. */
  readonly words: string;
}
