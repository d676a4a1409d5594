import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run in which the site of the project's corpus is built by the first test that asks for it. */
    readonly sharedFolder: string;
  }
}

/** Gives the test files of a run one folder, and takes it away behind them. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'threatpedia-sites-'));
  provide('sharedFolder', folder);
  // Commands keep nothing in the home of whoever runs the tests, and find nothing there.
  process.env.THREATPEDIA_HOME = join(folder, 'home');
  return () => rm(folder, { recursive: true, force: true });
}
