import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { AppError } from '../base/problem.ts';
import { type AnswerServer, isAnswerPath } from './answer-server.ts';
import { parseRange } from './byte-range.ts';
import { chooseEncoding, type Encoding } from './content-encoding.ts';
import { type Operations, observed, rateLimited } from './operations.ts';
import { type ProblemKind, problemResponse, problems } from './problems.ts';
import type { ServerEnv } from './server-env.ts';
import { type SiteFile, SiteFiles } from './site-files.ts';
import { encodeSitePath, filesFor, isApiPath, parseSitePath } from './site-path.ts';
import { type TaxiiAccess, TaxiiServer } from './taxii.ts';

/** Sent with every response. No inline script or style runs, nothing is loaded from elsewhere, nobody frames the pages. Workers start from a blob: then the page's own policy binds them. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Other sites may read the API, and its tags so that they can ask again cheaply. */
const API_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag',
  'cross-origin-resource-policy': 'cross-origin',
};

/** A picture of a path, which other sites may frame: it runs no script. */
const PICTURE_PATH = /^\/?incidents\/[^/]+\/path\.svg$/;
const PICTURE_HEADERS: Readonly<Record<string, string>> = {
  ...SECURITY_HEADERS,
  'content-security-policy': "default-src 'none'; frame-ancestors *",
  'cross-origin-resource-policy': 'cross-origin',
};

/**
 * The application that serves a built site: GET and HEAD of its files, with security headers, strong ETags and compression. API addresses work
 * without `.json`, and incident ids in any case; pages of incidents are led to from any case. Below `/taxii2` answers a TAXII server over the same files. Anything outside the folder, and any link out of it, does not exist.
 */
export function createApp({ siteFolder, taxii, answers, operations = {} }: AppOptions): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>({ strict: true });
  const files = new SiteFiles(siteFolder);
  const taxiiServer = new TaxiiServer(files, taxii);
  app.use(async (context, next) => {
    const sitePath = parseSitePath(context.req.url);
    const path = sitePath ?? context.req.path;
    context.set('sitePath', sitePath);
    context.set('path', path);
    context.set('headers', headersOf(path, context.req.method));
    await next();
    if (context.get('complete')) return;
    for (const [name, value] of Object.entries(context.get('headers'))) context.res.headers.set(name, value);
  });
  app.use(observed(operations, groupOf));
  app.use(rateLimited(operations, (path) => groupOf(path) === 'answer'));
  for (const path of ['/taxii2', '/taxii2/*']) app.all(path, (context) => taxiiServer.respond(context.req.raw));
  if (answers) {
    app.all('/api/v1/*', async (context, next) => (await answers.respond(context.req.raw, context.get('path'))) ?? next());
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
  return app;
}

/** Headers that every answer at a path has. */
function headersOf(path: string, method: string): Record<string, string> {
  const shared = isApiPath(path) && (isRead(method) || path === '/api/v1/check');
  return { ...(shared ? API_HEADERS : PICTURE_PATH.test(path) ? PICTURE_HEADERS : SECURITY_HEADERS) };
}

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

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

async function sendFile(context: Context<ServerEnv>, files: SiteFiles, path: string, file: SiteFile): Promise<Response> {
  const encoding = encodingFor(context.req.header('accept-encoding'), file);
  const etag = encoding ? file.etag.replace(/"$/, `-${encoding}"`) : file.etag;
  context.set('complete', true);
  const headers: Record<string, string> = {
    ...context.get('headers'),
    'content-type': file.type,
    etag,
    vary: 'accept-encoding',
    'cache-control': /^\/assets\/.+\.[0-9a-f]{10}\./.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (matches(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  if (encoding) headers['content-encoding'] = encoding;
  const isHead = context.req.method === 'HEAD';
  const range = encoding ? undefined : rangeOf(context, file);
  if (!encoding) headers['accept-ranges'] = 'bytes';
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${file.size}`, 'content-length': '0' } });
  }
  if (range) {
    headers['content-range'] = `bytes ${range.first}-${range.last}/${file.size}`;
    headers['content-length'] = String(range.last - range.first + 1);
    const part = isHead ? null : (file.bytes?.subarray(range.first, range.last + 1) ?? streamOf(file.location, undefined, range));
    return new Response(part, { status: 206, headers });
  }
  if (!file.bytes) {
    if (!encoding) headers['content-length'] = String(file.size);
    return new Response(isHead ? null : streamOf(file.location, encoding), { headers });
  }
  const bytes = encoding ? await files.compressed(path, file, encoding) : file.bytes;
  headers['content-length'] = String(bytes.byteLength);
  return new Response(isHead ? null : bytes, { headers });
}

/** The part that the client wants, where it asks for one of the version that is here (RFC 9110, 14.2 and 13.1.5). */
function rangeOf(context: Context<ServerEnv>, file: SiteFile): ReturnType<typeof parseRange> {
  const wanted = context.req.header('range');
  const condition = context.req.header('if-range');
  if (context.req.method !== 'GET' || wanted === undefined || (condition !== undefined && condition !== file.etag)) return undefined;
  return parseRange(wanted, file.size);
}

/** Small files gain nothing; large ones are compressed anew for each request, with the encoding that needs little memory for it. */
function encodingFor(accepted: string | undefined, { size, type, bytes }: SiteFile): Encoding | undefined {
  if (size < 860 || !/^text\/|json|javascript|xml/.test(type)) return undefined;
  return chooseEncoding(accepted, bytes ? ['br', 'gzip'] : ['gzip']);
}

/** Whether the client has this version (RFC 9110, 13.1.2: a weak comparison). */
function matches(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*') ?? false;
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

/** The content of a large file, read as fast as the client takes it. */
function streamOf(
  location: string,
  encoding: Encoding | undefined,
  range?: { readonly first: number; readonly last: number },
): ReadableStream<Uint8Array> {
  const file = createReadStream(location, range ? { start: range.first, end: range.last } : {});
  const source: Readable = encoding === 'gzip' ? pipeline(file, createGzip(), () => undefined) : file;
  const pieces = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      source.destroy();
    },
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
  app: Pick<Hono, 'fetch'>,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<RunningServer> {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 2_000,
    },
    // What is no request at all (a bad Host, `GET *`) never reaches the application.
    getRequestListener(app.fetch, {
      hostname: 'localhost',
      errorHandler: () => new Response(null, { status: 400, headers: SECURITY_HEADERS }),
    }),
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
