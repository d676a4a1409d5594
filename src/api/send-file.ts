import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Context } from 'hono';
import { parseRange } from './byte-range.ts';
import { chooseEncoding, type Encoding } from './content-encoding.ts';
import type { Observer } from './operations.ts';
import type { ServerEnv } from './server-env.ts';
import type { SiteFile, SiteFiles } from './site-files.ts';
import { headersOf } from './site-headers.ts';
import { filesFor, isSitePath } from './site-path.ts';

/** A file, or the part of it that is asked for, in the encoding that the client likes best. */
export async function sendFile(context: Context<ServerEnv>, files: SiteFiles, path: string, file: SiteFile): Promise<Response> {
  const encoding = encodingFor(context.req.header('accept-encoding'), file);
  const bytes = encoding && file.bytes ? await files.compressed(path, file, encoding) : file.bytes;
  context.set('complete', true);
  const headers: Head = { ...headOf(path, file, encoding, bytes), 'x-request-id': context.get('requestId') };
  if (matches(context.req.header('if-none-match'), headers.etag)) {
    const { 'content-length': _, ...others } = headers;
    return new Response(null, { status: 304, headers: others });
  }
  const isHead = context.req.method === 'HEAD';
  const range = encoding ? undefined : rangeOf(context, file);
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${file.size}`, 'content-length': '0' } });
  }
  if (range) {
    const { first, last } = range;
    const part = isHead ? null : (file.bytes?.subarray(first, last + 1) ?? streamOf(file.location, undefined, range));
    return new Response(part, {
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${first}-${last}/${file.size}`, 'content-length': String(last - first + 1) },
    });
  }
  return new Response(isHead ? null : (bytes ?? streamOf(file.location, encoding)), { headers });
}

type Head = Readonly<Record<string, string>> & { readonly etag: string };

/** Headers of a file in each encoding: they change only with the file. */
const heads = new WeakMap<SiteFile, Map<Encoding | undefined, Head>>();

function headOf(path: string, file: SiteFile, encoding: Encoding | undefined, bytes: Uint8Array | undefined): Head {
  const known = heads.get(file)?.get(encoding);
  if (known) return known;
  // What is compressed while it is sent has no length yet.
  const length = bytes?.byteLength ?? (encoding ? undefined : file.size);
  const made: Head = {
    ...(length === undefined ? {} : { 'content-length': String(length) }),
    ...headersOf(path, 'GET'),
    'content-type': file.type,
    etag: encoding ? `${file.etag.slice(0, -1)}-${encoding}"` : file.etag,
    vary: 'accept-encoding',
    'cache-control': path.startsWith('/assets/') && HASHED_NAME.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(encoding ? { 'content-encoding': encoding } : { 'accept-ranges': 'bytes' }),
  };
  heads.set(file, (heads.get(file) ?? new Map()).set(encoding, made));
  return made;
}

const HASHED_NAME = /\.[0-9a-f]{10}\./;

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

/** Answers a request that needs no application, and tells whether it did. */
export type QuickAnswer = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Answers a GET of a whole file that is held in memory, as {@link sendFile} does, without the objects that an application is given of a request: they take
 * longer than the answer.
 */
export function quickFiles(files: SiteFiles, observer: Observer, groupOf: (path: string) => string): QuickAnswer {
  return (incoming, outgoing) => {
    const { method, url: path = '', headers } = incoming;
    if (method !== 'GET' || headers['if-none-match'] || headers.range) return false;
    if (!PLAIN_PATH.test(path) || !isSitePath(path) || !PLAIN_HOST.test(headers.host ?? '')) return false;
    const [candidate = path] = filesFor(path);
    const began = performance.now();
    const file = files.held(candidate);
    if (!file) return false;
    const encoding = encodingFor(headers['accept-encoding'] as string | undefined, file);
    const bytes = encoding ? files.heldCompressed(candidate, encoding) : file.bytes;
    if (!bytes) return false;
    const id = observer.idOf(headers['x-request-id'] as string | undefined);
    outgoing.writeHead(200, { ...headOf(candidate, file, encoding, bytes), 'x-request-id': id });
    outgoing.end(bytes);
    observer.note({ id, method, path, group: groupOf(path), status: 200, seconds: (performance.now() - began) / 1000 });
    return true;
  };
}

/** Anything else in an address or in the name of a host is the application's to judge. */
const PLAIN_PATH = /^\/[\w./@+~-]*$/;
const PLAIN_HOST = /^[\w.-]+(?::\d+)?$/;
