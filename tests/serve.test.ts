import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './support/shared.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-serve-'));
  await cp(join(projectRoot, 'corpus', 'organizations'), join(folder, 'corpus', 'organizations'), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Serves until it says where, asks for the first page, and stops it. Tells when the page was written. */
async function serveOnce(...args: string[]): Promise<{ writtenAt: number; status: number; code: number | null }> {
  const command = [join(projectRoot, 'bin/threatpedia.cjs'), '--corpus', 'corpus', 'serve', '--port', '0', '--out', 'site', ...args];
  const child = spawn(process.execPath, command, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += chunk;
    if (printed.includes('Ctrl+C')) break;
  }
  const { status } = await fetch(/site\s+(\S+)/.exec(printed)?.[1] ?? '');
  child.kill('SIGTERM');
  const [code] = await ended;
  return { writtenAt: (await stat(join(folder, 'site', 'index.html'))).ctimeMs, status, code };
}

test('a site is built again only where something that decides its bytes has changed', async () => {
  const origin = ['--origin', 'https://example.org'];
  const first = await serveOnce(...origin);
  expect(first).toMatchObject({ status: 200, code: 0 });
  const unchanged = await serveOnce(...origin);
  expect(unchanged).toEqual(first);

  const elsewhere = await serveOnce('--origin', 'https://example.net');
  expect(elsewhere.writtenAt).toBeGreaterThan(first.writtenAt);

  await appendFile(join(folder, 'corpus', 'organizations', 'github.yaml'), '# a remark\n');
  const changed = await serveOnce('--origin', 'https://example.net');
  expect(changed.writtenAt).toBeGreaterThan(elsewhere.writtenAt);

  await rm(join(folder, 'site', 'about', 'index.html'));
  const mended = await serveOnce('--origin', 'https://example.net');
  expect(mended.writtenAt).toBeGreaterThan(changed.writtenAt);
});
