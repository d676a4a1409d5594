import { cleanReleasesAfter } from './clean-release.ts';
import { hostOf, type Identity, UNNAMED_ECOSYSTEMS } from './identity.ts';
import { isCorpusIndex } from './index/index-format.ts';
import { hashKey } from './index/key-hash.ts';
import type { KnowledgeIndex } from './index/open-index.ts';
import { decodeText } from './inventory/input-text.ts';
import {
  type FoundComponent,
  type Inventory,
  type InventoryPart,
  type Place,
  type Skipped,
  spelledOut,
  UnreadableInput,
} from './inventory/inventory.ts';
import { linesOf } from './inventory/locate.ts';
import { briefKey, type CleanRelease, type IncidentBrief, type Knowledge } from './knowledge.ts';
import {
  type Exposure,
  keysOf,
  MATCH_STATES,
  type Match,
  type MatchOptions,
  type MatchState,
  matchComponent,
  type Satisfies,
} from './match.ts';

/** Something in the inputs that knowledge bears on. */
export interface Finding {
  readonly state: MatchState;
  /** How surely it means exposure; undefined where the state means none. */
  readonly exposure: Exposure | undefined;
  /** Why it has this state: one sentence. */
  readonly reason: string;
  readonly component: FoundComponent;
  /** The input that it stands in, and the line where the format tells. */
  readonly input: string;
  readonly line: number | undefined;
  readonly pointer: string | undefined;
  /** The shortest way from the project to it, outermost first; empty for a direct one, undefined where the input does not tell. */
  readonly chain: readonly string[] | undefined;
  readonly knowledge: Knowledge;
  /** Releases to go to instead, the first one first; empty where none is known. */
  readonly cleanReleases: readonly CleanRelease[];
  /** The incident, where the knowledge comes from the corpus. */
  readonly incident: IncidentBrief | undefined;
  /** From when to when the input held it, where its history was walked; the last stretch has no end while it still does. */
  readonly presence?: readonly Presence[];
}

/** A stretch of an input's history. */
export interface Presence {
  readonly from: Revision;
  /** The revision that no longer held it. */
  readonly until: Revision | undefined;
}

/** A state of an input in its history. */
export interface Revision {
  readonly commit: string;
  /** When it was committed, ISO date-time. */
  readonly date: string;
}

/** What became of one input. */
export interface InputCoverage {
  readonly input: string;
  /** Id of the format; undefined where it was not recognised. */
  readonly format: string | undefined;
  readonly formatVersion: string | undefined;
  readonly components: number;
  readonly skipped: readonly Skipped[];
  /** Why it could not be read: then it says nothing about exposure. */
  readonly failure: { readonly message: string; readonly line: number | undefined } | undefined;
}

/** How much was at hand to compare things of one kind with: a check that knows three names of an ecosystem says little about it. */
export interface Comparison {
  /** purl type of packages, `unnamed` where the input names none; `application`, `file` or `network` for everything else. */
  readonly type: string;
  /** Things of this kind in the inputs. */
  readonly components: number;
  /** Names, digests or addresses of this kind that the corpus knows, and those that indexes of malicious packages do. */
  readonly corpusNames: number;
  readonly indexNames: number;
}

/** Everything that a report is made from. */
export interface CheckResult {
  /** The gravest first, then by incident or advisory, input and line. */
  readonly findings: readonly Finding[];
  readonly coverage: readonly InputCoverage[];
  /** One for each kind of thing in the inputs, by type. */
  readonly comparisons: readonly Comparison[];
  /** What was looked in. */
  readonly knowledge: readonly KnowledgeIndex['header'][];
  readonly options: MatchOptions;
}

/** An input as the check takes it: parsed by its format, or streamed by it, or what it failed with. */
export interface CheckInput {
  readonly path: string;
  readonly format: string | undefined;
  /** The bytes, to count the lines of findings; absent for streams. */
  readonly bytes?: Uint8Array | undefined;
  read(): Inventory | AsyncIterable<InventoryPart>;
}

/** Looks inputs up one after the other, so that only what was found stays in memory. */
export class ExposureCheck {
  readonly #indexes: readonly KnowledgeIndex[];
  readonly #options: MatchOptions;
  readonly #known = new Map<string, readonly Knowledge[]>();
  readonly #findings: Finding[] = [];
  readonly #coverage: InputCoverage[] = [];
  readonly #counts = new Map<string, number>();
  readonly #covered: ReadonlySet<string>;
  #satisfies: Satisfies | undefined;

  constructor(indexes: readonly KnowledgeIndex[], options: MatchOptions = {}) {
    this.#indexes = indexes;
    this.#options = options;
    this.#covered = new Set(indexes.flatMap(({ header }) => Object.keys(header.keysByType)));
  }

  /** Reads and looks up one input; what cannot be read becomes coverage, never an exception. */
  async add(input: CheckInput): Promise<void> {
    try {
      const read = input.read();
      if ('components' in read) {
        this.addFindings(await this.#look(input, read.components, read));
        this.cover(input, read.components.length, read.skipped, read.formatVersion);
        return;
      }
      let [count, formatVersion] = [0, undefined as string | undefined];
      const skipped: Skipped[] = [];
      for await (const part of read) {
        count += part.components.length;
        formatVersion ??= part.formatVersion;
        for (const each of part.skipped ?? []) skipped.push(each);
        this.addFindings(await this.#look(input, part.components, undefined));
      }
      this.cover(input, count, skipped, formatVersion);
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      this.fail(input.path, input.format, error.message, error.at && linesIn(input, [error.at])[0]);
    }
  }

  /** What an inventory would add, without adding it: for revisions of an input. */
  async look(input: CheckInput, inventory: Inventory): Promise<readonly Finding[]> {
    return this.#look(input, inventory.components, inventory);
  }

  addFindings(findings: readonly Finding[]): void {
    // One by one: an inventory may hold more than fit into one call.
    for (const finding of findings) this.#findings.push(finding);
  }

  /** Notes what was read of an input. */
  cover(input: CheckInput, components: number, skipped: readonly Skipped[], formatVersion: string | undefined): void {
    this.#coverage.push({ input: input.path, format: input.format, formatVersion, components, skipped, failure: undefined });
  }

  /** Notes an input that could not be read at all. */
  fail(path: string, format: string | undefined, message: string, line?: number): void {
    this.#coverage.push({ input: path, format, formatVersion: undefined, components: 0, skipped: [], failure: { message, line } });
  }

  async finish(): Promise<CheckResult> {
    const briefs = await this.#briefs();
    const findings = this.#findings.map((finding) => ({ ...finding, incident: briefs.get(finding.knowledge.id) }));
    return {
      findings: findings.sort(compareFindings),
      coverage: this.#coverage,
      comparisons: [...this.#counts]
        .map(([type, components]) => ({ type, components, ...this.#namesOf(type) }))
        .sort((left, right) => (left.type < right.type ? -1 : 1)),
      knowledge: this.#indexes.map(({ header }) => header),
      options: this.#options,
    };
  }

  async #look(input: CheckInput, components: readonly FoundComponent[], inventory: Inventory | undefined): Promise<Finding[]> {
    const candidates: FoundComponent[] = [];
    const wanted = new Set<string>();
    for (const component of components) {
      const type = component.anyEcosystem ? 'unnamed' : typeOf(component.identity);
      this.#counts.set(type, (this.#counts.get(type) ?? 0) + 1);
      let isCandidate = false;
      for (const key of keysOf(component, this.#covered)) {
        if (!this.#mayHold(key)) continue;
        isCandidate = true;
        if (!this.#known.has(key)) wanted.add(key);
      }
      if (isCandidate) candidates.push(component);
    }
    const keys = [...wanted];
    // A few at once: in a browser each is a request.
    for (let at = 0; at < keys.length; at += LOOKUPS_AT_ONCE) {
      await Promise.all(keys.slice(at, at + LOOKUPS_AT_ONCE).map(async (key) => this.#known.set(key, await this.#lookup(key))));
    }
    const lookup = (key: string) => this.#known.get(key) ?? [];
    if (candidates.some(({ requested }) => requested !== undefined)) {
      this.#satisfies ??= (await import('../base/version-order/version-range.ts')).satisfiesRequested;
    }
    const matches = candidates.flatMap((component) => matchComponent(component, lookup, this.#options, this.#satisfies));
    const lines = linesIn(
      input,
      matches.map(({ component }) => component.at),
    );
    return matches.map((match, index) => toFinding(match, input, lines[index], inventory, this.#options.asOf));
  }

  #mayHold(key: string): boolean {
    const hash = hashKey(key);
    for (const index of this.#indexes) if (index.mayHold(hash)) return true;
    return false;
  }

  async #lookup(key: string): Promise<readonly Knowledge[]> {
    const held = await Promise.all(this.#indexes.map((index) => index.lookup(key)));
    return held.flat() as Knowledge[];
  }

  async #briefs(): Promise<Map<string, IncidentBrief>> {
    const briefs = new Map<string, IncidentBrief>();
    for (const id of new Set(
      this.#findings.filter(({ knowledge }) => knowledge.origin === 'corpus').map(({ knowledge }) => knowledge.id),
    )) {
      for (const index of this.#indexes) {
        const [brief] = await index.lookup(briefKey(id));
        if (brief) briefs.set(id, brief as IncidentBrief);
      }
    }
    return briefs;
  }

  #namesOf(type: string): { corpusNames: number; indexNames: number } {
    const names = { corpusNames: 0, indexNames: 0 };
    for (const { header } of this.#indexes) {
      const origin = isCorpusIndex(header) ? 'corpusNames' : 'indexNames';
      for (const keyType of KEY_TYPES[type] ?? [type]) names[origin] += header.keysByType[keyType] ?? 0;
    }
    return names;
  }
}

const LOOKUPS_AT_ONCE = 8;

/** First parts of the keys that things without purl type are looked up by. */
const KEY_TYPES: Readonly<Record<string, readonly string[]>> = {
  application: ['application', 'bundle'],
  generic: ['generic', 'application'],
  file: ['sha256', 'sha1', 'md5', 'sha512'],
  network: ['domain', 'ip', 'url'],
  unnamed: [...new Set(UNNAMED_ECOSYSTEMS.flat()), 'generic', 'application'],
};

function typeOf(identity: Identity): string {
  return identity.kind === 'package' ? identity.type : identity.kind;
}

function toFinding(
  { state, exposure, reason, component, knowledge }: Match,
  input: CheckInput,
  line: number | undefined,
  inventory: Inventory | undefined,
  asOf: string | undefined,
): Finding {
  return {
    state,
    exposure,
    reason,
    component: spelledOut(component),
    input: input.path,
    line,
    pointer: component.at.pointer,
    chain: inventory?.chainTo?.(component) ?? (component.relation === 'direct' ? [] : undefined),
    knowledge,
    cleanReleases: cleanReleasesAfter(component, knowledge, asOf),
    incident: undefined,
  };
}

/** Lines of places; only those that the parser counted where the bytes are not at hand or are no text. */
function linesIn({ bytes }: CheckInput, places: readonly Place[]): (number | undefined)[] {
  if (places.length === 0) return [];
  if (!bytes || places.every(({ offset, pointer }) => offset === undefined && pointer === undefined)) return places.map(({ line }) => line);
  try {
    return linesOf(decodeText(bytes), places);
  } catch {
    return places.map(({ line }) => line);
  }
}

function compareFindings(left: Finding, right: Finding): number {
  const text = (first: string, second: string) => (first < second ? -1 : first > second ? 1 : 0);
  return (
    MATCH_STATES.indexOf(left.state) - MATCH_STATES.indexOf(right.state) ||
    // What is certain comes before what is possible.
    text(left.exposure ?? '', right.exposure ?? '') ||
    // The corpus explains; the index only names.
    text(left.knowledge.origin, right.knowledge.origin) ||
    text(left.knowledge.id, right.knowledge.id) ||
    text(left.input, right.input) ||
    (left.line ?? 0) - (right.line ?? 0) ||
    text(componentLabel(left.component), componentLabel(right.component))
  );
}

/** A component as people write it: `name@version`, a file's name, an address. */
export function componentLabel({ identity, version, requested }: FoundComponent): string {
  const name = nameOf(identity);
  return version ? `${name}@${version}` : requested ? `${name} (${requested})` : name;
}

function nameOf(identity: Identity): string {
  switch (identity.kind) {
    case 'package':
    case 'application':
      return identity.name;
    case 'file':
      return identity.name || identity.digests.sha256 || identity.digests.sha1 || identity.digests.md5 || identity.digests.sha512 || 'file';
    case 'network':
      return identity.type === 'url' && identity.value.length > 120 ? (hostOf(identity.value) ?? identity.value) : identity.value;
  }
}

/** Whether a state means exposure, be it definite or possible: see {@link Finding.exposure}. */
export function isExposed(state: MatchState): boolean {
  return state === 'confirmed' || state === 'in-window';
}
