import fc from 'fast-check';
import type { IncidentRecord } from '../../src/schema/record.ts';

/** Keys of a record under which people write free text. */
const FREE = ['title', 'text', 'name', 'publisher', 'value', 'handle', 'label', 'why', 'version', 'word'];

/** Texts that break careless writers: quotes, control characters, marks that turn the direction of writing, markup, lone surrogates. */
export const hostileText = fc
  .array(
    fc.constantFrom(
      '"',
      "'",
      '\\',
      '\n',
      '\r\n',
      '\t',
      '\u0000',
      '\u001b[31m',
      '\u202e',
      '\u2067',
      '\u2028',
      '\ufeff',
      '\ud800',
      '</script>',
      '<!--',
      '{{',
      '}}',
      '@id',
      '@value',
      '__proto__',
      '_:b0',
      '|',
      ',',
      '=1+1',
      '[[incident:x|y]]',
      'ok',
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => `x${parts.join('')}`);

/** The record with a text in every place where people write one. Vocabulary terms, ids, addresses, dates and citations stay. */
export function withText(record: IncidentRecord, text: string): IncidentRecord {
  const visit = (value: unknown, key: string): unknown =>
    typeof value === 'string'
      ? FREE.includes(key)
        ? text
        : value
      : Array.isArray(value)
        ? value.map((item) => (key === 'aliases' || key === 'versions' ? text : visit(item, key)))
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value).map(([name, item]) => [name, name === 'sourceArtifactDivergence' ? item : visit(item, name)]),
            )
          : value;
  return { ...record, data: visit(record.data, '') as IncidentRecord['data'] };
}
