import { Argument, type Command } from 'commander';
import { alignColumns } from '../base/terminal-text.ts';
import { queryFields, sortKeys } from '../query/fields.ts';
import { MISSING } from '../query/parse.ts';
import type { Terminal } from './terminal.ts';

/** Adds the argument that narrows and orders a list of incidents. */
export function addQuery(command: Command): Command {
  return command.addArgument(new Argument('[query...]', 'which incidents, and in which order: see `threatpedia explain query`'));
}

/** The query language in words, for a terminal. */
export function queryHelp({ width, colors: { bold } }: Terminal): string {
  const rows = (entries: readonly (readonly [string, string, string])[]) =>
    alignColumns(
      entries.map(([one, two, three]) => [bold(one), two, three]),
      width,
    );
  return [
    'Parts side by side narrow; `or` widens; `-` or `not` before a part excludes; brackets group; other words, and "phrases", are looked for in titles,',
    'names, aliases, advisory ids, summaries, and the labels and synonyms of values (worms, DPRK); in, the, of and the like count only in quotes.',
    'A word is found where one begins so, one of at most three letters and digits only whole; a phrase as it stands, inside words too.',
    'A field takes one value or several with commas: any of them.',
    '',
    rows(Object.entries(queryFields).map(([name, { meaning, example }]) => [`${name}:`, example, meaning])),
    '',
    'Instead of a value:',
    rows(Object.entries(MISSING).map(([word, meaning]) => [word, meaning, ''])),
    '',
    'Dates and numbers also take ranges: 2020..2024, >=2023-03, <10. A date matches only if it certainly lies within.',
    '',
    'Order:',
    rows(Object.entries(sortKeys).map(([key, { meaning, high }]) => [`sort:${key}`, meaning, `sort:${key}-desc: ${high.toLowerCase()}`])),
  ].join('\n');
}
