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

/** A request that was answered. */
export interface Answered {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly status: number;
  /** From the request to the head of its answer. */
  readonly seconds: number;
}

/** Gives requests their ids, counts them for `/metrics`, and writes their lines. */
export class Observer {
  readonly #log: Operations['log'];
  readonly #counts = new Counts();

  constructor(log: Operations['log']) {
    this.#log = log;
  }

  /** The id that the client gave, where it can stand in a header and a line; else a new one. */
  idOf(given: string | undefined): string {
    return given !== undefined && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  }

  note({ id, method, path, group, status, seconds }: Answered): void {
    this.#counts.add(method, group, status, seconds);
    if (!this.#log) return;
    const shown = group === 'answer' ? path : path.slice(0, 200);
    const line = { time: new Date().toISOString(), id, method, group, path: shown, status, ms: Math.round(seconds * 1e4) / 10 };
    console.error(logLine(this.#log, line));
  }

  /** What was counted, in the text form of Prometheus. */
  metrics(): string {
    return this.#counts.render();
  }
}

/** Observes each request, and answers `/healthz` and, where it is wanted, `/metrics`. */
export function observed(observer: Observer, metrics = false): MiddlewareHandler<ServerEnv> {
  return async (context, next) => {
    const id = observer.idOf(context.req.header('x-request-id'));
    const began = performance.now();
    const { method, path } = context.req;
    context.set('requestId', id);
    if (path === '/healthz') context.res = text(context, 'ok\n');
    else if (metrics && path === '/metrics') context.res = text(context, observer.metrics(), 'text/plain; version=0.0.4; charset=utf-8');
    else await next();
    const seconds = (performance.now() - began) / 1000;
    observer.note({ id, method, path, group: context.get('group'), status: context.res.status, seconds });
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

/** Refuses questions beyond so many a minute and client: a bucket that fills evenly over the minute, and holds a minute's worth. */
export function rateLimited(rateLimit: number, behindProxy = false): MiddlewareHandler<ServerEnv> {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return async (context, next) => {
    if (context.get('group') !== 'answer') return next();
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
    const bucket = BUCKETS.findIndex((most) => seconds <= most);
    if (bucket >= 0) durations.buckets[bucket] = (durations.buckets[bucket] ?? 0) + 1;
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
        ...buckets.map(
          (_, index) => `threatpedia_request_seconds_bucket{group="${group}",le="${BUCKETS[index]}"} ${sumOf(buckets, index)}`,
        ),
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

/** A bucket of a histogram counts what the ones before it do, too. */
function sumOf(buckets: readonly number[], last: number): number {
  return buckets.slice(0, last + 1).reduce((sum, value) => sum + value, 0);
}
