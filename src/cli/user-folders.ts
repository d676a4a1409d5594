import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folder of what the user keeps here: THREATPEDIA_HOME, else a folder of its own among the user's data (XDG Base Directory Specification). */
export function dataFolder(): string {
  const { THREATPEDIA_HOME, XDG_DATA_HOME, LOCALAPPDATA } = process.env;
  return THREATPEDIA_HOME ?? join(XDG_DATA_HOME ?? LOCALAPPDATA ?? join(homedir(), '.local', 'share'), 'threatpedia');
}

/** Folder of what can be made again at any time; as {@link dataFolder}. */
export function cacheFolder(): string {
  const { THREATPEDIA_HOME, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return THREATPEDIA_HOME ?? join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'threatpedia');
}
