import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { AppError } from '../base/problem.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** Sent with every response. No inline script or style runs, nothing is loaded from elsewhere, nobody frames the pages. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const MAX_CACHED_BYTES = 64 * 1024 * 1024;
/** Larger files are sent as they are: compressing them would hold the event loop’s pool and the cache for one request. */
const MAX_COMPRESSED_FILE = 32 * 1024 * 1024;

const compressors = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength },
    }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
} as const;

type Encoding = keyof typeof compressors;

/** A file ready to be sent. */
interface Body {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly type: string;
}

/**
 * The application that serves a built site: GET and HEAD of its files, with security headers, strong ETags and compression. API addresses work
 * without `.json`, and incident ids in any case. Anything outside the folder, and any link out of it, does not exist.
 */
export function createApp({ siteFolder }: { readonly siteFolder: string }): Hono {
  const app = new Hono({ strict: true });
  const files = new FileCache(siteFolder);
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value);
    if (new URL(context.req.url).pathname.startsWith('/api/')) {
      context.res.headers.set('access-control-allow-origin', '*');
      context.res.headers.set('cross-origin-resource-policy', 'cross-origin');
    }
  });
  app.on(['GET', 'HEAD'], '*', async (context) => {
    const path = safePath(context.req.url);
    if (path === undefined) return problem(context, 400, 'Bad address', 'The address is not a path of this site.');
    for (const candidate of candidates(path)) {
      const file = await files.find(candidate);
      if (file) return send(context, files, candidate, file);
    }
    if (!path.endsWith('/') && !extname(path) && (await files.find(`${path}/index.html`)))
      return context.redirect(`${encodeURI(path)}/`, 308);
    return notFound(context, files, path);
  });
  app.all('*', (context) => {
    const response = problem(context, 405, 'Method not allowed', 'This address can only be read: GET or HEAD.');
    response.headers.set('allow', 'GET, HEAD');
    return response;
  });
  app.onError((error, context) => {
    console.error(error);
    return problem(context, 500, 'Internal error', 'The server failed to answer.');
  });
  return app;
}

/** The decoded path of a request, always starting with `/`; undefined where it is malformed or tries to leave the site. */
function safePath(url: string): string | undefined {
  const raw = /^https?:\/\/[^/]*([^?#]*)/.exec(url)?.[1] ?? '';
  let path: string;
  try {
    path = decodeURIComponent(raw || '/');
  } catch {
    return undefined;
  }
  if (path.length > 2048 || !path.startsWith('/') || /[\0\\]/.test(path) || path.split('/').some((part) => part === '..' || part === '.'))
    return undefined;
  if (path.split('/').some((part) => part.startsWith('.'))) return undefined;
  return path;
}

/** Which files may answer a path, in order. */
function candidates(path: string): string[] {
  if (path.endsWith('/')) return [`${path}index.html`, ...(path.startsWith('/api/') ? [`${path}index.json`] : [])];
  if (!path.startsWith('/api/')) return [path];
  const folded = path.startsWith('/api/v1/incidents/') ? path.toLowerCase() : path;
  return folded.endsWith('.json') ? [folded] : [folded, `${folded}.json`, `${folded}/index.json`];
}

async function send(context: Context, files: FileCache, path: string, file: Body): Promise<Response> {
  const encoding = chooseEncoding(context.req.header('accept-encoding'), file);
  const etag = encoding ? file.etag.replace(/"$/, `-${encoding}"`) : file.etag;
  const headers: Record<string, string> = {
    'content-type': file.type,
    etag,
    vary: 'accept-encoding',
    'cache-control': /^\/assets\/.+\.[0-9a-f]{10}\./.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (matches(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  const bytes = encoding ? await files.compressed(path, file, encoding) : file.bytes;
  if (encoding) headers['content-encoding'] = encoding;
  headers['content-length'] = String(bytes.byteLength);
  return new Response(context.req.method === 'HEAD' ? null : (bytes as Uint8Array<ArrayBuffer>), { headers });
}

/** The encoding to use: brotli before gzip where the client takes it (RFC 9110, 12.5.3); none for small files. */
function chooseEncoding(accepted: string | undefined, { bytes }: Body): Encoding | undefined {
  if (!accepted || accepted.length > 500 || bytes.byteLength < 860 || bytes.byteLength > MAX_COMPRESSED_FILE) return undefined;
  const weights = new Map(
    accepted.split(',').map((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return [name.trim(), quality === undefined ? 1 : Number(quality)] as const;
    }),
  );
  const weight = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  if (weight('br') > 0 && weight('br') >= weight('gzip')) return 'br';
  return weight('gzip') > 0 ? 'gzip' : undefined;
}

function matches(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*') ?? false;
}

async function notFound(context: Context, files: FileCache, path: string): Promise<Response> {
  if (path.startsWith('/api/')) return problem(context, 404, 'Not found', `There is no ${path}. /api/v1/index.json lists what there is.`);
  const page = await files.find('/404.html');
  const body = page ? Buffer.from(page.bytes).toString('utf8') : 'Not found\n';
  return new Response(context.req.method === 'HEAD' ? null : body, {
    status: 404,
    headers: { 'content-type': page?.type ?? 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

/** Problem details (RFC 9457). */
function problem(context: Context, status: 400 | 404 | 405 | 500, title: string, detail: string): Response {
  const body = context.req.method === 'HEAD' ? null : `${JSON.stringify({ type: 'about:blank', title, status, detail })}\n`;
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Files of a folder with their tags and compressed forms, the least recently used given up first. */
class FileCache {
  readonly #root: string;
  readonly #entries = new Map<
    string,
    { file: Body; changedAt: number; size: number; compressed: Map<Encoding, Promise<Uint8Array>>; bytes: number }
  >();
  #bytes = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** The file at a path of the site; undefined where there is none, or where a link leads out of the folder. */
  async find(path: string): Promise<Body | undefined> {
    try {
      const target = join(this.#root, path);
      const [root, real, { mtimeMs, size }] = await Promise.all([realpath(this.#root), realpath(target), stat(target)]);
      if (!real.startsWith(root + sep)) return undefined;
      const known = this.#entries.get(path);
      if (known && known.changedAt === mtimeMs && known.size === size) {
        this.#entries.delete(path);
        this.#entries.set(path, known);
        return known.file;
      }
      const bytes = await readFile(real);
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      const file: Body = { bytes, etag, type: TYPES[extname(path)] ?? 'application/octet-stream' };
      this.#keep(path, file, mtimeMs, size);
      return file;
    } catch (error) {
      if (
        error instanceof Error &&
        'code' in error &&
        ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'].includes(String(error.code))
      )
        return undefined;
      throw error;
    }
  }

  /** The file in an encoding; made once while the file is kept. */
  async compressed(path: string, file: Body, encoding: Encoding): Promise<Uint8Array> {
    const entry = this.#entries.get(path);
    if (!entry || entry.file !== file) return compressors[encoding](file.bytes);
    let made = entry.compressed.get(encoding);
    if (!made) {
      made = compressors[encoding](file.bytes);
      entry.compressed.set(encoding, made);
      const { byteLength } = await made;
      if (this.#entries.get(path) === entry) {
        entry.bytes += byteLength;
        this.#bytes += byteLength;
        this.#trim();
      }
    }
    return made;
  }

  #keep(path: string, file: Body, changedAt: number, size: number): void {
    const old = this.#entries.get(path);
    if (old) this.#forget(path, old.bytes);
    if (file.bytes.byteLength > MAX_CACHED_BYTES / 4) return;
    this.#entries.set(path, { file, changedAt, size, compressed: new Map(), bytes: file.bytes.byteLength });
    this.#bytes += file.bytes.byteLength;
    this.#trim();
  }

  #trim(): void {
    for (const [path, { bytes }] of this.#entries) {
      if (this.#bytes <= MAX_CACHED_BYTES) return;
      this.#forget(path, bytes);
    }
  }

  #forget(path: string, bytes: number): void {
    this.#entries.delete(path);
    this.#bytes -= bytes;
  }
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
 * Listens on a port (0 for any free one). Slow senders are cut off: headers within 10 s, a request within 15 s. Throws AppError `busy` where the
 * port is taken.
 */
export async function startServer(app: Hono, { port, host }: { readonly port: number; readonly host: string }): Promise<RunningServer> {
  const server = serve({
    fetch: app.fetch,
    port,
    hostname: host,
    serverOptions: {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 2_000,
    },
  }) as Server;
  await new Promise<void>((listening, failed) => {
    server.once('listening', listening);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'EADDRINUSE'
          ? `port ${port} is in use; choose another with --port`
          : error.code === 'EACCES'
            ? `this account may not listen on port ${port}; choose one above 1023`
            : error.message;
      failed(new AppError(error.code === 'EADDRINUSE' ? 'busy' : 'io', message, { cause: error }));
    });
  });
  const { address, family, port: bound } = server.address() as AddressInfo;
  const shown =
    address === '::' || address === '0.0.0.0' || host === 'localhost' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${shown}:${bound}`,
    stop: () =>
      new Promise((stopped) => {
        const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(force);
          stopped();
        });
        server.closeIdleConnections();
      }),
  };
}
