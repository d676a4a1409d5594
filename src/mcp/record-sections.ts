import { isEdtfFault, parseEdtf } from '../base/edtf.ts';
import type { Graph } from '../graph/graph.ts';
import { nodeId } from '../graph/graph.ts';
import type { Attribution } from '../schema/attribution.ts';
import type { Citation } from '../schema/evidence.ts';
import type { Hop } from '../schema/incident.ts';
import { plainText } from '../schema/link-markup.ts';
import { primitivesOf } from '../schema/primitive-keys.ts';
import { type CorpusRecord, recordKinds } from '../schema/record.ts';
import type { DraftSection, DraftStatement } from './answer.ts';
import { citing, restsOnPublic } from './citations.ts';
import { defanged, quoted } from './quoted-text.ts';

/** Sections that are told first: what happened, how, by whom, and what is not known. */
const FIRST: readonly string[] = [
  'summary',
  'firstObserved',
  'firstPublicWarning',
  'disclosed',
  'contained',
  'executiveSummary',
  'path',
  'attribution',
  'impact',
  'openQuestions',
  'conflicts',
];

/** Fields that are no statements. */
const NOT_TOLD: ReadonlySet<string> = new Set(['schema', 'id', 'references']);

/** The fields of a kind of record that are told, in the order in which they are. */
export function fieldNames(kind: CorpusRecord['kind']): string[] {
  const fields = Object.keys(recordKinds[kind].schema.shape).filter((name) => !NOT_TOLD.has(name));
  return [...new Set([...FIRST.filter((name) => fields.includes(name)), ...fields])];
}

/**
 * A record as sections of statements, one a field, each statement with its references. As of a day only what wholly rests on documents
 * public by then is told, without any date later than the day; judgements, titles and what is unknown are of today and are left out.
 */
export function recordSections(graph: Graph, record: CorpusRecord, asOf?: string): DraftSection[] {
  const telling: Telling = { graph, record, asOf };
  return fieldNames(record.kind).flatMap((name) => {
    const value: unknown = Reflect.get(record.data, name);
    const statements = value === undefined ? [] : statementsOf(telling, name, value);
    return statements.length > 0 ? [{ name, statements }] : [];
  });
}

/** What is being told: a record, with the graph that names what it points to, as of a day. */
interface Telling {
  readonly graph: Graph;
  readonly record: CorpusRecord;
  readonly asOf: string | undefined;
}

function statementsOf(telling: Telling, name: string, value: unknown): DraftStatement[] {
  if (isState(value)) return stateStatements(telling, value);
  const items = Array.isArray(value) ? value : [value];
  // What is no mapping, or cites nothing, is a judgement of the record.
  if (items.every((item) => !isMapping(item) || citesWithin(item).length === 0)) {
    const statement: DraftStatement = isOpen(value)
      ? { text: `Unknown: ${listed(value.why)}`, basis: 'unknown' }
      : { text: `${name}: ${factsOf(value)}`, basis: 'judgement' };
    return telling.asOf === undefined ? [statement] : [];
  }
  const said = items.flatMap((item, index) => (isMapping(item) ? saidBy(telling, name, item, index) : []));
  return said.flatMap(({ text, of }) => cited(telling, text, of, isOpen(of) ? 'unknown' : 'cited'));
}

/** A statement with all that it cites, where it tells nothing later than the day. */
function cited({ graph, record, asOf }: Telling, text: string, value: unknown, basis: DraftStatement['basis'] = 'cited'): DraftStatement[] {
  const cites = citesWithin(value);
  if (!restsOnPublic(record, cites, asOf) || (asOf !== undefined && namesLater(graph, value, asOf))) return [];
  return [{ text, basis, cite: citing(record, cites, asOf) }];
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type State =
  | { readonly unknown: { readonly why: string } }
  | { readonly none: { readonly why: string; readonly cites: readonly Citation[] } };

function isState(value: unknown): value is State {
  return isMapping(value) && (isMapping(value.unknown) || isMapping(value.none));
}

function stateStatements(telling: Telling, value: State): DraftStatement[] {
  if ('none' in value) return cited(telling, `None: ${quoted(plainText(value.none.why))}`, value.none);
  return telling.asOf === undefined ? [{ text: `Unknown: ${quoted(plainText(value.unknown.why))}`, basis: 'unknown' }] : [];
}

/** Whether a value is a question that the sources leave open; some say with which sources. */
function isOpen(value: unknown): value is { readonly why: unknown } {
  return isMapping(value) && value.value === 'unknown' && typeof value.why === 'string';
}

/** Every citation within a value. */
function citesWithin(value: unknown): Citation[] {
  if (Array.isArray(value)) return value.flatMap(citesWithin);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => (name === 'cites' ? (part as Citation[]) : citesWithin(part)));
}

/** Whether a value holds a date that begins after a day, or names an incident that was not known then. */
export function namesLater(graph: Graph, value: unknown, day: string): boolean {
  if (typeof value === 'string') {
    const date = /^\d{4}/.test(value) ? parseEdtf(value) : undefined;
    if (date !== undefined && !isEdtfFault(date) && (date.earliest ?? '').slice(0, 10) > day) return true;
    return (value.match(/\bSC-\d{4}-[A-Z0-9-]+/g) ?? []).some((id) => {
      const named = graph.nodes.get(nodeId('incident', id));
      return named !== undefined && (named.knownSince === undefined || named.knownSince > day);
    });
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, part]) => name !== 'cites' && namesLater(graph, part, day));
}

interface Said {
  readonly text: string;
  /** The value whose citations it rests on. */
  readonly of: Mapping;
}

/** What one item says: several things only for a conflict, of which each side has its own references. */
function saidBy({ graph, record, asOf }: Telling, section: string, item: Mapping, index: number): Said[] {
  if (section === 'attribution') return [{ text: attributionText(graph, item as Attribution), of: item }];
  if (section === 'path' && record.kind === 'incident')
    return [{ text: hopText(record, item as unknown as Hop, asOf === undefined ? `hop ${index + 1}, ` : ''), of: item }];
  if (section === 'conflicts' && Array.isArray(item.values)) {
    // As of a day a conflict is told with all its sides or not at all: one side alone would tell that another came.
    const sides = item.values
      .filter(isMapping)
      .map((side) => ({ text: `${listed(item.field)}, one side: ${listed(side.value)}`, of: asOf === undefined ? side : item }));
    return [...sides, { text: `${listed(item.field)}: ${listed(item.text)}`, of: item }];
  }
  return [{ text: isOpen(item) ? `Unknown: ${listed(item.why)}` : factsOf(item), of: item }];
}

/** Who claims what of whom, when, how sure. Never a bare statement that somebody did it. */
function attributionText(graph: Graph, { target, relation, claimant, claimed, confidence, likelihood, layer, text }: Attribution): string {
  const named = 'actor' in target ? nodeId('actor', target.actor) : nodeId('campaign', target.campaign);
  const by = graph.nodes.get(nodeId('organization', claimant))?.label ?? claimant;
  const word = confidence.word ? ` (“${confidence.word}”)` : '';
  const sure = `confidence ${confidence.code}${word}${likelihood ? `, likelihood ${likelihood}` : ''}, layer ${layer}`;
  return quoted(
    `${by} claimed on ${claimed}: ${relation} ${graph.nodes.get(named)?.label ?? named} {${named}}; ${sure}. ${plainText(text)}`,
  );
}

function hopText(record: Extract<CorpusRecord, { kind: 'incident' }>, hop: Hop, place: string): string {
  const via = hop.via ? primitivesOf(record.data).find(({ handle }) => handle === hop.via) : undefined;
  const where = via ? `${via.label} {${nodeId(via.kind, via.key)}}` : (hop.label ?? hop.via ?? '');
  return quoted(`${place}${hop.stage}, ${hop.state}: ${where}. ${plainText(hop.text)}`);
}

/** Everything that a value says, without its citations, on one line: its facts by name, then its text. */
export function factsOf(value: unknown): string {
  if (!isMapping(value)) return listed(value);
  const { cites, text, query, ...facts } = value;
  // Addresses and names that a program could follow are not told as links.
  const safe =
    typeof facts.type === 'string' && typeof facts.value === 'string' && NETWORK.has(facts.type)
      ? { ...facts, value: defanged(facts.value) }
      : facts;
  const parts = Object.entries(safe).map(([name, part]) => `${name}: ${listed(part)}`);
  const said = typeof text === 'string' ? quoted(plainText(text)) : '';
  const asked = isMapping(query) ? ` Query (${listed(query.language)}): ${quoted(JSON.stringify(query.text))}` : '';
  return `${parts.join('; ')}${parts.length > 0 && said ? '. ' : ''}${said}${asked}`;
}

const NETWORK: ReadonlySet<string> = new Set(['domain', 'ipv4', 'ipv6', 'url', 'email-address']);

function listed(value: unknown): string {
  if (Array.isArray(value)) return value.map(listed).join(', ');
  if (isMapping(value)) return `(${factsOf(value)})`;
  return quoted(plainText(String(value)));
}
