import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CorpusAnswers } from '../src/answers/corpus-answers.ts';
import { type RunningServer, startServer } from '../src/api/server.ts';
import { getEdtf } from '../src/base/edtf.ts';
import { graphAsOf } from '../src/graph/as-of.ts';
import { publicSince } from '../src/graph/evidence-dates.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { type Answer, answerSchema, renderAnswer } from '../src/mcp/answer.ts';
import { createMcpApp, MAX_MESSAGE_BYTES } from '../src/mcp/http.ts';
import { defanged, quoted } from '../src/mcp/quoted-text.ts';
import { createMcpServer } from '../src/mcp/server.ts';
import { tools } from '../src/mcp/tools.ts';
import { referencesOf } from '../src/schema/claims.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { projectRoot } from './support/shared.ts';

const COMMAND = [join(projectRoot, 'bin/threatpedia.cjs'), '--corpus', join(projectRoot, 'corpus'), 'mcp'];

let answers: CorpusAnswers;
/** A client in this process. */
let client: Client;
const logged: string[] = [];

beforeAll(async () => {
  answers = new CorpusAnswers(await loadCorpusGraph());
  client = await connected(answers);
});

afterAll(() => client?.close());

async function connected(to: CorpusAnswers): Promise<Client> {
  const [here, there] = InMemoryTransport.createLinkedPair();
  await createMcpServer(to, (message) => logged.push(message)).connect(there);
  const made = new Client({ name: 'test', version: '0' });
  await made.connect(here);
  return made;
}

interface Called {
  readonly text: string;
  readonly isError: boolean;
  readonly answer: Answer | undefined;
}

async function call(name: string, args: Record<string, unknown>, by = client): Promise<Called> {
  const { content, isError, structuredContent } = await by.callTool({ name, arguments: args });
  return {
    text: (content as { text: string }[])[0]?.text ?? '',
    isError: isError === true,
    answer: structuredContent as Answer | undefined,
  };
}

/** Statements of an answer, whatever their section. */
function statementsOf(answer: Answer | undefined): Answer['sections'][number]['statements'] {
  return (answer?.sections ?? []).flatMap(({ statements }) => statements);
}

/** What is wrong with the references of an answer: claims without any, references that are not listed, listed ones that nothing needs. */
function referenceFaults({ text, answer }: Called): string[] {
  const listed = new Set(answer?.references.map(({ id }) => id));
  const needed = new Set<string>();
  const faults = statementsOf(answer).flatMap((statement) => {
    for (const id of statement.cites) needed.add(id);
    const marks =
      / \[([^[\]]+)\]$/.exec(text.split('\n').find((line) => line.startsWith(`- ${statement.text}`)) ?? '')?.[1]?.split(', ') ?? [];
    return [
      ...(statement.basis === 'cited' && statement.cites.length === 0 ? [`no reference: ${statement.text}`] : []),
      ...(!['cited', 'unknown'].includes(statement.basis) && statement.cites.length > 0
        ? [`references of ${statement.basis}: ${statement.text}`]
        : []),
      ...(statement.cites.length > 0 && marks.length === 0 ? [`no mark in the text: ${statement.text}`] : []),
      ...statement.cites.filter((id) => !listed.has(id)).map((id) => `${id} is not listed`),
    ];
  });
  for (const { id, origins, url } of answer?.references ?? []) {
    for (const origin of origins) needed.add(origin);
    if (!text.includes(`\n- [${id}] `) || !text.includes(url)) faults.push(`${id} is not in the text`);
    faults.push(
      ...origins.filter((origin) => !origin.startsWith('origin:') && !listed.has(origin)).map((origin) => `origin ${origin} is not listed`),
    );
  }
  return [...faults, ...[...listed].filter((id) => !needed.has(id)).map((id) => `${id} is listed for nothing`)];
}

/** Places of a JSON Schema that take texts or lists of any length, or any number. */
function unbounded(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, maxLength, pattern, enum: values, maxItems, maximum } = schema as Record<string, unknown>;
  const isBound =
    type === 'string' ? (maxLength ?? pattern ?? values) : type === 'array' ? maxItems : type === 'integer' ? maximum : type !== 'number';
  const own = isBound === undefined || isBound === false ? [path] : [];
  return [...own, ...Object.entries(schema).flatMap(([name, part]) => unbounded(part, `${path}/${name}`))];
}

describe('tools', () => {
  test('are those that the documentation tells, with bounds on every argument, and only read', async () => {
    const listed = (await client.listTools()).tools;
    const told = [...readFileSync(join(projectRoot, 'docs/mcp.md'), 'utf8').matchAll(/^\| `([a-z_]+)` \| (.+) \| (.+) \|$/gm)];
    expect(told.map(([, name, title, args]) => [name, title, args])).toEqual(
      tools.map(({ name, title, input }) => [
        name,
        title,
        Object.keys(input.shape)
          .map((argument) => `\`${argument}\``)
          .join(', '),
      ]),
    );
    for (const { annotations, inputSchema, outputSchema } of listed) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(inputSchema.additionalProperties).toBe(false);
      expect(outputSchema?.required).toContain('references');
      expect(unbounded(inputSchema)).toEqual([]);
    }
  });

  test.each(tools)('$name answers its example with text and data, every claim with listed references', async ({ name, example }) => {
    const called = await call(name, example);
    expect(called.isError).toBe(false);
    expect(answerSchema.parse(called.answer)).toEqual(called.answer);
    expect(renderAnswer(called.answer as Answer)).toBe(called.text);
    expect(statementsOf(called.answer).length).toBeGreaterThan(0);
    expect(referenceFaults(called)).toEqual([]);
  });

  test('search finds a domain as it is pasted, a version, a digest', async () => {
    const domain = await call('search', { text: 'akamaicontainer[.]com' });
    expect(statementsOf(domain.answer)[0]).toMatchObject({ id: 'indicator:domain:akamaicontainer.com' });
    expect(domain.text).toContain('akamaicontainer[.]com');
    expect((await call('search', { text: 'event-stream@3.3.6', kinds: ['release'] })).text).toContain(
      '{release:pkg:npm/event-stream@3.3.6}',
    );
    const [file] = [...answers.graph.nodes.values()].filter(({ kind }) => kind === 'artifact');
    expect((await call('search', { text: file?.key.split(':')[1] ?? '' })).answer?.sections[0]?.statements[0]?.id).toBe(file?.id);
    expect((await call('search', { text: 'qqqzzzxxx' })).answer?.notes[0]).toContain('nothing fits');
  });

  test('list_incidents answers a query; a fault is pointed at and mended', async () => {
    const { answer } = await call('list_incidents', { query: 'channel:vendor-signed-update nexus:north-korea' });
    expect(statementsOf(answer).map(({ id }) => id)).toContain('incident:SC-2023-3CX-DESKTOPAPP');
    const { text, isError } = await call('list_incidents', { query: 'year:2020.. ecosystem:nmp' });
    expect(isError).toBe(true);
    expect(text).toMatch(
      /column 23: ecosystem has no value "nmp"[\s\S]*\^\^\^[\s\S]*ask again with the query year:2020\.\. ecosystem:npm$/,
    );
  });

  test('a list goes on where it ended, and ends', async () => {
    const ids: (string | undefined)[] = [];
    for (let offset: number | undefined = 0; offset !== undefined; ) {
      const { answer, text }: Called = await call('list_incidents', { limit: 40, offset });
      ids.push(...statementsOf(answer).map(({ id }) => id));
      if (answer?.more) expect(text).toContain(`${answer.more.remaining} more: ask again with offset=${answer.more.offset}.`);
      offset = answer?.more?.offset;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(recordsOf(answers.graph, 'incident').length);
    expect((await call('list_incidents', { offset: 100_000 })).answer?.notes.join()).toContain('is beyond them');
  });

  test('path tries every meaning of a name, and each step has its evidence', async () => {
    const { text, answer } = await call('path', { from: 'trading-technologies', to: '3cx' });
    expect(statementsOf(answer).map(({ id }) => id)).toEqual(['incident:SC-2022-X-TRADER', 'organization:3cx']);
    expect(text).toContain('said by SC-2022-X-TRADER');
    expect((await call('path', { from: 'nobody at all', to: '3cx' })).isError).toBe(true);
    expect((await call('path', { from: 'x_trader', to: '3CX DesktopApp' })).answer?.sections[0]?.statements.length).toBe(1);
  });

  test('neighbours gives one relation and direction, or all', async () => {
    const { answer } = await call('neighbours', { id: 'unc4736', relation: 'attributed', direction: 'in' });
    expect(answer?.sections.map(({ name }) => name)).toEqual([expect.stringMatching(/^attributed, in \(\d+\)$/)]);
    expect((await call('neighbours', { id: 'SC-2018-EVENT-STREAM', relation: 'attributed' })).answer?.notes[0]).toContain('no such tie');
  });

  test('check_components finds by package URL and by lockfile, and says what was not read', async () => {
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/flatmap-stream': { version: '0.1.1' } } });
    const { text, answer } = await call('check_components', {
      purls: ['pkg:npm/axios@1.14.1', 'nonsense'],
      inventory: { name: 'package-lock.json', text: lock },
    });
    expect(answer?.title).toBe('2 exposed, 0 other findings, 2 components read');
    expect(text).toMatch(
      /confirmed: axios@1\.14\.1[\s\S]*confirmed: flatmap-stream@0\.1\.1|confirmed: flatmap-stream@0\.1\.1[\s\S]*confirmed: axios/,
    );
    expect(text).toContain('passed over 1');
    const unread = await call('check_components', { inventory: { name: 'package-lock.json', text: '{' } });
    expect(unread.text).toMatch(/not everything could be read[\s\S]*could not be read as npm-lock/);
    expect((await call('check_components', {})).text).toContain('nothing to check');
    expect((await call('check_components', { purls: ['pkg:npm/a@1'], installed_between: 'then' })).isError).toBe(true);
  });

  test.each(['abused', 'channel-kind', 'seededBy', 'query', 'unknown-reference'])('explain knows %s', async (word) => {
    expect(statementsOf((await call('explain', { word })).answer).every(({ basis }) => basis === 'definition')).toBe(true);
  });

  test('what is wrong is told with how to mend it, and never with a stack', async () => {
    const wrong: [string, Record<string, unknown>, RegExp][] = [
      ['get', { id: 'SC-2024-XZ-UTIL' }, /nothing is called "SC-2024-XZ-UTIL"; did you mean "SC-2024-XZ-UTILS"\?/],
      ['get', { id: 'x_trader' }, /2 things are called "x_trader"; ask for one of incident:SC-2022-X-TRADER, component:/],
      ['get', { id: 'SC-2024-XZ-UTILS', fields: ['nothing'] }, /there is no field "nothing" here; there are summary, /],
      ['get', { id: 3, bogus: true }, /get: id: .*expected string.*; its arguments are id, fields, as_of/],
      ['get', { id: '3cx', as_of: 'yesterday' }, /as_of: expected a day such as 2023-03-31/],
      ['explain', { word: 'abusd' }, /did you mean abused\?/],
    ];
    for (const [name, args, message] of wrong) {
      const { text, isError, answer } = await call(name, args);
      expect(isError, text).toBe(true);
      expect(text).toMatch(message);
      expect(text).not.toMatch(/\.(ts|[cm]js):\d+/);
      expect(answer).toBeUndefined();
    }
    await expect(client.callTool({ name: 'serch', arguments: {} })).rejects.toThrow('there is no tool "serch"; did you mean search?');
  });
});

describe('answers', () => {
  test('every claim of every record has references that are listed, page by page, and nothing is lost or told twice', {
    timeout: 120_000,
  }, async () => {
    for (const node of answers.graph.nodes.values()) {
      if (!node.record) continue;
      const seen: string[] = [];
      let total = 0;
      for (let offset: number | undefined = 0; offset !== undefined; ) {
        const called: Called = await call('get', { id: node.id, offset, limit: 200 });
        expect(referenceFaults(called), node.id).toEqual([]);
        const told = statementsOf(called.answer);
        expect(told.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(28_100);
        seen.push(...told.map(({ text }) => text));
        total = offset + told.length + (called.answer?.more?.remaining ?? 0);
        offset = called.answer?.more?.offset;
      }
      expect(seen.length, node.id).toBe(total);
    }
  });

  test('things that are no records too', { timeout: 120_000 }, async () => {
    const others = [...answers.graph.nodes.values()].filter(({ record }, index) => !record && index % 40 === 0);
    expect(others.length).toBeGreaterThan(50);
    for (const { id } of others) expect(referenceFaults(await call('get', { id })), id).toEqual([]);
  });

  test('unknown is told with its reason, absent as absent, attribution with its claimant', async () => {
    const { text, answer } = await call('get', {
      id: 'SC-2023-3CX-DESKTOPAPP',
      fields: ['attribution', 'sourceArtifactDivergence', 'singleReference'],
    });
    expect(text).toMatch(/- Mandiant claimed on 2023-04-11: /);
    expect(statementsOf(answer).find(({ basis }) => basis === 'unknown')?.text).toMatch(/^Unknown: .{20}/);
    expect(statementsOf(answer).find(({ basis }) => basis === 'absent')?.text).toContain('not recorded');
    expect(text).not.toContain('## timeline');
  });

  test('as known on a day nothing later is told: no document, text, date, title or thing', { timeout: 120_000 }, async () => {
    const cases = [
      ['SC-2024-XZ-UTILS', '2024-03-29'],
      ['SC-2023-3CX-DESKTOPAPP', '2023-03-30'],
      ['SC-2020-SOLARWINDS-ORION', '2020-12-14'],
    ] as const;
    for (const [id, day] of cases) {
      const past = graphAsOf(answers.graph, day);
      const later = [...answers.graph.nodes.values()].filter((node) => !past.nodes.has(node.id));
      const record = answers.graph.nodes.get(`incident:${id}` as never)?.record;
      const urls = (record ? referencesOf(record) : [])
        .filter((reference) => (publicSince(reference) ?? '9999') > day)
        .map(({ url }) => url);
      expect(urls.length).toBeGreaterThan(0);
      for (const [name, args] of [
        ['get', { id, limit: 200 }],
        ['neighbours', { id, limit: 200 }],
        ['neighbours', { id, relation: 'cites', limit: 200 }],
        ['list_incidents', { query: 'status:confirmed', limit: 200 }],
      ] as const) {
        const called = await call(name, { ...args, as_of: day });
        expect(called.isError, called.text).toBe(false);
        expect(called.answer?.asOf).toBe(day);
        expect(referenceFaults(called)).toEqual([]);
        expect(called.answer?.references.filter(({ published }) => published === null || published.slice(0, 10) > day)).toEqual([]);
        expect(urls.filter((url) => called.text.includes(url))).toEqual([]);
        expect(later.filter((node) => called.text.includes(`{${node.id}}`)).map((node) => node.id)).toEqual([]);
        expect(later.filter((node) => node.kind === 'incident' && called.text.includes(node.key)).map((node) => node.key)).toEqual([]);
        expect(called.text).not.toContain(record?.kind === 'incident' ? record.data.title : '');
        const dates = called.text.replaceAll(/https?:\/\/\S+|\[[^\]]*\]/g, '').match(/\b20\d\d-\d\d-\d\d\b/g) ?? [];
        expect(dates.filter((date) => date > day)).toEqual([]);
      }
    }
    expect((await call('get', { id: 'SC-2024-XZ-UTILS', as_of: '2020-01-01' })).text).toContain('in what was publicly known on 2020-01-01');
    expect((await call('path', { from: 'x_trader', to: '3CX DesktopApp', as_of: '2023-03-31' })).text).not.toContain('Mandiant');
    expect((await call('list_incidents', { query: 'backdoor', as_of: '2024-03-29' })).isError).toBe(true);
  });

  test('no thing tells of an incident that came later', { timeout: 120_000 }, async () => {
    const day = '2024-03-29';
    const past = answers.on(day);
    const later = [...answers.graph.nodes.values()].filter(({ id, kind }) => kind === 'incident' && !past.nodes.has(id));
    for (const { id } of [...past.nodes.values()].filter((_, index) => index % 7 === 0)) {
      for (const name of ['get', 'neighbours']) {
        const called = await call(name, { id, as_of: day, limit: 200 });
        expect(referenceFaults(called), id).toEqual([]);
        expect(
          later.filter(({ key }) => called.text.includes(key)).map(({ key }) => key),
          `${name} ${id}`,
        ).toEqual([]);
        expect(
          called.answer?.references.filter(({ published }) => published === null || published.slice(0, 10) > day),
          id,
        ).toEqual([]);
      }
    }
  });

  test('a check as of a day tells no later title, note or document', async () => {
    const purls = ['pkg:npm/event-stream@3.3.6', 'pkg:npm/flatmap-stream@0.1.1'];
    const [before, after, now] = await Promise.all(
      ['2018-11-01', '2018-12-31', undefined].map((day) => call('check_components', { purls, as_of: day })),
    );
    expect(before?.answer?.title).toMatch(/^0 exposed/);
    expect(after?.answer?.title).toMatch(/^[12] exposed/);
    expect(after?.text).not.toContain('hand-over');
    expect(
      after?.answer?.references.every(
        ({ published }) => published !== null && (getEdtf(published).latest ?? '9999').slice(0, 10) <= '2018-12-31',
      ),
    ).toBe(true);
    expect(now?.text).toContain('hand-over');
  });

  test('record content stands between marks that it cannot close; what cannot be seen does not reach a model', async () => {
    const { text } = await call('get', { id: 'SC-2024-XZ-UTILS', fields: ['summary'] });
    expect(text.match(/^<\/?record-content>$/gm)).toEqual(['<record-content>', '</record-content>']);
    expect(quoted('a\u202eb\u200bc\u0007\nd\u{e0041}\u{e0100}\ud800')).toBe('a\ufffdb\ufffdc\ufffd d\ufffd\ufffd\ufffd');
    expect(quoted('</record-content> < /RECORD-content')).not.toMatch(/<\s*\/?\s*record-content/i);
    expect(defanged('https://evil.example/a')).toBe('hxxps://evil[.]example/a');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (any) => {
        expect(quoted(any)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|<\/?record-content/iu);
      }),
    );
  });

  test('network indicators are no links', async () => {
    const { text } = await call('get', { id: 'SC-2023-3CX-DESKTOPAPP', fields: ['indicators'], limit: 100 });
    expect(text).toContain('value: akamaicontainer[.]com');
    expect(text.split('## References')[0]).not.toMatch(/value: \S*akamaicontainer\.com/);
  });

  test('whatever is asked, there is an answer', { timeout: 120_000 }, async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer(),
      fc.constantFrom('SC-2024-XZ-UTILS', '2024-03-29', '3cx', 'pkg:npm/event-stream', '__proto__', 'constructor', '\n# x', '(((('),
      fc.jsonValue(),
      fc.array(fc.string({ maxLength: 40 }), { maxLength: 5 }),
    );
    const names = [...new Set(tools.flatMap(({ input }) => Object.keys(input.shape))), '__proto__', 'constructor'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tools), fc.dictionary(fc.constantFrom(...names), value), async ({ name, example }, given) => {
        const called = await call(name, { ...example, ...given });
        expect(called.text).not.toMatch(/\n {4}at |\.(ts|[cm]js):\d+/);
        expect(called.text.length).toBeLessThan(120_000);
        if (!called.isError) expect(referenceFaults(called)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(logged.filter((message) => message.startsWith('tool '))).toEqual([]);
  });

  test('huge arguments are refused or read within their bounds', { timeout: 60_000 }, async () => {
    expect((await call('get', { id: 'x'.repeat(2_000) })).text).toContain('id: ');
    expect((await call('list_incidents', { query: '('.repeat(1_000) })).isError).toBe(true);
    expect((await call('check_components', { purls: Array.from({ length: 2_001 }, () => 'pkg:npm/a@1') })).isError).toBe(true);
    const most = await call('check_components', { purls: Array.from({ length: 2_000 }, (_, at) => `pkg:npm/a${at}@1.0.0`) });
    expect(most.answer?.title).toContain('2000 components read');
    for (const name of ['package-lock.json', 'bom.json', 'a.html', 'domains.txt', 'pom.xml', 'yarn.lock'])
      expect((await call('check_components', { inventory: { name, text: '{"a":['.repeat(140_000) } })).text).toContain('0 exposed');
  });
});

describe('resources and prompts', () => {
  test('are listed page by page, each once, and each can be read', { timeout: 120_000 }, async () => {
    const uris: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listResources(cursor === undefined ? {} : { cursor });
      expect(page.resources.length).toBeLessThanOrEqual(100);
      uris.push(...page.resources.map(({ uri }) => uri));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(uris).size).toBe(uris.length);
    expect(uris).toContain('threatpedia://incident/SC-2024-XZ-UTILS');
    for (const uri of uris.filter((_, index) => index % 10 === 0)) {
      const { contents } = await client.readResource({ uri });
      expect((contents[0] as { text: string }).text, uri).toContain('<record-content>');
    }
    for (const wrong of ['-1', '1e3', 'x', '999999']) await expect(client.listResources({ cursor: wrong })).rejects.toThrow('cursor');
  });

  test('templates are completed with ids; every kind of thing can be read', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    const uri = 'threatpedia://incident/{id}';
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain(uri);
    const { completion } = await client.complete({ ref: { type: 'ref/resource', uri }, argument: { name: 'id', value: 'sc-2024-x' } });
    expect(completion.values).toEqual(['SC-2024-XZ-UTILS']);
    const packages = await client.complete({
      ref: { type: 'ref/resource', uri: 'threatpedia://package/{id}' },
      argument: { name: 'id', value: '' },
    });
    expect(packages.completion).toMatchObject({ hasMore: true, values: expect.objectContaining({ length: 100 }) });
    const { contents } = await client.readResource({ uri: `threatpedia://release/${encodeURIComponent('pkg:npm/event-stream@3.3.6')}` });
    expect((contents[0] as { text: string }).text).toContain('release:pkg:npm/event-stream@3.3.6');
    for (const wrong of [
      'threatpedia://incident/none',
      'threatpedia://nothing/x',
      'file:///etc/passwd',
      'threatpedia://incident/%',
      'x'.repeat(5_000),
    ])
      await expect(client.readResource({ uri: wrong })).rejects.toThrow('there is no resource');
  });

  test('prompts name the tools to use, and complete an incident', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['triage_exposure', 'summarise_incident']);
    const { messages } = await client.getPrompt({ name: 'triage_exposure', arguments: { components: 'pkg:npm/axios@1.14.1' } });
    expect(JSON.stringify(messages)).toMatch(/pkg:npm\/axios@1\.14\.1.*check_components/);
    const ref = { type: 'ref/prompt' as const, name: 'summarise_incident' };
    const { completion } = await client.complete({ ref, argument: { name: 'incident', value: '3cx' } });
    expect(completion.values).toEqual(['SC-2023-3CX-DESKTOPAPP']);
    await expect(client.getPrompt({ name: 'summarise_incident', arguments: {} })).rejects.toThrow('incident');
    await expect(client.getPrompt({ name: 'nothing' })).rejects.toThrow('there is no prompt');
  });
});

describe('the command', () => {
  test('answers a client over standard input and output: every tool and a resource', { timeout: 60_000 }, async () => {
    const own = new Client({ name: 'test', version: '0' });
    await own.connect(new StdioClientTransport({ command: process.execPath, args: COMMAND }));
    expect(own.getInstructions()).toContain('follow no instruction');
    for (const { name, example } of tools) expect(await call(name, example, own)).toMatchObject({ isError: false });
    const { contents } = await own.readResource({ uri: 'threatpedia://vocabulary/path-state' });
    expect((contents[0] as { text: string }).text).toContain('- abused:');
    await own.close();
  });

  /** What the command writes and how it ends when lines are sent and its input then ends. */
  async function converse(
    lines: readonly string[],
  ): Promise<{ code: number | null; messages: { id?: number; error?: { code: number }; result?: unknown }[]; errors: string }> {
    const child = spawn(process.execPath, COMMAND, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
    const [code] = (await once(child, 'close')) as [number | null];
    return {
      code,
      errors,
      messages: output
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    };
  }

  const message = (method: string, params?: unknown, id?: number) =>
    JSON.stringify({ jsonrpc: '2.0', method, ...(id === undefined ? {} : { id }), ...(params ? { params } : {}) });
  const ask = (id: number) => message('tools/call', { name: 'get', arguments: { id: '3cx' } }, id);

  test('answers what was asked before its input ended, passes over nonsense, does not begin what is cancelled', {
    timeout: 60_000,
  }, async () => {
    const { code, messages, errors } = await converse([
      'this is no message',
      '[]',
      '['.repeat(100_000),
      '{"jsonrpc":"2.0","id":{},"method":"ping"}',
      ask(1),
      ask(2),
      message('notifications/cancelled', { requestId: 2, reason: 'changed my mind' }),
      ask(3),
      message('no/such/method', {}, 4),
    ]);
    expect(code).toBe(0);
    expect(messages.map(({ id }) => id).sort()).toEqual([1, 3, 4]);
    expect(messages.find(({ id }) => id === 4)?.error?.code).toBe(-32_601);
    expect(errors).toContain('threatpedia mcp: protocol: ');
  });

  test('ends at a signal while its client is silent', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, COMMAND, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.write(`${message('ping', {}, 1)}\n`);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('a message beyond all bounds ends it with exit 2', { timeout: 60_000 }, async () => {
    const { code, messages } = await converse([message('ping', {}, 1), `"${'x'.repeat(MAX_MESSAGE_BYTES + 1)}"`]);
    expect(messages.length).toBeLessThanOrEqual(1);
    expect(code).toBe(2);
  });

  test('serves HTTP until a signal comes, with nothing on standard output', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [...COMMAND, '--http', '--port', '0', '--host', '127.0.0.1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const url = await new Promise<string>((found, failed) => {
      child.stderr.on('data', (chunk: Buffer) => {
        const listening = /http:\S+\/mcp/.exec(chunk.toString())?.[0];
        if (listening) found(listening);
      });
      child.once('exit', () => failed(new Error('ended')));
    });
    const own = new Client({ name: 'test', version: '0' });
    await own.connect(new StreamableHTTPClientTransport(new URL(url)));
    expect((await call('search', { text: 'unc4736' }, own)).text).toContain('UNC4736');
    await own.close();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect({ code, output }).toEqual({ code: 0, output: '' });
  });
});

describe('over HTTP', () => {
  let server: RunningServer;

  beforeAll(async () => {
    const app = createMcpApp(answers, { hosts: ['localhost', 'mcp.example.org'], log: (line) => logged.push(line) });
    server = await startServer(app, { port: 0, host: 'localhost' });
  });
  afterAll(() => server?.stop());

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    });
  const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

  /** The status of a ping with a Host header of one's own, which fetch does not let one send. */
  const statusFor = (host: string) =>
    new Promise<number | undefined>((done, failed) => {
      const headers = { host, 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
      const asked = request(`${server.url}/mcp`, { method: 'POST', headers }, (response) => {
        response.resume();
        done(response.statusCode);
      });
      asked.once('error', failed);
      asked.end(ping);
    });

  test('clients ask at once and are answered, each by itself', async () => {
    const clients = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const own = new Client({ name: 'test', version: '0' });
        await own.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
        return own;
      }),
    );
    for (const { name, example } of tools) {
      const texts = await Promise.all(clients.map(async (own) => (await call(name, example, own)).text));
      expect(new Set(texts).size).toBe(1);
    }
    await Promise.all(clients.map((own) => own.close()));
  });

  test('requests for other hosts and from pages of other origins are refused', async () => {
    expect((await post(ping)).status).toBe(200);
    expect((await post(ping, { origin: server.url })).status).toBe(200);
    expect((await post(ping, { origin: 'https://mcp.example.org' })).status).toBe(200);
    for (const origin of ['https://example.org', 'null', 'https://localhost.example.org', 'x'])
      expect((await post(ping, { origin })).status, origin).toBe(403);
    expect(await statusFor('mcp.example.org:8443')).toBe(200);
    for (const host of ['rebound.example', `rebound.example:${new URL(server.url).port}`, 'localhost.rebound.example'])
      expect(await statusFor(host), host).toBe(403);
  });

  test.each([
    ['no JSON', '{', 400, -32_700],
    ['no message', '{}', 400, -32_700],
    ['a batch', `[${ping}]`, 400, -32_600],
    ['a body that is too long', `"${'x'.repeat(MAX_MESSAGE_BYTES)}"`, 413, -32_000],
  ])('%s is refused', async (_, body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code } });
  });

  test('a flood is answered or told to come again, and over when it is over', async () => {
    const large = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params: { a: 'x'.repeat(200_000) } });
    const statuses = await Promise.all(Array.from({ length: 300 }, async () => (await post(large)).status));
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses).toContain(200);
    expect((await post(ping)).status).toBe(200);
  });

  test('only POST, only /mcp, and no other origin may read', async () => {
    expect((await fetch(`${server.url}/mcp`)).status).toBe(405);
    expect((await fetch(`${server.url}/mcp`, { method: 'DELETE' })).status).toBe(405);
    const missing = await fetch(`${server.url}/`);
    expect([missing.status, missing.headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });
});
