import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder of what the user keeps here: THREATPEDIA_HOME, else a folder of its own among the user's data (XDG Base Directory Specification). */
export function dataFolder(): string {
  return ownFolder(process.env.XDG_DATA_HOME, '.local/share');
}

/** Folder of what can be made again at any time; as {@link dataFolder}. */
export function cacheFolder(): string {
  return ownFolder(process.env.XDG_CACHE_HOME, '.cache');
}

function ownFolder(named: string | undefined, usual: string): string {
  const { THREATPEDIA_HOME, LOCALAPPDATA } = process.env;
  return THREATPEDIA_HOME ?? join(named ?? LOCALAPPDATA ?? join(homedir(), usual), 'threatpedia');
}
