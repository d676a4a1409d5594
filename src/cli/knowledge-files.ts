import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortHash } from '../base/short-hash.ts';
import { openIndexFile } from '../check/index/index-file.ts';
import type { KnowledgeIndex } from '../check/index/open-index.ts';
import type { Context } from './context.ts';
import { dataFolder } from './user-folders.ts';

/** Where `index build` writes and `check` looks unless told otherwise. */
export function defaultIndexFile(): string {
  return join(dataFolder(), 'malicious-packages.tpindex');
}

/**
 * The index of the corpus. The published package carries it; in a checkout, or with another corpus, it is made when a record or the command is newer.
 */
export async function openCorpusIndex(context: Context): Promise<KnowledgeIndex> {
  const { file, isOwn } = placeOf(context);
  const isInstalled = !existsSync(new URL('../../src', import.meta.url));
  if (!(isOwn && isInstalled) && isStale(file, context.corpusFolder)) await buildCorpusIndex(context, file);
  return openIndexFile(file);
}

/** Makes the index of the corpus anew, whatever its age, and gives its path. */
export async function refreshCorpusIndex(context: Context): Promise<string> {
  const { file } = placeOf(context);
  await buildCorpusIndex(context, file);
  return file;
}

async function buildCorpusIndex(context: Context, file: string): Promise<void> {
  const [{ loadGraph }, { corpusIndexPieces }, { writeAtomically }] = await Promise.all([
    import('./load-corpus.ts'),
    import('../check/corpus-index.ts'),
    import('./write-index.ts'),
  ]);
  await writeAtomically(file, corpusIndexPieces(await loadGraph(context)));
}

/** The index of the package's own corpus stands beside the command; that of another one too, under a name of its own. */
function placeOf({ corpusFolder }: Context): { readonly file: string; readonly isOwn: boolean } {
  const shipped = fileURLToPath(new URL('corpus.tpindex', import.meta.url));
  const isOwn = corpusFolder === fileURLToPath(new URL('../../corpus', import.meta.url));
  return { file: isOwn ? shipped : join(dirname(shipped), `corpus-${shortHash(corpusFolder)}.tpindex`), isOwn };
}

function isStale(file: string, folder: string): boolean {
  const made = existsSync(file) ? statSync(file).mtimeMs : 0;
  if (made < statSync(fileURLToPath(import.meta.url)).mtimeMs) return true;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (statSync(join(entry.parentPath, entry.name)).mtimeMs > made) return true;
  }
  return false;
}
