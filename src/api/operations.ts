import { randomUUID } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { problemResponse } from './problems.ts';
import type { ServerEnv } from './server-env.ts';

/** How a server that others reach is run. */
export interface Operations {
  /** A line a request on standard error: for people, or a JSON object for programs. Never of what is checked or asked. */
  readonly log?: 'text' | 'json' | undefined;
  /** Questions and checks that a client may send in a minute; files are not counted. */
  readonly rateLimit?: number | undefined;
  /** Take the client's address from the last entry of X-Forwarded-For, which the proxy in front wrote. */
  readonly behindProxy?: boolean | undefined;
  /** Answer `/metrics`. */
  readonly metrics?: boolean | undefined;
}

/** Clients whose allowance is remembered; the one that was seen longest ago is forgotten. */
const MAX_CLIENTS = 20_000;
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** An id for each request, its log line, counts for `/metrics`, and `/healthz`. `groupOf` tells what sort of address a path is: few names, so that counts stay few. */
export function observed({ log, metrics }: Operations, groupOf: (path: string) => string): MiddlewareHandler<ServerEnv> {
  const counts = new Counts();
  return async (context, next) => {
    const given = context.req.header('x-request-id') ?? '';
    const id = /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
    const began = process.hrtime.bigint();
    const { method, path } = context.req;
    context.get('headers')['x-request-id'] = id;
    if (path === '/healthz') context.res = text(context, 'ok\n');
    else if (metrics && path === '/metrics') context.res = text(context, counts.render(), 'text/plain; version=0.0.4; charset=utf-8');
    else await next();
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const { status } = context.res;
    const group = groupOf(path);
    counts.add(method, group, status, seconds);
    if (log)
      console.error(
        logLine(log, {
          time: new Date().toISOString(),
          id,
          method,
          group,
          path: group === 'answer' ? path : path.slice(0, 200),
          status,
          ms: Math.round(seconds * 1e4) / 10,
        }),
      );
  };
}

function text(context: Context, body: string, type = 'text/plain; charset=utf-8'): Response {
  return new Response(context.req.method === 'HEAD' ? null : body, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}

function logLine(log: 'text' | 'json', line: Readonly<Record<string, string | number>>): string {
  if (log === 'json') return JSON.stringify(line);
  // A path comes from outside: what it holds must not look like another line.
  return `${line.time} ${line.status} ${line.method} ${encodeURI(String(line.path))} ${line.ms} ms ${line.id}`;
}

/** Refuses what a client sends beyond its allowance: a bucket that fills evenly over the minute, and holds a minute's worth. */
export function rateLimited({ rateLimit, behindProxy = false }: Operations, counts: (path: string) => boolean): MiddlewareHandler {
  if (rateLimit === undefined) return (_, next) => next();
  const buckets = new Map<string, { tokens: number; at: number }>();
  return async (context, next) => {
    if (!counts(context.req.path)) return next();
    const client = clientOf(context, behindProxy);
    const now = Date.now();
    const known = buckets.get(client) ?? { tokens: rateLimit, at: now };
    const tokens = Math.min(rateLimit, known.tokens + ((now - known.at) / 60_000) * rateLimit);
    // Taken out and put back: the map is then ordered by when a client was last seen.
    buckets.delete(client);
    buckets.set(client, { tokens: tokens < 1 ? tokens : tokens - 1, at: now });
    if (buckets.size > MAX_CLIENTS) buckets.delete(buckets.keys().next().value ?? '');
    const limits = { 'ratelimit-policy': `"minute";q=${rateLimit};w=60`, ratelimit: `"minute";r=${Math.floor(Math.max(0, tokens - 1))}` };
    if (tokens < 1) {
      const wait = Math.ceil(((1 - tokens) * 60) / rateLimit);
      return problemResponse(
        context.req.raw,
        'too-many-requests',
        `At most ${rateLimit} a minute; ask again in ${wait} s.`,
        {},
        { ...limits, 'retry-after': String(wait) },
      );
    }
    await next();
    for (const [name, value] of Object.entries(limits)) context.res.headers.set(name, value);
    return undefined;
  };
}

function clientOf(context: Context, behindProxy: boolean): string {
  const forwarded = behindProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const address = forwarded || getConnInfo(context).remote.address || 'unknown';
  // Who has an IPv6 address has a whole network of them.
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address.slice(0, 64);
}

/** Counts in the text form of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/). */
class Counts {
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, { buckets: number[]; sum: number; count: number }>();

  add(method: string, group: string, status: number, seconds: number): void {
    const known = ['GET', 'HEAD', 'POST'].includes(method) ? method : 'other';
    const key = `{method="${known}",group="${group}",status="${status}"}`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    const durations = this.#durations.get(group) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
    for (const [index, most] of BUCKETS.entries()) if (seconds <= most) durations.buckets[index] = (durations.buckets[index] ?? 0) + 1;
    durations.sum += seconds;
    durations.count++;
    this.#durations.set(group, durations);
  }

  render(): string {
    const { rss, heapUsed } = process.memoryUsage();
    return `${[
      '# HELP threatpedia_requests_total Requests answered.',
      '# TYPE threatpedia_requests_total counter',
      ...[...this.#requests].map(([labels, count]) => `threatpedia_requests_total${labels} ${count}`),
      '# HELP threatpedia_request_seconds From the request to the head of its answer.',
      '# TYPE threatpedia_request_seconds histogram',
      ...[...this.#durations].flatMap(([group, { buckets, sum, count }]) => [
        ...buckets.map((value, index) => `threatpedia_request_seconds_bucket{group="${group}",le="${BUCKETS[index]}"} ${value}`),
        `threatpedia_request_seconds_bucket{group="${group}",le="+Inf"} ${count}`,
        `threatpedia_request_seconds_sum{group="${group}"} ${sum}`,
        `threatpedia_request_seconds_count{group="${group}"} ${count}`,
      ]),
      '# HELP process_resident_memory_bytes Resident memory.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${rss}`,
      '# HELP nodejs_heap_size_used_bytes Heap in use.',
      '# TYPE nodejs_heap_size_used_bytes gauge',
      `nodejs_heap_size_used_bytes ${heapUsed}`,
    ].join('\n')}\n`;
  }
}
