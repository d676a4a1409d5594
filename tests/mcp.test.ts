import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CorpusAnswers } from '../src/answers/corpus-answers.ts';
import { startServer } from '../src/api/server.ts';
import { MAX_ANSWER, nodeText, pageOf } from '../src/mcp/answer-texts.ts';
import { cleanText } from '../src/mcp/clean-text.ts';
import { createMcpApp } from '../src/mcp/http.ts';
import { createMcpServer } from '../src/mcp/server.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { projectRoot } from './support/shared.ts';

const COMMAND = [join(projectRoot, 'bin/threatpedia.mjs'), '--corpus', join(projectRoot, 'corpus'), 'mcp'];

let answers: CorpusAnswers;
let client: Client;

beforeAll(async () => {
  answers = new CorpusAnswers(await loadCorpusGraph());
  const [here, there] = InMemoryTransport.createLinkedPair();
  await createMcpServer(answers).connect(there);
  client = new Client({ name: 'test', version: '0' });
  await client.connect(here);
});

afterAll(() => client?.close());

async function call(
  name: string,
  args: Record<string, unknown>,
  by = client,
): Promise<{ text: string; isError: boolean; structured: unknown }> {
  const { content, isError, structuredContent } = await by.callTool({ name, arguments: args });
  return { text: (content as { text: string }[])[0]?.text ?? '', isError: isError === true, structured: structuredContent };
}

/** Numbers that a text cites, and those that its list tells. */
function citations(answer: string): { cited: Set<number>; listed: Set<number> } {
  const [body = '', sources = ''] = answer.split('\n## Sources\n');
  const numbers = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, number]) => Number(number)));
  return { cited: numbers(body, /\[\^(\d+)\]/g), listed: numbers(sources, /^\[\^(\d+)\]: .* https?:\/\/\S+$/gm) };
}

describe('tools', () => {
  test('are those that the documentation tells, and only read', async () => {
    const { tools } = await client.listTools();
    const told = [...readFileSync(join(projectRoot, 'docs/mcp.md'), 'utf8').matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, name]) => name);
    expect(tools.map(({ name }) => name)).toEqual(told);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true && annotations.openWorldHint === false)).toBe(true);
  });

  test('search finds a domain as it is pasted, and gives it as data too', async () => {
    const { text, structured } = await call('search', { text: 'akamaicontainer[.]com' });
    expect(text).toContain('akamaicontainer.com (indicator)');
    expect(structured).toMatchObject({ total: 1, found: [{ label: 'akamaicontainer.com' }] });
  });

  test('list_incidents answers a query, and points at what it cannot read', async () => {
    const { text, structured } = await call('list_incidents', { query: 'channel:vendor-signed-update nexus:north-korea' });
    expect(text).toContain('`incident:SC-2023-3CX-DESKTOPAPP`');
    expect(structured).toMatchObject({ incidents: expect.arrayContaining([expect.objectContaining({ id: 'SC-2023-3CX-DESKTOPAPP' })]) });
    const fault = await call('list_incidents', { query: 'ecosystem:npm vectr:x' });
    expect(fault).toMatchObject({ isError: true });
    expect(fault.text).toMatch(/column 15: there is no field "vectr"[\s\S]*did you mean vector:/);
  });

  test('a list goes on where it ended', async () => {
    const ids = new Set<string>();
    for (let offset = 0, total = 1; offset < total; offset += 40) {
      const { structured } = await call('list_incidents', { limit: 40, offset });
      const page = structured as { total: number; incidents: { id: string }[] };
      total = page.total;
      for (const { id } of page.incidents) ids.add(id);
    }
    expect(ids.size).toBe(answers.incidents('').total);
  });

  test('path names every step with its evidence', async () => {
    const { text } = await call('path', { from: 'trading-technologies', to: '3cx' });
    expect(text).toMatch(/^# 2 steps[\s\S]*→ .*`incident:SC-2022-X-TRADER`.*\[\^1\][\s\S]*→ .*`organization:3cx`/);
    expect((await call('path', { from: 'nobody at all', to: '3cx' })).text).toContain('Nothing is called the first name');
  });

  test('neighbours gives one relation, or all', async () => {
    const { text } = await call('neighbours', { id: 'SC-2018-EVENT-STREAM', relation: 'attributed' });
    expect(text).toContain('None is recorded.');
    expect((await call('neighbours', { id: 'unc4736' })).text).toMatch(
      /## Attributed to it \(attributed, \d+\)[\s\S]*said by SC-2022-X-TRADER/,
    );
  });

  test('check_components finds by package URL and by lockfile, and says what was not compared', async () => {
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/flatmap-stream': { version: '0.1.1' } } });
    const { text } = await call('check_components', {
      purls: ['pkg:npm/axios@1.14.1'],
      inventory: { name: 'package-lock.json', text: lock },
    });
    expect(text).toMatch(
      /^# Exposed: 2 matches[\s\S]*SC-2018-EVENT-STREAM[\s\S]*SC-2026-AXIOS[\s\S]*No index of malicious packages was at hand/,
    );
    expect(await call('check_components', {})).toMatchObject({ isError: true });
    const unreadable = await call('check_components', { inventory: { name: 'package-lock.json', text: '{' } });
    expect(unreadable.text).toContain('expected complete JSON');
  });

  test.each(['abused', 'channel-kind', 'seededBy', 'query', 'unknown-reference'])('explain knows %s', async (word) => {
    expect(await call('explain', { word })).toMatchObject({ isError: false });
  });

  test('get tells what was perhaps meant', async () => {
    expect(await call('get', { id: 'SC-2024-XZ-UTIL' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('perhaps: XZ Utils'),
    });
  });
});

describe('answers', () => {
  test('every number of every incident is listed with its address, page by page, and no page is too long', () => {
    for (const node of answers.graph.nodes.values()) {
      if (node.kind !== 'incident') continue;
      const { lines, evidence } = nodeText(answers.graph, node);
      const whole = lines.join('\n');
      let read = '';
      for (let offset = 0; offset < whole.length; ) {
        const page = pageOf(lines, offset, evidence);
        const { cited, listed } = citations(page);
        expect(
          [...cited].filter((number) => !listed.has(number)),
          node.key,
        ).toEqual([]);
        const [body = ''] = page.split('\n## Sources\n');
        expect(body.length).toBeLessThanOrEqual(MAX_ANSWER + 200);
        const next = /ask again with offset=(\d+)/.exec(page)?.[1];
        read += whole.slice(offset, next === undefined ? undefined : Number(next));
        if (next === undefined) break;
        offset = Number(next);
      }
      expect(read).toBe(whole);
    }
  });

  test('unknown is told with its reason, attribution with its claimant', async () => {
    const { text } = await call('get', { id: 'SC-2023-3CX-DESKTOPAPP', fields: ['attribution', 'sourceArtifactDivergence'] });
    expect(text).toMatch(/claimant: mandiant; claimed: 2023-04-11/);
    expect(text).toMatch(/value: unknown; why: /);
    expect(text).not.toContain('## timeline');
  });

  test('as known on a day nothing later is told: no text, no title, no document', async () => {
    const day = '2024-03-29';
    const { text } = await call('get', { id: 'SC-2024-XZ-UTILS', as_of: day });
    expect(text).toContain('# SC-2024-XZ-UTILS (incident');
    const later = [...answers.graph.nodes.values()].filter(({ knownSince }) => knownSince === undefined || knownSince > day);
    expect(later.filter(({ id }) => text.includes(`\`${id}\``)).map(({ id }) => id)).toEqual([]);
    expect(text).not.toContain('## timeline');
    const release = await call('get', { id: 'tukaani-project/xz-utils@5.6.1', as_of: day });
    expect(release.text).not.toContain('## In ');
    expect(await call('list_incidents', { query: 'backdoor', as_of: day })).toMatchObject({ isError: true });
    expect(await call('get', { id: 'SC-2024-XZ-UTILS', as_of: 'yesterday' })).toMatchObject({ isError: true });
  });

  test('hidden and turning characters do not reach a model', () => {
    expect(cleanText('a\u202Eb\u200Bc\u0007\nd\u{E0041} [[actor:x|X]][^1]')).toBe('abc d X[ ^1]');
  });

  test('whatever is asked, there is an answer', { timeout: 60_000 }, async () => {
    const { tools } = await client.listTools();
    const value = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.integer(),
      fc.constant('SC-2024-XZ-UTILS'),
      fc.constant('2024-03-29'),
      fc.jsonValue(),
    );
    const args = fc.dictionary(
      fc.constantFrom('text', 'query', 'id', 'from', 'to', 'word', 'as_of', 'offset', 'limit', 'purls', 'relation', '__proto__'),
      value,
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tools.map(({ name }) => name)), args, async (name, given) => {
        const { text } = await call(name, given);
        expect(text).not.toMatch(/ at .*\.(ts|mjs):\d+/);
        expect(text.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('resources and prompts', () => {
  test('a record is a resource, its key is completed, a wrong one is an error', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('threatpedia://incident/SC-2024-XZ-UTILS');
    const { contents } = await client.readResource({ uri: 'threatpedia://release/pkg:npm/event-stream@3.3.6' });
    expect((contents[0] as { text: string }).text).toContain('`release:pkg:npm/event-stream@3.3.6`');
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'threatpedia://{kind}/{+key}' },
      argument: { name: 'key', value: 'sc-2024-x' },
      context: { arguments: { kind: 'incident' } },
    });
    expect(completion.values).toEqual(['SC-2024-XZ-UTILS']);
    await expect(client.readResource({ uri: 'threatpedia://incident/none' })).rejects.toThrow('there is no');
    expect(((await client.readResource({ uri: 'threatpedia://vocabulary/path-state' })).contents[0] as { text: string }).text).toContain(
      '- abused:',
    );
  });

  test('prompts name the tools to use', async () => {
    const { messages } = await client.getPrompt({ name: 'triage-exposure', arguments: { purls: 'pkg:npm/axios@1.14.1' } });
    expect(JSON.stringify(messages)).toContain('check_components');
  });
});

describe('the command', () => {
  test('answers over standard input and output', { timeout: 60_000 }, async () => {
    const own = new Client({ name: 'test', version: '0' });
    await own.connect(new StdioClientTransport({ command: process.execPath, args: COMMAND }));
    expect((await call('get', { id: 'SC-2024-XZ-UTILS', fields: ['summary'] }, own)).text).toContain('## summary');
    await own.close();
  });

  test('writes nothing but the protocol, answers nonsense, and ends with its client', { timeout: 60_000 }, async () => {
    const child: ChildProcess = spawn(process.execPath, COMMAND, { stdio: ['pipe', 'pipe', 'ignore'] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stdin?.write('this is no message\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    while (!output.includes('"id":1')) await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdin?.end();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    for (const line of output.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });
});

describe('over HTTP', () => {
  let server: Awaited<ReturnType<typeof startServer>>;

  beforeAll(async () => {
    server = await startServer(createMcpApp(answers, { localOnly: true }), { port: 0, host: 'localhost' });
  });
  afterAll(() => server?.stop());

  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    });
  const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

  test('a client asks and is answered', async () => {
    const own = new Client({ name: 'test', version: '0' });
    await own.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
    expect((await call('search', { text: 'unc4736' }, own)).text).toContain('UNC4736');
    await own.close();
  });

  test('requests of other sites are refused, whatever name leads here', async () => {
    expect((await post(ping)).status).toBe(200);
    expect((await post(ping, { origin: 'https://example.org' })).status).toBe(403);
    expect((await post(ping, { origin: 'null' })).status).toBe(403);
    expect((await post(ping, { origin: server.url })).status).toBe(200);
    const app = createMcpApp(answers, { localOnly: true });
    expect((await app.request('http://rebound.example:4701/mcp', { method: 'POST', body: ping })).status).toBe(403);
  });

  test.each([
    ['no JSON', '{', 400],
    ['no message', '{}', 400],
    ['a body that is too long', `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"${'x'.repeat(5_000_000)}"}}`, 413],
  ])('%s is refused', async (_, body, status) => {
    expect((await post(body)).status).toBe(status);
  });

  test('only POST, and only /mcp', async () => {
    expect((await fetch(`${server.url}/mcp`)).status).toBe(405);
    expect((await fetch(`${server.url}/`)).status).toBe(404);
  });
});
