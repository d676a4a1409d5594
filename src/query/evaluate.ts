import { getEdtf, isEdtfFault, parseEdtf } from '../base/edtf.ts';
import { type QueryFieldName, queryFields, type SortKey } from './fields.ts';
import { searchedForms, wordTest } from './free-words.ts';
import type { Bound, FieldTest, ParsedQuery, Query } from './parse.ts';
import { MISSING } from './parse.ts';
import type { IncidentRow } from './row.ts';

type Test = (row: IncidentRow) => boolean;

/** Rows that a query asks for, in the order that it asks for; without one, the latest disclosed first. */
export function runQuery(rows: readonly IncidentRow[], { query, sort }: ParsedQuery): IncidentRow[] {
  const found = rowsFor(rows, query);
  const { key, descending } = sort ?? { key: 'disclosed' as const, descending: true };
  const turn = descending ? -1 : 1;
  const keyed = found.map((row) => ({ row, by: sortValue(row, key) }));
  keyed.sort((left, right) => {
    // What has no value comes last, whichever way the others go.
    if ((left.by === '') !== (right.by === '')) return left.by === '' ? 1 : -1;
    const order = left.by < right.by ? -1 : left.by > right.by ? 1 : 0;
    return order * turn || (left.row.id < right.row.id ? -1 : 1);
  });
  return keyed.map(({ row }) => row);
}

/** How many rows of a query have each value of a field, were the query silent about that field: what choosing the value would give. */
export function countFacet(rows: readonly IncidentRow[], { query }: ParsedQuery, field: QueryFieldName): Map<string, number> {
  const counts = new Map<string, number>();
  const { of } = queryFields[field];
  for (const row of rowsFor(rows, query && withoutField(query, field)))
    for (const value of of(row)) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const lastFound = new WeakMap<Query, { readonly rows: readonly IncidentRow[]; readonly found: readonly IncidentRow[] }>();

/** The rows that fit, kept as long as the query: most facets ask for the same. */
function rowsFor(rows: readonly IncidentRow[], query: Query | undefined): readonly IncidentRow[] {
  if (!query) return rows;
  const last = lastFound.get(query);
  if (last?.rows === rows) return last.found;
  const found = rows.filter(compileQuery(query));
  lastFound.set(query, { rows, found });
  return found;
}

/** The query without what it asks of a field at its top level; itself where it asks nothing of it. */
function withoutField(query: Query, field: QueryFieldName): Query | undefined {
  if (query.op === 'field') return query.field === field ? undefined : query;
  if (query.op !== 'and') return query;
  const of = query.of.filter((part) => part.op !== 'field' || part.field !== field);
  if (of.length === query.of.length) return query;
  return of.length > 1 ? { op: 'and', of } : of[0];
}

/** A query as a function of a row. */
export function compileQuery(query: Query): Test {
  switch (query.op) {
    case 'and': {
      const tests = query.of.map(compileQuery);
      return (row) => tests.every((test) => test(row));
    }
    case 'or': {
      const tests = query.of.map(compileQuery);
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = compileQuery(query.of);
      return (row) => !test(row);
    }
    case 'words': {
      const phrase = query.text.toLowerCase();
      const tests = query.quoted ? [(text: string) => text.includes(phrase)] : searchedForms(query.text).map(wordTest);
      const named = query.named.map(({ field, value }) => ({ of: queryFields[field].of, value }));
      return (row) => {
        const text = textOf(row);
        return tests.some((test) => test(text)) || named.some(({ of, value }) => of(row).includes(value));
      };
    }
    case 'field':
      return compileField(query.field, query.values);
  }
}

const texts = new WeakMap<IncidentRow, string>();

/** Everything of a row in which free words are looked for. */
function textOf(row: IncidentRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = `${row.id} ${row.title} ${row.words} ${row.summary}`.toLowerCase();
  texts.set(row, text);
  return text;
}

function compileField(field: QueryFieldName, values: readonly FieldTest[]): Test {
  const { type, of } = queryFields[field];
  const tests = values.map((value) =>
    type === 'text' ? textTest(value) : type === 'date' ? dateTest(value) : type === 'number' ? numberTest(value) : termTest(value),
  );
  return (row) => {
    const own = of(row);
    return tests.some((test) => test(own));
  };
}

type ValueTest = (own: readonly string[]) => boolean;

/** `any`, `none`, `unknown`, `absent`; undefined for a value proper. */
function missingTest(value: string): ValueTest | undefined {
  if (!Object.hasOwn(MISSING, value)) return undefined;
  if (value === 'absent') return (own) => own.length === 0 || own.every((one) => one === '');
  if (value === 'any') return (own) => own.some((one) => one !== '' && one !== 'none' && one !== 'unknown');
  return (own) => own.includes(value);
}

function termTest(test: FieldTest): ValueTest {
  const { value } = test as Extract<FieldTest, { is: 'equal' }>;
  // Ids that are in no list of values are typed in any case.
  const lower = value.toLowerCase();
  return missingTest(value) ?? ((own) => own.some((one) => one === value || one.toLowerCase() === lower));
}

function textTest(test: FieldTest): ValueTest {
  const wanted = (test as Extract<FieldTest, { is: 'equal' }>).value.toLowerCase();
  return (own) => own.some((text) => text.toLowerCase().includes(wanted));
}

function numberTest(test: FieldTest): ValueTest {
  if (test.is === 'equal') return missingTest(test.value) ?? ((own) => own.some((one) => Number(one) === Number(test.value)));
  const { from, to } = test;
  const above = (one: number) => !from || one > Number(from.value) || (from.itself && one === Number(from.value));
  const below = (one: number) => !to || one < Number(to.value) || (to.itself && one === Number(to.value));
  return (own) => own.some((one) => one !== '' && one !== 'unknown' && above(Number(one)) && below(Number(one)));
}

/** A date fits where it lies within for certain: a year fits no day. */
function dateTest(test: FieldTest): ValueTest {
  const missing = test.is === 'equal' ? missingTest(test.value) : undefined;
  if (missing) return missing;
  const [from, to]: [Bound | undefined, Bound | undefined] =
    test.is === 'equal'
      ? [
          { value: test.value, itself: true },
          { value: test.value, itself: true },
        ]
      : [test.from, test.to];
  const start = from && (from.itself ? getEdtf(from.value).earliest : getEdtf(from.value).latest);
  const end = to && (to.itself ? getEdtf(to.value).latest : getEdtf(to.value).earliest);
  return (own) =>
    own.some((text) => {
      const date = parseEdtf(text);
      if (text === '' || text === 'unknown' || isEdtfFault(date)) return false;
      const after = !start || (date.earliest !== undefined && (from?.itself ? date.earliest >= start : date.earliest > start));
      const before = !end || (date.latest !== undefined && (to?.itself ? date.latest <= end : date.latest < end));
      return after && before;
    });
}

function sortValue(row: IncidentRow, key: SortKey): string {
  const dated = (text: string) => (text === 'unknown' ? '' : text);
  switch (key) {
    case 'disclosed':
      return dated(row.disclosed) || dated(row.warned) || dated(row.observed);
    case 'observed':
      return dated(row.observed);
    case 'title':
      return row.title.toLowerCase();
    case 'references':
    case 'origins':
      return String(row[key]).padStart(8, '0');
  }
}
