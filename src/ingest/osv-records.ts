import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { AppError } from '../base/problem.ts';
import { MAX_ENTRY_BYTES, zipEntries } from './zip-entries.ts';

/** One record as it was found; `value` is whatever JSON it held, undefined where it held none. */
export interface RawRecord {
  /** File, archive member or line that it came from. */
  readonly name: string;
  readonly value: unknown;
}

/** Only malicious-package records are wanted: `MAL-` ids, as OSV.dev and the OpenSSF repository file them. */
const RECORD_FILE = /(^|\/)MAL-\d{4}-[\w.-]+\.json$/;

/**
 * Records of malicious packages from a zip archive (OSV.dev's `all.zip`), a folder (the OpenSSF repository, at any depth), a JSON Lines file (also
 * gzipped) or a single JSON file. One in memory at a time. Throws AppError where the source cannot be read.
 */
export async function* readOsvRecords(path: string): AsyncGenerator<RawRecord> {
  const state = await stat(path).catch((cause: unknown) => {
    throw new AppError('not-found', `cannot read ${path}: no such file or folder`, { cause });
  });
  if (state.isDirectory()) yield* recordsOfFolder(path);
  else if (/\.zip$/i.test(path)) yield* recordsOfZip(path);
  else if (/\.jsonl?(\.gz)?$|\.ndjson(\.gz)?$/i.test(path) && !/\.json$/i.test(path)) yield* recordsOfLines(path);
  else if (/\.json$/i.test(path)) yield parse(path, await readBounded(path));
  else throw new AppError('usage', `${path}: expected a folder, or a file ending in .zip, .json, .jsonl or .jsonl.gz`);
}

async function* recordsOfZip(path: string): AsyncGenerator<RawRecord> {
  for await (const { name, bytes } of zipEntries(path, (entry) => RECORD_FILE.test(entry))) yield parse(name, bytes.toString('utf8'));
}

async function* recordsOfFolder(folder: string): AsyncGenerator<RawRecord> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '.git') yield* recordsOfFolder(path);
    else if (entry.isFile() && RECORD_FILE.test(entry.name)) yield parse(path, await readBounded(path));
  }
}

async function* recordsOfLines(path: string): AsyncGenerator<RawRecord> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const unpacked = createGunzip();
  // `pipe` passes no errors on.
  if (/\.gz$/i.test(path)) file.on('error', (cause) => unpacked.destroy(cause)).pipe(unpacked);
  let line = 0;
  try {
    for await (const text of linesOf(/\.gz$/i.test(path) ? unpacked : file)) {
      line++;
      if (text.trim()) yield parse(`${path}:${line}`, text);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw new AppError('io', `${path}:${line + 1}: ${cause.message}`, { cause });
    throw new AppError('io', `${path} could not be read to its end (line ${line})`, { cause });
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

/** The lines of a stream, none of which may be longer than a file of an archive. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
      [rest, length, start] = [[], 0, end + 1];
    }
    rest.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > MAX_ENTRY_BYTES) throw new AppError('io', `a line is longer than ${MAX_ENTRY_BYTES} bytes`);
  }
  yield Buffer.concat(rest).toString('utf8');
}

async function readBounded(path: string): Promise<string> {
  const { size } = await stat(path);
  return size > MAX_ENTRY_BYTES ? '' : readFile(path, 'utf8');
}

function parse(name: string, text: string): RawRecord {
  try {
    return { name, value: JSON.parse(text) as unknown };
  } catch {
    return { name, value: undefined };
  }
}
