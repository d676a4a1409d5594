import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './shared.ts';

const run = promisify(execFile);

/** A site built by the command itself into a folder of its own. */
export interface BuiltSite {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds the project's corpus, or another folder of records, with the real command. */
export async function buildSite(options: { corpus?: string; args?: readonly string[] } = {}): Promise<BuiltSite> {
  const folder = await mkdtemp(join(tmpdir(), 'threatpedia-site-'));
  const corpus = options.corpus ?? join(projectRoot, 'corpus');
  await run(process.execPath, [
    join(projectRoot, 'bin/threatpedia.mjs'),
    '--corpus',
    corpus,
    'build',
    '--out',
    folder,
    ...(options.args ?? []),
  ]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
