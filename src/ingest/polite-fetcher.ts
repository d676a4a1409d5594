import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/problem.ts';
import { fetchSafely } from './fetch-safely.ts';
import { MAX_ROBOTS_BYTES, parseRobots, type RobotsRules } from './robots.ts';

/** The name under which robots.txt may speak of us. */
export const CRAWLER = 'threatpedia';

/** How documents are asked for. */
export interface Politeness {
  /** Least milliseconds between two requests to one host. */
  readonly pauseMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Whether addresses in private networks may be asked. */
  readonly allowPrivate: boolean;
  readonly userAgent: string;
}

/** A document as it was served. */
export interface FetchedDocument {
  readonly finalUrl: string;
  /** Whether there was a redirect, and every one was permanent. */
  readonly movedForGood: boolean;
  readonly status: number;
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** robots.txt asks us to stay away. */
export class RobotsRefusal extends Error {
  override readonly name = 'RobotsRefusal';
}

const MAX_REDIRECTS = 5;

/** Fetches documents one after the other from each host, with a pause between, and only what robots.txt (RFC 9309) allows. */
export class PoliteFetcher {
  readonly #politeness: Politeness;
  readonly #robots = new Map<string, Promise<RobotsRules>>();
  /** When each host may be asked again. */
  readonly #next = new Map<string, number>();

  constructor(politeness: Politeness) {
    this.#politeness = politeness;
  }

  /** Fetches a document. Throws {@link RobotsRefusal}, or AppError where nothing was served, or too much, or too slowly. Any status is an answer. */
  async fetch(address: string): Promise<FetchedDocument> {
    await this.#allow(new URL(address));
    let redirects = 0;
    let isPermanent = true;
    const response = await this.#ask(new URL(address), this.#politeness.maxBytes, async (to, status) => {
      redirects++;
      isPermanent &&= status === 301 || status === 308;
      await this.#allow(to);
      await this.#turn(to.host);
    });
    return { ...response, movedForGood: redirects > 0 && isPermanent };
  }

  async #allow(url: URL): Promise<void> {
    let rules = this.#robots.get(url.origin);
    if (!rules) {
      rules = this.#readRobots(url.origin);
      this.#robots.set(url.origin, rules);
    }
    if (!(await rules).allows(url.pathname + url.search))
      throw new RobotsRefusal(`robots.txt of ${url.host} asks to leave ${url.pathname} alone`);
  }

  /** None there means all is allowed; a server that fails means nothing is (RFC 9309, section 2.3.1). */
  async #readRobots(origin: string): Promise<RobotsRules> {
    const nothing: RobotsRules = { allows: () => false };
    try {
      const { status, body } = await this.#ask(new URL('/robots.txt', origin), MAX_ROBOTS_BYTES);
      if (status >= 500) return nothing;
      return status >= 400 ? { allows: () => true } : parseRobots(new TextDecoder().decode(body), CRAWLER);
    } catch (error) {
      // More rules than anybody must read.
      if (error instanceof AppError && /more than \d+ bytes/.test(error.message)) return nothing;
      throw error;
    }
  }

  async #ask(url: URL, maxBytes: number, onRedirect?: (to: URL, status: number) => Promise<void>) {
    await this.#turn(url.host);
    const { timeoutMs, allowPrivate, userAgent } = this.#politeness;
    const response = await fetchSafely(
      url.href,
      { 'user-agent': userAgent, accept: 'text/html, text/plain, application/json, */*;q=0.1', 'accept-encoding': 'identity' },
      { maxBytes, timeoutMs, maxRedirects: MAX_REDIRECTS, allowPrivate, onRedirect },
    );
    const chunks: Buffer[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    const type = response.headers['content-type'];
    return {
      finalUrl: response.url,
      status: response.status,
      mediaType: typeof type === 'string' ? type : '',
      body: Buffer.concat(chunks),
    };
  }

  /** Waits until the host may be asked. Those who ask at the same time get their turns one after the other. */
  async #turn(host: string): Promise<void> {
    const now = Date.now();
    const turn = Math.max(now, this.#next.get(host) ?? 0);
    this.#next.set(host, turn + this.#politeness.pauseMs);
    if (turn > now) await sleep(turn - now);
  }
}
