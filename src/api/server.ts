import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { AppError } from '../base/problem.ts';
import { type AnswerServer, isAnswerPath } from './answer-server.ts';
import { Observer, type Operations, observed, rateLimited } from './operations.ts';
import { type ProblemKind, problemResponse, problems } from './problems.ts';
import { type QuickAnswer, quickFiles, sendFile } from './send-file.ts';
import type { ServerEnv } from './server-env.ts';
import { SiteFiles } from './site-files.ts';
import { headersOf, SECURITY_HEADERS } from './site-headers.ts';
import { encodeSitePath, filesFor, isApiPath, parseSitePath } from './site-path.ts';
import { type TaxiiAccess, TaxiiServer } from './taxii.ts';

/**
 * The application that serves a built site: GET and HEAD of its files, with security headers, strong ETags and compression. API addresses work
 * without `.json`, and incident ids in any case; pages of incidents are led to from any case. Below `/taxii2` answers a TAXII server over the same files. Anything outside the folder, and any link out of it, does not exist.
 */
export function createApp({ siteFolder, taxii, answers, operations = {} }: AppOptions): SiteApp {
  const app = new Hono<ServerEnv>({ strict: true });
  const files = new SiteFiles(siteFolder);
  const taxiiServer = new TaxiiServer(files, taxii);
  app.use(async (context, next) => {
    const sitePath = parseSitePath(context.req.url);
    const path = sitePath ?? context.req.path;
    context.set('sitePath', sitePath);
    context.set('path', path);
    context.set('group', groupOf(path));
    context.set('headers', headersOf(path, context.req.method));
    await next();
    if (context.get('complete')) return;
    for (const [name, value] of Object.entries(context.get('headers'))) context.res.headers.set(name, value);
    context.res.headers.set('x-request-id', context.get('requestId'));
  });
  const observer = new Observer(operations.log);
  app.use(observed(observer, operations.metrics));
  if (operations.rateLimit !== undefined) app.use(rateLimited(operations.rateLimit, operations.behindProxy));
  for (const path of ['/taxii2', '/taxii2/*']) app.all(path, (context) => taxiiServer.respond(context.req.raw));
  if (answers) {
    app.all('/api/v1/*', async (context, next) =>
      context.get('group') === 'answer' ? answers.respond(context.req.raw, context.get('path')) : next(),
    );
  }
  app.on(['GET', 'HEAD'], '*', async (context) => {
    const path = context.get('sitePath');
    if (path === undefined) return notFound(context, files);
    for (const candidate of filesFor(path)) {
      const file = await files.find(candidate);
      if (file) return sendFile(context, files, candidate, file);
    }
    const page = path.startsWith('/incidents/') ? path.toLowerCase() : path;
    if (!isApiPath(path)) {
      if (!page.endsWith('/') && (await files.find(`${page}/index.html`))) return redirect(context, `${page}/`);
      if (page !== path && (await files.find(filesFor(page)[0] ?? page))) return redirect(context, page);
    }
    return notFound(context, files);
  });
  app.all('*', (context) => fail(context, 'method-not-allowed', 'This address can only be read: GET or HEAD.', { allow: 'GET, HEAD' }));
  app.onError((error, context) => {
    console.error(error);
    context.set('complete', false);
    return fail(context, 'internal', 'The server failed to answer.');
  });
  return Object.assign(app, { quick: quickFiles(files, observer, groupOf) });
}

/** An application, and what answers the simplest requests before it. */
export type SiteApp = Hono<ServerEnv> & { readonly quick: QuickAnswer };

/** What a server serves and how. */
export interface AppOptions {
  readonly siteFolder: string;
  readonly taxii?: TaxiiAccess | undefined;
  /** Answers questions that no file answers; without it these addresses do not exist. */
  readonly answers?: AnswerServer | undefined;
  readonly operations?: Operations | undefined;
}

/** What sort of address a path is, for counts and limits. */
function groupOf(path: string): string {
  if (isAnswerPath(path)) return 'answer';
  if (path.startsWith('/taxii2')) return 'taxii';
  return isApiPath(path) ? 'api-file' : 'page';
}

function redirect(context: Context<ServerEnv>, path: string): Response {
  const location = encodeSitePath(path) + new URL(context.req.url).search;
  return new Response(null, { status: 308, headers: { location, 'cache-control': 'no-cache', 'content-length': '0' } });
}

async function notFound(context: Context<ServerEnv>, files: SiteFiles): Promise<Response> {
  const page = await files.find('/404.html');
  // Every site has this page: without it there is no site yet. Browsers ask again by themselves.
  if (!page?.bytes)
    return fail(context, 'starting', 'The site is being built; ask again in a moment.', { 'retry-after': '3', refresh: '3' });
  if (isApiPath(context.get('path'))) {
    return fail(context, 'not-found', `There is no ${context.get('path').slice(0, 200)}. /api/v1/index.json lists what there is.`);
  }
  return respond(context, 404, Buffer.from(page.bytes).toString('utf8'), { 'content-type': page.type, 'cache-control': 'no-cache' });
}

/** An error: problem details (RFC 9457) in the API, a line of text elsewhere. */
function fail(context: Context<ServerEnv>, kind: ProblemKind, detail: string, headers: Record<string, string> = {}): Response {
  if (isApiPath(context.get('path'))) return problemResponse(context.req.raw, kind, detail, {}, headers);
  const { status, title } = problems[kind];
  return respond(context, status, `${title}. ${detail}\n`, {
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
}

function respond(context: Context<ServerEnv>, status: number, body: string, headers: Record<string, string>): Response {
  return new Response(context.req.method === 'HEAD' ? null : body, {
    status,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  });
}

/** A server that listens. */
export interface RunningServer {
  /** Without trailing slash. */
  readonly url: string;
  /** Finishes what is running, takes nothing new, and ends within five seconds. */
  stop(): Promise<void>;
}

const GRACE_MS = 5_000;

/**
 * Listens on a port (0 for any free one). `localhost` is 127.0.0.1, where clients look that know IPv4 only and those that try both; `0.0.0.0` or `::`
 * is every network. Slow clients are cut off: headers within 10 s, a request within 15 s, an answer of which nothing was taken for 60 s. Throws
 * AppError `busy` where the port is taken, `usage` where the address is none of this machine’s.
 */
export async function startServer(
  app: Pick<Hono, 'fetch'> & { readonly quick?: QuickAnswer },
  { port, host }: { readonly port: number; readonly host: string },
): Promise<RunningServer> {
  // What is no request at all (a bad Host, `GET *`) never reaches the application.
  const listener = getRequestListener(app.fetch, {
    hostname: 'localhost',
    errorHandler: () => new Response(null, { status: 400, headers: SECURITY_HEADERS }),
  });
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 2_000,
    },
    (incoming, outgoing) => {
      if (!app.quick?.(incoming, outgoing)) void listener(incoming, outgoing);
    },
  );
  server.timeout = 60_000;
  await listen(server, port, host);
  const { address, port: bound } = server.address() as AddressInfo;
  const shown = ['localhost', '0.0.0.0', '::'].includes(host) ? 'localhost' : address.includes(':') ? `[${address}]` : address;
  return { url: `http://${shown}:${bound}`, stop: () => stop(server) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(listenError(error, port, host)));
    server.listen(port, host === 'localhost' ? '127.0.0.1' : host, () => {
      server.removeAllListeners('error');
      server.on('error', (error) => console.error(error));
      listening();
    });
  });
}

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): AppError {
  if (cause.code === 'EADDRINUSE') return new AppError('busy', `port ${port} is in use; choose another with --port`, { cause });
  if (cause.code === 'EACCES') {
    return new AppError('io', `this account may not listen on port ${port}; choose one above 1023 with --port`, { cause });
  }
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND') {
    return new AppError('usage', `${host} is no address of this machine; use --host localhost, or --host 0.0.0.0 for every network`, {
      cause,
    });
  }
  return new AppError('io', `cannot listen on ${host}:${port}: ${cause.message}`, { cause });
}

/** Closes connections as they fall idle, so that a client that keeps one open does not hold up the end. */
function stop(server: Server): Promise<void> {
  return new Promise((stopped) => {
    server.prependListener('request', (_, response) => {
      response.shouldKeepAlive = false;
    });
    const sweep = setInterval(() => server.closeIdleConnections(), 100);
    const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(force);
      stopped();
    });
    server.closeIdleConnections();
  });
}
