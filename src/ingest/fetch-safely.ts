import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { AppError } from '../base/problem.ts';

/** How far a fetch may go. */
export interface FetchLimits {
  /** Most bytes of the body. */
  readonly maxBytes: number;
  /** Most milliseconds without a byte. */
  readonly timeoutMs: number;
  /** Most redirects that are followed. */
  readonly maxRedirects: number;
  /**
   * Whether the first address may lie in a private or loopback network: only where the user named it. A redirect from a public address never may.
   */
  readonly allowPrivate: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told of each redirect before it is followed; what it throws ends the fetch. */
  readonly onRedirect?: ((to: URL, status: number) => void | Promise<void>) | undefined;
}

/** A response whose body has not been read yet. */
export interface FetchedResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body; ends with an error beyond `maxBytes`. */
  readonly body: AsyncIterable<Buffer>;
  /** Gives the connection up without reading the body. */
  discard(): void;
}

/** Networks that no address from outside may lead to (https://www.iana.org/assignments/iana-ipv4-special-registry, …-ipv6-special-registry). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address lies in a private, loopback, link-local, documentation or otherwise special network. Mapped IPv4 counts as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return PRIVATE.check(mapped, 'ipv4');
  const family = isIP(address);
  return family === 0 || PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Fetches an address with every bound that a hostile server asks for: only http and https, no credentials in the address, name looked up once and
 * the connection made to that very address, private networks refused, redirects counted and checked again, silence and length bounded. Throws
 * AppError; a response of any status is a response.
 */
export async function fetchSafely(
  address: string,
  headers: Readonly<Record<string, string>>,
  limits: FetchLimits,
): Promise<FetchedResponse> {
  let url = parseAddress(address);
  let mayBePrivate = limits.allowPrivate;
  for (let redirects = 0; ; redirects++) {
    const response = await requestOnce(url, headers, limits, mayBePrivate);
    const location = response.headers.location;
    if (![301, 302, 303, 307, 308].includes(response.status) || typeof location !== 'string') return response;
    response.discard();
    if (redirects >= limits.maxRedirects) throw new AppError('io', `${address}: more than ${limits.maxRedirects} redirects`);
    const next = parseAddress(location, url);
    if (url.protocol === 'https:' && next.protocol === 'http:') throw new AppError('io', `${address}: redirected from https to http`);
    await limits.onRedirect?.(next, response.status);
    // The same origin stays what the user allowed; another one must be public.
    mayBePrivate = mayBePrivate && next.origin === url.origin;
    url = next;
  }
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new AppError('usage', `${address}: expected an http or https address`);
  if (url.username || url.password) throw new AppError('usage', `${url.host}: an address with credentials in it is not fetched`);
  return url;
}

async function requestOnce(
  url: URL,
  headers: Readonly<Record<string, string>>,
  limits: FetchLimits,
  mayBePrivate: boolean,
): Promise<FetchedResponse> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const known = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookUp(host, url);
  const target = mayBePrivate ? known[0] : known.find(({ address }) => !isPrivateAddress(address));
  if (!target) throw new AppError('io', `${url.host} is in a private network; nothing is fetched from there`);
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => reject(new AppError('io', `${url.href}: ${cause.message}`, { cause }));
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      url,
      {
        headers: { 'user-agent': 'threatpedia', accept: '*/*', ...headers },
        timeout: limits.timeoutMs,
        ...(limits.signal ? { signal: limits.signal } : {}),
        // The connection goes to the address that was checked, whatever the name resolves to a moment later.
        lookup: (_name, options, callback) => (options.all ? callback(null, [target]) : callback(null, target.address, target.family)),
      },
      (response) => {
        resolve({
          url: url.href,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: bounded(response, limits.maxBytes, url.href),
          discard: () => response.destroy(),
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer for ${limits.timeoutMs} ms`)));
    request.on('error', fail);
    request.end();
  });
}

async function lookUp(host: string, url: URL): Promise<{ address: string; family: number }[]> {
  return lookup(host, { all: true }).catch((cause: unknown) => {
    throw new AppError('io', `${url.host}: the name cannot be resolved`, { cause });
  });
}

async function* bounded(body: Readable, maxBytes: number, address: string): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new AppError('io', `${address}: more than ${maxBytes} bytes`);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('io', `${address}: the answer ended too early`, { cause });
  } finally {
    body.destroy();
  }
}

/** The whole body as text. */
export async function readText(response: FetchedResponse): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
