import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedSite } from '../../tests/support/built-site.ts';
import { projectRoot } from '../../tests/support/shared.ts';
import { createApp, type RunningServer, startServer } from './server.ts';

let folder: string;
let server: RunningServer;
const secret = 'what nobody may read';
/** Larger than what the server holds in memory. */
const large = `{"items":[${Array.from({ length: 700_000 }, (_, index) => index).join(',')}]}\n`;
const page = `<!doctype html><title>Home</title>${'<p>words and more words</p>'.repeat(200)}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-server-'));
  const files: Readonly<Record<string, string>> = {
    'site/index.html': page,
    'site/404.html': '<!doctype html><title>Not found</title>',
    'site/incidents/sc-2023-x/index.html': '<!doctype html><title>X</title>',
    'site/incidents/sc-2023-x/path.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'site/incidents/sc-2023-x/stix.json': '{"type":"bundle"}\n',
    'site/incidents/sc-2023-x/osv.json': '{}\n',
    'site/data/threatpedia-stix-core.json': '{"type":"bundle"}\n',
    'site/data/threatpedia-stix-extension.schema.json': '{}\n',
    'site/assets/site.0123456789.css': 'body{}',
    'site/api/v1/incidents/sc-2023-x.json': '{"id":"SC-2023-X"}\n',
    'site/api/v1/incidents/index.json': '{"incidents":[]}\n',
    'site/api/v1/releases/pkg/npm/@a/b@1.0.json': '{"id":"release"}\n',
    'site/api/v1/packages/npm/package.json.json': '{"id":"package named package.json"}\n',
    'site/api/v1/large.json': large,
    'site/releases/npm/b@1.0/index.html': '<!doctype html><title>B 1.0</title>',
    'site/.threatpedia-site': secret,
    'secret.txt': secret,
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

/** A request as `node:http` sends it: `fetch` would hide the encoding. */
function fetchRaw(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((done, failed) => {
    get(`${server.url}${path}`, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
      response.on('error', failed);
    }).on('error', failed);
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

  test('the picture of a path may be framed by other sites, and runs nothing', async () => {
    const { headers } = await fetch(`${server.url}/incidents/sc-2023-x/path.svg`);
    expect(headers.get('content-type')).toContain('image/svg+xml');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors *");
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test.each([
    ['incidents/sc-2023-x/stix.json', 'application/stix+json;version=2.1'],
    ['data/threatpedia-stix-core.json', 'application/stix+json;version=2.1'],
    ['data/threatpedia-stix-extension.schema.json', 'application/json; charset=utf-8'],
    ['incidents/sc-2023-x/osv.json', 'application/json; charset=utf-8'],
  ])('%s is %s, as links to it say', async (path, type) => {
    const { headers } = await fetch(`${server.url}/${path}`);
    expect(headers.get('content-type')).toBe(type);
  });

  test('a folder without its slash leads to the one with it', async () => {
    const response = await fetch(`${server.url}/incidents/sc-2023-x`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/incidents/sc-2023-x/']);
  });

  test('so does one whose name looks like a file’s, and the query comes along', async () => {
    const response = await fetch(`${server.url}/releases/npm/b@1.0?as-of=2024`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/releases/npm/b@1.0/?as-of=2024']);
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
    const { headers, body } = await fetchRaw('/', { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('accept-encoding');
    expect(headers.etag).toContain(`-${encoding}"`);
    expect(decompress(body).toString()).toBe(page);
  });

  test('an encoding that is refused is not used', async () => {
    const answer = await raw('GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br;q=0, gzip;q=0\r\nConnection: close\r\n\r\n');
    expect(answer).not.toContain('content-encoding');
  });

  test.each(['/', '/no/such/page', '/api/v1/nothing', '/api/v1/large.json', '/incidents/sc-2023-x'])(
    'HEAD of %s gives the headers of GET and no body',
    async (path) => {
      const [head, full] = await Promise.all(
        ['HEAD', 'GET'].map((method) => fetch(`${server.url}${path}`, { method, redirect: 'manual' })),
      );
      expect(await head?.text()).toBe('');
      const seen = (response: Response | undefined) =>
        Object.fromEntries(
          [...(response?.headers ?? [])].filter(
            ([name]) => !['date', 'x-request-id', 'transfer-encoding', 'connection', 'keep-alive'].includes(name),
          ),
        );
      expect([head?.status, seen(head)]).toEqual([full?.status, seen(full)]);
      await full?.body?.cancel();
    },
  );

  test('a large file comes whole, as it is and compressed', async () => {
    const plain = await fetchRaw('/api/v1/large.json', {});
    expect(plain.body.toString()).toBe(large);
    expect(plain.headers['content-length']).toBe(String(large.length));
    const packed = await fetchRaw('/api/v1/large.json', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).toString()).toBe(large);
    const again = await fetch(`${server.url}/api/v1/large.json`, { headers: { 'if-none-match': String(packed.headers.etag) } });
    expect(again.status).toBe(304);
  });

  test.each<[string, string, number, string | undefined]>([
    ['the start', 'bytes=0-3', 206, 'bytes 0-3/10'],
    ['the middle to beyond the end', 'bytes=8-99', 206, 'bytes 8-9/10'],
    ['the rest', 'bytes=4-', 206, 'bytes 4-9/10'],
    ['the end', 'bytes=-2', 206, 'bytes 8-9/10'],
    ['what lies beyond', 'bytes=10-', 416, 'bytes */10'],
    ['nothing', 'bytes=-0', 416, 'bytes */10'],
    ['several parts: all is sent', 'bytes=0-1,4-5', 200, undefined],
    ['no range: all is sent', 'bytes=5-2', 200, undefined],
    ['another unit: all is sent', 'lines=0-1', 200, undefined],
  ])('a part of a file: %s', async (_name, range, status, shown) => {
    await writeFile(join(folder, 'site', 'index.tpindex'), '0123456789');
    const { body, headers, status: got } = await fetchRaw('/index.tpindex', { range });
    expect([got, headers['content-range'], headers['accept-ranges']]).toEqual([status, shown, 'bytes']);
    const [, first, last] = /^bytes (\d+)-(\d+)/.exec(shown ?? '') ?? [];
    expect(body.toString()).toBe(status === 416 ? '' : first ? '0123456789'.slice(Number(first), Number(last) + 1) : '0123456789');
  });

  test('a part of a large file, and of one that is not the version asked for', async () => {
    const plain = await fetchRaw('/api/v1/large.json', { range: 'bytes=1000-1999' });
    expect([plain.status, plain.body.toString()]).toEqual([206, large.slice(1000, 2000)]);
    const other = await fetchRaw('/index.tpindex', { range: 'bytes=0-1', 'if-range': '"another"' });
    expect([other.status, other.body.toString()]).toEqual([200, '0123456789']);
  });

  test('a file that was replaced has another tag', async () => {
    const path = join(folder, 'site', 'changing.txt');
    await writeFile(path, 'before');
    const before = await fetch(`${server.url}/changing.txt`);
    await writeFile(path, 'afterwards');
    await new Promise((noticed) => setTimeout(noticed, 150));
    const after = await fetch(`${server.url}/changing.txt`, { headers: { 'if-none-match': before.headers.get('etag') ?? '' } });
    expect([after.status, await after.text()]).toEqual([200, 'afterwards']);
  });

  test('what is not there is 404 with a page, in the API with a problem', async () => {
    const missing = await fetch(`${server.url}/no/such/page`);
    expect([missing.status, await missing.text()]).toEqual([404, '<!doctype html><title>Not found</title>']);
    const api = await fetch(`${server.url}/api/v1/incidents/nothing`);
    expect([api.status, api.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(await api.json()).toMatchObject({ status: 404, title: 'Not found' });
    expect(api.headers.get('access-control-allow-origin')).toBe('*');
  });
});

test('before the first build everything is 503, and browsers ask again', async () => {
  await mkdir(join(folder, 'not-built'), { recursive: true });
  const early = await startServer(createApp({ siteFolder: join(folder, 'not-built') }), { port: 0, host: '127.0.0.1' });
  try {
    for (const address of ['/', '/incidents/', '/api/v1/index.json']) {
      const { status, headers } = await fetch(`${early.url}${address}`);
      expect([status, headers.get('retry-after'), headers.get('refresh')]).toEqual([503, '3', '3']);
    }
  } finally {
    await early.stop();
  }
});

test.each(['/incidents/SC-2023-X/', '/incidents/SC-2023-X'])('%s leads to the page of the incident', async (address) => {
  const { status, headers } = await fetch(`${server.url}${address}?as-of=2023-03-30`, { redirect: 'manual' });
  expect([status, headers.get('location')]).toEqual([308, '/incidents/sc-2023-x/?as-of=2023-03-30']);
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

  test('a name with a version, or one like a file’s, is no file ending', async () => {
    expect(await (await fetch(`${server.url}/api/v1/releases/pkg/npm/@a/b@1.0`)).json()).toEqual({ id: 'release' });
    expect(await (await fetch(`${server.url}/api/v1/packages/npm/package.json`)).json()).toEqual({ id: 'package named package.json' });
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
    '//incidents',
    '/%2fincidents',
    '/%',
    `/${'a'.repeat(5_000)}`,
  ];
  test.each(outside)('%s', async (target) => {
    const answer = await request(target);
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toContain(secret);
    expect(answer.toLowerCase()).not.toContain('location:');
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s', async (method) => {
    const answer = await request('/', method);
    expect(statusOf(answer)).toBe(405);
    expect(answer.toLowerCase()).toContain('allow: get, head');
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  test('a write says so in the language of the place, and other sites are not told', async () => {
    const [page, api] = await Promise.all(['/', '/api/v1/large.json'].map((path) => fetch(`${server.url}${path}`, { method: 'POST' })));
    expect([page?.status, page?.headers.get('content-type')]).toEqual([405, 'text/plain; charset=utf-8']);
    expect(api?.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await api?.json()).toMatchObject({ type: 'urn:threatpedia:problem:method-not-allowed', status: 405 });
    expect(api?.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['GET * HTTP/1.1\r\nHost: localhost', 'GET / HTTP/1.1\r\nHost: a b', 'OPTIONS * HTTP/1.1\r\nHost: localhost'])(
    '%j, with the headers of every answer',
    async (start) => {
      const answer = await raw(`${start}\r\nConnection: close\r\n\r\n`);
      expect(statusOf(answer)).toBe(400);
      expect(answer.toLowerCase()).toContain("content-security-policy: default-src 'none'");
    },
  );

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

  test('an address of another machine, with what to do', async () => {
    await expect(startServer(createApp({ siteFolder: folder }), { port: 0, host: '192.0.2.1' })).rejects.toThrow(
      '192.0.2.1 is no address of this machine; use --host localhost',
    );
  });
});

describe('under load', () => {
  test('300 requests at once are all answered', async () => {
    const texts = await Promise.all(Array.from({ length: 300 }, async () => (await fetch(`${server.url}/`)).text()));
    expect(texts.every((text) => text === page)).toBe(true);
  });

  test('clients that go away in the middle leave the server well', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const response = await fetch(`${server.url}/api/v1/large.json`);
        await response.body?.cancel();
      }),
    );
    expect((await fetch(`${server.url}/`)).status).toBe(200);
  });
});

describe('a stop', () => {
  test('ends connections that are kept alive, and nobody listens any more', async () => {
    const own = await startServer(createApp({ siteFolder: join(folder, 'site') }), { port: 0, host: 'localhost' });
    expect(own.url).toMatch(/^http:\/\/localhost:\d+$/);
    const agent = new Agent({ keepAlive: true });
    const connection = await new Promise<string | undefined>((done, failed) => {
      get(`${own.url}/`, { agent }, (response) => response.resume().on('end', () => done(response.headers.connection))).on('error', failed);
    });
    expect(connection).toBe('keep-alive');
    await own.stop();
    await expect(fetch(own.url)).rejects.toThrow();
    agent.destroy();
  });

  test('waits for an answer that is under way', async () => {
    const own = await startServer(createApp({ siteFolder: join(folder, 'site') }), { port: 0, host: 'localhost' });
    const response = await fetch(`${own.url}/api/v1/large.json`, { headers: { 'accept-encoding': 'identity' } });
    const [text] = await Promise.all([response.text(), own.stop()]);
    expect(text).toBe(large);
  });
});

describe('the command', () => {
  test('a stop loses no running request and ends with 0', { timeout: 180_000 }, async () => {
    // The origin with which the shared site was built: nothing is built again.
    const serve = ['serve', '--port', '0', '--origin', 'http://localhost:4700', '--out', await sharedSite()];
    const child = spawn(process.execPath, [join(projectRoot, 'bin/threatpedia.cjs'), ...serve], {
      cwd: projectRoot,
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

  test.each([
    ['a port that is none, in the environment', { PORT: 'http' }, /PORT.*expected a port/],
    ['a port that is taken', { PORT: 'taken' }, /in use; choose another with --port/],
  ] as const)('%s ends it with 2 and the reason', { timeout: 60_000 }, async (_, { PORT }, reason) => {
    const port = PORT === 'taken' ? new URL(server.url).port : PORT;
    const child = spawn(process.execPath, [join(projectRoot, 'bin/threatpedia.cjs'), 'serve', '--out', join(folder, 'unbuilt')], {
      cwd: projectRoot,
      env: { ...process.env, PORT: port },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
    });
    expect(await new Promise((done) => child.once('close', done))).toBe(2);
    expect(said).toMatch(reason);
  });
});
