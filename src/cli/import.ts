import { open } from 'node:fs/promises';
import { Argument } from 'commander';
import { AppError } from '../base/problem.ts';
import { decodeText, parseJson } from '../check/inventory/input-text.ts';
import { UnreadableInput } from '../check/inventory/inventory.ts';
import { importFormats } from '../import/import-formats.ts';
import { exitCodes } from './context.ts';
import type { AddCommand } from './main.ts';
import { recordSkeleton } from './record-skeleton.ts';

/** Bytes that are read at most. A document about one incident is far smaller. */
const MAX_BYTES = 32 * 1024 * 1024;

export const importCommand: AddCommand = (program, run) => {
  program
    .command('import')
    .description(
      'print a draft of an incident record from a document of another format: its structured facts and references, never its prose',
    )
    .addArgument(new Argument('<format>', 'form of the document').choices(Object.keys(importFormats)))
    .argument('<file>', 'a JSON file about one incident')
    .addHelpText(
      'after',
      `
Statements that name no document have an empty list of citations: a record needs one for each. What is not taken over is told on standard error.

Examples:
  $ threatpedia import osv MAL-2025-1234.json > draft.yaml
  $ threatpedia import stix bundle.json
  $ threatpedia import misp event.json

Exit codes: 0 printed, 2 wrong usage, 3 the file cannot be read or is something else`,
    )
    .action((format: string, file: string) =>
      run(async ({ terminal }) => {
        const { fields, leftOut } = await readDraft(format, file);
        const { id, ...given } = fields;
        terminal.print(recordSkeleton('incident', typeof id === 'string' ? id : undefined, given));
        for (const reason of leftOut) terminal.note(`left out: ${reason}`);
        return exitCodes.ok;
      }),
    );
};

async function readDraft(format: string, file: string) {
  const read = importFormats[format];
  if (!read) throw new AppError('usage', `no format ${format}`);
  const bytes = await readBounded(file);
  try {
    return read(parseJson(decodeText(bytes)));
  } catch (cause) {
    if (cause instanceof UnreadableInput) throw new AppError('io', `${file}: ${cause.message}`, { cause });
    throw cause;
  }
}

/** The bytes of a file, however long it says it is: one byte beyond the limit is enough to refuse it. */
async function readBounded(file: string): Promise<Uint8Array> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new AppError('io', `cannot read ${file}`, { cause });
  });
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      length += (chunk as Uint8Array).length;
      if (length > MAX_BYTES) throw new AppError('io', `${file}: expected at most ${MAX_BYTES / 1024 / 1024} MiB`);
      chunks.push(chunk as Uint8Array);
    }
    return Buffer.concat(chunks);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('io', `cannot read ${file}`, { cause });
  } finally {
    await handle.close();
  }
}
