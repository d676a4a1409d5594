import { execFile } from 'node:child_process';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { projectRoot } from './shared.ts';

const run = promisify(execFile);

/** A site built by the command itself into a folder of its own. */
export interface BuiltSite {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds the project's corpus, or another folder of records, with the real command. */
export async function buildSite(options: { corpus?: string; args?: readonly string[]; into?: string } = {}): Promise<BuiltSite> {
  const folder = await mkdtemp(join(options.into ?? tmpdir(), 'threatpedia-site-'));
  const corpus = options.corpus ?? join(projectRoot, 'corpus');
  await run(process.execPath, [
    join(projectRoot, 'bin/threatpedia.cjs'),
    '--corpus',
    corpus,
    'build',
    '--out',
    folder,
    ...(options.args ?? []),
  ]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The site of the project's corpus, built once a run for all tests that only read it. Two that ask at the same time build two; the first stays. */
export async function sharedSite(): Promise<string> {
  const parent = inject('sharedFolder');
  const shared = join(parent, 'site');
  if (await exists(shared)) return shared;
  const built = await buildSite({ into: parent });
  await rename(built.folder, shared).catch(() => built.remove());
  return shared;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
