import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Builds the site of the corpus in a folder of its own, serves it on a free port as long as `use` runs, and leaves nothing. `url` ends in a slash. */
export async function withServedSite(root: string, use: (url: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'threatpedia-bench-'));
  const server = spawn(process.execPath, [join(root, 'bin/threatpedia.cjs'), 'serve', '--port', '0', '--out', join(folder, 'site')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await use(await addressOf(server));
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of stdout ?? []) {
    printed += chunk;
    const url = /(http:\/\/\S+\/)\n/.exec(printed)?.[1];
    if (url && printed.includes('Ctrl+C')) return url;
  }
  throw new Error(printed);
}
