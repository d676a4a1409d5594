import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, type RunningServer, startServer } from './server.ts';

let folder: string;
let server: RunningServer;
const page = `<!doctype html><title>Home</title>${'<p>words and more words</p>'.repeat(200)}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-server-'));
  const files: Readonly<Record<string, string>> = {
    'site/index.html': page,
    'site/404.html': '<!doctype html><title>Not found</title>',
    'site/incidents/sc-2023-x/index.html': '<!doctype html><title>X</title>',
    'site/assets/site.0123456789.css': 'body{}',
    'site/api/v1/incidents/sc-2023-x.json': '{"id":"SC-2023-X"}\n',
    'site/api/v1/incidents/index.json': '{"incidents":[]}\n',
    'site/api/v1/releases/pkg/npm/@a/b@1.0.json': '{"id":"release"}\n',
    'site/.threatpedia-site': 'marker',
    'secret.txt': 'secret',
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await symlink('../secret.txt', join(folder, 'site', 'link.txt'));
  await symlink('..', join(folder, 'site', 'up'));
  server = await startServer(createApp({ siteFolder: join(folder, 'site') }), { port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Sends bytes as they are and gives what comes back until the server closes. */
function raw(text: string, timeoutMs = 5_000): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((done) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const end = () => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(timeoutMs, end);
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('close', end);
    socket.on('error', end);
  });
}

const request = (target: string, method = 'GET') => raw(`${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

describe('what is served', () => {
  test('a page with its headers', async () => {
    const response = await fetch(`${server.url}/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(page);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a folder without its slash leads to the one with it', async () => {
    const response = await fetch(`${server.url}/incidents/sc-2023-x`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/incidents/sc-2023-x/']);
  });

  test('hashed assets may be kept, pages must be asked for again', async () => {
    expect((await fetch(`${server.url}/assets/site.0123456789.css`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${server.url}/`)).headers.get('cache-control')).toBe('no-cache');
  });

  test('what the client has is not sent again', async () => {
    const etag = (await fetch(`${server.url}/`)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await fetch(`${server.url}/`, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(`${server.url}/`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('%s gives the same bytes back', async (encoding, decompress) => {
    const { headers, body } = await new Promise<{ headers: Record<string, unknown>; body: Buffer }>((done, failed) => {
      get(`${server.url}/`, { headers: { 'accept-encoding': encoding } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done({ headers: response.headers, body: Buffer.concat(parts) }));
      }).on('error', failed);
    });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('accept-encoding');
    expect(headers.etag).toContain(`-${encoding}"`);
    expect(decompress(body).toString()).toBe(page);
  });

  test('an encoding that is refused is not used', async () => {
    const answer = await raw('GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br;q=0, gzip;q=0\r\nConnection: close\r\n\r\n');
    expect(answer).not.toContain('content-encoding');
  });

  test('HEAD gives the headers of GET and no body', async () => {
    const [head, full] = await Promise.all([fetch(`${server.url}/`, { method: 'HEAD' }), fetch(`${server.url}/`)]);
    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'etag', 'content-length', 'content-encoding'])
      expect(head.headers.get(name), name).toBe(full.headers.get(name));
  });

  test('what is not there is 404 with a page, in the API with a problem', async () => {
    const missing = await fetch(`${server.url}/no/such/page`);
    expect([missing.status, await missing.text()]).toEqual([404, '<!doctype html><title>Not found</title>']);
    const api = await fetch(`${server.url}/api/v1/incidents/nothing`);
    expect([api.status, api.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(await api.json()).toMatchObject({ status: 404, title: 'Not found' });
  });
});

describe('the API', () => {
  const addresses = ['/api/v1/incidents/SC-2023-X', '/api/v1/incidents/sc-2023-x', '/api/v1/incidents/sc-2023-x.json'];
  test.each(addresses)('%s is the record', async (address) => {
    const response = await fetch(`${server.url}${address}`);
    expect(await response.json()).toEqual({ id: 'SC-2023-X' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a list stands at its folder, with or without slash', async () => {
    for (const address of ['/api/v1/incidents', '/api/v1/incidents/'])
      expect(await (await fetch(`${server.url}${address}`)).json()).toEqual({ incidents: [] });
  });

  test('a name with a version is no file ending', async () => {
    expect(await (await fetch(`${server.url}/api/v1/releases/pkg/npm/@a/b@1.0`)).json()).toEqual({ id: 'release' });
  });
});

describe('what is refused', () => {
  const outside = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/incidents/../../secret.txt',
    '/..\\secret.txt',
    '/%5c..%5csecret.txt',
    '/link.txt',
    '/up/secret.txt',
    '/.threatpedia-site',
    '/secret.txt%00.html',
    '//secret.txt',
    '/%',
    `/${'a'.repeat(5_000)}`,
  ];
  test.each(outside)('%s', async (target) => {
    const answer = await request(target);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/^secret$|marker/m);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s', async (method) => {
    const answer = await request('/', method);
    expect(statusOf(answer)).toBe(405);
    expect(answer.toLowerCase()).toContain('allow: get, head');
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  test('what is no HTTP', async () => {
    expect(statusOf(await raw('hello\r\n\r\n'))).toBe(400);
  });

  test('headers without end', async () => {
    expect(statusOf(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`))).toBe(431);
  });

  test('a sender that never finishes is cut off', { timeout: 20_000 }, async () => {
    expect(statusOf(await raw('GET / HTTP/1.1\r\nHost: local', 18_000))).toBe(408);
  });

  test('a port that is taken, with what to do', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startServer(createApp({ siteFolder: folder }), { port, host: '127.0.0.1' })).rejects.toThrow(
      `port ${port} is in use; choose another with --port`,
    );
  });
});

describe('under load', () => {
  test('300 requests at once are all answered', async () => {
    const statuses = await Promise.all(Array.from({ length: 300 }, async () => (await fetch(`${server.url}/`)).text()));
    expect(statuses.every((text) => text === page)).toBe(true);
  });
});

describe('the command', () => {
  test('a stop loses no running request and ends with 0', { timeout: 60_000 }, async () => {
    const root = new URL('../..', import.meta.url).pathname;
    const child = spawn(process.execPath, [join(root, 'bin/threatpedia.mjs'), 'serve', '--port', '0', '--out', join(folder, 'built')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await new Promise<string>((ready, failed) => {
      let said = '';
      child.stdout.on('data', (data: Buffer) => {
        said += data.toString();
        const found = /site\s+(\S+)\/\n/.exec(said)?.[1];
        if (found && said.includes('Ctrl+C')) ready(found);
      });
      child.once('exit', () => failed(new Error(said)));
    });
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    // All are under way: headers have come, bodies have not been read.
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => fetch(`${url}/api/v1/corpus.json`, { headers: { 'accept-encoding': 'identity' } })),
    );
    child.kill('SIGTERM');
    const texts = await Promise.all(answers.map((response) => response.text()));
    expect(new Set(texts.map((text) => text.length)).size).toBe(1);
    expect(texts[0]).toMatch(/^\{"incidents":\[/);
    expect(await ended).toBe(0);
  });
});
