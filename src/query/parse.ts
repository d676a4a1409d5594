import { getEdtf, isEdtfFault, parseEdtf } from '../base/edtf.ts';
import { findNearest } from '../base/nearest.ts';
import { isQueryField, type QueryFieldName, queryFields, type SortKey, sortKeys } from './fields.ts';
import { isStopWord, type NamedValue, namedValues } from './free-words.ts';

/** What a query asks of one incident. */
export type Query =
  | { readonly op: 'and' | 'or'; readonly of: readonly Query[] }
  | { readonly op: 'not'; readonly of: Query }
  | {
      readonly op: 'words';
      readonly text: string;
      /** Looked for as it stands. */
      readonly quoted: boolean;
      /** Values that the words stand for: an incident that has one of them is found, too. */
      readonly named: readonly NamedValue[];
    }
  | { readonly op: 'field'; readonly field: QueryFieldName; readonly values: readonly FieldTest[] };

/** One value behind a field: equal to it, or between two, of which one may be missing. */
export type FieldTest =
  | { readonly is: 'equal'; readonly value: string }
  | { readonly is: 'between'; readonly from?: Bound; readonly to?: Bound };

/** An end of a range; `itself` where the value itself is within. */
export interface Bound {
  readonly value: string;
  readonly itself: boolean;
}

/** A query as written: what is asked, and the order asked for. Nothing asked means everything. */
export interface ParsedQuery {
  readonly query: Query | undefined;
  readonly sort: { readonly key: SortKey; readonly descending: boolean } | undefined;
}

/** Why a text is no query: where in it, what was expected, how to mend it. */
export interface QueryFault {
  readonly message: string;
  /** Place in the text, in UTF-16 units from 0. */
  readonly offset: number;
  readonly length: number;
  readonly fix: string | undefined;
}

/** By field, every spelling of every value that it can have, and the value: an actor goes by many names. Fields that are missing take any. */
export type ValueTable = { readonly [F in QueryFieldName]?: Readonly<Record<string, string>> };

/** Words that stand for how a value is missing, or that there is one. */
export const MISSING = {
  any: 'there is a value',
  none: 'a source says that there is none',
  unknown: 'it was looked for and is not known',
  absent: 'nobody has recorded it',
} as const;

const MAX_LENGTH = 1_000;
const MAX_DEPTH = 20;

interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'not' | 'term';
  readonly offset: number;
  readonly text: string;
  readonly field?: string;
  /** Where the value begins. */
  readonly valueOffset: number;
  readonly quoted: boolean;
}

class Fault extends Error {
  readonly fault: QueryFault;
  constructor(message: string, offset: number, length: number, fix?: string) {
    super(message);
    this.fault = { message, offset, length, fix };
  }
}

/**
 * Parses the query language of lists, exports and API: fields (`vector:a,b`), ranges (`year:2020..2024`, `disclosed:>=2023-03`), words, "phrases",
 * `-` or `not`, `or`, brackets; side by side means and. `sort:title`, `sort:disclosed-desc` give the order. A fault is data, never an exception.
 */
export function parseQuery(text: string, known: ValueTable): ParsedQuery | QueryFault {
  try {
    if (text.length > MAX_LENGTH) throw new Fault(`a query has at most ${MAX_LENGTH} characters, this one ${text.length}`, MAX_LENGTH, 1);
    return new Parser(tokensOf(text), text.length, known).parse();
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

/** Whether a query looks into texts, which are those of today whichever day is asked for. */
export function asksForProse(query: Query | undefined): boolean {
  if (!query) return false;
  if (query.op === 'words') return true;
  if (query.op === 'field') return query.field === 'title';
  return query.op === 'not' ? asksForProse(query.of) : query.of.some(asksForProse);
}

/** Whether the parse failed. */
export function isQueryFault(parsed: ParsedQuery | QueryFault): parsed is QueryFault {
  return 'message' in parsed;
}

/** A fault as lines of text: the query, a caret below, what was expected and how to mend it. */
export function describeFault(text: string, { message, offset, length, fix }: QueryFault): string {
  const shown = text.slice(0, 200).replace(/\s/g, ' ');
  const caret = `${' '.repeat(Math.min(offset, shown.length))}${'^'.repeat(Math.max(1, Math.min(length, shown.length - offset)))}`;
  return [`column ${offset + 1}: ${message}`, `  ${shown}`, `  ${caret}`, ...(fix ? [`  ${fix}`] : [])].join('\n');
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const here = text[at] as string;
    if (/\s/.test(here)) at++;
    else if (here === '(' || here === ')') {
      tokens.push({ kind: here === '(' ? 'open' : 'close', offset: at, text: here, valueOffset: at, quoted: false });
      at++;
    } else if (here === '-' && at + 1 < text.length && !/[\s)]/.test(text[at + 1] as string)) {
      tokens.push({ kind: 'not', offset: at, text: '-', valueOffset: at, quoted: false });
      at++;
    } else {
      const token = termAt(text, at);
      tokens.push(token);
      at = token.valueOffset + token.text.length + (token.quoted ? 2 : 0);
    }
  }
  return tokens;
}

function termAt(text: string, offset: number): Token {
  const field = /^([A-Za-z][A-Za-z-]*):/.exec(text.slice(offset))?.[1];
  const start = offset + (field === undefined ? 0 : field.length + 1);
  const named = field === undefined ? {} : { field: field.toLowerCase() };
  if (text[start] === '"') {
    const end = text.indexOf('"', start + 1);
    if (end === -1) throw new Fault('these quotes have no end', start, 1, 'close them with another "');
    return { kind: 'term', offset, ...named, text: text.slice(start + 1, end), valueOffset: start, quoted: true };
  }
  const end = start + (/^[^\s()"]*/.exec(text.slice(start))?.[0].length ?? 0);
  const value = text.slice(start, end);
  if (field === undefined && /^(or|not)$/i.test(value))
    return { kind: value.toLowerCase() as 'or' | 'not', offset, text: value, valueOffset: offset, quoted: false };
  // A lone quote would not move on.
  if (end === start && field === undefined) throw new Fault('a word or a field was expected here', offset, 1);
  return { kind: 'term', offset, ...named, text: value, valueOffset: start, quoted: false };
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #known: ValueTable;
  #at = 0;
  #sort: ParsedQuery['sort'];

  constructor(tokens: readonly Token[], end: number, known: ValueTable) {
    this.#tokens = tokens;
    this.#end = end;
    this.#known = known;
  }

  parse(): ParsedQuery {
    const query = this.#or(0);
    const left = this.#tokens[this.#at];
    if (left) throw new Fault('this bracket closes nothing', left.offset, 1, 'remove it, or open one before');
    return { query, sort: this.#sort };
  }

  #or(depth: number): Query | undefined {
    if (depth > MAX_DEPTH) throw new Fault(`brackets stand in one another more than ${MAX_DEPTH} deep`, this.#offset(), 1);
    const first = this.#and(depth);
    const all = first ? [first] : [];
    while (this.#tokens[this.#at]?.kind === 'or') {
      const { offset } = this.#tokens[this.#at++] as Token;
      const next = this.#and(depth);
      if (!next || all.length === 0)
        throw new Fault(
          '`or` stands between two things',
          offset,
          2,
          'write for example: vector:typosquatting or vector:dependency-confusion',
        );
      all.push(next);
    }
    return all.length > 1 ? { op: 'or', of: all } : all[0];
  }

  #and(depth: number): Query | undefined {
    const all: Query[] = [];
    for (let token = this.#tokens[this.#at]; token && token.kind !== 'or' && token.kind !== 'close'; token = this.#tokens[this.#at]) {
      if (token.kind === 'term' && token.field === undefined && !token.quoted && isStopWord(token.text)) {
        this.#at++;
        continue;
      }
      const one = this.#one(depth);
      if (one) all.push(one);
    }
    return all.length > 1 ? { op: 'and', of: all } : all[0];
  }

  #one(depth: number): Query | undefined {
    const token = this.#tokens[this.#at++] as Token;
    if (token.kind === 'not') {
      const next = this.#tokens[this.#at];
      const of = next && next.kind !== 'or' && next.kind !== 'close' ? this.#one(depth + 1) : undefined;
      if (depth > MAX_DEPTH) throw new Fault(`\`not\` stands more than ${MAX_DEPTH} times in a row`, token.offset, 1);
      if (!of)
        throw new Fault(
          'something to exclude was expected after this',
          token.offset,
          token.text.length,
          'write for example: -depth:indexed',
        );
      return { op: 'not', of };
    }
    if (token.kind === 'open') {
      const inner = this.#or(depth + 1);
      if (this.#tokens[this.#at]?.kind !== 'close') throw new Fault('this bracket is not closed', token.offset, 1, 'close it with )');
      this.#at++;
      if (!inner) throw new Fault('these brackets hold nothing', token.offset, 2);
      return inner;
    }
    if (token.field === undefined) {
      const { text, quoted } = token;
      return { op: 'words', text, quoted, named: namedValues(text, quoted, this.#known) };
    }
    if (token.field === 'sort') {
      this.#sort = sortOf(token);
      return undefined;
    }
    return this.#field(token, token.field);
  }

  #field(token: Token, name: string): Query {
    if (!isQueryField(name)) {
      const nearest = findNearest(name, [...Object.keys(queryFields), 'sort']);
      throw new Fault(
        `there is no field "${name}"`,
        token.offset,
        name.length,
        nearest ? `did you mean ${nearest}: ?` : `fields are ${Object.keys(queryFields).join(', ')}; put a text with a colon in quotes`,
      );
    }
    if (token.text === '')
      throw new Fault(
        `a value was expected after ${name}:`,
        token.offset,
        name.length + 1,
        `write for example: ${queryFields[name].example}`,
      );
    const { type } = queryFields[name];
    if (type === 'text' || token.quoted) return { op: 'field', field: name, values: [this.#value(name, token.text, token.valueOffset)] };
    let offset = token.valueOffset;
    const values = token.text.split(',').map((part) => {
      const value = this.#value(name, part, offset);
      offset += part.length + 1;
      return value;
    });
    return { op: 'field', field: name, values };
  }

  #value(field: QueryFieldName, text: string, offset: number): FieldTest {
    const { type, example } = queryFields[field];
    if (text === '') throw new Fault('a value was expected between the commas', offset, 1, `write for example: ${example}`);
    if (type === 'text') return { is: 'equal', value: text };
    const lower = text.toLowerCase();
    if (Object.hasOwn(MISSING, lower)) return { is: 'equal', value: lower };
    if (type === 'term') return { is: 'equal', value: this.#canonical(field, text, offset) };
    const check = type === 'date' ? checkDate : checkNumber;
    const compared = /^(>=|<=|>|<)(.*)$/.exec(text);
    if (compared) {
      const [, sign = '', value = ''] = compared;
      check(value, offset + sign.length, example);
      const bound = { value, itself: sign.length === 2 };
      return sign.startsWith('>') ? { is: 'between', from: bound } : { is: 'between', to: bound };
    }
    const dots = text.indexOf('..');
    if (dots !== -1) {
      const [from, to] = [text.slice(0, dots), text.slice(dots + 2)];
      if (from === '' && to === '') throw new Fault('a range needs at least one end', offset, text.length, `write for example: ${example}`);
      if (from) check(from, offset, example);
      if (to) check(to, offset + dots + 2, example);
      return {
        is: 'between',
        ...(from ? { from: { value: from, itself: true } } : {}),
        ...(to ? { to: { value: to, itself: true } } : {}),
      };
    }
    check(text, offset, example);
    return { is: 'equal', value: text };
  }

  #canonical(field: QueryFieldName, text: string, offset: number): string {
    const values = this.#known[field];
    if (!values) return text;
    const lower = text.toLowerCase();
    const found = Object.entries(values).find(([spelling]) => spelling.toLowerCase() === lower);
    if (found) return found[1];
    throw new Fault(`${field} has no value "${text}"`, offset, text.length, nearValues(lower, values));
  }

  #offset(): number {
    return this.#tokens[this.#at]?.offset ?? this.#end;
  }
}

/** Values that may have been meant: those of which a spelling holds the text, else the nearest. */
function nearValues(text: string, values: Readonly<Record<string, string>>): string | undefined {
  const shown = (value: string) => (/\s/.test(value) ? `"${value}"` : value);
  const holding =
    text.length < 3 ? [] : Object.entries(values).flatMap(([spelling, value]) => (spelling.toLowerCase().includes(text) ? value : []));
  const [first, ...others] = new Set(holding);
  if (first !== undefined && others.length > 0) return `one of ${[first, ...others].slice(0, 8).map(shown).join(', ')}`;
  const nearest = first ?? findNearest(text, [...Object.keys(values), ...Object.keys(MISSING)]);
  return nearest === undefined ? undefined : `did you mean ${shown(values[nearest] ?? nearest)}?`;
}

function sortOf(token: Token): ParsedQuery['sort'] {
  const descending = token.text.endsWith('-desc');
  const key = token.text.replace(/-(asc|desc)$/, '');
  if (!Object.hasOwn(sortKeys, key)) {
    const nearest = findNearest(key, Object.keys(sortKeys));
    throw new Fault(
      `nothing is sorted by "${key}"`,
      token.valueOffset,
      Math.max(1, token.text.length),
      nearest ? `did you mean sort:${nearest}?` : `one of ${Object.keys(sortKeys).join(', ')}, with -desc to turn it round`,
    );
  }
  return { key: key as SortKey, descending };
}

function checkDate(text: string, offset: number, example: string): void {
  const parsed = parseEdtf(text);
  if (isEdtfFault(parsed) || parsed.precision === 'interval')
    throw new Fault(
      `expected a date such as 2023, 2023-03 or 2023-03-29, got "${text}"`,
      offset,
      Math.max(1, text.length),
      `write for example: ${example}`,
    );
  getEdtf(text);
}

function checkNumber(text: string, offset: number, example: string): void {
  if (!/^\d{1,6}$/.test(text))
    throw new Fault(`expected a number, got "${text}"`, offset, Math.max(1, text.length), `write for example: ${example}`);
}
