import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Terminal } from './terminal.ts';

/** Exit codes of every command. Scripts may trust them. */
export const exitCodes = { ok: 0, found: 1, usage: 2, unreadable: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command works with. */
export interface Context {
  readonly terminal: Terminal;
  /** Folder of the corpus: `--corpus`, else `corpus/` in the working folder, else the one that came with the package. */
  readonly corpusFolder: string;
}

/** The corpus folder to use. */
export function findCorpusFolder(given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  const here = resolve('corpus');
  if (existsSync(here)) return here;
  return fileURLToPath(new URL('../../corpus', import.meta.url));
}
