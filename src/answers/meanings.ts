import { type ProblemCode, problemCodes } from '../base/problem-codes.ts';
import { allFieldDocs, type FieldDoc } from '../schema/field-docs.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import type { Term, Vocabulary } from '../schema/vocabulary.ts';

/** Everything that a word can mean here. */
export interface Meanings {
  readonly fields: readonly FieldDoc[];
  readonly problem:
    | { readonly code: ProblemCode; readonly severity: string; readonly title: string; readonly explanation: string }
    | undefined;
  readonly vocabulary: Vocabulary | undefined;
  readonly terms: readonly { readonly vocabulary: string; readonly value: string; readonly term: Term }[];
}

/** What a word means; undefined where it means nothing. */
export function findMeanings(word: string): Meanings | undefined {
  const code = Object.hasOwn(problemCodes, word) ? (word as ProblemCode) : undefined;
  const meanings = {
    fields: allFieldDocs().filter((field) => field.path === word || field.path.replaceAll('[]', '') === word || field.name === word),
    problem: code ? { code, ...problemCodes[code] } : undefined,
    vocabulary: vocabularies.find((vocabulary) => vocabulary.name === word),
    terms: vocabularies.flatMap((vocabulary) => {
      const term = vocabulary.terms[word];
      return term ? [{ vocabulary: vocabulary.name, value: word, term }] : [];
    }),
  };
  const { fields, problem, vocabulary, terms } = meanings;
  return fields.length > 0 || problem || vocabulary || terms.length > 0 ? meanings : undefined;
}

/** Every word that {@link findMeanings} knows. */
export function allWords(): string[] {
  return [
    ...allFieldDocs().flatMap((field) => [field.path, field.name]),
    ...Object.keys(problemCodes),
    ...vocabularies.flatMap((vocabulary) => [vocabulary.name, ...Object.keys(vocabulary.terms)]),
  ];
}
