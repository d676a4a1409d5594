import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { CorpusAnswers } from '../answers/corpus-answers.ts';
import { createMcpServer } from './server.ts';

/** Largest message of a client, in bytes: an inventory of the largest size, escaped. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Longest time for one answer, in milliseconds. */
const MAX_ANSWER_MS = 30_000;

/** Requests that are answered at once; more are told to come again. */
const MAX_AT_ONCE = 64;

/** How the protocol is served over HTTP. */
export interface McpHttpOptions {
  /** Names under which clients may call it, without port: against pages that rebind a name of their own to this address. */
  readonly hosts: readonly string[];
  readonly log: (message: string) => void;
}

/**
 * Streamable HTTP at `/mcp`, without sessions: each POST is answered by itself, as JSON. Requests for another host, or from a page of another
 * origin, are refused. Batches, streams and sessions do not exist here.
 */
export function createMcpApp(answers: CorpusAnswers, { hosts, log }: McpHttpOptions): Hono {
  const app = new Hono();
  let running = 0;
  app.use(async (context, next) => {
    context.header('cache-control', 'no-store');
    context.header('x-content-type-options', 'nosniff');
    const origin = context.req.header('origin');
    if (!hosts.includes(hostName(`http://${context.req.header('host') ?? ''}`))) return refuse(403, 'this server answers for another host');
    if (origin !== undefined && !hosts.includes(hostName(origin))) return refuse(403, 'pages of other origins may not call this server');
    return next();
  });
  app.all('/mcp', async (context, next) =>
    context.req.method === 'POST' ? next() : refuse(405, 'only POST is answered: there are no streams and no sessions', { allow: 'POST' }),
  );
  app.use('/mcp', async (_, next) => {
    if (running >= MAX_AT_ONCE) return refuse(503, 'too many requests at once', { 'retry-after': '1' });
    running++;
    try {
      return await next();
    } finally {
      running--;
    }
  });
  app.use(
    '/mcp',
    bodyLimit({ maxSize: MAX_MESSAGE_BYTES, onError: () => refuse(413, `a message has at most ${MAX_MESSAGE_BYTES} bytes`) }),
  );
  app.post('/mcp', async ({ req }) => {
    const body = await req.json<unknown>().catch(() => undefined);
    if (body === undefined) return refuse(400, 'the body is no JSON', {}, -32_700);
    if (Array.isArray(body)) return refuse(400, 'batches are not taken: send one message', {}, -32_600);
    const server = createMcpServer(answers, log);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    let timer: NodeJS.Timeout | undefined;
    try {
      await server.connect(transport);
      const late = new Promise<Response>((done) => {
        timer = setTimeout(() => done(refuse(504, 'the answer took too long', {}, -32_603)), MAX_ANSWER_MS);
      });
      return await Promise.race([transport.handleRequest(req.raw, { parsedBody: body }), late]);
    } finally {
      clearTimeout(timer);
      await server.close();
    }
  });
  app.all('*', () => refuse(404, 'the protocol is spoken at /mcp'));
  app.onError((error) => {
    log(`http: ${error.stack ?? error.message}`);
    return refuse(500, 'the server failed to answer', {}, -32_603);
  });
  return app;
}

function hostName(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}, code = -32_000): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code, message }, id: null },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );
}
