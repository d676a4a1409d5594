import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError, compareText } from '../base/problem.ts';
import { findRecordFiles } from '../corpus/read-corpus.ts';
import { MAX_BYTES } from '../corpus/yaml-text.ts';
import { blocksOf } from './file-blocks.ts';
import { recordHistory } from './record-history.ts';

/** The file that marks a folder as a built site, and says of what it was built. */
export const MARKER = '.threatpedia-site';

const builtSite = z.object({
  about: z.string(),
  /** Digest of all that the site was made from: see `sourceDigest`. */
  madeFrom: z.string(),
  /** Files of the site, without the marker. */
  files: z.int(),
  /** Nodes and edges of the graph behind it. */
  nodes: z.int(),
  edges: z.int(),
});

/** What a built site says of itself in its marker. */
export type BuiltSite = z.output<typeof builtSite>;

/** What a site depends on besides the corpus. */
export interface SiteChoices {
  /** Scheme and host under which it will be served. */
  readonly origin: string;
  /** Links name index.html, so that the folder reads from disk. */
  readonly plainFiles?: boolean | undefined;
  /** Path of the index of malicious packages that the check page looks in beside that of the corpus. */
  readonly index?: string | undefined;
  /** Address of a form that takes `title` and `body`, for corrections. */
  readonly corrections?: string | undefined;
}

/** The marker's text. */
export function markerOf(site: Omit<BuiltSite, 'about'>): string {
  return `${JSON.stringify({ about: 'This folder is written by threatpedia, which replaces it as a whole.', ...site })}\n`;
}

/** What was built into a folder; undefined where nothing was, or files have gone or come since. Reads names only, not the pages. */
export async function readBuiltSite(folder: string): Promise<BuiltSite | undefined> {
  try {
    const site = builtSite.parse(JSON.parse(await readFile(join(folder, MARKER), 'utf8')));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length === site.files + 1 ? site : undefined;
  } catch {
    return undefined;
  }
}

/** Throws AppError `usage` where a folder holds something else than a built site. */
export async function refuseForeignFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new AppError('io', `cannot write ${folder}: ${error.message}`, { cause: error });
  });
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new AppError(
      'usage',
      `${relative(process.cwd(), folder) || '.'} holds something else than a built site; give --out a new or empty folder`,
    );
  }
}

/**
 * SHA-256 in hexadecimal over all that decides a site's bytes: every record file and what git knows of it, the command with its assets, the options and SOURCE_DATE_EPOCH. Equal digests
 * mean equal sites. What the reader refuses unread counts by its name: a corpus that holds it is never built.
 */
export async function sourceDigest(corpusFolder: string, { origin, plainFiles = false, index, corrections }: SiteChoices): Promise<string> {
  // An index is large, and always replaced as a whole.
  const state = index === undefined ? undefined : await stat(index).catch(() => undefined);
  const hash = createHash('sha256').update(
    JSON.stringify([origin, plainFiles, corrections, index, state?.size, state?.mtimeMs, process.env.SOURCE_DATE_EPOCH]),
  );
  const block = Buffer.allocUnsafe(256 * 1024);
  const add = async (folder: string, file: string) => {
    const path = join(folder, file);
    const state = await lstat(path);
    const read = state.isFile() && state.size <= MAX_BYTES;
    hash.update(`\0${file}\0${read ? state.size : 'refused'}\0`);
    if (read) for (const bytes of blocksOf(path, block)) hash.update(bytes);
  };
  const { files, links } = await findRecordFiles(corpusFolder);
  for (const file of [...files, ...links]) await add(corpusFolder, file);
  const command = fileURLToPath(new URL('.', import.meta.url));
  const own = (await readdir(command, { recursive: true })).filter((name) => /\.(cjs|js|css)$/.test(name));
  for (const file of own.sort(compareText)) await add(command, file);
  hash.update(JSON.stringify([...(await recordHistory(corpusFolder))]));
  return hash.digest('hex');
}
