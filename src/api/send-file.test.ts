import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp, startServer } from './server.ts';

let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;
let quick: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-send-'));
  await mkdir(join(folder, 'api/v1'), { recursive: true });
  await writeFile(join(folder, 'index.html'), `<!doctype html><p>${'words '.repeat(400)}`);
  await writeFile(join(folder, 'api/v1/index.json'), '{}\n');
  await writeFile(join(folder, '404.html'), 'none');
  const app = createApp({ siteFolder: folder, operations: { metrics: true } });
  server = await startServer(
    {
      fetch: app.fetch,
      quick: (incoming, outgoing) => {
        const did = app.quick(incoming, outgoing);
        quick += Number(did);
        return did;
      },
    },
    { port: 0, host: '127.0.0.1' },
  );
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(path: string, headers: Record<string, string> = {}) {
  const sent = request(`${server.url}${path}`, { headers: { 'x-request-id': 'as-it-was-given', ...headers } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const { date: _, ...own } = response.headers as IncomingHttpHeaders;
  return { status: response.statusCode, headers: own, body: Buffer.concat(parts).toString('base64') };
}

test.each(['/', '/api/v1/index.json', '/api/v1/index'])(
  '%s is the same from the application and before it, in every encoding',
  async (path) => {
    for (const encoding of ['identity', 'gzip', 'br']) {
      quick = 0;
      // The first answer reads the file, or makes this form of it; what follows within a tenth of a second may be quick.
      const first = await ask(path, { 'accept-encoding': encoding });
      const later = [await ask(path, { 'accept-encoding': encoding }), await ask(path, { 'accept-encoding': encoding })];
      for (const answer of later) expect(answer).toEqual(first);
      expect(first.status).toBe(200);
      if (path !== '/api/v1/index') expect(quick).toBeGreaterThan(0);
    }
  },
);

test('what is not a plain request for a whole file is left to the application', async () => {
  const { headers } = await ask('/');
  quick = 0;
  expect((await ask('/', { 'if-none-match': String(headers.etag) })).status).toBe(304);
  expect((await ask('/', { range: 'bytes=0-3' })).status).toBe(206);
  expect((await ask('/', { host: 'a host' })).status).toBe(400);
  expect((await ask('/%2e%2e/%2e%2e/etc/passwd')).status).toBe(404);
  expect((await ask('/.hidden')).status).toBe(404);
  expect(quick).toBe(0);
});

test('quick answers are counted like others', async () => {
  const countOf = async () =>
    Number(/threatpedia_requests_total\{method="GET",group="page",status="200"\} (\d+)/.exec(atob((await ask('/metrics')).body))?.[1]);
  await ask('/');
  const before = await countOf();
  quick = 0;
  await ask('/');
  await ask('/');
  expect(quick).toBeGreaterThan(0);
  // The page of counts is a page, too.
  expect((await countOf()) - before).toBe(3);
});
