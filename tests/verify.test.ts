import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from './support/shared.ts';

const run = promisify(execFile);

interface Verified {
  readonly reference: string;
  readonly state: string;
  readonly why?: string;
  readonly missing: readonly { readonly anchor: string }[];
  readonly movedTo?: string;
  readonly changed?: true;
  readonly copied: readonly { readonly words: string }[];
}

let folder: string;
let server: Server;
let base: string;
/** What the server answers: path → answer. */
const pages = new Map<string, (response: ServerResponse) => void>();
let asked: { readonly path: string; readonly at: number }[] = [];

const page =
  (body: string, type = 'text/html; charset=utf-8', status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };
const redirect = (to: string, status: number) => (response: ServerResponse) => {
  response.writeHead(status, { location: to });
  response.end();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-verify-'));
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, at: Date.now() });
    (pages.get(path) ?? page('not here', 'text/plain', 404))(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  pages.clear();
  asked = [];
  await rm(join(folder, 'captures'), { recursive: true, force: true });
});

/** Writes a record that cites each path with its anchors. */
async function cite(
  paths: Readonly<Record<string, readonly string[]>>,
  text = 'A release of the example package was bad.',
  extra = '',
): Promise<void> {
  await mkdir(join(folder, 'corpus', 'organizations'), { recursive: true });
  const names = Object.keys(paths);
  const cites = names.map((path) => {
    const anchors = paths[path]?.map((anchor) => JSON.stringify(anchor)).join(', ');
    return anchors ? `{ ref: ${idOf(path)}, anchors: [${anchors}] }` : idOf(path);
  });
  const references = names.map(
    (path) => `  - id: ${idOf(path)}\n    title: Page ${path}\n    publisher: P\n    url: ${base}${path}\n    kind: vendor\n${extra}`,
  );
  await writeFile(
    join(folder, 'corpus', 'organizations', 'maker.yaml'),
    `schema: organization/1\nid: maker\nname: Maker\nkind: company\nsummary:\n  text: ${text}\n  cites: [${cites.join(', ')}]\nreferences:\n${references.join('')}`,
  );
}

function idOf(path: string): string {
  return `p${path.replace(/[^a-z0-9]+/g, '-')}`.replace(/-$/, '');
}

async function verify(...args: string[]): Promise<{ code: number; references: Verified[]; stdout: string; stderr: string }> {
  const command = [join(projectRoot, 'bin/threatpedia.cjs'), '--corpus', 'corpus', 'verify', '--captures', 'captures', '--json', ...args];
  const outcome = await run(process.execPath, command, { cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
  const references = outcome.stdout.startsWith('{') ? (JSON.parse(outcome.stdout) as { references: Verified[] }).references : [];
  return { ...outcome, references };
}

const local = ['--allow-private', '--pause', '0'];

describe('anchors', () => {
  test('are found as a reader sees them, whatever the setting of the text', async () => {
    pages.set(
      '/post',
      page(
        '<!doctype html><title>T</title><script>var hidden = "9.9.9"</script><p>Version <b>18.12</b>.407 &amp; the host evil[.]example[.]com,\n on “March&nbsp;29”.<a href="https://example.com/full">more</a>',
      ),
    );
    await cite({ '/post': ['18.12.407 & the host evil.example.com', 'on "March 29"', 'https://example.com/full'] });
    expect(await verify(...local)).toMatchObject({ code: 0, references: [{ state: 'found' }] });

    await cite({ '/post': ['18.12.407', '9.9.9', 'evil.example.org'] });
    const { code, references } = await verify(...local);
    expect([code, references[0]?.state, references[0]?.missing.map(({ anchor }) => anchor)]).toEqual([
      1,
      'missing',
      ['9.9.9', 'evil.example.org'],
    ]);
  });

  test('copied sentences are told, facts and quotations are not', async () => {
    const sentence = 'the attackers had placed a small script into the build server which then quietly added their code';
    pages.set(
      '/post',
      page(`<p>On Monday ${sentence} to every release.</p><p>A, B, C, 1.0.1, 1.0.2, 1.0.3, 1.0.4, 1.0.5, 1.0.6, 1.0.7, 1.0.8, 1.0.9`),
    );
    await cite({ '/post': [] }, `It was found that ${sentence}.`);
    const { code, references } = await verify(...local);
    expect([code, references[0]?.copied]).toEqual([1, [expect.objectContaining({ words: sentence })]]);
    await cite({ '/post': [] }, `'They wrote: “${sentence}”. A, B, C, 1.0.1, 1.0.2, 1.0.3, 1.0.4, 1.0.5, 1.0.6, 1.0.7, 1.0.8, 1.0.9'`);
    expect((await verify(...local)).code).toBe(0);
  });
});

describe('what became of a source', () => {
  test('dead, moved, unreadable, failed and forbidden are told apart', { timeout: 30_000 }, async () => {
    pages.set('/robots.txt', page('User-agent: *\nDisallow: /private\n', 'text/plain'));
    pages.set('/moved', redirect('/new', 301));
    pages.set('/for-now', redirect('/new', 302));
    pages.set('/new', page('1.0.0'));
    pages.set('/sneaky', redirect('/private/page', 301));
    pages.set('/private/page', page('1.0.0'));
    pages.set('/report.pdf', page('%PDF-1.4', 'application/pdf'));
    pages.set('/broken', page('no', 'text/plain', 503));
    pages.set('/loop', redirect('/loop', 302));
    pages.set('/elsewhere', redirect('http://169.254.169.254/latest', 302));
    pages.set('/large', (response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const chunk = 'x'.repeat(1024 * 1024);
      const more = (): void => {
        while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', more);
      };
      more();
    });
    const paths = ['/gone', '/moved', '/for-now', '/private/page', '/sneaky', '/report.pdf', '/broken', '/loop', '/elsewhere', '/large'];
    await cite(Object.fromEntries(paths.map((path) => [path, ['1.0.0']])));
    const { code, references, stderr } = await verify(...local);
    expect([code, stderr]).toEqual([1, '']);
    const by = new Map(references.map((each) => [each.reference, each]));
    expect(paths.map((path) => `${path} ${by.get(idOf(path))?.state}`)).toEqual([
      '/gone dead',
      '/moved found',
      '/for-now found',
      '/private/page refused',
      '/sneaky refused',
      '/report.pdf unreadable',
      '/broken failed',
      '/loop failed',
      '/elsewhere failed',
      '/large failed',
    ]);
    expect(by.get('p-moved')?.movedTo).toBe(`${base}/new`);
    expect(by.get('p-for-now')?.movedTo).toBeUndefined();
    expect(by.get('p-elsewhere')?.why).toMatch(/private network/);
    expect(asked.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
    expect(asked.filter(({ path }) => path === '/private/page')).toHaveLength(0);
  });

  test('a server whose robots.txt fails is left alone', async () => {
    pages.set('/robots.txt', page('', 'text/plain', 500));
    pages.set('/post', page('1.0.0'));
    await cite({ '/post': ['1.0.0'] });
    expect(await verify(...local)).toMatchObject({ code: 3, references: [{ state: 'refused' }] });
  });

  test('hosts in private networks are not asked unless told to', async () => {
    await cite({ '/post': ['1.0.0'] });
    expect(await verify('--pause', '0')).toMatchObject({ code: 3, references: [{ state: 'failed' }] });
    expect(asked).toEqual([]);
  });

  test('one host is asked with pauses', async () => {
    for (const path of ['/a', '/b', '/c']) pages.set(path, page('1.0.0'));
    await cite({ '/a': [], '/b': [], '/c': [] });
    await verify('--allow-private', '--pause', '0.3');
    const times = asked.map(({ at }) => at);
    expect(times).toHaveLength(4);
    // A busy machine may take one request late and the next in time.
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(150);
    expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(800);
  });
});

describe('copies', () => {
  test('are kept by their content, answer without the network, and are checked', async () => {
    pages.set('/post', page('Version 1.0.0'));
    await cite({ '/post': ['1.0.0'] });
    expect(await verify('--offline')).toMatchObject({ code: 3, references: [{ state: 'not-captured' }] });
    expect((await verify(...local)).code).toBe(0);
    pages.set('/post', page('Version 2.0.0'));
    expect((await verify('--offline')).code).toBe(0);
    expect((await verify(...local)).code).toBe(0);
    expect(await verify(...local, '--refresh')).toMatchObject({ code: 1, references: [{ state: 'missing' }] });

    const captures = (await readFile(join(folder, 'captures/captures.jsonl'), 'utf8')).trim().split('\n');
    const { sha256 } = JSON.parse(captures.at(-1) ?? '') as { sha256: string };
    expect(await readdir(join(folder, 'captures/objects', sha256.slice(0, 2)))).toContain(sha256);
    await writeFile(join(folder, 'captures/objects', sha256.slice(0, 2), sha256), 'Version 1.0.0');
    const damaged = await verify('--offline');
    expect([damaged.code, damaged.stderr]).toEqual([3, expect.stringContaining('was changed')]);
  });

  test('that the record names by hash tell a page that changed', async () => {
    pages.set('/post', page('1.0.0'));
    await cite(
      { '/post': ['1.0.0'] },
      undefined,
      `    captured: { at: 2024-01-01, sha256: ${'0123456789abcdef'.repeat(2)}${'fedcba9876543210'.repeat(2)} }\n`,
    );
    expect(await verify(...local)).toMatchObject({ code: 1, references: [{ state: 'found', changed: true }] });
  });

  test('may be given as files', async () => {
    await cite({ '/post': ['1.0.0'] });
    await writeFile(join(folder, 'post.txt'), 'This is 1.0.0.');
    expect((await verify('--offline', '--add', `${base}/post=post.txt`)).code).toBe(0);
    expect((await verify('--offline', '--add', 'post.txt')).code).toBe(2);
    expect((await verify('no-such-record')).code).toBe(3);
  });

  test('a list that a crash cut off still serves', async () => {
    pages.set('/post', page('1.0.0'));
    await cite({ '/post': ['1.0.0'] });
    await verify(...local);
    const file = join(folder, 'captures/captures.jsonl');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, `${whole}{"url": "http`);
    expect((await verify('--offline')).code).toBe(0);
    expect((await verify(...local, '--refresh')).code).toBe(0);
    expect((await verify('--offline')).code).toBe(0);
    await writeFile(file, `{"url": "http\n${whole}`);
    expect((await verify('--offline')).code).toBe(3);
  });
});
