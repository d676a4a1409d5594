import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { projectRoot } from '../../tests/support/shared.ts';
import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { answerRoutes, MAX_CHECK_BYTES } from './answer-routes.ts';
import { AnswerServer } from './answer-server.ts';
import { openApiDocument } from './openapi.ts';
import { problems } from './problems.ts';

let server: AnswerServer;
let loads = 0;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(openApiDocument(), 'openapi');
const validators = new Map<string, ValidateFunction>();

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  server = new AnswerServer(async () => {
    loads++;
    return new CorpusAnswers(graph);
  }, 'https://example.org/');
});

async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(address, 'http://localhost');
  const response = await server.respond(new Request(url, init), decodeURIComponent(url.pathname));
  if (!response) throw new Error(`${address} is no question`);
  return response;
}

/** Holds an answer to what the document says of its route and status. */
async function faultsOf(method: string, route: string, response: Response): Promise<string[]> {
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const operation = (openApiDocument() as { paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>> })
    .paths[route]?.[method.toLowerCase()];
  const described = operation?.responses[String(response.status)];
  if (!described) return [`${route}: ${response.status} is not described`];
  if (!described.content || !Object.hasOwn(described.content, type))
    return Object.hasOwn(described.content ?? {}, '*/*') ? [] : [`${route}: ${type} is not described`];
  const pointer = ['paths', route, method.toLowerCase(), 'responses', String(response.status), 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#/${pointer}` });
  validators.set(pointer, validate);
  const valid = validate(await response.json());
  return valid ? [] : [`${route}: ${ajv.errorsText(validate.errors)}`];
}

describe('every question', () => {
  test.each(answerRoutes.map((route) => [route.id, route] as const))(
    '%s: its example is answered as described',
    async (_, { method, path, example }) => {
      const [search = '', ...body] = example.split('\n');
      const address = `${path.replace(/\{.*/, '')}${search}`;
      const response = await ask(address, { method, ...(method === 'POST' ? { body: body.join('\n') } : {}) });
      expect(response.status).toBe(200);
      expect(await faultsOf(method, path, response)).toEqual([]);
    },
  );

  test('whatever is asked, the answer is as described, and none is a failure of the server', { timeout: 60_000 }, async () => {
    const value = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('SC-2024-XZ-UTILS', '3cx', '2024-03-29', '-1', '10', 'csv', 'actor:any'),
      fc.integer().map(String),
    );
    const parameters = fc.array(
      fc.tuple(fc.constantFrom('q', 'id', 'from', 'to', 'as_of', 'limit', 'offset', 'relation', 'name', 'format', 'x'), value),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...answerRoutes),
        parameters,
        fc.string({ maxLength: 200 }),
        async ({ method, path }, given, body) => {
          const address = `${path.replace(/\{.*/, 'csv')}?${new URLSearchParams(given)}`;
          const response = await ask(address, { method, ...(method === 'POST' ? { body } : {}) });
          expect(response.status).toBeLessThan(500);
          expect(await faultsOf(method, path, response), address).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('the corpus is read once, and not before it is needed', () => {
    expect(loads).toBe(1);
  });

  test('problems are told in the documentation, kind by kind', () => {
    const told = [...readFileSync(join(projectRoot, 'docs/api.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (.+) \|$/gm)].map(
      ([, kind, status, when]) => [kind, Number(status), when],
    );
    expect(told).toEqual(Object.entries(problems).map(([kind, { status, when }]) => [kind, status, when]));
    const questions = [...readFileSync(join(projectRoot, 'docs/api.md'), 'utf8').matchAll(/^\| `(GET|POST) ([^`?]+)/gm)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    expect(questions).toEqual(answerRoutes.map(({ method, path }) => `${method} ${path}`));
  });
});

describe('answers', () => {
  test('a query gives incidents and counts; a fault says where it is', async () => {
    const answer = (await (await ask('/api/v1/query?q=nexus:north-korea&limit=1')).json()) as {
      total: number;
      incidents: { id: string }[];
      facets: Record<string, unknown>;
    };
    expect(answer.total).toBeGreaterThan(1);
    expect(answer.incidents).toHaveLength(1);
    expect(answer.facets.vector).toBeDefined();
    const fault = await ask('/api/v1/query?q=ecosystem:npm+vectr:x');
    expect(fault.status).toBe(400);
    expect(await fault.json()).toMatchObject({
      type: 'urn:threatpedia:problem:query',
      fault: { offset: 14, length: 5, fix: expect.stringContaining('vector') },
    });
  });

  test('as known on a day nothing later is told', async () => {
    const day = '2024-03-29';
    const { incidents } = (await (await ask(`/api/v1/query?q=ecosystem:linux+year:2024&as_of=${day}`)).json()) as {
      incidents: Record<string, string>[];
    };
    expect(incidents.find(({ id }) => id === 'SC-2024-XZ-UTILS')).toMatchObject({ title: 'SC-2024-XZ-UTILS' });
    expect(incidents.every((incident) => !('summary' in incident))).toBe(true);
    const { things } = (await (await ask(`/api/v1/things?id=SC-2024-XZ-UTILS&as_of=${day}`)).json()) as {
      things: { label: string; record: unknown; edges: { knownSince: string }[] }[];
    };
    expect(things[0]).toMatchObject({ label: 'SC-2024-XZ-UTILS', record: null, declarations: [] });
    expect(things[0]?.edges.filter(({ knownSince }) => knownSince > day)).toEqual([]);
    expect((await ask('/api/v1/query?q=backdoor&as_of=2024-03-29')).status).toBe(400);
    expect((await ask('/api/v1/export/csv?as_of=2024-03-29')).status).toBe(400);
  });

  test('a path names its records, and neighbours go on where they ended', async () => {
    const { steps } = (await (await ask('/api/v1/paths?from=trading-technologies&to=3cx')).json()) as { steps: { in: string }[] };
    expect(steps.map((step) => step.in)).toEqual(['SC-2022-X-TRADER', 'SC-2022-X-TRADER']);
    const seen: unknown[] = [];
    for (let offset = 0, total = 1; offset < total; offset += 7) {
      const page = (await (await ask(`/api/v1/neighbours?id=SC-2022-X-TRADER&limit=7&offset=${offset}`)).json()) as {
        total: number;
        edges: unknown[];
      };
      total = page.total;
      seen.push(...page.edges);
    }
    const whole = (await (await ask('/api/v1/neighbours?id=SC-2022-X-TRADER&limit=1000')).json()) as { edges: unknown[] };
    expect(seen).toEqual(whole.edges);
  });

  test('an export is that of the command, in its own form', async () => {
    const response = await ask('/api/v1/export/indicators?q=SC-2023-3CX');
    expect(response.headers.get('content-type')).toContain('text/');
    expect(await response.text()).toContain('akamaicontainer.com');
  });

  test('an answer that one has is not sent again; a smaller one is asked for by its form', async () => {
    const first = await ask('/api/v1/measures', { headers: { 'accept-encoding': 'br' } });
    expect(first.headers.get('content-encoding')).toBe('br');
    const again = await ask('/api/v1/measures', { headers: { 'accept-encoding': 'br', 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await ask('/api/v1/measures', { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
    expect([head.headers.get('content-length'), await head.text()]).toEqual([first.headers.get('content-length'), '']);
  });
});

describe('a check', () => {
  test('finds what is planted, by name of the file or by format', async () => {
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/flatmap-stream': { version: '0.1.1' } } });
    const report = (await (await ask('/api/v1/check?name=package-lock.json', { method: 'POST', body: lock })).json()) as {
      findings: { incident: { id: string } }[];
    };
    expect(report.findings.map(({ incident }) => incident.id)).toEqual(['SC-2018-EVENT-STREAM']);
  });

  test.each([
    ['{', 'package-lock.json'],
    ['', 'package-lock.json'],
    ['\u0000\u0001', 'nothing'],
    [`{"packages":${'['.repeat(200_000)}`, 'package-lock.json'],
  ])('%s is told as unread, never as clean', async (body, name) => {
    const report = (await (await ask(`/api/v1/check?name=${name}`, { method: 'POST', body: body.slice(0, 300_000) })).json()) as {
      coverage: { failure?: object }[];
    };
    expect(report.coverage.every(({ failure }) => failure !== undefined)).toBe(true);
  });

  test('a body that is too long is refused, told or not', async () => {
    const body = new Uint8Array(MAX_CHECK_BYTES + 1);
    expect((await ask('/api/v1/check', { method: 'POST', body })).status).toBe(413);
    const chunks = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    expect((await ask('/api/v1/check', { method: 'POST', body: chunks, duplex: 'half' } as RequestInit)).status).toBe(413);
  });

  test('of many at once those that cannot wait are told when to ask again', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask('/api/v1/check?format=purl-list', { method: 'POST', body: 'pkg:npm/axios@1.14.1' })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(answers.find(({ status }) => status === 503)?.headers.get('retry-after')).toBe('2');
  });

  test('only POST is taken', async () => {
    const response = await ask('/api/v1/check');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
