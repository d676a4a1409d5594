import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { EMPTY } from '../check/add-inventory.ts';
import type { ExposureCheck } from '../check/check.ts';
import { type FormatRow, findFormat, getFormat, isEmpty, STREAM_ABOVE, sniffFormat, sniffPasted } from '../check/inventory/formats.ts';
import { MAX_INPUT_BYTES, UnreadableInput } from '../check/inventory/inventory.ts';
import type { FolderFile } from '../check/inventory/search-folder.ts';
import type { CheckOptions } from './check.ts';
import type { Terminal } from './terminal.ts';

/** How much of a file is looked at to tell what it is. */
const SNIFF_BYTES = 64 * 1024;

/** Reads every path into the check: files, folders, and `-` for standard input. A path that does not exist becomes coverage like any other. */
export async function addInputs(
  exposure: ExposureCheck,
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<void> {
  for (const path of paths) {
    if (path === '-') await addStandardInput(exposure, options);
    else {
      const state = statSync(path, { throwIfNoEntry: false });
      if (!state) exposure.fail(path, undefined, 'no such file or folder');
      else if (state.isDirectory()) await addFolder(exposure, path, options, terminal);
      else if (state.isFile()) await addFile(exposure, { path, shown: path, size: state.size }, options, terminal);
      else exposure.fail(path, undefined, 'is no regular file');
    }
  }
}

async function addStandardInput(exposure: ExposureCheck, options: CheckOptions): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  const row = options.as ? getFormat(options.as) : undefined;
  if (row?.stream) return addStream(exposure, '-', row, process.stdin);
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_INPUT_BYTES) return exposure.fail('-', row?.id, `expected at most ${MAX_INPUT_BYTES} bytes`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (!row && isEmpty(bytes)) return exposure.fail('-', undefined, 'standard input is empty');
  await addBytes(exposure, '-', row ?? sniffPasted(bytes.subarray(0, SNIFF_BYTES)), bytes);
}

/** A file that the user named: always covered, read or not. */
async function addFile(exposure: ExposureCheck, file: FolderFile, options: CheckOptions, terminal: Terminal): Promise<void> {
  if (options.hashFiles) await addHash(exposure, file);
  const row = options.as ? getFormat(options.as) : (findFormat(file.path) ?? sniffFormat(readStart(file.path)));
  if (!row && !options.hashFiles && file.size <= SNIFF_BYTES && isEmpty(readStart(file.path)))
    return exposure.fail(file.shown, undefined, EMPTY);
  if (row) {
    await addRecognised(exposure, file, row);
    if (options.history) await (await import('./check-history.ts')).addHistory(exposure, file.path, file.shown, row, terminal);
  } else if (!options.hashFiles) {
    exposure.fail(
      file.shown,
      undefined,
      'is of no format that is known; --as names one (`threatpedia check --as list`), --hash-files looks it up by digest',
    );
  }
}

async function addFolder(exposure: ExposureCheck, folder: string, options: CheckOptions, terminal: Terminal): Promise<void> {
  const { searchFolder } = await import('../check/inventory/search-folder.ts');
  let [seen, read] = [0, 0];
  const files = searchFolder(folder, {
    honourIgnoreFiles: options.ignore,
    onProgress: (count) => {
      seen = count;
      terminal.progress(`searching ${folder}: ${seen} entries, ${read} inputs`);
    },
    onUnreadable: (path, why) => exposure.fail(path, undefined, why),
  });
  for await (const file of files) {
    const shown = folder === '.' ? file.shown : join(folder, file.shown);
    const named = { ...file, shown };
    if (options.hashFiles) await addHash(exposure, named);
    const row = options.as ? getFormat(options.as) : findFormat(file.path);
    if (!row) continue;
    read++;
    terminal.progress(`reading ${shown}`);
    await addRecognised(exposure, named, row);
    if (options.history) await (await import('./check-history.ts')).addHistory(exposure, file.path, shown, row, terminal);
  }
}

async function addRecognised(exposure: ExposureCheck, { path, shown, size }: FolderFile, row: FormatRow): Promise<void> {
  if (size > STREAM_ABOVE && row.stream) return addStream(exposure, shown, row, createReadStream(path, { highWaterMark: 1024 * 1024 }));
  if (size > MAX_INPUT_BYTES) return exposure.fail(shown, row.id, `expected at most ${MAX_INPUT_BYTES} bytes, found ${size}`);
  let bytes: Uint8Array;
  try {
    // Nothing else waits for the processor: reading at once needs no pool of threads.
    bytes = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return exposure.fail(shown, row.id, `could not be read (${code ?? message})`);
  }
  await addBytes(exposure, shown, row, bytes);
}

async function addBytes(exposure: ExposureCheck, shown: string, row: FormatRow, bytes: Uint8Array): Promise<void> {
  const format = await row.load();
  await exposure.add({ path: shown, format: row.id, bytes, read: () => format.parse(bytes, { path: shown }) });
}

async function addStream(exposure: ExposureCheck, shown: string, row: FormatRow, chunks: Readable): Promise<void> {
  const stream = await row.stream?.();
  if (stream) await exposure.add({ path: shown, format: row.id, read: () => stream(chunks) });
}

async function addHash(exposure: ExposureCheck, file: FolderFile): Promise<void> {
  const { hashFile } = await import('./hash-file.ts');
  await exposure.add({
    path: file.shown,
    format: 'file',
    async *read() {
      const digests = await hashFile(file.path).catch((cause: NodeJS.ErrnoException) => {
        throw new UnreadableInput(`could not be read (${cause.code ?? cause.message})`, undefined, { cause });
      });
      const source = { kind: 'path' as const, path: file.shown };
      yield { components: [{ identity: { kind: 'file' as const, name: file.shown, digests }, source, at: {} }] };
    },
  });
}

function readStart(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(SNIFF_BYTES);
    return bytes.subarray(0, readSync(file, bytes, 0, SNIFF_BYTES, 0));
  } finally {
    closeSync(file);
  }
}
