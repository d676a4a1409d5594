import { edtfWords } from '../base/edtf-words.ts';
import { formatCount } from '../base/format-count.ts';
import { valueAt } from '../graph/build-graph.ts';
import type { GraphNode } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import { componentKey, componentsByHandle, releaseKey } from '../schema/primitive-keys.ts';
import type { Component, Release } from '../schema/primitives.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { platform } from '../schema/vocabulary/platform.ts';
import { releaseState } from '../schema/vocabulary/release-state.ts';

/** What one record says of releases of one thing: a statement, and which of its versions are meant; none where it gives a range. */
export interface ReleaseFact {
  readonly record: IncidentRecord;
  readonly component: Component;
  readonly release: Release;
  readonly versions: readonly string[];
}

/** A sentence in pieces: words, and incidents by their ids. */
export type LeadPiece = string | { readonly incident: string };

/** What records say of the releases of a package or component, or of one release; by incident, the oldest first. Empty for other kinds of node. */
export function releaseFacts({ kind, key, declarations }: GraphNode): ReleaseFact[] {
  if (kind !== 'package' && kind !== 'component' && kind !== 'release') return [];
  return declarations
    .flatMap(({ record, path }) => {
      if (record.kind !== 'incident') return [];
      if (kind !== 'release')
        return (
          releasesByComponent(record.data)
            .get(key)
            ?.map((fact) => ({ record, ...fact })) ?? []
        );
      const release = valueAt(record, path) as Release;
      const component = componentsByHandle(record.data).get(release.component);
      if (!component) return [];
      const versions = versionsOf(release).filter((version) => releaseKey(component, version, release.platform) === key);
      return [{ record, component, release, versions }];
    })
    .sort((left, right) => compareByDate(left.record.data, right.record.data));
}

/** Statements that differ in their versions only as one, so that a flood of releases is one row. */
export function inRowsOfEqual(facts: readonly ReleaseFact[]): ReleaseFact[] {
  const rows = new Map<string, ReleaseFact>();
  for (const fact of facts) {
    const { version, versions, ...shared } = fact.release;
    const name = JSON.stringify([fact.record.data.id, shared]);
    const row = rows.get(name);
    rows.set(name, row ? { ...row, versions: [...row.versions, ...fact.versions] } : fact);
  }
  return [...rows.values()];
}

const byIncident = new WeakMap<Incident, ReadonlyMap<string, Omit<ReleaseFact, 'record'>[]>>();

/** The releases of an incident by the key of their component. Made once a record: a worm has thousands of packages. */
function releasesByComponent(incident: Incident): ReadonlyMap<string, Omit<ReleaseFact, 'record'>[]> {
  const known = byIncident.get(incident);
  if (known) return known;
  const components = componentsByHandle(incident);
  const found = new Map<string, Omit<ReleaseFact, 'record'>[]>();
  for (const release of itemsOf(incident.releases)) {
    const component = components.get(release.component);
    if (!component) continue;
    const fact = { component, release, versions: versionsOf(release) };
    const others = found.get(componentKey(component));
    if (others) others.push(fact);
    else found.set(componentKey(component), [fact]);
  }
  byIncident.set(incident, found);
  return found;
}

function versionsOf({ version, versions }: Release): readonly string[] {
  return versions ?? (version ? [version] : []);
}

/** Versions that a sentence names; of more it tells how many. */
const NAMED = 6;
const WORDS = {
  malicious: 'malicious',
  affected: 'affected',
  unknown: 'unclear',
  'clean-fix': 'clean',
} as const satisfies Record<Release['state'], string>;
const ORDER = Object.keys(WORDS) as Release['state'][];

/** What the records establish of a package, component or release in a few sentences; undefined where they say nothing of what became of it. */
export function releaseLead(node: GraphNode): LeadPiece[] | undefined {
  const facts = releaseFacts(node);
  const windows = windowsOf(node);
  if (facts.length === 0 && windows.length === 0) return undefined;
  if (node.kind !== 'release') return inOneBreath([...ORDER.map((state) => sentenceOn(state, facts)), ...windows]);
  return inOneBreath([
    ...ORDER.map((state): Sentence | undefined => {
      const incidents = incidentsIn(facts.filter(({ release }) => release.state === state));
      const { label, definition } = releaseState.terms[state];
      return incidents.length === 0
        ? undefined
        : { words: `${label}: ${definition.charAt(0).toLowerCase()}${definition.slice(1, -1)}`, incidents };
    }),
    facts.some(({ release }) => release.state === 'clean-fix') ? undefined : sentenceOn('clean-fix', replacementsOf(facts)),
  ]);
}

/** When a component was bad whose versions tell nothing, by record. */
function windowsOf({ kind, key, declarations }: GraphNode): Sentence[] {
  if (kind !== 'package' && kind !== 'component') return [];
  return declarations.flatMap(({ record }) => {
    if (record.kind !== 'incident') return [];
    const components = componentsByHandle(record.data);
    const spans = itemsOf(record.data.windows).flatMap(({ component: handle, reference, from, to }) => {
      const component = components.get(handle);
      if (!component || componentKey(component) !== key) return [];
      return [`${reference ? `(${reference}) ` : ''}${spanWords(from, to)}`];
    });
    if (spans.length === 0) return [];
    const words = spans.length > NAMED ? `It was bad in ${spans.length} spans of time` : `It was bad ${spans.join(', and ')}`;
    return [{ words, incidents: [record.data.id] }];
  });
}

function spanWords(from: string, to: string | undefined): string {
  if (from === to) return `on ${edtfWords(from)}`;
  return `from ${edtfWords(from)} ${to ? `to ${edtfWords(to)}` : 'on'}`;
}

/** The clean releases of the same component in the same records, but for other platforms. */
function replacementsOf(facts: readonly ReleaseFact[]): ReleaseFact[] {
  return facts.flatMap(({ record, component, release: { platform: runsOn } }) =>
    (releasesByComponent(record.data).get(componentKey(component)) ?? [])
      .filter(({ release }) => !runsOn || !release.platform || release.platform === runsOn)
      .map((fact) => ({ record, ...fact })),
  );
}

interface Sentence {
  readonly words: string;
  /** Ids of the records that say so. */
  readonly incidents: readonly string[];
}

/** Sentences after each other; one that rests on the same records as the one before names them no more. */
function inOneBreath(sentences: readonly (Sentence | undefined)[]): LeadPiece[] {
  let before = '';
  return sentences.flatMap((sentence): LeadPiece[] => {
    if (!sentence) return [];
    const { words, incidents } = sentence;
    const names = incidents.join();
    const isSame = names === before;
    before = names;
    if (isSame) return [`${words}. `];
    const pieces = incidents.flatMap((incident, index): LeadPiece[] => (index === 0 ? [{ incident }] : [', ', { incident }]));
    return [`${words} (`, ...pieces, '). '];
  });
}

function sentenceOn(state: Release['state'], facts: readonly ReleaseFact[]): Sentence | undefined {
  const meant = facts.filter(({ release }) => release.state === state);
  const names = new Set(meant.flatMap(namesIn));
  if (names.size === 0) return undefined;
  const word = WORDS[state];
  const isRange = meant.some(({ versions, release }) => versions.length === 0 && release.range);
  const head = isRange
    ? `${word.charAt(0).toUpperCase()}${word.slice(1)} versions are on record`
    : names.size === 1
      ? `One ${word} release is on record`
      : `${formatCount(names.size)} ${word} releases are on record`;
  const listed = names.size > NAMED ? '' : `: ${[...names].join(', ')}`;
  return { words: `${head}${listed}`, incidents: incidentsIn(meant) };
}

function namesIn({ versions, release }: ReleaseFact): string[] {
  const on = release.platform ? ` (${platform.terms[release.platform].label})` : '';
  return [...versions, ...(versions.length === 0 && release.range ? [rangeWords(release.range)] : [])].map((name) => `${name}${on}`);
}

/** `vers:npm/>=1.2|<1.5` → `>=1.2 <1.5`. */
function rangeWords(range: string): string {
  return range.replace(/^vers:[^/]*\//, '').replaceAll('|', ' ');
}

function incidentsIn(facts: readonly ReleaseFact[]): string[] {
  return [...new Set(facts.map(({ record }) => record.data.id))];
}

/** The pieces as text. */
export function leadText(pieces: readonly LeadPiece[]): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : piece.incident))
    .join('')
    .trim();
}
