import { valueAt } from '../graph/build-graph.ts';
import type { CitedStatement } from '../schema/claims.ts';
import { fieldDocs } from '../schema/field-docs.ts';
import type { CorpusRecord, RecordKind } from '../schema/record.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import { findTerm, type Vocabulary } from '../schema/vocabulary.ts';

/** A cited statement in words: its own text where it has one, else what its fields say. */
export function sentenceOf(record: CorpusRecord, { path, text }: CitedStatement): string {
  const name = fieldName(record, path);
  const value = valueAt(record, path);
  const facts = typeof value === 'object' && value !== null ? factsOf(record, path, value) : '';
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

function factsOf({ kind }: CorpusRecord, path: CitedStatement['path'], value: object): string {
  const place = path.map((step, index) => (typeof step === 'number' ? '[]' : index === 0 ? step : `.${step}`)).join('');
  return IDENTIFYING.flatMap((field) => {
    const fact: unknown = Reflect.get(value, field);
    if (typeof fact === 'string') return [labelOf(kind, `${place}.${field}`, fact)];
    return Array.isArray(fact) && fact.every((item) => typeof item === 'string') ? [fact.join(', ')] : [];
  }).join(' · ');
}

/** A value as people read it: the label of its term where the field takes terms. */
function labelOf(kind: RecordKind, field: string, value: string): string {
  const vocabulary = vocabulariesOf(kind).get(field);
  return (vocabulary && findTerm(vocabulary, value)?.label) ?? value;
}

const vocabulariesByKind = new Map<RecordKind, ReadonlyMap<string, Vocabulary>>();

/** The vocabulary of each field that takes its terms, by the path of the field. */
function vocabulariesOf(kind: RecordKind): ReadonlyMap<string, Vocabulary> {
  const known =
    vocabulariesByKind.get(kind) ??
    new Map(
      fieldDocs(kind).flatMap(({ path, vocabulary }) => {
        const found = vocabularies.find(({ name }) => name === vocabulary);
        return found ? [[path, found] as const] : [];
      }),
    );
  vocabulariesByKind.set(kind, known);
  return known;
}

/** `releases[3]` → "Releases"; the field's own name, spaced. */
function fieldName(record: CorpusRecord, path: CitedStatement['path']): string {
  const field = String(path[0] ?? '');
  const known = fieldDocs(record.kind).some(({ path: documented }) => documented === field);
  const words = (known ? field : 'statement').replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
