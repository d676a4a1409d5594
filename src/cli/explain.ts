import { allWords, findMeanings, type Meanings } from '../answers/meanings.ts';
import { prettyJson } from '../base/canonical-json.ts';
import { findNearest } from '../base/nearest.ts';
import { alignColumns, wrap } from '../base/terminal-text.ts';
import type { FieldDoc } from '../schema/field-docs.ts';
import { type ExitCode, exitCodes } from './context.ts';
import type { AddCommand } from './main.ts';
import { queryHelp } from './query.ts';
import type { Terminal } from './terminal.ts';

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
  if (!meanings) {
    const nearest = findNearest(word, allWords());
    terminal.note(`there is no field, code, vocabulary or value "${word}"${nearest ? `; did you mean "${nearest}"?` : ''}`);
    return exitCodes.found;
  }
  terminal.print(json ? prettyJson(meanings).trimEnd() : describe(meanings, terminal));
  return exitCodes.ok;
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
        ...(term.synonyms ? [dim(`also called ${term.synonyms.join(', ')}`)] : []),
        dim(`source: ${term.source.title}${term.source.url ? ` ${term.source.url}` : ''}`),
        ...mapping.map(dim),
      ].join('\n'),
    );
  }
  return blocks.join('\n\n');
}
