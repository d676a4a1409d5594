/**
 * The record format as a library: `import { checkRecord } from 'threatpedia/schema'`.
 *
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { checkRecord, vocabularies } from 'threatpedia/schema';
 *
 * const file = 'incidents/2024/mine.yaml';
 * const { problems } = checkRecord(await readFile(file), file);
 * for (const { at, code, message, fix } of problems) console.log(`${at.file}:${at.line}:${at.column} ${code} ${message}`, fix ?? '');
 * console.log(Object.keys(vocabularies.find(({ name }) => name === 'confidence')?.terms ?? {}));
 * ```
 */
import type { Problem } from '../base/problem.ts';
import { parseRecord } from '../corpus/parse-record.ts';
import { jsonSchemas as allSchemas } from '../schema/json-schema.ts';
import { vocabularies as allVocabularies } from '../schema/vocabularies.ts';
import type { Vocabulary } from '../schema/vocabulary.ts';

export type { Problem, SourcePosition } from '../base/problem.ts';
export type { Term, TermMapping, TermSource, Vocabulary } from '../schema/vocabulary.ts';

/** A record that was read, and everything that is wrong with it. */
export interface CheckedRecord {
  /** Undefined where it breaks the schema. */
  readonly record: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> } | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Checks the YAML of one record by itself; rules between records need the whole corpus (`threatpedia validate`). `file` is its path in the corpus
 * folder, which tells its kind. Throws nothing: whatever is wrong is a problem with line and column.
 */
export function checkRecord(bytes: Uint8Array, file: string): CheckedRecord {
  const { record, problems } = parseRecord(bytes, file);
  return { record: record && { kind: record.kind, data: record.data as unknown as Readonly<Record<string, unknown>> }, problems };
}

/** One JSON Schema (2020-12) for each kind of record; the same as the files below `threatpedia/schemas/`. */
export function jsonSchemas(): readonly { readonly path: string; readonly schema: object }[] {
  return allSchemas();
}

/** The closed lists of values that records use: each term with its label, definition and source. */
export const vocabularies: readonly Vocabulary[] = allVocabularies;
