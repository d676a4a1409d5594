import { prettyJson } from '../base/canonical-json.ts';
import { findNearest } from '../base/nearest.ts';
import { type ProblemCode, problemCodes } from '../base/problem-codes.ts';
import { alignColumns, wrap } from '../base/terminal-text.ts';
import { allFieldDocs, type FieldDoc } from '../schema/field-docs.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import type { Term, Vocabulary } from '../schema/vocabulary.ts';
import { type ExitCode, exitCodes } from './context.ts';
import type { AddCommand } from './main.ts';
import { queryHelp } from './query.ts';
import type { Terminal } from './terminal.ts';

/** Everything that a word can mean here. */
interface Meanings {
  readonly fields: readonly FieldDoc[];
  readonly problem:
    | { readonly code: ProblemCode; readonly severity: string; readonly title: string; readonly explanation: string }
    | undefined;
  readonly vocabulary: Vocabulary | undefined;
  readonly terms: readonly { readonly vocabulary: string; readonly value: string; readonly term: Term }[];
}

export const explainCommand: AddCommand = (program, run) => {
  program
    .command('explain')
    .description('say what a field, a problem code, a vocabulary or one of its values means')
    .argument('<word>', 'field (releases, releases[].withdrawn), code (unknown-reference), vocabulary (vector) or value (abused)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ threatpedia explain seededBy\n  $ threatpedia explain claim-without-citation\n  $ threatpedia explain channel-kind\n  $ threatpedia explain query\n\nExit codes: 0 found, 1 no such word',
    )
    .action((word: string, options: { json?: boolean }) => run(async ({ terminal }) => explain(terminal, word, options.json ?? false)));
};

function explain(terminal: Terminal, word: string, json: boolean): ExitCode {
  if (word === 'query' && !json) {
    terminal.print(queryHelp(terminal));
    return exitCodes.ok;
  }
  const meanings = findMeanings(word);
  const found = meanings.fields.length > 0 || meanings.problem || meanings.vocabulary || meanings.terms.length > 0;
  if (!found) {
    const nearest = findNearest(word, allWords());
    terminal.note(`there is no field, code, vocabulary or value "${word}"${nearest ? `; did you mean "${nearest}"?` : ''}`);
    return exitCodes.found;
  }
  terminal.print(json ? prettyJson(meanings).trimEnd() : describe(meanings, terminal));
  return exitCodes.ok;
}

function findMeanings(word: string): Meanings {
  const code = Object.hasOwn(problemCodes, word) ? (word as ProblemCode) : undefined;
  return {
    fields: allFieldDocs().filter((field) => field.path === word || field.path.replaceAll('[]', '') === word || field.name === word),
    problem: code ? { code, ...problemCodes[code] } : undefined,
    vocabulary: vocabularies.find((vocabulary) => vocabulary.name === word),
    terms: vocabularies.flatMap((vocabulary) => {
      const term = vocabulary.terms[word];
      return term ? [{ vocabulary: vocabulary.name, value: word, term }] : [];
    }),
  };
}

function describe({ fields, problem, vocabulary, terms }: Meanings, terminal: Terminal): string {
  const { bold, dim } = terminal.colors;
  const width = Math.min(terminal.width, 100);
  const blocks: string[] = [];
  if (problem)
    blocks.push([`${bold(problem.code)}  ${dim(problem.severity)}`, problem.title, ...wrap(problem.explanation, width)].join('\n'));
  const merged = new Map<string, FieldDoc[]>();
  for (const field of fields) {
    const same = `${field.path} ${field.description}`;
    merged.set(same, [...(merged.get(same) ?? []), field]);
  }
  for (const [first, ...others] of merged.values()) {
    if (!first) continue;
    const kinds = [first, ...others].map((field) => field.kind).join(', ');
    const lines = [
      `${bold(first.path)}  ${dim(`field of ${kinds} · ${first.shape}${first.required ? ' · required' : ''}`)}`,
      ...wrap(first.description, width),
    ];
    if (first.vocabulary) lines.push(dim(`values: threatpedia explain ${first.vocabulary}`));
    if (first.examples.length > 0) lines.push(`${dim('for example')} ${first.examples.join('   ')}`);
    blocks.push(lines.join('\n'));
  }
  if (vocabulary) {
    const rows = Object.entries(vocabulary.terms).map(([value, term]) => [`  ${value}`, `${term.label}. ${term.definition}`]);
    blocks.push(
      [`${bold(vocabulary.name)}  ${dim('vocabulary')}`, ...wrap(vocabulary.definition, width), '', alignColumns(rows, width)].join('\n'),
    );
  }
  for (const { vocabulary: name, value, term } of terms) {
    const mapping = Object.entries(term.mapping ?? {}).map(([scheme, ids]) => `${scheme}: ${[ids].flat().join(', ')}`);
    blocks.push(
      [
        `${bold(value)}  ${dim(`value of ${name} · ${term.label}`)}`,
        ...wrap(term.definition, width),
        dim(`source: ${term.source.title}${term.source.url ? ` ${term.source.url}` : ''}`),
        ...mapping.map(dim),
      ].join('\n'),
    );
  }
  return blocks.join('\n\n');
}

function allWords(): string[] {
  return [
    ...allFieldDocs().flatMap((field) => [field.path, field.name]),
    ...Object.keys(problemCodes),
    ...vocabularies.flatMap((vocabulary) => [vocabulary.name, ...Object.keys(vocabulary.terms)]),
  ];
}
