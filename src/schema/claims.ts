import { referenceIdOf } from './cited.ts';
import type { Citation, Reference } from './evidence.ts';
import type { CorpusRecord } from './record.ts';

/** Something in a record that rests on citations, and where it stands. */
export interface CitedStatement {
  readonly path: readonly (string | number)[];
  readonly cites: readonly Citation[];
  readonly text: string | undefined;
}

/** Every statement of a record that carries `cites`, in document order: sentences, dates, releases, indicators, edges. */
export function citedStatements(record: CorpusRecord): CitedStatement[] {
  const found: CitedStatement[] = [];
  collect(record.data, [], found);
  return found;
}

/** Walks a value; `path` is where it stands, one list for the whole walk, copied only for what is found. */
function collect(value: unknown, path: (string | number)[], found: CitedStatement[]): void {
  if (typeof value !== 'object' || value === null) return;
  const { cites, text } = value as { cites?: readonly Citation[]; text?: unknown };
  if (Array.isArray(cites)) found.push({ path: [...path], cites, text: typeof text === 'string' ? text : undefined });
  for (const key in value) {
    if (key === 'cites' || key === 'references') continue;
    path.push(Array.isArray(value) ? Number(key) : key);
    collect(Reflect.get(value, key), path, found);
    path.pop();
  }
}

/** Sentences that stand without any citation. The schema forbids them; this counts, so that the promise is measured and not assumed. */
export function uncitedTexts(record: CorpusRecord): (readonly (string | number)[])[] {
  const found: (readonly (string | number)[])[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, [...path, index]);
      return;
    }
    const fields = value as { text?: unknown; cites?: unknown; values?: unknown; language?: unknown };
    if (typeof fields.text === 'string' && !fields.cites && !fields.values && !fields.language) found.push(path);
    for (const [key, item] of Object.entries(value)) if (key !== 'references') visit(item, [...path, key]);
  };
  visit(record.data, []);
  return found;
}

/** The references of a record; empty for an organization without any. */
export function referencesOf(record: CorpusRecord): readonly Reference[] {
  return record.data.references ?? [];
}

/** Ids of the references that citations name, each once, in order. */
export function citedIds(cites: readonly Citation[]): string[] {
  return [...new Set(cites.map(referenceIdOf))];
}

/** Every text of a record in which `[[kind:key|label]]` stands, with its place. */
export function linkedTexts(record: CorpusRecord): { path: readonly (string | number)[]; text: string }[] {
  const found: { path: readonly (string | number)[]; text: string }[] = [];
  const path: (string | number)[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.includes('[[')) found.push({ path: [...path], text: value });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) within(index, item);
    } else if (typeof value === 'object' && value !== null) {
      for (const key in value) if (key !== 'references' && key !== 'query') within(key, Reflect.get(value, key));
    }
  };
  const within = (step: string | number, value: unknown): void => {
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return;
    path.push(step);
    visit(value);
    path.pop();
  };
  visit(record.data);
  return found;
}
