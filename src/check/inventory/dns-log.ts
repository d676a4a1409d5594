import { decodeText, SkipCounter } from './input-text.ts';
import {
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  type InventoryPart,
  MAX_COMPONENTS,
  UnreadableInput,
} from './inventory.ts';
import { addressComponent, readHost, readUrl } from './network-address.ts';

/**
 * Logs of resolvers, proxies and web servers (dnsmasq, BIND, Pi-hole, Unbound, Windows DNS, squid, nginx, Zeek, JSON lines): host names, addresses
 * and URLs are found in each line wherever they stand, so that no format has to be named. Each distinct one is given once, with the first line and
 * time it was seen; the order of a log is taken for its time.
 */
export const dnsLog: InventoryFormat = { id: 'dns-log', title: 'log of a resolver, proxy or web server', types: [], parse: parseDnsLog };

function parseDnsLog(bytes: Uint8Array): Inventory {
  const reader = new LogReader();
  const components: FoundComponent[] = [];
  reader.feed(decodeText(bytes), components);
  reader.end(components);
  return { components, skipped: reader.skipped.list() };
}

/** Reads a log of any length, in UTF-8. */
export async function* streamDnsLog(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InventoryPart> {
  const reader = new LogReader();
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of chunks) {
    const components: FoundComponent[] = [];
    reader.feed(decoder.decode(chunk, { stream: true }), components);
    if (components.length > 0) yield { components };
  }
  const components: FoundComponent[] = [];
  reader.feed(decoder.decode(), components);
  reader.end(components);
  yield { components, skipped: reader.skipped.list() };
}

/** The rest of a longer line is not read, and the coverage says so. */
const MAX_LINE = 100_000;
const URLS = /(?:https?|wss?|ftp):\/\/[^\s"'<>\\^`{|}]+/gi;
const HOSTS = /[A-Za-z0-9_.-]+/g;
/** Not within a word, and at least two colons: `::1`, `2001:db8::1`. */
const IPV6 = /(?<![\w:.])[0-9a-f]{0,4}:[0-9a-f:]{2,40}(?![\w:])/gi;
/** `(3)www(7)example(3)com(0)`, as the debug log of Windows DNS writes names. */
const COUNTED = /(?:\(\d{1,2}\)[^()\s]{1,63}){1,127}\(0\)/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
/** Names of files that requests ask for, and that no domain ends with. */
const FILE_ENDING =
  /\.(?:aspx?|bin|cfg|conf|css|dat|dll|eot|exe|gif|gz|html?|ico|ini|jar|jpe?g|js|json|jsp|key|log|map|pdf|php|pid|png|rpm|deb|sock|svg|tar|tgz|ttf|txt|webp|woff2?|xml|ya?ml)$/i;

class LogReader {
  readonly skipped = new SkipCounter();
  readonly #seen = new Set<string>();
  /** Words as they were written that are known to be names: most lines repeat them. */
  readonly #words = new Set<string>();
  #line = 1;
  /** Start of a line whose end has not come yet. */
  #rest = '';
  #isCut = false;

  /** Takes the next piece of text, whose lines may go on in the one after it. */
  feed(text: string, components: FoundComponent[]): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#append(text, start, end);
      this.#endLine(components);
      start = end + 1;
    }
    this.#append(text, start, text.length);
  }

  /** Reads what the last line holds. Throws where nothing was found in the whole log. */
  end(components: FoundComponent[]): void {
    this.#endLine(components);
    if (this.#seen.size === 0) throw new UnreadableInput('expected log lines with host names, addresses or URLs, found none');
  }

  #append(text: string, from: number, to: number): void {
    const room = MAX_LINE - this.#rest.length;
    if (to - from > room) this.#isCut = true;
    if (room > 0 && to > from) this.#rest += text.slice(from, Math.min(to, from + room));
  }

  #endLine(components: FoundComponent[]): void {
    const text = this.#rest;
    if (this.#isCut) this.skipped.addNotUnderstood(`rest of a line beyond ${MAX_LINE} characters`, text, { line: this.#line });
    if (text.trim() !== '') this.#readLine(text, components);
    this.#rest = '';
    this.#isCut = false;
    this.#line++;
  }

  #readLine(text: string, components: FoundComponent[]): void {
    let hasAddress = false;
    const note = (identity: ReturnType<typeof readHost>): void => {
      if (!identity) return;
      hasAddress = true;
      const key = `${identity.type} ${identity.value}`;
      if (this.#seen.has(key)) return;
      if (this.#seen.size >= MAX_COMPONENTS)
        throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} addresses`, { line: this.#line });
      this.#seen.add(key);
      const time = timeOf(text);
      components.push({ ...addressComponent(identity, { line: this.#line }), ...(time ? { installedAt: time } : {}) });
    };
    // JSON may escape slashes. A URL is also looked up by its host, which needs no entry of its own.
    let plain = text.includes('\\/') ? text.replaceAll('\\/', '/') : text;
    if (plain.includes('://')) {
      plain = plain.replace(URLS, (url) => {
        note(readUrl(trimEnd(url)));
        return ' ';
      });
    }
    if (plain.includes('(0)')) plain = plain.replace(COUNTED, (counted) => ` ${counted.replace(/\(\d{1,2}\)/g, '.').slice(1)} `);
    for (const [address] of plain.matchAll(IPV6)) if (isGrouped(address)) note(readHost(address));
    for (const [word] of plain.matchAll(HOSTS)) {
      if (this.#words.has(word)) {
        hasAddress = true;
        continue;
      }
      if (!word.includes('.') || word.length > 255) continue;
      const host = word.replace(/^[.-]/, '').replace(/-$/, '');
      if (/\.(?:in-addr|ip6)\.arpa\.?$/i.test(host)) {
        hasAddress = true;
        this.skipped.add('reverse lookup of an address', host, { line: this.#line });
      } else if (!FILE_ENDING.test(host)) {
        const identity = readHost(host);
        note(identity);
        if (identity && this.#words.size < MAX_COMPONENTS) this.#words.add(word);
      }
    }
    if (!hasAddress) this.skipped.add('line without a host name, address or URL', text, { line: this.#line });
  }
}

/** A URL without the punctuation of the sentence or list around it. */
function trimEnd(url: string): string {
  let end = url.length;
  while (end > 0 && '),.;]'.includes(url[end - 1] ?? '')) end--;
  return url.slice(0, end);
}

/** Times of day and hardware addresses have colons, too: an IPv6 address has eight groups, or leaves some out. */
function isGrouped(text: string): boolean {
  return text.includes('::') || text.split(':').length === 8;
}

/** The time that a line begins with, or names first: ISO 8601, or seconds since 1970 as squid and Zeek write them. */
function timeOf(text: string): string | undefined {
  const start = text.slice(0, 300);
  const iso = TIME.exec(start)?.[0].replace(' ', 'T').replace(',', '.');
  const seconds = iso === undefined ? /^(?:\{"ts":\s?)?(\d{9,10}(?:\.\d{1,9})?)\b/.exec(start)?.[1] : undefined;
  // A time without a zone is as good as UTC where days are compared.
  const zoned = iso && !/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? `${iso}Z` : iso;
  const date = zoned === undefined ? seconds && new Date(Number(seconds) * 1_000) : new Date(zoned);
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}
