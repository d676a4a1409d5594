import { MAX_DEPTH, type NotUnderstood, type Place, type Skipped, UnreadableInput } from './inventory.ts';

/**
 * The text of an input: UTF-8, or UTF-16 where its byte order mark says so (what Windows tools write). Throws {@link UnreadableInput} on bytes
 * that are no text.
 */
export function decodeText(bytes: Uint8Array): string {
  const known = decoded.get(bytes);
  if (known !== undefined) return known;
  const text = decodeBytes(bytes);
  decoded.set(bytes, text);
  return text;
}

/** Texts of inputs at hand: a finding's line is counted in the text that its parser read. */
const decoded = new WeakMap<Uint8Array, string>();

function decodeBytes(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UnreadableInput(`expected text in ${encoding.toUpperCase()}, found other bytes`, undefined, { cause });
  }
}

/** Parses JSON whose nesting is bounded; throws {@link UnreadableInput} with the place of the fault where the engine tells it. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new UnreadableInput('expected JSON, found an empty file');
  try {
    refuseDepth(text);
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (cause instanceof UnreadableInput) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    const position = /position (\d+)/.exec(message)?.[1];
    const truncated = /end of JSON input|Unterminated/i.test(message) || Number(position ?? -1) >= text.trimEnd().length;
    throw new UnreadableInput(
      truncated ? 'expected complete JSON, found its end too early' : 'expected JSON, found something else',
      { offset: position ? Number(position) : truncated ? text.length : 0 },
      { cause },
    );
  }
}

/** Brackets beyond {@link MAX_DEPTH} are refused before a parser recurses into them. */
function refuseDepth(text: string): void {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) {
      // An escaped quote is rare enough to look back from.
      do index = text.indexOf('"', index + 1);
      while (index > 0 && isEscaped(text, index));
      if (index < 0) return;
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH) throw new UnreadableInput(`expected at most ${MAX_DEPTH} levels of nesting`, { offset: index });
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

function isEscaped(text: string, index: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(index - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value where it is an object, else undefined. Look fields up with {@link field}: names come from outside. */
export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

/** An own field of an object: `__proto__`, `constructor` and the like are never found by inheritance. */
export function field(value: unknown, name: string): unknown {
  const record = asRecord(value);
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A text that is not empty, else undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The value where it is a list, else an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Own entries of an object that may be none. */
export function entriesOf(value: unknown): [string, unknown][] {
  const record = asRecord(value);
  return record ? Object.entries(record) : [];
}

/** A JSON pointer (RFC 6901) from its parts. */
export function pointer(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** How many lines or entries that were not understood are kept of each reason, to be shown. */
const KEPT_NOT_UNDERSTOOD = 20;

interface Counted {
  count: number;
  readonly at: Place | undefined;
  readonly example: string | undefined;
  readonly notUnderstood: NotUnderstood[] | undefined;
}

/** Counts what is passed over, equal reasons together. */
export class SkipCounter {
  readonly #counts = new Map<string, Counted>();

  /** What rightly gives no component: a workspace's own package, an option, a remark. */
  add(reason: string, example?: string, at?: Place): void {
    const known = this.#counts.get(reason);
    if (known) known.count++;
    else this.#counts.set(reason, { count: 1, at, example: example?.slice(0, 200), notUnderstood: undefined });
  }

  /** What could be a component and is not understood: the reading is incomplete. */
  addNotUnderstood(reason: string, text: string | undefined, at?: Place): void {
    let known = this.#counts.get(reason);
    if (!known) {
      known = { count: 0, at, example: text?.slice(0, 200), notUnderstood: [] };
      this.#counts.set(reason, known);
    }
    known.count++;
    if (known.notUnderstood && known.notUnderstood.length < KEPT_NOT_UNDERSTOOD) {
      known.notUnderstood.push({ text: (text ?? reason).trim().slice(0, 200), ...(at?.line === undefined ? {} : { line: at.line }) });
    }
  }

  list(): Skipped[] {
    return [...this.#counts].map(([reason, { count, at, example, notUnderstood }]) => ({
      reason,
      count,
      ...(at ? { at } : {}),
      ...(example ? { example } : {}),
      ...(notUnderstood ? { notUnderstood } : {}),
    }));
  }
}

/** Each line of a text with its number from 1; `\r\n` and `\n` end lines. Longer lines than `maxLength` are given cut. */
export function* linesOf(text: string, maxLength = 100_000): Generator<{ readonly line: number; readonly text: string }> {
  let start = 0;
  for (let line = 1; start <= text.length; line++) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    const cut = Math.min(stop, start + maxLength);
    yield { line, text: text.slice(start, cut).replace(/\r$/, '') };
    if (end < 0) return;
    start = end + 1;
  }
}

/** Two digits of each byte. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Base64 as lower-case hexadecimal; undefined where it is no base64. */
export function base64ToHex(base64: string): string | undefined {
  try {
    const binary = atob(base64);
    let hex = '';
    for (let index = 0; index < binary.length; index++) hex += HEX[binary.charCodeAt(index)];
    return hex;
  } catch {
    return undefined;
  }
}

/** A URL without user name and password: reports are passed on, and tokens stand in many locks. */
export function withoutCredentials(url: string): string {
  const start = /^[a-z][a-z0-9+.-]{0,30}:\/\//i.exec(url)?.[0].length;
  if (start === undefined) return url;
  const end = url.slice(start).search(/[/?#]/);
  const authority = end < 0 ? url.slice(start) : url.slice(start, start + end);
  const user = authority.lastIndexOf('@');
  // `git@` names an account that everybody has, and belongs to the address.
  if (user < 0 || authority.slice(0, user) === 'git') return url;
  return url.slice(0, start) + url.slice(start + user + 1);
}

/** Whether a host is one of the domains or below one of them. */
export function isHostOf(host: string | undefined, domains: readonly string[]): boolean {
  return host !== undefined && domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}
