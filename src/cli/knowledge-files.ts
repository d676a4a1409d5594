import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { AppError } from '../base/problem.ts';
import { shortHash } from '../base/short-hash.ts';
import { indexFailure, openIndexFile } from '../check/index/index-file.ts';
import { isCorpusIndex } from '../check/index/index-format.ts';
import { type KnowledgeIndex, verifyIndex } from '../check/index/open-index.ts';
import type { PackageIndex } from '../site/view.ts';
import type { Context } from './context.ts';

/** Where `index build` writes and `check` looks unless told otherwise. */
export function defaultIndexFile(): string {
  const { THREATPEDIA_HOME, XDG_DATA_HOME, LOCALAPPDATA } = process.env;
  const base = THREATPEDIA_HOME ?? join(XDG_DATA_HOME ?? LOCALAPPDATA ?? join(homedir(), '.local', 'share'), 'threatpedia');
  return join(base, 'malicious-packages.tpindex');
}

/**
 * Copies an index of malicious packages without holding it, and verifies every part of the copy. Throws AppError where it is missing, damaged, or
 * an index of something else.
 */
export async function copyPackageIndex(from: string, to: string): Promise<PackageIndex> {
  await (await openIndexFile(from)).close();
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  const { header, source, close } = await openIndexFile(to, from);
  try {
    if (isCorpusIndex(header)) throw new AppError('usage', `${from} is the index of a corpus; --index takes one of malicious packages`);
    await verifyIndex(source, header, crc32).catch((cause: unknown) => {
      throw indexFailure(from, cause);
    });
    return { header, bytes: (await stat(to)).size };
  } finally {
    await close();
  }
}

/** Writes a file in pieces beside its place and puts it there in one step, so that a reader never sees half of it. Gives its length. */
export async function writeAtomically(path: string, pieces: Iterable<Uint8Array>): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, 'w');
  let bytes = 0;
  try {
    let pending: Uint8Array[] = [];
    let pendingBytes = 0;
    const flush = async () => {
      await file.write(Buffer.concat(pending));
      [pending, pendingBytes] = [[], 0];
    };
    for (const piece of pieces) {
      pending.push(piece);
      pendingBytes += piece.length;
      bytes += piece.length;
      if (pendingBytes > 1024 * 1024) await flush();
    }
    await flush();
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (cause) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw new AppError('io', `${path} could not be written`, { cause });
  }
  return bytes;
}

/**
 * The index of the corpus. The published package carries it; in a checkout, or with another corpus, it is made when a record or the command is newer.
 */
export async function openCorpusIndex(context: Context): Promise<KnowledgeIndex> {
  const { file, isOwn } = placeOf(context);
  const isInstalled = !existsSync(new URL('../../src', import.meta.url));
  if (!(isOwn && isInstalled) && (await isStale(file, context.corpusFolder))) await buildCorpusIndex(context, file);
  return openIndexFile(file);
}

/** Makes the index of the corpus anew, whatever its age, and gives its path. */
export async function refreshCorpusIndex(context: Context): Promise<string> {
  const { file } = placeOf(context);
  await buildCorpusIndex(context, file);
  return file;
}

async function buildCorpusIndex(context: Context, file: string): Promise<void> {
  const [{ loadGraph }, { corpusIndexPieces }] = await Promise.all([import('./load-corpus.ts'), import('../check/corpus-index.ts')]);
  await writeAtomically(file, corpusIndexPieces(await loadGraph(context)));
}

/** The index of the package's own corpus stands beside the command; that of another one too, under a name of its own. */
function placeOf({ corpusFolder }: Context): { readonly file: string; readonly isOwn: boolean } {
  const shipped = fileURLToPath(new URL('corpus.tpindex', import.meta.url));
  const isOwn = corpusFolder === fileURLToPath(new URL('../../corpus', import.meta.url));
  return { file: isOwn ? shipped : join(dirname(shipped), `corpus-${shortHash(corpusFolder)}.tpindex`), isOwn };
}

async function isStale(file: string, folder: string): Promise<boolean> {
  const made = existsSync(file) ? statSync(file).mtimeMs : 0;
  if (made < statSync(fileURLToPath(import.meta.url)).mtimeMs) return true;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (statSync(join(entry.parentPath, entry.name)).mtimeMs > made) return true;
  }
  return false;
}
