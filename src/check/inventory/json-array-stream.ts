import { MAX_DEPTH, UnreadableInput } from './inventory.ts';

/** One element of a list. */
export interface ArrayElement {
  /** The member of the root object whose list it stands in. */
  readonly path: string;
  readonly index: number;
  readonly value: unknown;
}

/** Longest element that is held. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The elements of lists that are members of the root object of a JSON document (`components`, `packages`), one after the other, whatever the document's length: only
 * one element and one piece of the document are held. Throws {@link UnreadableInput} where the document is malformed around them, cut off, or holds an element that is too long
 * or too deep.
 */
export async function* elementsOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  members: readonly string[],
): AsyncGenerator<ArrayElement> {
  const scanner = new Scanner(members);
  for await (const chunk of chunks) yield* scanner.push(chunk);
  scanner.finish();
}

class Scanner {
  readonly #members: ReadonlySet<string>;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #depth = 0;
  #inString = false;
  #escaped = false;
  #started = false;
  #finished = false;
  /** The last string at depth 1: the name of the member whose value follows. */
  #name = '';
  /** The list that is being given, or undefined. */
  #list: string | undefined;
  #index = 0;
  /** Bytes of the string or element that began in an earlier piece. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Where what is held begins in this piece; -1 where nothing is held. */
  #from = -1;

  constructor(members: readonly string[]) {
    this.#members = new Set(members);
  }

  *push(chunk: Uint8Array): Generator<ArrayElement> {
    if (this.#from >= 0) this.#from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk[at] ?? 0;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) {
          this.#inString = false;
          if (this.#depth === 1 && this.#from >= 0) this.#name = String(this.#take(chunk, at + 1));
        }
        continue;
      }
      switch (code) {
        case QUOTE:
          this.#inString = true;
          // Names of members, and elements that are texts.
          if (this.#from < 0 && (this.#depth === 1 || (this.#depth === 2 && this.#list !== undefined))) this.#from = at;
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          this.#open(code, at);
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET: {
          const element = this.#close(chunk, at);
          if (element) yield element;
          break;
        }
        case COMMA:
          if (this.#depth === 2 && this.#list !== undefined && this.#from >= 0) yield this.#element(chunk, at);
          break;
        default:
          // A number or word as an element of the list.
          if (code > 0x20 && this.#from < 0 && this.#depth === 2 && this.#list !== undefined) this.#from = at;
          else if (code > 0x20 && this.#depth === 0 && !isMark(code))
            throw new UnreadableInput('expected a JSON object, found something else');
      }
    }
    if (this.#from >= 0) {
      const rest = chunk.slice(this.#from);
      this.#held.push(rest);
      this.#heldBytes += rest.length;
      if (this.#heldBytes > MAX_ELEMENT_BYTES) throw new UnreadableInput(`expected elements of at most ${MAX_ELEMENT_BYTES} bytes`);
    }
  }

  finish(): void {
    if (!this.#started) throw new UnreadableInput('expected JSON, found an empty input');
    if (!this.#finished) throw new UnreadableInput('expected complete JSON, found its end too early');
  }

  #open(code: number, at: number): void {
    if (this.#depth === 0) {
      if (code !== OPEN_BRACE || this.#started) throw new UnreadableInput('expected one JSON object, found something else');
      this.#started = true;
    } else if (this.#depth === 1 && code === OPEN_BRACKET && this.#members.has(this.#name)) {
      this.#list = this.#name;
      this.#index = 0;
    } else if (this.#depth === 2 && this.#list !== undefined && this.#from < 0) this.#from = at;
    if (++this.#depth > MAX_DEPTH) throw new UnreadableInput(`expected at most ${MAX_DEPTH} levels of nesting`);
  }

  #close(chunk: Uint8Array, at: number): ArrayElement | undefined {
    let element: ArrayElement | undefined;
    if (this.#depth === 2 && this.#list !== undefined) {
      // The end of the list, and of a number or word before it.
      if (this.#from >= 0) element = this.#element(chunk, at);
      this.#list = undefined;
    }
    this.#depth--;
    if (this.#depth < 0) throw new UnreadableInput('expected JSON, found a closing bracket too many');
    if (this.#depth === 0) this.#finished = true;
    if (this.#depth === 2 && this.#list !== undefined && this.#from >= 0) return this.#element(chunk, at + 1);
    return element;
  }

  #element(chunk: Uint8Array, end: number): ArrayElement {
    return { path: this.#list ?? '', index: this.#index++, value: this.#take(chunk, end) };
  }

  /** Parses what is held up to a place in this piece. */
  #take(chunk: Uint8Array, end: number): unknown {
    const last = chunk.subarray(this.#from, end);
    let bytes = last;
    if (this.#held.length > 0) {
      bytes = new Uint8Array(this.#heldBytes + last.length);
      let at = 0;
      for (const piece of this.#held) {
        bytes.set(piece, at);
        at += piece.length;
      }
      bytes.set(last, at);
      [this.#held, this.#heldBytes] = [[], 0];
    }
    this.#from = -1;
    try {
      return JSON.parse(this.#decoder.decode(bytes)) as unknown;
    } catch (cause) {
      throw new UnreadableInput(`expected JSON, found a fault in element ${this.#index} of ${this.#list ?? 'the document'}`, undefined, {
        cause,
      });
    }
  }
}

/** Bytes of a byte order mark. */
function isMark(code: number): boolean {
  return code === 0xef || code === 0xbb || code === 0xbf;
}
