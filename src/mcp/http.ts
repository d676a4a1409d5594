import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { Hono } from 'hono';
import type { CorpusAnswers } from '../answers/corpus-answers.ts';
import { createMcpServer } from './server.ts';

/** Names under which a server that listens on this machine only is asked. */
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * The Model Context Protocol over streamable HTTP at `/mcp`, without sessions: each request is answered alone. While `localOnly`, only requests whose
 * Host and Origin name this machine are answered, so that no page of another site can reach it by a name that it lets point here.
 */
export function createMcpApp(answers: CorpusAnswers, { localOnly }: { readonly localOnly: boolean }): Hono {
  const app = new Hono();
  app.all('/mcp', async (context) => {
    const { raw } = context.req;
    if (localOnly && !isLocal(raw)) return refuse(403, 'This server answers only requests to and from this machine.');
    // Without sessions there is no stream to open and nothing to end.
    if (raw.method !== 'POST') return refuse(405, 'Only POST: this server keeps no sessions.', { allow: 'POST' });
    const server = createMcpServer(answers);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true, maxRequestBodySize: MAX_BODY_BYTES });
    await server.connect(transport);
    try {
      const response = await transport.handleRequest(raw);
      return new Response(await response.arrayBuffer(), response);
    } finally {
      await server.close();
    }
  });
  app.notFound(() => refuse(404, 'The Model Context Protocol is spoken at /mcp.'));
  return app;
}

function isLocal(request: Request): boolean {
  const origin = request.headers.get('origin');
  return (
    LOCAL_HOSTS.has(new URL(request.url).hostname) &&
    (origin === null || (URL.canParse(origin) && LOCAL_HOSTS.has(new URL(origin).hostname)))
  );
}

function refuse(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }, { status, headers });
}
