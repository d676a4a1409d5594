import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, type RunningServer, startServer } from '../src/api/server.ts';
import { COLLECTIONS } from '../src/api/taxii-release.ts';
import { exportFiles } from '../src/export/export-files.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { sharedSite } from './support/built-site.ts';
import { loadCorpusGraph } from './support/corpus.ts';

const MEDIA_TYPE = 'application/taxii+json;version=2.1';
const [FULL, CORE, INDICATORS] = COLLECTIONS.map(({ id }) => id);
const LATEST = '/taxii2/latest/';

interface Envelope {
  readonly more?: boolean;
  readonly next?: string;
  readonly objects?: readonly { id: string; type: string; modified?: string; date_added: string; version: string; media_type: string }[];
  readonly versions?: readonly string[];
  readonly http_status?: string;
}

let folder: string;
let site: string;
let server: RunningServer;
let closed: RunningServer;
let empty: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-taxii-'));
  site = await sharedSite();
  await mkdir(join(folder, 'empty'));
  server = await startServer(createApp({ siteFolder: site }), { port: 0, host: 'localhost' });
  const access = { user: 'ana', password: 'päss:word', token: 'a-token' };
  closed = await startServer(createApp({ siteFolder: site, taxii: access }), { port: 0, host: 'localhost' });
  empty = await startServer(createApp({ siteFolder: join(folder, 'empty') }), { port: 0, host: 'localhost' });
}, 120_000);

afterAll(async () => {
  await Promise.all([server, closed, empty].map((each) => each?.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function ask(
  path: string,
  init: RequestInit = {},
  at = server,
): Promise<{ status: number; headers: Headers; body: Envelope; text: string }> {
  const response = await fetch(`${at.url}${path}`, { redirect: 'manual', headers: { accept: MEDIA_TYPE }, ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: (text ? JSON.parse(text) : {}) as Envelope };
}

const collection = (id = '') => `${LATEST}collections/${id}/`;

/** Every item of a listing, page by page as a client goes. */
async function walk(path: string, limit: number | undefined, filter = ''): Promise<{ ids: string[]; pages: number; dates: string[] }> {
  const [ids, dates]: [string[], string[]] = [[], []];
  let next: string | undefined;
  let pages = 0;
  do {
    const query = [filter, limit && `limit=${limit}`, next && `next=${encodeURIComponent(next)}`].filter(Boolean).join('&');
    const { status, body, headers } = await ask(`${path}?${query}`);
    expect(status).toBe(200);
    ids.push(...(body.objects ?? []).map(({ id }) => id));
    dates.push(headers.get('x-taxii-date-added-first') ?? '', headers.get('x-taxii-date-added-last') ?? '');
    expect(body.more).toBe(body.next !== undefined);
    next = body.next;
    pages++;
  } while (next);
  return { ids, pages, dates };
}

describe('what there is', () => {
  test('discovery names the roots, one of which carries version and digest', async () => {
    const { status, headers, text } = await ask('/taxii2/');
    const body = JSON.parse(text) as { title: string; default: string; api_roots: string[] };
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(MEDIA_TYPE);
    expect(body.default).toBe(LATEST);
    expect(body.api_roots).toEqual([LATEST, expect.stringMatching(/^\/taxii2\/v\d+\.\d+\.\d+-[0-9a-f]{16}\/$/) as string]);
    for (const root of body.api_roots) {
      const { status: found, text: about } = await ask(root);
      expect(found).toBe(200);
      expect(JSON.parse(about)).toMatchObject({ versions: [MEDIA_TYPE], title: expect.any(String) as string, max_content_length: 1 });
    }
    const [latest, fixed] = await Promise.all(body.api_roots.map((root) => ask(`${root}collections/${FULL}/objects/`)));
    expect(latest?.text).toBe(fixed?.text);
  });

  test('collections can be read and not written, each under its id and its alias', async () => {
    const { text } = await ask(`${LATEST}collections/`);
    const { collections } = JSON.parse(text) as { collections: { id: string; alias: string; can_read: boolean; can_write: boolean }[] };
    expect(collections.map(({ alias }) => alias)).toEqual(['full', 'core', 'indicators']);
    for (const each of collections) {
      expect(each).toMatchObject({ can_read: true, can_write: false, media_types: ['application/stix+json;version=2.1'] });
      expect(each.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(JSON.parse((await ask(collection(each.id))).text)).toEqual(each);
      expect(JSON.parse((await ask(collection(each.alias))).text)).toEqual(each);
    }
  });

  test('a slash at the end makes no difference, and nothing redirects', async () => {
    for (const path of [
      '/taxii2/',
      LATEST,
      `${LATEST}collections/`,
      collection(CORE),
      `${collection(CORE)}objects/`,
      `${collection(CORE)}manifest/`,
    ]) {
      const [with_, without] = [await ask(path), await ask(path.slice(0, -1))];
      expect([with_.status, without.status], path).toEqual([200, 200]);
      expect(without.text).toBe(with_.text);
    }
  });
});

describe('walks', () => {
  test.each([1_000, undefined, 997, 5_000])(
    'the full collection in pages of %s: nothing lost, nothing twice',
    { timeout: 60_000 },
    async (limit) => {
      const { ids, pages, dates } = await walk(`${collection(FULL)}objects/`, limit);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(5_000);
      expect(pages).toBe(Math.ceil(ids.length / Math.min(limit ?? 1_000, 1_000)));
      expect(dates).toEqual([...dates].sort());
      const manifest = await walk(`${collection(FULL)}manifest/`, limit);
      expect(manifest.ids).toEqual(ids);
    },
  );

  test('indicators one by one', { timeout: 60_000 }, async () => {
    const all = await walk(`${collection(INDICATORS)}objects/`, undefined);
    expect(all.ids.every((id) => id.startsWith('indicator--'))).toBe(true);
    expect((await walk(`${collection(INDICATORS)}objects/`, 1)).ids).toEqual(all.ids);
    expect((await walk(`${collection(INDICATORS)}objects/`, 7)).ids).toEqual(all.ids);
  });

  test('by added_after and the header of the last page, without next', { timeout: 60_000 }, async () => {
    const path = `${collection(CORE)}objects/`;
    const ids: string[] = [];
    let after = '';
    for (;;) {
      const { body, headers } = await ask(`${path}?limit=800${after && `&added_after=${after}`}`);
      const last = headers.get('x-taxii-date-added-last') ?? '';
      if (!body.objects) {
        expect(last).toBe(after);
        break;
      }
      ids.push(...body.objects.map(({ id }) => id));
      after = last;
    }
    expect(ids).toEqual((await walk(path, undefined)).ids);
  });

  test('next and added_after together, and with filters', async () => {
    const path = `${collection(CORE)}manifest/`;
    const { body } = await ask(`${path}?limit=500`);
    const after = body.objects?.[99]?.date_added ?? '';
    const all = (await walk(path, undefined)).ids;
    expect((await walk(path, 333, `added_after=${after}`)).ids).toEqual(all.slice(100));
    const malware = await walk(path, 3, 'match[type]=malware,intrusion-set');
    expect(malware.ids).toEqual(all.filter((id) => /^(malware|intrusion-set)--/.test(id)));
    expect(malware.pages).toBe(Math.ceil(malware.ids.length / 3));
  });

  test('what refers to others comes after them', async () => {
    const { ids } = await walk(`${collection(CORE)}objects/`, undefined);
    const ranks = ids.map((id) =>
      ['marking-definition', 'identity', '', 'relationship', 'note', 'report'].indexOf(id.split('--')[0] ?? ''),
    );
    const known = ranks.map((rank) => (rank === -1 ? 2 : rank));
    expect(known).toEqual([...known].sort());
  });
});

/** Identifiers of what a collection holds, from the file that it is made of. */
async function idsInFile(id: string | undefined): Promise<readonly string[]> {
  const { file = '', only } = COLLECTIONS.find((each) => each.id === id) ?? {};
  const { objects } = JSON.parse(await readFile(join(site, file), 'utf8')) as { objects: { id: string; type: string }[] };
  return objects.flatMap((object) => (only === undefined || object.type === only ? object.id : [])).sort();
}

describe('the client of OASIS (taxii2-client 2.3)', () => {
  /** A request as the client makes it: what is not set is not sent, and the type of the answer has to hold every part of what it accepts. */
  async function get(address: string, parameters: Readonly<Record<string, string | number | undefined>> = {}) {
    const sent = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, String(value)]] : []));
    const headers = { accept: MEDIA_TYPE, 'user-agent': 'taxii2-client/2.3.0', 'accept-encoding': 'gzip, deflate' };
    const response = await fetch(`${address}?${new URLSearchParams(sent)}`, { headers, redirect: 'error' });
    expect(response.ok).toBe(true);
    const parts = (type: string) => type.replaceAll(' ', '').split(';');
    expect(parts(response.headers.get('content-type') ?? '')).toEqual(expect.arrayContaining(parts(MEDIA_TYPE)));
    return (await response.json()) as Envelope & Readonly<Record<string, unknown>>;
  }

  /** Its `as_pages`: by `limit` and `next`; where the first page has another size than was asked for, that is asked for from then on. */
  async function asPages(address: string, perRequest: number, filter: Readonly<Record<string, string>> = {}): Promise<string[]> {
    const ids: string[] = [];
    let page = await get(address, { ...filter, limit: perRequest });
    const limit = page.more ? (page.objects ?? []).length : perRequest;
    for (;;) {
      ids.push(...(page.objects ?? []).map(({ id }) => id));
      if (!page.more) return ids;
      page = await get(address, { ...filter, limit, next: page.next ?? '' });
    }
  }

  /** Address of a collection, from discovery on, with what the client refuses. */
  async function findCollection(wanted: string | undefined): Promise<string> {
    const discovery = `${server.url}/taxii2/`;
    const { title, default: root, api_roots } = await get(discovery);
    expect(title).toBeTruthy();
    expect(api_roots).toContain(root);
    const rootAddress = new URL(String(root), discovery).href;
    const about = await get(rootAddress);
    expect([about.title, about.versions, about.max_content_length].every(Boolean)).toBe(true);
    const { collections } = await get(`${rootAddress}collections/`);
    const found = (collections as { id: string; title: string; can_read: boolean; can_write: boolean }[]).find(({ id }) => id === wanted);
    expect(found).toMatchObject({ title: expect.stringMatching(/./) as string, can_read: true, can_write: false });
    return `${rootAddress}collections/${found?.id}/`;
  }

  test.each([0, 700, 5_000])('%s objects a request: each once', { timeout: 60_000 }, async (perRequest) => {
    for (const id of [CORE, INDICATORS]) {
      const address = await findCollection(id);
      const held = await idsInFile(id);
      expect((await asPages(`${address}objects/`, perRequest)).sort()).toEqual(held);
      expect((await asPages(`${address}manifest/`, perRequest)).sort()).toEqual(held);
    }
  });

  test.each([0, 700])('%s objects a request, added after an instant as Python writes it', { timeout: 60_000 }, async (perRequest) => {
    const address = await findCollection(CORE);
    const { objects = [] } = await get(`${address}manifest/`);
    const position = objects.findIndex(({ date_added }, index) => index > 100 && date_added.endsWith('0Z'));
    const added = objects[position]?.date_added ?? '';
    const later = (await asPages(`${address}objects/`, 0)).slice(position + 1);
    for (const added_after of [added, added.replace(/\.?0+Z$/, 'Z'), added.replace('Z', '000Z')])
      expect(await asPages(`${address}objects/`, perRequest, { added_after }), added_after).toEqual(later);
  });
});

describe('OpenCTI', () => {
  test('as a feed takes each object once, and nothing when it asks again', { timeout: 60_000 }, async () => {
    const ids: string[] = [];
    let state: { next?: string | undefined; added_after?: string } = {};
    for (let runs = 0, empty = 0; empty < 2; runs++) {
      expect(runs).toBeLessThan(100);
      const { body, headers } = await ask(`${collection(CORE)}objects/?${new URLSearchParams(JSON.parse(JSON.stringify(state)))}`);
      // Without objects it keeps its state.
      if (!body.objects?.length) empty++;
      else if (body.more && body.next) state = { ...state, next: body.next };
      else state = { added_after: new Date(headers.get('x-taxii-date-added-last') ?? Number.NaN).toISOString() };
      ids.push(...(body.objects ?? []).map(({ id }) => id));
    }
    expect(ids.sort()).toEqual(await idsInFile(CORE));
  });

  test('as a connector takes each collection whole, though it carries a cursor from one into the next', { timeout: 60_000 }, async () => {
    const { body } = await ask('/taxii2/');
    const { api_roots: roots } = body as { api_roots?: string[] };
    // One set of parameters for all collections and runs: `next` drops `added_after`, and nothing drops `next`.
    const parameters = new URLSearchParams({ added_after: '1970-01-01T00:00:00.000000Z' });
    const poll = async (path: string) => {
      const ids: string[] = [];
      for (;;) {
        const { body } = await ask(`${path}?${parameters}`);
        ids.push(...(body.objects ?? []).map(({ id }) => id));
        if (!body.objects || !body.more) return ids;
        parameters.delete('added_after');
        parameters.set('next', body.next ?? '');
      }
    };
    for (const { id } of COLLECTIONS) expect((await poll(`${roots?.[0]}collections/${id}/objects/`)).sort()).toEqual(await idsInFile(id));
    parameters.set('added_after', '2999-01-01T00:00:00.000000Z');
    for (const { id } of COLLECTIONS) expect(await poll(`${roots?.[1]}collections/${id}/objects/`)).toEqual([]);
  });

  test('can be told collections in a list of root and title', () => {
    for (const { title } of COLLECTIONS) expect(`latest.${title}`).toMatch(/^[^.,]+\.[^.,]+$/);
  });
});

describe('dates of addition', () => {
  test('are unique, in whole milliseconds, ascending, and strictly excluded', async () => {
    const path = `${collection(CORE)}manifest/`;
    const { body, headers } = await ask(`${path}?limit=1000`);
    const dates = body.objects?.map(({ date_added }) => date_added) ?? [];
    expect(dates.every((date) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(date))).toBe(true);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect(headers.get('x-taxii-date-added-first')).toBe(dates[0]);
    expect(headers.get('x-taxii-date-added-last')).toBe(dates.at(-1));
    const rest = await ask(`${path}?limit=1&added_after=${dates[5]}`);
    expect(rest.body.objects?.[0]?.date_added).toBe(dates[6]);
    const finer = await ask(`${path}?limit=1&added_after=${dates[5]?.replace('Z', '999Z')}`);
    expect(finer.body.objects?.[0]?.date_added).toBe(dates[6]);
  });

  test('stand in the headers of an empty answer too', async () => {
    const { status, body, headers } = await ask(`${collection(CORE)}objects/?added_after=2999-01-01T00:00:00Z`);
    expect([status, body]).toEqual([200, { more: false }]);
    expect(headers.get('x-taxii-date-added-first')).toBe('2999-01-01T00:00:00.000Z');
    expect(headers.get('x-taxii-date-added-last')).toBe('2999-01-01T00:00:00.000Z');
  });
});

describe('one object', () => {
  test('its envelope, manifest, versions and filters', async () => {
    const { body } = await ask(`${collection(FULL)}objects/?match[type]=incident&limit=2`);
    const [first] = body.objects ?? [];
    const path = `${collection(FULL)}objects/${first?.id}/`;
    expect((await ask(path)).body).toEqual({ more: false, objects: [first] });
    expect((await ask(path)).headers.get('x-taxii-date-added-last')).toMatch(/Z$/);
    expect((await ask(`${path}versions/`)).body).toEqual({ more: false, versions: [first?.modified] });
    const manifest = await ask(`${collection(FULL)}manifest/?match[id]=${first?.id}`);
    expect(manifest.body.objects).toMatchObject([
      { id: first?.id, version: first?.modified, media_type: 'application/stix+json;version=2.1' },
    ]);
    for (const version of ['last', 'first', 'all', first?.modified, `1999-01-01T00:00:00Z,${first?.modified}`])
      expect((await ask(`${path}?match[version]=${version}`)).body.objects).toEqual([first]);
    for (const none of ['match[version]=1999-01-01T00:00:00Z', 'match[spec_version]=2.0'])
      expect((await ask(`${path}?${none}`)).body.objects).toBeUndefined();
    expect((await ask(`${path}?match[spec_version]=2.0,2.1`)).body.objects).toEqual([first]);
  });
});

describe('what cannot be answered', () => {
  const cases: [status: number, path: string, init?: RequestInit][] = [
    [404, '/taxii2/nowhere/'],
    [404, '/taxii2/v1.2.3-0000000000000000/'],
    [404, `${LATEST}status/1/`],
    [404, `${LATEST}collections/unknown/`],
    [404, `${LATEST}collections/unknown/objects/`],
    [404, `${LATEST}collections/${CORE}/elsewhere/`],
    [404, `${LATEST}collections/${CORE}/manifest/more/`],
    [404, `${LATEST}collections/${CORE}/objects/indicator--00000000-0000-4000-8000-000000000000/`],
    [404, `${LATEST}collections/${CORE}/objects/x/versions/more/`],
    [404, '/taxii2/%ff/'],
    [400, `${LATEST}collections/${CORE}/objects/?limit=0`],
    [400, `${LATEST}collections/${CORE}/objects/?limit=-1`],
    [400, `${LATEST}collections/${CORE}/objects/?limit=ten`],
    [400, `${LATEST}collections/${CORE}/objects/?next=%00`],
    [400, `${LATEST}collections/${CORE}/objects/?next=bm9uZQ`],
    [400, `${LATEST}collections/${CORE}/objects/?added_after=yesterday`],
    [400, `${LATEST}collections/${CORE}/objects/?added_after=2026-13-01T00:00:00Z`],
    [400, `${LATEST}collections/${CORE}/manifest/?match[version]=newest`],
    [406, '/taxii2/', { headers: { accept: 'application/taxii+json;version=2.0' } }],
    [406, '/taxii2/', { headers: { accept: 'application/vnd.oasis.taxii+json; version=2.0' } }],
    [406, '/taxii2/', { headers: { accept: 'text/html' } }],
    [406, '/taxii2/', { headers: { accept: '*/*;q=0' } }],
    [403, `${LATEST}collections/${CORE}/objects/`, { method: 'POST', body: '{}' }],
    [403, `${LATEST}collections/${CORE}/objects/x/`, { method: 'DELETE' }],
    [405, '/taxii2/', { method: 'PUT' }],
  ];
  test.each(cases.map(([status, path, init = {}]) => ({ status, path, init })))('$status $path', async ({ status, path, init }) => {
    const answer = await ask(path, init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe(MEDIA_TYPE);
    expect(answer.body).toMatchObject({ http_status: String(status), title: expect.any(String) as string });
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['*/*', 'application/*', 'application/taxii+json', 'application/taxii+json; version="2.1"', `text/html, ${MEDIA_TYPE};q=0.5`])(
    'Accept: %s is understood',
    async (accept) => {
      expect((await ask('/taxii2/', { headers: { accept } })).status).toBe(200);
    },
  );

  test('before anything is built a client is asked to come again', async () => {
    const { status, headers } = await ask(`${LATEST}collections/${CORE}/objects/`, {}, empty);
    expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([503, '5', MEDIA_TYPE]);
  });
});

describe('the way it is sent', () => {
  test('HEAD says what GET would, without the body', async () => {
    for (const path of ['/taxii2/', `${collection(INDICATORS)}objects/`, '/taxii2/nowhere/']) {
      const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
      expect(head.text).toBe('');
      expect(head.status).toBe(get.status);
      for (const name of ['content-type', 'content-length', 'etag', 'x-taxii-date-added-last'])
        expect(head.headers.get(name), `${path} ${name}`).toBe(get.headers.get(name));
    }
  });

  test('what has not changed is not sent again', async () => {
    const path = `${collection(CORE)}objects/?limit=5`;
    const etag = (await ask(path)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await ask(path, { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([again.status, again.text, again.headers.get('content-type')]).toEqual([304, '', MEDIA_TYPE]);
    expect(again.headers.get('x-taxii-date-added-last')).toMatch(/Z$/);
    expect((await ask(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('with credentials set nothing is told without them', async () => {
    const basic = (text: string) => ({ headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` } });
    for (const path of ['/taxii2/', `${collection(CORE)}objects/`, '/taxii2/nowhere/']) {
      const refused = await ask(path, {}, closed);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('content-type')).toBe(MEDIA_TYPE);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="taxii", Basic realm="taxii", charset="UTF-8"');
      for (const wrong of [
        basic('ana:wrong'),
        basic('ana'),
        basic(''),
        { headers: { authorization: 'Bearer a-toke' } },
        { headers: { authorization: 'a-token' } },
      ])
        expect((await ask(path, wrong, closed)).status).toBe(401);
    }
    expect((await ask('/taxii2/', basic('ana:päss:word'), closed)).status).toBe(200);
    expect((await ask('/taxii2/', { headers: { authorization: 'bearer a-token' } }, closed)).status).toBe(200);
  });
});

test('a site that is built anew is told under a new root, and the old root is gone', async () => {
  const other = join(folder, 'other');
  await cp(join(site, 'data'), join(other, 'data'), { recursive: true });
  const moving = await startServer(createApp({ siteFolder: other }), { port: 0, host: 'localhost' });
  try {
    const before = JSON.parse((await ask('/taxii2/', {}, moving)).text) as { api_roots: string[] };
    const old = await ask(`${collection(CORE)}manifest/?limit=1`, {}, moving);
    const release = { version: '1.2.4', digest: 'f'.repeat(64), released: '2027-03-01T10:00:00.000Z' };
    await writeFile(join(other, 'data/threatpedia-release.json'), JSON.stringify(release));
    const after = JSON.parse((await ask('/taxii2/', {}, moving)).text) as { api_roots: string[] };
    expect(after.api_roots[1]).toBe('/taxii2/v1.2.4-ffffffffffffffff/');
    expect((await ask(before.api_roots[1] ?? '', {}, moving)).status).toBe(404);
    const fresh = await ask(`${collection(CORE)}manifest/?limit=1&added_after=${old.body.objects?.[0]?.date_added}`, {}, moving);
    expect(fresh.body.objects?.[0]).toMatchObject({ id: old.body.objects?.[0]?.id, date_added: '2027-03-01T10:00:00.000Z' });
  } finally {
    await moving.stop();
  }
});

test('a corpus that has grown begins later than it ended before, without a clock', async () => {
  const graph = await loadCorpusGraph();
  const incidents = recordsOf(graph, 'incident');
  const release = async (count: number): Promise<{ begins: number; objects: number }> => {
    const selection = { graph, incidents: incidents.slice(0, count), site: 'https://example.org/', version: '1.2.3' };
    let [begins, objects] = [0, 0];
    for await (const { path, content } of exportFiles(selection)) {
      const text = typeof content === 'string' ? content : [...(content as Iterable<string>)].join('');
      if (path.endsWith('threatpedia-stix.json')) objects = text.split('\n').length;
      if (path.endsWith('release.json')) begins = Date.parse((JSON.parse(text) as { released: string }).released);
    }
    return { begins, objects };
  };
  const [before, after] = [await release(30), await release(31)];
  expect(after.objects).toBeGreaterThan(before.objects);
  expect(after.begins).toBeGreaterThan(before.begins + before.objects);
});
