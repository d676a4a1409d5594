import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './http-load.ts';

const PATHS = ['/api/v1/index.json', '/api/v1/incidents/sc-2023-3cx-desktopapp.json', '/incidents/sc-2023-3cx-desktopapp/'];
const QUESTIONS = ['/api/v1/query?q=nexus:north-korea&limit=10', '/api/v1/search?q=npm', '/api/v1/paths?from=trading-technologies&to=3cx'];
const ROUNDS = 3;
const ROUND_SECONDS = 2;

/** A server of the same answers with nothing around them: `node bare.mjs` with a JSON file of path → headers and body. */
const BARE = `import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
const answers = new Map(Object.entries(JSON.parse(readFileSync(process.argv[2], 'utf8'))).map(([path, { headers, body }]) => [path, { headers, bytes: Buffer.from(body, 'base64') }]));
const server = createServer((request, response) => {
  const { headers, bytes } = answers.get(request.url);
  response.writeHead(200, headers);
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port + '/\\n'));
`;

/**
 * The server against bare `node:http` that answers with the same bytes, in turns; answers to questions; 200 connections at once; and memory under
 * everything for so many seconds (first argument, default 30). Servers run in processes of their own, on loopback.
 */
export async function main(root: string, [seconds = '30']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'threatpedia-bench-'));
  const servers: ChildProcess[] = [];
  const start = async (...args: string[]) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    servers.push(child);
    let printed = '';
    for await (const chunk of child.stdout) {
      printed += chunk;
      const url = /(http:\/\/\S+)\/\n/.exec(printed)?.[1];
      if (url && (args[0]?.endsWith('bare.mjs') || printed.includes('Ctrl+C')))
        return { url: url.replace('localhost', '127.0.0.1'), pid: child.pid };
    }
    throw new Error(printed);
  };
  try {
    const ours = await start(
      join(root, 'bin/threatpedia.cjs'),
      'serve',
      '--port',
      '0',
      '--origin',
      'http://localhost:4700',
      '--out',
      join(folder, 'site'),
    );
    await writeFile(join(folder, 'bare.mjs'), BARE);
    await writeFile(join(folder, 'answers.json'), JSON.stringify(await answersOf(ours.url)));
    const bare = await start(join(folder, 'bare.mjs'), join(folder, 'answers.json'));
    await files(bare.url, ours.url);
    for (const path of QUESTIONS) {
      const { requestsPerSecond, p99 } = await load(ours.url, [path], 20, ROUND_SECONDS);
      console.log(`question  ${rate(requestsPerSecond)}  p99 ${ms(p99)}  ${path}`);
    }
    for (const [name, url] of [
      ['bare', bare.url],
      ['ours', ours.url],
    ] as const) {
      const { requestsPerSecond, median, p99, most, statuses } = await load(url, PATHS, 200, 2 * ROUND_SECONDS);
      console.log(
        `200 connections  ${name}  ${rate(requestsPerSecond)}  median ${ms(median)}  p99 ${ms(p99)}  most ${ms(most)}  ${JSON.stringify(statuses)}`,
      );
    }
    await memory(ours, Number(seconds));
  } finally {
    for (const child of servers) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function files(bare: string, ours: string): Promise<void> {
  for (const path of PATHS) {
    const rates: [number, number][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const plain = await load(bare, [path], 20, ROUND_SECONDS);
      const own = await load(ours, [path], 20, ROUND_SECONDS);
      rates.push([plain.requestsPerSecond, own.requestsPerSecond]);
    }
    const share = rates.map(([plain, own]) => own / plain).sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
    const [plain, own] = [0, 1].map((at) => Math.max(...rates.map((pair) => pair[at] ?? 0)));
    console.log(`file  bare ${rate(plain)}  ours ${rate(own)}  ${Math.round(share * 100)} % (aim 60)  ${path}`);
  }
}

/** Resident memory of the server, ten times in that while, under files, questions and exports. */
async function memory({ url, pid }: { readonly url: string; readonly pid: number | undefined }, seconds: number): Promise<void> {
  const paths = [
    ...PATHS,
    ...QUESTIONS,
    '/api/v1/query?q=&as_of=2023-03-29',
    '/api/v1/export/csv?q=year:2023',
    '/api/v1/measures',
    '/nothing',
  ];
  const told: number[] = [];
  for (let part = 0; part < 10; part++) {
    await load(url, paths, 50, seconds / 10);
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    told.push(Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024));
  }
  console.log(`memory over ${seconds} s of 50 connections, every tenth part: ${told.join(', ')} MB`);
}

/** What our server answers: its bytes, headers too, but for those that every server of Node adds. */
async function answersOf(url: string): Promise<Record<string, { headers: Record<string, string>; body: string }>> {
  const answers: Record<string, { headers: Record<string, string>; body: string }> = {};
  for (const path of PATHS) {
    const response = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'identity' } });
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    const headers = Object.fromEntries([...response.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)));
    answers[path] = { headers, body: Buffer.from(await response.arrayBuffer()).toString('base64') };
  }
  return answers;
}

function rate(perSecond = 0): string {
  return `${Math.round(perSecond)}/s`.padStart(8);
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}
