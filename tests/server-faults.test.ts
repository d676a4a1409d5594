import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventoryFormats } from '../src/check/inventory/formats.ts';
import { sharedSite } from './support/built-site.ts';
import { projectRoot } from './support/shared.ts';

/** The real command, so that what it is sent cannot burden the process that asks. */
class Command {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  url = '';
  /** Lines on standard error: one a request, and whatever should not be there. */
  said = '';

  private constructor(folder: string, args: readonly string[]) {
    // The origin with which the shared site was built: nothing is built again.
    const serve = ['serve', '--port', '0', '--origin', 'http://localhost:4700', '--out', folder, '--log', 'json', ...args];
    this.#child = spawn(process.execPath, [join(projectRoot, 'bin/threatpedia.cjs'), ...serve], { cwd: projectRoot });
    this.#ended = once(this.#child, 'close');
    this.#child.stderr?.on('data', (data) => {
      this.said += data;
    });
  }

  static async start(folder: string, ...args: string[]): Promise<Command> {
    const command = new Command(folder, args);
    let printed = '';
    for await (const chunk of command.#child.stdout ?? []) {
      printed += chunk;
      if (printed.includes('Ctrl+C')) break;
    }
    command.url = /site\s+(\S+)\/\n/.exec(printed)?.[1] ?? '';
    if (!command.url) throw new Error(`${printed}\n${command.said}`);
    return command;
  }

  /** Requests that it says it answered. */
  get answered(): { readonly status: number; readonly path: string }[] {
    return this.said.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  }

  /** Everything on standard error that is no line of a request. */
  get complaints(): string {
    return this.said.replace(/^\{.*\}\n/gm, '');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks it to stop; its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    const [code] = await this.#ended;
    return code as number | null;
  }
}

let folder: string;
let command: Command;

beforeAll(async () => {
  folder = await sharedSite();
  command = await Command.start(folder);
}, 120_000);

afterAll(async () => {
  await command?.stop();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

interface Sent {
  readonly method?: string;
  readonly body?: string | Uint8Array;
  /** Without a length, so that the server cannot know how much will come. */
  readonly chunked?: boolean;
  readonly agent?: Agent;
}

/** One request with `node:http`, whose answer counts where it came before the server stopped reading. Rejects where the connection ended without a whole answer. */
const ignore = () => undefined;

function ask(path: string, { method = 'GET', body = '', chunked = false, agent }: Sent = {}, to = command): Promise<Answer> {
  return new Promise((done, failed) => {
    const sent = request(
      `${to.url}${path}`,
      { method, headers: chunked ? { 'transfer-encoding': 'chunked' } : {}, ...(agent ? { agent } : {}) },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          response.complete ? done({ status: response.statusCode ?? 0, text, headers: response.headers }) : failed(new Error('cut')),
        );
        response.on('error', failed);
      },
    );
    sent.on('error', failed);
    // A server that refuses a body may be gone while the rest of it is still being written, after its answer was read.
    sent.on('socket', (socket) => socket.off('error', ignore).on('error', ignore));
    sent.end(body);
  });
}

const check = (name: string, body: string | Uint8Array) => ask(`/api/v1/check?name=${name}`, { method: 'POST', body });

async function expectWell(): Promise<void> {
  expect((await ask('/healthz')).text).toBe('ok\n');
  expect(command.complaints).toBe('');
}

/** Sends a beginning, then a byte every 200 ms; gives what came back until the server closed, or undefined where it did not within the time. */
function drip(beginning: string, timeoutMs: number): Promise<string | undefined> {
  const { port } = new URL(command.url);
  return new Promise((done) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(beginning));
    const more = setInterval(() => socket.writable && socket.write('a'), 200);
    const end = (result: string | undefined) => {
      clearInterval(more);
      clearTimeout(clock);
      socket.destroy();
      done(result);
    };
    const clock = setTimeout(() => end(undefined), timeoutMs);
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => end(answer));
  });
}

describe('slow senders', () => {
  test('a hundred of them are cut off with 408, and a check is answered meanwhile', { timeout: 40_000 }, async () => {
    const headers = Array.from({ length: 20 }, () => drip('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 30_000));
    const bodies = Array.from({ length: 60 }, () =>
      drip('POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n', 30_000),
    );
    await new Promise((later) => setTimeout(later, 1_000));
    expect((await check('purls.txt', 'pkg:npm/event-stream@3.3.6\n')).status).toBe(200);
    expect((await ask('/')).status).toBe(200);
    const answers = await Promise.all([...headers, ...bodies]);
    expect(answers.map((answer) => answer?.slice(0, 12))).toEqual(answers.map(() => 'HTTP/1.1 408'));
    await expectWell();
  });
});

describe('bodies', () => {
  const large = new Uint8Array(10 * 1024 * 1024).fill(0x20);

  test('10 MB is refused with a problem that says what to do', async () => {
    for (let round = 0; round < 5; round++) {
      const { status, text } = await check('package-lock.json', large);
      expect([status, JSON.parse(text)]).toMatchObject([413, { type: 'urn:threatpedia:problem:too-large', detail: /threatpedia check/ }]);
    }
    await expectWell();
  });

  test.each([['/'], ['/api/v1/corpus.json'], ['/taxii2/'], ['/api/v1/query?q=actor:any']])(
    '10 MB to %s, which takes none, is refused',
    async (path) => {
      expect((await ask(path, { method: 'POST', body: large })).status).toBe(405);
      await expectWell();
    },
  );

  test('fifty at once, half of them of a length that is not told, are refused', { timeout: 60_000 }, async () => {
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const { status } = await ask('/api/v1/check', { method: 'POST', body: large, chunked: index % 2 === 0 });
        return status;
      }),
    );
    expect(statuses.filter((status) => ![413, 503].includes(status))).toEqual([]);
    await expectWell();
  });
});

describe('inventories', () => {
  test('whatever is sent as any format is a report or a problem', { timeout: 60_000 }, async () => {
    const bodies = fc.oneof(
      fc.json({ maxDepth: 6 }),
      fc.string({ maxLength: 500 }),
      fc.uint8Array({ maxLength: 500 }),
      fc.constantFrom('{', '[', '{"packages":', '<bom>', '[[package]]', '---\n&a [*a]', '"'.repeat(5_000), '['.repeat(50_000)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...inventoryFormats.map(({ id }) => id)), bodies, async (format, body) => {
        const { status, text } = await ask(`/api/v1/check?format=${format}`, { method: 'POST', body });
        expect([200, 422], `${format} ${text.slice(0, 200)}`).toContain(status);
        const told = JSON.parse(text) as { schema?: string; type?: string };
        expect(told.schema ?? told.type).toMatch(/^check-report\/1$|^urn:threatpedia:problem:/);
      }),
      { numRuns: 150 },
    );
    await expectWell();
  });

  test('one that is made to take for ever is refused, and the server answers meanwhile', { timeout: 60_000 }, async () => {
    const hits = Array.from({ length: 70_000 }, (_, index) => `"node_modules/p${index}/node_modules/event-stream":{"version":"3.3.6"}`);
    const costly = check('package-lock.json', `{"lockfileVersion":3,"packages":{${hits.join(',')}}}`);
    let settled = false;
    costly.finally(() => {
      settled = true;
    });
    await new Promise((later) => setTimeout(later, 500));
    for (let round = 0; round < 10; round++) expect((await ask('/healthz')).status).toBe(200);
    expect((await check('purls.txt', 'pkg:npm/event-stream@3.3.6\n')).status).toBe(200);
    expect(settled).toBe(false);
    const { status, text } = await costly;
    expect([status, JSON.parse(text).type]).toEqual([422, 'urn:threatpedia:problem:too-costly']);
    expect((await check('purls.txt', 'pkg:npm/event-stream@3.3.6\n')).status).toBe(200);
    await expectWell();
  });

  test('nothing of them is logged', async () => {
    await ask('/api/v1/check?name=secret-name.lock', { method: 'POST', body: 'secret-body' });
    await ask('/api/v1/query?q=secret-query');
    await expectWell();
    expect(command.said).not.toContain('secret');
  });
});

describe('many at once', () => {
  test('a thousand connections are all answered', { timeout: 60_000 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
    const paths = [
      '/',
      '/api/v1/index.json',
      '/api/v1/query?q=actor:any&limit=5',
      '/healthz',
      '/nothing',
      '/taxii2/',
      '/api/v1/search?q=npm',
    ];
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => ask(paths[index % paths.length] ?? '/', { agent })));
    expect(answers.map(({ status }) => status).filter((status) => ![200, 404].includes(status))).toEqual([]);
    agent.destroy();
    await expectWell();
  });

  test('twenty exports at once: each is whole or told to wait, and other questions are answered meanwhile', {
    timeout: 60_000,
  }, async () => {
    const exports = Array.from({ length: 20 }, () => ask('/api/v1/export/cyclonedx'));
    let done = 0;
    for (const each of exports) each.then(({ status }) => (done += Number(status === 200)));
    await ask('/healthz');
    const early = done;
    const answers = await Promise.all(exports);
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    expect(early).toBeLessThan(done);
    for (const { status, text } of answers.slice(0, 3)) if (status === 200) expect(JSON.parse(text).bomFormat).toBe('CycloneDX');
    await expectWell();
  });

  test('clients that go away in the middle of an export leave the server well', async () => {
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const response = await fetch(`${command.url}/api/v1/export/graphml`);
        await response.body?.cancel();
      }),
    );
    await expectWell();
  });

  test('SIGTERM under load: what it says it answered arrives whole, nothing hangs, it ends with 0', { timeout: 60_000 }, async () => {
    const own = await Command.start(folder);
    const paths = ['/api/v1/corpus.json', '/api/v1/query?q=actor:any', '/api/v1/export/csv', '/'];
    let [whole, refused] = [0, 0];
    let stopping = false;
    const client = async (index: number) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      // Asks until nobody listens any more. What was refused before its answer began was never taken.
      for (let round = 0; !stopping || round === 0; round++) {
        try {
          const path = paths[(index + round) % paths.length] ?? '/';
          const { status } = await ask(path, { agent }, own);
          expect([200, 503]).toContain(status);
          whole++;
        } catch (error) {
          if (!/ECONNRE|hang up/.test(String(error))) throw error;
          refused++;
          break;
        }
      }
      agent.destroy();
    };
    const clients = Array.from({ length: 60 }, (_, index) => client(index));
    const check = ask('/api/v1/check?format=purl-list', { method: 'POST', body: 'pkg:npm/event-stream@3.3.6\n'.repeat(200) }, own);
    await new Promise((later) => setTimeout(later, 1_500));
    expect((await check).status).toBe(200);
    const ended = own.stop();
    setTimeout(() => {
      stopping = true;
    }, 200);
    await Promise.all(clients);
    expect(await ended).toBe(0);
    expect(own.complaints).toBe('');
    expect(own.answered.length).toBe(whole + 1);
    expect(whole).toBeGreaterThan(60);
    expect(refused).toBeLessThanOrEqual(60);
  });
});
