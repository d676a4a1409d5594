import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Argument } from 'commander';
import { AppError } from '../base/problem.ts';
import { wrap } from '../base/terminal-text.ts';
import { fieldDocs } from '../schema/field-docs.ts';
import { INCIDENT_ID } from '../schema/fields.ts';
import { type RecordKind, recordKindNames, recordKinds } from '../schema/record.ts';
import { exitCodes } from './context.ts';
import type { AddCommand } from './main.ts';

export const newCommand: AddCommand = (program, run) => {
  program
    .command('new')
    .description('print, or with --id write, a commented skeleton of a record')
    .addArgument(new Argument('<kind>', 'kind of record').choices([...recordKindNames]))
    .option('--id <id>', 'write the skeleton into the corpus under this id')
    .addHelpText(
      'after',
      '\nExamples:\n  $ threatpedia new incident > draft.yaml\n  $ threatpedia new incident --id SC-2026-SOME-PACKAGE\n  $ threatpedia new actor --id unc4736',
    )
    .action((kind: RecordKind, options: { id?: string }) =>
      run(async ({ terminal, corpusFolder }) => {
        if (!options.id) {
          terminal.print(skeleton(kind, undefined));
          return exitCodes.ok;
        }
        const path = join(corpusFolder, fileFor(kind, options.id));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `${skeleton(kind, options.id)}\n`, { flag: 'wx' }).catch((error: unknown) => {
          throw new AppError('io', `${relative(process.cwd(), path)} exists already or cannot be written`, { cause: error });
        });
        terminal.print(relative(process.cwd(), path));
        return exitCodes.ok;
      }),
    );
};

/** The file of a record, relative to the corpus folder. Throws AppError where the id does not fit the kind. */
function fileFor(kind: RecordKind, id: string): string {
  if (kind !== 'incident') {
    if (!/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/.test(id))
      throw new AppError('usage', `expected an id of lower-case letters, digits and hyphens, got "${id}"`);
    return `${recordKinds[kind].folder}/${id}.yaml`;
  }
  if (!INCIDENT_ID.test(id)) throw new AppError('usage', `expected an id such as SC-2023-3CX-DESKTOPAPP, got "${id}"`);
  return `incidents/${id.slice(3, 7)}/${id.slice(8).toLowerCase()}.yaml`;
}

/** A record with every top-level field: required ones to be filled, the others commented out, each with its meaning. */
function skeleton(kind: RecordKind, id: string | undefined): string {
  const up = kind === 'incident' ? '../../../' : '../../';
  const lines = [`# yaml-language-server: $schema=${up}schemas/${kind}.schema.json`];
  const fields = fieldDocs(kind);
  for (const field of fields.filter(({ path }) => !path.includes('.') && !path.includes('[]'))) {
    lines.push('', ...wrap(field.description, 110).map((text) => `# ${text}`));
    if (field.vocabulary) lines.push(`# Values: threatpedia explain ${field.vocabulary}`);
    const value = field.name === 'schema' ? `${kind}/1` : field.name === 'id' ? (id ?? '') : placeholder(field.shape);
    lines.push(`${field.required ? '' : '# '}${field.name}:${value ? ` ${value}` : ''}`);
    if (field.required && field.name === 'references') {
      lines.push(
        '  - id: publisher-2026-01-31',
        '    title:',
        '    publisher:',
        '    url:',
        '    published:',
        '    kind: # threatpedia explain reference-kind',
      );
    } else if (field.required && field.shape === 'mapping') {
      const nested = fields.filter(({ path }) => path.startsWith(`${field.path}.`) && !path.slice(field.path.length + 1).includes('.'));
      for (const inner of nested.filter(({ path }) => !path.includes('[]')))
        lines.push(`  ${inner.name}:${placeholder(inner.shape) ? ` ${placeholder(inner.shape)}` : ''}`);
    }
  }
  return lines.join('\n');
}

function placeholder(shape: string): string {
  return shape.startsWith('list of text') || shape.startsWith('list of one of') ? '[]' : '';
}
