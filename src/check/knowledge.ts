/**
 * What is known about one identity: one release of an incident of the corpus, one window, one file, one indicator, or one `affected` entry of
 * an OSV record. Stored as JSON in the index, so every field is plain data and absent fields are left out.
 */
export interface Knowledge {
  /** Incident id (`SC-…`) or advisory id (`MAL-…`). */
  readonly id: string;
  readonly origin: 'corpus' | 'osv';
  /** What the advisory calls itself, where that says more than its id. */
  readonly title?: string;
  /** The name of the thing as the knowledge spells it. */
  readonly name: string;
  /** `malicious` carries the attacker's code; `affected` is listed without that being shown. */
  readonly state: 'malicious' | 'affected';
  /** Affected exact versions, tags or commits. */
  readonly versions?: readonly string[];
  /** Affected ranges, as OSV writes them. */
  readonly ranges?: readonly OsvRange[];
  /** Affected range in VERS notation. */
  readonly vers?: string;
  /** When something without a fixed version was bad; both ends EDTF, inclusive; `to` absent where not known. */
  readonly window?: { readonly from: string; readonly to?: string };
  /** The tag or branch, or tags in VERS notation, that was moved during the window. Absent: the whole thing. */
  readonly references?: { readonly name?: string; readonly vers?: string };
  /** OSV ecosystem with its suffix (`Debian:12`), where it says more than the key. */
  readonly ecosystem?: string;
  /** Platform and vendor of a program: a listed program that names another is not it. */
  readonly platform?: string;
  readonly vendor?: string;
  /** When the bad release became available and when its channel withdrew it (EDTF). */
  readonly available?: { readonly from?: string; readonly to?: string };
  /** Releases of the same thing that its owner made to replace what was bad, in the order of the record. */
  readonly clean?: readonly CleanRelease[];
  /** First day on which this was public knowledge; absent where no source is dated. */
  readonly knownSince?: string;
  /** The record itself was withdrawn on this day: it no longer claims anything. */
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  /** Addresses of the sources, best first. */
  readonly sources?: readonly string[];
  /** What the record says of this release or indicator. */
  readonly note?: string;
}

/** A release that replaced a bad one. */
export interface CleanRelease {
  readonly version: string;
  /** When it became available (EDTF). */
  readonly published?: string;
  /** First day on which it was publicly known as clean; absent where no source is dated. */
  readonly knownSince?: string;
}

/** A range of an OSV record (https://ossf.github.io/osv-schema/#affectedranges-field). */
export interface OsvRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM' | 'GIT';
  readonly events: readonly OsvEvent[];
}

/** One event of a range; exactly one field is given. */
export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

/** What a report says of an incident: enough to understand a finding without the website. */
export interface IncidentBrief {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly status: string;
  readonly disclosed?: string;
  readonly contained?: string;
  /** The path from source to run, in the order of the record; `after` holds the indexes of the hops that lead to one. */
  readonly path: readonly { readonly stage: string; readonly label: string; readonly state: string; readonly after: readonly number[] }[];
  /** The ledger in brief: who claims whom, how sure; or why there is none. */
  readonly attribution: readonly string[];
  /** What to look for next: the record's own detection notes. */
  readonly lookFor: readonly { readonly text: string; readonly query?: { readonly language: string; readonly text: string } }[];
  /** Observables of the incident, at most a few dozen; all of them are on its page. */
  readonly indicators: readonly { readonly type: string; readonly value: string }[];
  readonly indicatorCount: number;
  readonly references: readonly { readonly title: string; readonly publisher: string; readonly url: string; readonly published?: string }[];
}

/** The key that an incident's brief is stored under. */
export function briefKey(incident: string): string {
  return `incident:${incident}`;
}
