import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of shared material (seed page, conformance vectors), from THREATPEDIA_SHARED, default `../shared`. */
export const sharedFolder = resolve(projectRoot, process.env.THREATPEDIA_SHARED ?? '../shared');

/** A path below the shared folder; undefined, with a line that says so, where it is absent. Tests that need it skip then. */
export function findShared(path: string): string | undefined {
  const full = join(sharedFolder, path);
  if (existsSync(full)) return full;
  console.warn(`skipped: ${path} is not below ${process.env.THREATPEDIA_SHARED ?? '../shared'} (set THREATPEDIA_SHARED)`);
  return undefined;
}
