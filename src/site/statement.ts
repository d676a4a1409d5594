import { valueAt } from '../graph/build-graph.ts';
import type { CitedStatement } from '../schema/claims.ts';
import { fieldDocs } from '../schema/field-docs.ts';
import type { CorpusRecord } from '../schema/record.ts';

/** A cited statement in words: its own text where it has one, else what its fields say. */
export function sentenceOf(record: CorpusRecord, { path, text }: CitedStatement): string {
  const name = fieldName(record, path);
  const value = valueAt(record, path);
  const facts = typeof value === 'object' && value !== null ? factsOf(value) : '';
  if (text) return `${name}: ${facts && path.length <= 2 && typeof path[1] === 'number' ? `${facts} — ` : ''}${text}`;
  return facts ? `${name}: ${facts}` : name;
}

const IDENTIFYING = [
  'date',
  'title',
  'name',
  'component',
  'version',
  'versions',
  'range',
  'platform',
  'value',
  'type',
  'id',
  'purl',
  'url',
  'stage',
  'state',
  'role',
  'kind',
  'sha256',
  'sha1',
  'md5',
  'from',
  'to',
  'why',
] as const;

function factsOf(value: object): string {
  return IDENTIFYING.flatMap((field) => {
    const fact: unknown = Reflect.get(value, field);
    if (typeof fact === 'string') return [fact];
    return Array.isArray(fact) && fact.every((item) => typeof item === 'string') ? [fact.join(', ')] : [];
  }).join(' · ');
}

/** `releases[3]` → "Releases"; the field's own name, spaced. */
function fieldName(record: CorpusRecord, path: CitedStatement['path']): string {
  const field = String(path[0] ?? '');
  const known = fieldDocs(record.kind).some(({ path: documented }) => documented === field);
  const words = (known ? field : 'statement').replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
