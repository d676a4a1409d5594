import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Argument } from 'commander';
import { AppError } from '../base/problem.ts';
import { INCIDENT_ID } from '../schema/fields.ts';
import { type RecordKind, recordKindNames, recordKinds } from '../schema/record.ts';
import { exitCodes } from './context.ts';
import type { AddCommand } from './main.ts';
import { recordSkeleton } from './record-skeleton.ts';

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
          terminal.print(recordSkeleton(kind, undefined));
          return exitCodes.ok;
        }
        const path = join(corpusFolder, fileFor(kind, options.id));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `${recordSkeleton(kind, options.id)}\n`, { flag: 'wx' }).catch((error: unknown) => {
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
