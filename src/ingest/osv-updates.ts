import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../base/problem.ts';
import { type FetchLimits, fetchSafely, readText } from './fetch-safely.ts';
import { MAX_ENTRY_BYTES } from './zip-entries.ts';

/** Where OSV.dev publishes its records (https://google.github.io/osv.dev/data/). */
export const OSV_BASE = 'https://osv-vulnerabilities.storage.googleapis.com';

/** Ecosystems of which malicious packages are recorded. */
export const OSV_ECOSYSTEMS = ['npm', 'PyPI', 'RubyGems', 'crates.io', 'Go', 'NuGet', 'Maven', 'Packagist', 'VSCode'] as const;

/** How records are fetched. */
export interface OsvFetch {
  readonly base: string;
  readonly ecosystem: string;
  /** Folder for what was fetched but not used yet: an interrupted run goes on from there. */
  readonly partsFolder: string;
  readonly allowPrivate: boolean;
  readonly onProgress?: (done: number, total: number | undefined, unit: 'bytes' | 'records') => void;
}

const TIMEOUT_MS = 30_000;
const MAX_ARCHIVE_BYTES = 4 * 1024 * 1024 * 1024;
const MAX_LIST_BYTES = 256 * 1024 * 1024;
/** Records that are fetched at a time. */
const PARALLEL = 8;
/** More changes than this are fetched as one archive. */
export const MAX_SINGLE_RECORDS = 5_000;

/** The archive of all records of an ecosystem, fetched or, where an earlier run was cut off, completed. Gives its path. */
export async function fetchArchive(options: OsvFetch): Promise<string> {
  const address = `${options.base}/${encodeURIComponent(options.ecosystem)}/all.zip`;
  const path = join(options.partsFolder, `${fileName(options.ecosystem)}.zip`);
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  if (await sizeOf(path)) return path;
  const tag = await readFile(`${part}.etag`, 'utf8').catch(() => '');
  const have = tag ? ((await sizeOf(part)) ?? 0) : 0;
  // If-Range: what changed meanwhile is sent whole again.
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-`, 'if-range': tag } : {};
  const response = await fetchSafely(address, headers, limitsOf(options, MAX_ARCHIVE_BYTES));
  if (response.status !== 200 && response.status !== 206) {
    response.discard();
    throw new AppError('io', `${address}: answered ${response.status}`);
  }
  const resumed = response.status === 206;
  const etag = typeof response.headers.etag === 'string' ? response.headers.etag : '';
  if (!resumed) await writeFile(`${part}.etag`, etag);
  const length = Number(response.headers['content-length']);
  const total = Number.isFinite(length) ? length + (resumed ? have : 0) : undefined;
  let done = resumed ? have : 0;
  await pipeline(
    response.body,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        done += chunk.length;
        options.onProgress?.(done, total, 'bytes');
        yield chunk;
      }
    },
    createWriteStream(part, { flags: resumed ? 'a' : 'w' }),
  );
  if (total !== undefined && done !== total) throw new AppError('io', `${address}: ended after ${done} of ${total} bytes`);
  await rename(part, path);
  return path;
}

/** Ids of malicious-package records that changed after a moment, newest first, and the moment of the newest change. */
export async function fetchChanges(options: OsvFetch, after: string): Promise<{ readonly ids: string[]; readonly newest: string }> {
  const address = `${options.base}/${encodeURIComponent(options.ecosystem)}/modified_id.csv`;
  const response = await fetchSafely(address, {}, limitsOf(options, MAX_LIST_BYTES));
  if (response.status !== 200) {
    response.discard();
    throw new AppError('io', `${address}: answered ${response.status}`);
  }
  const ids: string[] = [];
  let newest = after;
  let pending = '';
  // The list is sorted, newest first: what comes after the first known one is known.
  reading: for await (const chunk of response.body) {
    const lines = (pending + chunk.toString('utf8')).split('\n');
    pending = lines.pop() ?? '';
    if (pending.length > 10_000) throw new AppError('io', `${address}: expected lines of time and id`);
    for (const line of lines) {
      const [time = '', id = ''] = line.trim().split(',');
      if (!line.trim()) continue;
      if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(time))
        throw new AppError('io', `${address}: expected a line of time and id, got ${JSON.stringify(line.slice(0, 80))}`);
      if (time <= after) break reading;
      if (time > newest) newest = time;
      if (/^MAL-\d{4}-[\w.-]+$/.test(id)) ids.push(id);
    }
  }
  return { ids, newest };
}

/** Single records by id, a few at a time, as JSON texts; kept in the parts folder until the run is complete. */
export async function* fetchRecords(options: OsvFetch, ids: readonly string[], since: string): AsyncGenerator<string> {
  const folder = join(options.partsFolder, `${fileName(options.ecosystem)}-${since.replace(/[^\dTZ]/g, '')}`);
  await mkdir(folder, { recursive: true });
  for (let start = 0; start < ids.length; start += PARALLEL) {
    yield* await Promise.all(ids.slice(start, start + PARALLEL).map((id) => fetchRecord(options, folder, id)));
    options.onProgress?.(Math.min(start + PARALLEL, ids.length), ids.length, 'records');
  }
}

async function fetchRecord(options: OsvFetch, folder: string, id: string): Promise<string> {
  const path = join(folder, `${id}.json`);
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const address = `${options.base}/${encodeURIComponent(options.ecosystem)}/${encodeURIComponent(id)}.json`;
  const response = await fetchSafely(address, {}, limitsOf(options, MAX_ENTRY_BYTES));
  if (response.status !== 200) {
    response.discard();
    throw new AppError('io', `${address}: answered ${response.status}`);
  }
  const text = await readText(response);
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
  return text;
}

function limitsOf({ allowPrivate }: OsvFetch, maxBytes: number): FetchLimits {
  return { maxBytes, timeoutMs: TIMEOUT_MS, maxRedirects: 3, allowPrivate };
}

function fileName(ecosystem: string): string {
  return ecosystem.replace(/[^A-Za-z0-9.-]/g, '_');
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
