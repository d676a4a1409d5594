import { findNearest } from '../base/nearest.ts';
import { compileQuery } from './evaluate.ts';
import { knownWords, type NamedValue, namedSpellings, namedValues, valuesCalled } from './free-words.ts';
import type { ParsedQuery, Query, ValueTable } from './parse.ts';
import { printQuery } from './print.ts';
import type { IncidentRow } from './row.ts';

/** Another query that has an answer. */
export interface Reinterpretation {
  readonly text: string;
  readonly parsed: ParsedQuery;
  readonly count: number;
}

/** Most words of a query that are compared with all that are known. */
const MAX_RESPELT = 4;

/**
 * Of a query without an answer, one that has some: its loose words spelt as labels, synonyms and titles spell them, and read as years and as values of
 * fields. Where all of it together has no answer, either words or one of the values go, so that the most stays; a year goes first. Undefined where no
 * word is a value or spelt anew, or nothing comes of it.
 */
export function reinterpretQuery(
  rows: readonly IncidentRow[],
  { query, sort }: ParsedQuery,
  known: ValueTable,
): Reinterpretation | undefined {
  const parts = query === undefined ? [] : query.op === 'and' ? query.of : [query];
  const [loose, kept]: [Words[], Query[]] = [[], []];
  for (const part of parts) {
    if (part.op === 'words' && !part.quoted) loose.push(part);
    else kept.push(part);
  }
  const spelt = respelt(loose, rows, known);
  const { values, words } = readWords(spelt, known, wordsOf(rows, known));
  if (values.length === 0 && spelt.every((word, index) => word === loose[index])) return undefined;
  const inFields = fieldParts(values);
  const asked = rowsOf(rows, kept);
  let best: { readonly parts: readonly Query[]; readonly weight: number; readonly count: number } | undefined;
  for (const fields of [inFields, ...inFields.map((left) => inFields.filter((part) => part !== left))]) {
    const found = narrowed(rowsOf(asked, fields), words);
    const stays = [...fields, ...found.words];
    const weight = stays.reduce((sum, part) => sum + (part.op === 'field' && part.field === 'year' ? 0.5 : 1), 0);
    if (found.count > 0 && stays.length > 0 && weight > (best?.weight ?? 0)) best = { parts: stays, weight, count: found.count };
  }
  if (!best) return undefined;
  const of = [...kept, ...best.parts];
  const parsed = { query: of.length > 1 ? { op: 'and' as const, of } : of[0], sort };
  return { text: printQuery(parsed), parsed, count: best.count };
}

function rowsOf(rows: readonly IncidentRow[], parts: readonly Query[]): readonly IncidentRow[] {
  const tests = parts.map(compileQuery);
  return rows.filter((row) => tests.every((test) => test(row)));
}

/** Each word in turn narrows where it leaves something. */
function narrowed(rows: readonly IncidentRow[], words: readonly Words[]): { readonly words: readonly Words[]; readonly count: number } {
  let left = rows;
  const used = words.filter((word) => {
    const within = rowsOf(left, [word]);
    if (within.length > 0) left = within;
    return within.length > 0;
  });
  return { words: used, count: left.length };
}

type Words = Extract<Query, { op: 'words' }>;

/** Words that nothing has, spelt as the nearest that something has; the others as they are. */
function respelt(loose: readonly Words[], rows: readonly IncidentRow[], known: ValueTable): Words[] {
  let left = MAX_RESPELT;
  return loose.map((word) => {
    if (!/^\p{L}{4,30}$/u.test(word.text) || word.named.length > 0 || left === 0 || rows.some(compileQuery(word))) return word;
    left--;
    const text = findNearest(word.text, wordsOf(rows, known), word.text.length > 4 ? 2 : 1);
    return text === undefined ? word : { ...word, text, named: namedValues(text, false, known) };
  });
}

const wordsByRows = new WeakMap<readonly IncidentRow[], ReadonlySet<string>>();

function wordsOf(rows: readonly IncidentRow[], known: ValueTable): ReadonlySet<string> {
  const made =
    wordsByRows.get(rows) ??
    knownWords(
      known,
      rows.map(({ title }) => title),
    );
  wordsByRows.set(rows, made);
  return made;
}

/** Reads two words together where they are a name, else each alone; those that are spelt right are taken for no other. */
function readWords(loose: readonly Words[], known: ValueTable, right: ReadonlySet<string>): { values: NamedValue[]; words: Words[] } {
  const [values, words]: [NamedValue[], Words[]] = [[], []];
  for (let at = 0; at < loose.length; at++) {
    const [word, next] = [loose[at] as Words, loose[at + 1]];
    const [together] = next ? valuesCalled(`${word.text} ${next.text}`, known) : [];
    const value = together ?? meantBy(word.text, known, right);
    if (together) at++;
    if (value) values.push(value);
    else words.push(word);
  }
  return { values, words };
}

function meantBy(text: string, known: ValueTable, right: ReadonlySet<string>): NamedValue | undefined {
  if (/^(19|20)\d\d$/.test(text)) return { field: 'year', value: text };
  const [called] = valuesCalled(text, known);
  if (called) return called;
  const [begun, second] = namedValues(text, false, known);
  if (begun) return second ? undefined : begun;
  const nearest = text.length > 4 && !right.has(text.toLowerCase()) ? findNearest(text, namedSpellings(known)) : undefined;
  return nearest === undefined ? undefined : valuesCalled(nearest, known)[0];
}

/** One part a field; several values of a field are alternatives. */
function fieldParts(values: readonly NamedValue[]): Query[] {
  return [...new Set(values.map(({ field }) => field))].map((field) => ({
    op: 'field',
    field,
    values: [...new Set(values.filter((one) => one.field === field).map(({ value }) => value))].map((value) => ({ is: 'equal', value })),
  }));
}
