import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSyntheticCorpus } from './synthetic-corpus.ts';

interface Measured {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

/** Validate and build at growing sizes: pages a second, peak resident memory, growth. Sizes as arguments; default 1,000, 5,000 and 20,000 records. */
export async function main(root: string, args: readonly string[]): Promise<void> {
  const sizes = args.length > 0 ? args.map(Number) : [1_000, 5_000, 20_000];
  const rows: string[][] = [
    [
      'records',
      'corpus MB',
      'validate s',
      'MB RSS',
      'build s',
      'MB RSS',
      'pages/s',
      'growth',
      'again s',
      'MB RSS',
      'pages/s',
      'files',
      'pages',
    ],
  ];
  let previous: { records: number; seconds: number } | undefined;
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'threatpedia-bench-'));
    const { bytes, files: records } = await writeSyntheticCorpus(join(root, 'corpus'), join(folder, 'corpus'), size);
    const command = [join(root, 'bin/threatpedia.cjs'), '--corpus', join(folder, 'corpus')];
    // A home of its own for each of the first two: neither finds records that the other has read.
    const run = (home: string, ...args: string[]) => measure([...command, ...args], join(folder, home));
    const validated = await run('home-1', 'validate', '--quiet');
    const built = await run('home-2', 'build', '--out', join(folder, 'site'));
    const files = countFiles(join(folder, 'site'));
    await rm(join(folder, 'site'), { recursive: true });
    const again = await run('home-2', 'build', '--out', join(folder, 'site'));
    const growth = previous ? built.seconds / previous.seconds / (records / previous.records) : undefined;
    rows.push([
      String(records),
      (bytes / 1e6).toFixed(1),
      validated.seconds.toFixed(1),
      validated.peakMegabytes.toFixed(0),
      built.seconds.toFixed(1),
      built.peakMegabytes.toFixed(0),
      (files.pages / built.seconds).toFixed(0),
      growth === undefined ? '—' : `${growth.toFixed(2)}×`,
      again.seconds.toFixed(1),
      again.peakMegabytes.toFixed(0),
      (files.pages / again.seconds).toFixed(0),
      String(files.all),
      String(files.pages),
    ]);
    previous = { records, seconds: built.seconds };
    await rm(folder, { recursive: true, force: true });
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
    console.log(`\n${rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n')}`);
  }
  console.log(
    '\nbuild: nothing read before; again: every record read before and none changed. Both include start, reading, checking, graph and writing site and API; growth is time ratio over record ratio: 1.00× is linear.',
  );
}

/** Runs the command in a process of its own and watches its peak resident memory (Linux: VmHWM). Throws what it printed where it fails. */
function measure(args: readonly string[], home: string): Promise<Measured> {
  return new Promise((done, failed) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, THREATPEDIA_HOME: home } });
    let output = '';
    let peakMegabytes = 0;
    const watch = setInterval(() => {
      try {
        peakMegabytes = Math.max(
          peakMegabytes,
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
        );
      } catch {
        // The process has just ended, or the system has no /proc.
      }
    }, 20);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0) done({ seconds: (performance.now() - start) / 1000, peakMegabytes });
      else failed(new Error(output.slice(0, 4_000)));
    });
  });
}

function countFiles(folder: string): { all: number; pages: number } {
  let all = 0;
  let pages = 0;
  for (const entry of readdirSync(folder, { recursive: true })) {
    const name = String(entry);
    if (!statSync(join(folder, name)).isFile()) continue;
    all++;
    if (name.endsWith('.html')) pages++;
  }
  return { all, pages };
}
