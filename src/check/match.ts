import { versRangeIncludes } from '../base/version-order/vers-range.ts';
import type { VersionScheme } from '../base/version-order/version-order.ts';
import { schemeOfEcosystem, schemeOfPurlType } from '../base/version-order/version-order.ts';
import { bearingOn, isExact, isOnlyBare, sameVersion } from './evaluate.ts';
import { digestKeys, type Identity, lookupKeys } from './identity.ts';
import type { FoundComponent } from './inventory/inventory.ts';
import type { Knowledge } from './knowledge.ts';
import { isWithinDays, type Period, periodOf, periodsMeet } from './period.ts';

/**
 * What a match is worth. `confirmed` and `in-window` mean exposed; the others are told apart from it, and never hidden.
 *
 * - `confirmed`: the very thing, at an affected version, or by digest, commit, address
 * - `in-window`: the very thing, which has no fixed version and was bad during a window
 * - `could-resolve`: a manifest without a lock admits an affected version
 * - `name-only`: the name and version match, but it comes from elsewhere than the registry that the advisory speaks of
 * - `unconfirmed-range`: only a claim on all versions covers it, while exact versions are known and this is none of them
 * - `not-comparable`: the thing is there, and its version is not known or cannot be compared
 * - `outside-window`: it was not in use while it was bad, by the dates that were given
 * - `withdrawn`: the advisory that would match was withdrawn
 */
export type MatchState =
  | 'confirmed'
  | 'in-window'
  | 'could-resolve'
  | 'name-only'
  | 'unconfirmed-range'
  | 'not-comparable'
  | 'outside-window'
  | 'withdrawn';

/** Every state, the gravest first. */
export const MATCH_STATES: readonly MatchState[] = [
  'confirmed',
  'in-window',
  'could-resolve',
  'name-only',
  'unconfirmed-range',
  'not-comparable',
  'outside-window',
  'withdrawn',
];

/**
 * How surely a match means exposure. `definite`: by version, commit, digest or address, or by a window and the time of use, which was given. `possible`:
 * only if the thing was used while it was bad, which nothing tells.
 */
export type Exposure = 'definite' | 'possible';

/** A component that knowledge bears on. */
export interface Match {
  readonly state: MatchState;
  /** Undefined where the state means none. */
  readonly exposure: Exposure | undefined;
  readonly component: FoundComponent;
  readonly knowledge: Knowledge;
  /** Why it has this state: one sentence. */
  readonly reason: string;
}

/** What the user knows beyond the inventory. */
export interface MatchOptions {
  /** Only what was public on this day (YYYY-MM-DD, inclusive) counts. */
  readonly asOf?: string | undefined;
  /** When the things in the inventory were installed, built or in use, both ends inclusive. */
  readonly installedBetween?: Period | undefined;
}

/** Whether what a manifest asks for admits a version: `satisfiesRequested`, given by whoever has manifests, because its libraries take time to load. */
export type Satisfies = (purlType: string, version: string, requested: string) => boolean | undefined;

/** Finds what knowledge says of a key. */
export type Lookup = (key: string) => readonly Knowledge[];

/** A name under which a component is looked up, with the version that holds for that name. */
interface Name {
  readonly identity: Identity;
  readonly version: string | undefined;
}

/** The keys of all names of a component. `types` are the first parts of keys that are worth asking for, where the caller knows them. */
export function keysOf(component: FoundComponent, types?: ReadonlySet<string>): readonly string[] {
  const keys = component.alsoKnownAs
    ? namesOf(component).flatMap(({ identity }) => (component.anyEcosystem && !isOfTypes(identity, types) ? [] : lookupKeys(identity)))
    : lookupKeys(component.identity);
  return component.digests ? [...keys, ...digestKeys(component.digests, types)] : keys;
}

function isOfTypes(identity: Identity, types: ReadonlySet<string> | undefined): boolean {
  return types === undefined || identity.kind !== 'package' || identity.type === 'generic' || types.has(identity.type);
}

/** All that is known about a component, each advisory once and with its gravest state. Pure. */
export function matchComponent(
  component: FoundComponent,
  lookup: Lookup,
  options: MatchOptions = {},
  satisfies: Satisfies = () => undefined,
): Match[] {
  const found = new Map<string, Match>();
  const note = (match: Match | undefined): void => {
    if (!match) return;
    // One incident may be of packages of one name in several ecosystems.
    const { identity, anyEcosystem } = match.component;
    const key = anyEcosystem && identity.kind === 'package' ? `${match.knowledge.id} ${identity.type}` : match.knowledge.id;
    const known = found.get(key);
    if (!known || gravity(match) < gravity(known)) found.set(key, match);
    else if (known.state === 'in-window' && gravity(match) === gravity(known)) found.set(key, overBothWindows(known, match));
  };
  for (const name of namesOf(component)) {
    for (const key of lookupKeys(name.identity)) {
      const all = lookup(key).filter((knowledge) => isPublic(knowledge, options.asOf));
      // Exact versions from any origin outweigh a bare claim on all versions: of this key, and not withdrawn.
      const exactKnown = all.some((knowledge) => isExact(knowledge) && !isWithdrawn(knowledge, options.asOf));
      for (const knowledge of all)
        note(inEcosystem(matchName(component, name, key, knowledge, exactKnown, { ...options, satisfies }), name.identity));
    }
  }
  for (const key of component.digests ? digestKeys(component.digests) : []) {
    for (const knowledge of lookup(key)) {
      if (isPublic(knowledge, options.asOf))
        note({ state: 'confirmed', exposure: 'definite', component, knowledge, reason: `its file has the digest ${key}` });
    }
  }
  return [...found.values()];
}

/** Lower is graver: by state, then what is certain, then what carries the code before what is only listed. */
function gravity({ state, exposure, knowledge }: Match): number {
  return MATCH_STATES.indexOf(state) * 4 + (exposure === 'possible' ? 2 : 0) + (knowledge.state === 'malicious' ? 0 : 1);
}

/** One match where a thing was bad more than once: its window reaches from the first day to the last, its reason names each. */
function overBothWindows(known: Match, other: Match): Match {
  const [left, right] = [known.knowledge.window, other.knowledge.window];
  if (!left || !right || known.reason.includes(windowText(right))) return known;
  const [first, last] = left.from <= right.from ? [left, right] : [right, left];
  const to = last.to !== undefined && first.to !== undefined && first.to > last.to ? first.to : first.to && last.to;
  const reason = known.reason.replace(windowText(left), `${windowText(left)} and from ${windowText(right)}`);
  return { ...known, reason, knowledge: { ...known.knowledge, window: { from: first.from, ...(to ? { to } : {}) } } };
}

/**
 * A match of a name without ecosystem, told as one of the package that it may mean. By a listed version it is exposure; by a claim on all versions only
 * possibly, because another ecosystem may have a harmless package of that name.
 */
function inEcosystem(match: Match | undefined, identity: Identity): Match | undefined {
  if (!match?.component.anyEcosystem || identity.kind !== 'package') return match;
  const { alsoKnownAs: _, ...component } = match.component;
  const reason = `${match.reason} (${identity.type}: the input names no ecosystem)`;
  const exposure = match.exposure && isOnlyBare(match.knowledge) ? 'possible' : match.exposure;
  return { ...match, exposure, reason, component: { ...component, identity } };
}

function namesOf(component: FoundComponent): Name[] {
  const own = { identity: component.identity, version: component.version };
  return [own, ...(component.alsoKnownAs ?? []).map(({ identity, version }) => ({ identity, version: version ?? component.version }))];
}

function isPublic({ knownSince }: Knowledge, asOf: string | undefined): boolean {
  return asOf === undefined || (knownSince !== undefined && knownSince.slice(0, 10) <= asOf);
}

/** On an earlier day, a record that was withdrawn later still stood. */
function isWithdrawn({ withdrawn }: Knowledge, asOf: string | undefined): boolean {
  return withdrawn !== undefined && (asOf === undefined || withdrawn.slice(0, 10) <= asOf);
}

function matchName(
  component: FoundComponent,
  name: Name,
  key: string,
  knowledge: Knowledge,
  exactKnown: boolean,
  options: Judging,
): Match | undefined {
  const judged = judge(component, name, key, knowledge, exactKnown, options);
  if (!judged) return undefined;
  const { state, reason, exposure } = judged;
  const make = (final: MatchState, why: string): Match => ({ state: final, exposure: undefined, component, knowledge, reason: why });
  if (isWithdrawn(knowledge, options.asOf)) return make('withdrawn', `${reason}, but the advisory was withdrawn on ${knowledge.withdrawn}`);
  const elsewhere = state === 'outside-window' ? undefined : otherOrigin(component, name.identity, knowledge);
  if (elsewhere) return make('name-only', `${reason}, but ${elsewhere}`);
  return { ...make(state, reason), exposure: exposure ?? (state === 'confirmed' ? 'definite' : undefined) };
}

type Judging = MatchOptions & { readonly satisfies: Satisfies };

interface Judged {
  readonly state: MatchState;
  readonly reason: string;
  /** Given for a window; a confirmed match is definite anyway. */
  readonly exposure?: Exposure;
}

function judge(
  component: FoundComponent,
  { identity, version }: Name,
  key: string,
  knowledge: Knowledge,
  exactKnown: boolean,
  options: Judging,
): Judged | undefined {
  if (identity.kind === 'file') return { state: 'confirmed', reason: `the file has the digest ${key}` };
  if (identity.kind === 'network' && !knowledge.window)
    return { state: 'confirmed', reason: `${identity.value} is an indicator of the incident` };
  if (identity.kind === 'application' && isOtherPlatform(identity.platform, knowledge.platform)) return undefined;
  if (knowledge.window) return judgeWindow(component, version, knowledge, options);
  const scheme = schemeOf(identity, knowledge);
  if (version === undefined) return judgeWithoutVersion(component, identity, knowledge, exactKnown, options);
  const bearing = bearingOn(knowledge, identity.kind === 'application' ? listedVersion(version, knowledge) : version, scheme);
  switch (bearing) {
    case 'listed':
      return { state: 'confirmed', reason: `version ${version} is listed as ${knowledge.state}` };
    case 'bare':
      return exactKnown
        ? { state: 'unconfirmed-range', reason: `a claim on all versions covers ${version}, while the exact versions known are others` }
        : { state: 'confirmed', reason: 'every version is listed as malicious' };
    case 'unknown':
      return { state: 'not-comparable', reason: `version ${version} cannot be compared with what the advisory names` };
    case 'unaffected':
      return undefined;
  }
}

/** Something that was bad for a time: a moved tag, a script at an address. */
function judgeWindow(component: FoundComponent, version: string | undefined, knowledge: Knowledge, options: Judging): Judged | undefined {
  const window = knowledge.window && periodOf(knowledge.window.from, knowledge.window.to);
  if (!window || !knowledge.window) return undefined;
  if (version !== undefined && knowledge.references) {
    // A full commit stays what it is when a tag moves.
    if (/^[0-9a-f]{40}$/.test(version)) return undefined;
    const { name, vers } = knowledge.references;
    if (name !== undefined && !sameVersion(name, version, undefined)) return undefined;
    if (vers !== undefined && versRangeIncludes(vers, version) !== true) return undefined;
  }
  const what = version === undefined ? 'it' : `the reference ${version}`;
  const bad = `${what} was bad from ${windowText(knowledge.window)}`;
  const asked = options.installedBetween;
  const used = asked ?? (component.installedAt ? periodOf(component.installedAt, undefined) : undefined);
  if (!used) return { state: 'in-window', exposure: 'possible', reason: `${bad}; whether it was used then, the input does not say` };
  if (!periodsMeet(used, window)) return { state: 'outside-window', reason: `${bad}, and was in use at another time` };
  // Installed on a day, a program or script was in use from then on; a time that was given only says that it was at some moment of it.
  if (asked && !isWithinDays(asked, window))
    return { state: 'in-window', exposure: 'possible', reason: `${bad}; the time that was given reaches beyond that` };
  return { state: 'in-window', exposure: 'definite', reason: `${bad}, while it was in use` };
}

function windowText(window: NonNullable<Knowledge['window']>): string {
  return `${window.from} to ${window.to ?? 'a day not known'}`;
}

function judgeWithoutVersion(
  component: FoundComponent,
  identity: Identity,
  knowledge: Knowledge,
  exactKnown: boolean,
  options: Judging,
): Judged | undefined {
  const whole = isOnlyBare(knowledge);
  if (component.requested === undefined) {
    if (!whole) return { state: 'not-comparable', reason: 'the input gives no version to compare' };
    return exactKnown
      ? { state: 'unconfirmed-range', reason: 'a claim on all versions covers it, while exact versions are known' }
      : { state: 'confirmed', reason: 'every version is listed as malicious' };
  }
  const { requested } = component;
  if (whole) {
    const state = exactKnown ? 'unconfirmed-range' : 'could-resolve';
    return { state, reason: `every version is listed as malicious, and ${requested} admits some` };
  }
  if (identity.kind !== 'package') return undefined;
  const admitted = namedVersions(knowledge).filter((version) => options.satisfies(identity.type, version, requested) === true);
  if (admitted.length === 0) return undefined;
  const available = knowledge.available && periodOf(knowledge.available.from, knowledge.available.to);
  const asked = options.installedBetween;
  if (available && asked && !periodsMeet(asked, available)) {
    return { state: 'outside-window', reason: `${requested} admits ${admitted.join(', ')}, which was not available then` };
  }
  const until = knowledge.available?.to ? `, available until ${knowledge.available.to}` : '';
  return { state: 'could-resolve', reason: `${requested} admits ${admitted.slice(0, 5).join(', ')}${until}` };
}

/** The versions that an entry names, in lists and as bounds. */
function namedVersions(knowledge: Knowledge): string[] {
  const bounds = (knowledge.ranges ?? []).flatMap(({ type, events }) =>
    type === 'GIT' ? [] : events.flatMap(({ introduced, last_affected }) => introduced ?? last_affected ?? []),
  );
  return [...(knowledge.versions ?? []), ...bounds.filter((bound) => bound !== '0')];
}

/** The order of versions of a thing; undefined where none is known. */
export function schemeOf(identity: Identity, knowledge: Pick<Knowledge, 'ecosystem'>): VersionScheme | undefined {
  if (knowledge.ecosystem) return schemeOfEcosystem(knowledge.ecosystem);
  return identity.kind === 'package' ? schemeOfPurlType(identity.type) : 'semver';
}

/** Windows lists `18.12.416.0` for the release 18.12.416: trailing zeros beyond the length that the knowledge uses do not count. */
function listedVersion(version: string, knowledge: Knowledge): string {
  const same = knowledge.versions?.find((listed) => version.startsWith(listed) && /^(\.0+)+$/.test(version.slice(listed.length)));
  return same ?? version;
}

function isOtherPlatform(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && left !== right;
}

/** Why the thing may be another one of the same name; undefined where it is the one that the advisory speaks of. */
function otherOrigin({ source }: FoundComponent, identity: Identity, knowledge: Knowledge): string | undefined {
  if (identity.kind === 'application') {
    const [listed, known] = [identity.vendor, knowledge.vendor].map((vendor) => vendor?.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
    if (!listed || !known || listed.includes(known) || known.includes(listed)) return undefined;
    return `its vendor is “${identity.vendor}”, not ${knowledge.vendor}`;
  }
  if (identity.kind !== 'package') return undefined;
  switch (source.kind) {
    case 'registry':
    case 'unstated':
      return undefined;
    case 'other-registry':
      return `it comes from ${source.host}`;
    case 'git':
      return `it comes from the repository ${source.url}`;
    case 'url':
      return `it comes from ${source.url}`;
    case 'path':
      return `it comes from the folder ${source.path}`;
  }
}
