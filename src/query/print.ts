import type { FieldTest, ParsedQuery, Query } from './parse.ts';

/** A query as text that parses to the same query. */
export function printQuery({ query, sort }: ParsedQuery): string {
  const order = sort ? `sort:${sort.key}${sort.descending ? '-desc' : ''}` : '';
  return [query ? printed(query, 'top') : '', order].filter(Boolean).join(' ');
}

function printed(query: Query, within: 'top' | 'and' | 'or' | 'not'): string {
  switch (query.op) {
    case 'and': {
      const text = query.of.map((part) => printed(part, 'and')).join(' ');
      return within === 'top' || within === 'or' ? text : `(${text})`;
    }
    case 'or': {
      const text = query.of.map((part) => printed(part, 'or')).join(' or ');
      return within === 'top' ? text : `(${text})`;
    }
    case 'not':
      return `-${printed(query.of, 'not')}`;
    case 'words':
      return query.quoted ? `"${query.text}"` : quoted(query.text, false);
    case 'field':
      return `${query.field}:${query.values.map(value).join(',')}`;
  }
}

function value(test: FieldTest): string {
  if (test.is === 'equal') return quoted(test.value, true);
  const { from, to } = test;
  if (from && to) return `${from.value}..${to.value}`;
  if (from) return `>${from.itself ? '=' : ''}${from.value}`;
  return `<${to?.itself ? '=' : ''}${to?.value}`;
}

/** Quotes around what would otherwise read as something else. */
function quoted(text: string, isValue: boolean): string {
  const plain = isValue ? /^[^\s()",]+$/ : /^(?!(?:or|not)$)[^\s()":,-][^\s()":]*$/i;
  return plain.test(text) ? text : `"${text}"`;
}
