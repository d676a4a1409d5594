import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** What a search came across. */
export interface FolderFile {
  /** Path to open. */
  readonly path: string;
  /** Path below the folder that was searched, with forward slashes. */
  readonly shown: string;
  readonly size: number;
}

export interface SearchOptions {
  /** Whether .gitignore, .ignore and .threatpediaignore files count. */
  readonly honourIgnoreFiles: boolean;
  /** Called now and then with the number of entries seen. */
  readonly onProgress?: (seen: number) => void;
  /** Called for a folder that cannot be read: it is not covered. */
  readonly onUnreadable?: (path: string, why: string) => void;
}

const IGNORE_FILES = ['.gitignore', '.ignore', '.threatpediaignore'];
/** Folders deeper than this below the start are not entered. */
const MAX_FOLDER_DEPTH = 64;
/** More entries than this end the search with an error: the user chose too large a folder. */
const MAX_ENTRIES = 5_000_000;

/**
 * Every regular file below a folder, sorted within each folder; links are not followed, `.git` is left out, ignore files are honoured where asked.
 * Of a `node_modules` folder only the lock that its package manager left there is given; without one, the manifests of what is installed.
 */
export async function* searchFolder(start: string, options: SearchOptions): AsyncGenerator<FolderFile> {
  const state = { seen: 0 };
  yield* visit(start, start, [], 0, options, state);
}

interface Rule {
  readonly base: string;
  readonly rules: Ignore;
}

async function* visit(
  start: string,
  folder: string,
  inherited: readonly Rule[],
  depth: number,
  options: SearchOptions,
  state: { seen: number },
): AsyncGenerator<FolderFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    options.onUnreadable?.(folder, `could not be read (${error.code ?? error.message})`);
    return [];
  });
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  const rules = options.honourIgnoreFiles
    ? await rulesOf(
        folder,
        entries.map(({ name }) => name),
        inherited,
      )
    : inherited;
  for (const entry of entries) {
    if (++state.seen > MAX_ENTRIES) {
      options.onUnreadable?.(folder, `more than ${MAX_ENTRIES} entries: name a smaller folder`);
      return;
    }
    if (state.seen % 500 === 0) options.onProgress?.(state.seen);
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === '.git') continue;
      if (entry.name === 'node_modules') yield* visitInstalled(start, path, depth, options, state);
      else if (depth >= MAX_FOLDER_DEPTH) options.onUnreadable?.(path, `more than ${MAX_FOLDER_DEPTH} folders deep`);
      else if (!isIgnored(path, true, rules)) yield* visit(start, path, rules, depth + 1, options, state);
    } else if (entry.isFile() && !isIgnored(path, false, rules)) {
      const { size } = await lstat(path);
      yield { path, shown: shownPath(start, path), size };
    }
  }
}

/** What a package manager writes about a `node_modules` folder, so that its thousands of files need not be read. */
const INSTALLED_LOCKS = ['.package-lock.json', '.pnpm/lock.yaml'];

async function* visitInstalled(
  start: string,
  folder: string,
  depth: number,
  options: SearchOptions,
  state: { seen: number },
): AsyncGenerator<FolderFile> {
  for (const name of INSTALLED_LOCKS) {
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found?.isFile()) {
      yield { path, shown: shownPath(start, path), size: found.size };
      return;
    }
  }
  for await (const file of visit(start, folder, [], depth + 1, { ...options, honourIgnoreFiles: false }, state)) {
    if (isInstalledManifest(file.shown)) yield file;
  }
}

/** `node_modules/name/package.json` and `node_modules/@scope/name/package.json`, not the manifests that packages keep for their own tests. */
function isInstalledManifest(shown: string): boolean {
  if (basename(shown) !== 'package.json') return false;
  const inside = shown.slice(shown.lastIndexOf('node_modules/') + 'node_modules/'.length).split('/');
  return inside.length === (inside[0]?.startsWith('@') ? 3 : 2);
}

async function rulesOf(folder: string, names: readonly string[], inherited: readonly Rule[]): Promise<readonly Rule[]> {
  const texts = await Promise.all(
    IGNORE_FILES.filter((name) => names.includes(name)).map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  const text = texts.join('\n').slice(0, 1_000_000);
  return text.trim() ? [...inherited, { base: folder, rules: ignore().add(text) }] : inherited;
}

function isIgnored(path: string, isFolder: boolean, rules: readonly Rule[]): boolean {
  let ignored = false;
  // The rules nearest to the file speak last.
  for (const { base, rules: own } of rules) {
    const way = relative(base, path).split(sep).join('/');
    const { ignored: excluded, unignored } = own.test(isFolder ? `${way}/` : way);
    if (excluded) ignored = true;
    else if (unignored) ignored = false;
  }
  return ignored;
}

function shownPath(start: string, path: string): string {
  return relative(start, path).split(sep).join('/');
}
