import { z } from 'zod';
import { allWords, findMeanings, type Meanings } from '../../answers/meanings.ts';
import { findNearest } from '../../base/nearest.ts';
import { AppError } from '../../base/problem.ts';
import { queryFields, sortKeys } from '../../query/fields.ts';
import { MISSING } from '../../query/parse.ts';
import { type DraftSection, makeAnswer } from '../answer.ts';
import { quoted } from '../quoted-text.ts';
import { defineTool, paging } from '../tool.ts';

export const explain = defineTool({
  name: 'explain',
  title: 'Explain a word',
  description:
    'Says what a field of records (releases, seededBy), a problem code, a vocabulary (vector, channel-kind) or one of its values (abused) means, with the source of the definition; "query" explains the query language of list_incidents.',
  input: z.strictObject({ word: z.string().min(1).max(200).describe('The word, or "query".'), ...paging(100) }),
  example: { word: 'query' },
  run(_, { word, offset, limit }) {
    if (word === 'query') return makeAnswer({ title: 'The query language of incidents', notes: RULES }, querySections(), { offset, limit });
    const meanings = findMeanings(word);
    if (meanings) return makeAnswer({ title: `Meaning of ${word}` }, meaningSections(meanings), { offset, limit });
    const nearest = findNearest(word, allWords());
    throw new AppError(
      'not-found',
      `there is no field, code, vocabulary or value ${JSON.stringify(quoted(word))}; ${nearest ? `did you mean ${nearest}?` : 'give the name of a field, problem code, vocabulary or value, or "query"'}`,
    );
  },
});

const RULES = [
  'parts side by side narrow; `or` widens; - or `not` before a part excludes; brackets group',
  'other words, and "phrases", are looked for in titles, names, aliases, advisory ids, summaries, and the labels and synonyms of values',
  'a word is found where one begins so, one of at most three letters and digits only whole; a phrase as it stands, inside words too',
  'a field takes one value or several with commas: any of them; dates and numbers also ranges: 2020..2024, >=2023-03, <10',
];

function querySections(): DraftSection[] {
  const told = (name: string, entries: readonly string[]): DraftSection => ({
    name,
    statements: entries.map((text) => ({ text, basis: 'definition' })),
  });
  return [
    told(
      'Fields',
      Object.entries(queryFields).map(([name, { meaning, example }]) => `${name}: ${meaning} For example ${example}`),
    ),
    told(
      'Instead of a value',
      Object.entries(MISSING).map(([word, meaning]) => `${word}: ${meaning}`),
    ),
    told(
      'Order',
      Object.entries(sortKeys).map(([key, { meaning, high }]) => `sort:${key}: ${meaning}; sort:${key}-desc: ${high.toLowerCase()}`),
    ),
  ];
}

function meaningSections({ fields, problem, vocabulary, terms }: Meanings): DraftSection[] {
  const section = (name: string, texts: readonly string[]): DraftSection[] =>
    texts.length > 0 ? [{ name, statements: texts.map((text) => ({ text, basis: 'definition' })) }] : [];
  return [
    ...section('Problem', problem ? [`${problem.code} (${problem.severity}): ${problem.title}. ${problem.explanation}`] : []),
    ...section(
      'Fields',
      fields.map(
        ({ kind, path, shape, required, description, vocabulary: values, examples }) =>
          `${path} of ${kind} (${shape}${required ? ', required' : ''}): ${description}${values ? ` Values: explain ${values}.` : ''}${examples.length > 0 ? ` For example ${examples.join(', ')}.` : ''}`,
      ),
    ),
    ...section('Vocabulary', vocabulary ? [`${vocabulary.name}: ${vocabulary.definition}`] : []),
    ...section(
      'Values',
      Object.entries(vocabulary?.terms ?? {}).map(([value, { label, definition }]) => `${value}: ${label}. ${definition}`),
    ),
    ...section(
      'Value',
      terms.map(({ vocabulary: name, value, term }) => {
        const mapping = Object.entries(term.mapping ?? {}).map(([scheme, ids]) => `${scheme} ${[ids].flat().join(', ')}`);
        const source = `${term.source.title}${term.source.url ? `, ${term.source.url}` : ''}`;
        return `${value} (of ${name}): ${term.label}. ${term.definition}${term.synonyms ? ` Also called: ${term.synonyms.join(', ')}.` : ''} Source: ${source}.${mapping.length > 0 ? ` Elsewhere: ${mapping.join('; ')}.` : ''}`;
      }),
    ),
  ];
}
