import { MAX_DEPTH, UnreadableInput } from './inventory.ts';

/** One element of a list. */
export interface ArrayElement {
  /** The member of the root object whose list it stands in. */
  readonly path: string;
  readonly index: number;
  readonly value: unknown;
  /** Where it begins in the document, in bytes. */
  readonly byteOffset: number;
}

/** Told of each member of the root object that is a text, number or word of at most {@link MAX_SCALAR_BYTES} bytes: `specVersion`. */
export type OnScalar = (name: string, value: unknown) => void;

/** Longest element that is held. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024;
/** Longest name or plain value of a member of the root that is held: longer ones are not what anybody asks for. */
const MAX_SCALAR_BYTES = 1000;
/** So many bytes are scanned before their elements are given: pieces of any length keep the memory flat. */
const STRIDE = 64 * 1024;

const [QUOTE, BACKSLASH, COMMA, COLON, SPACE] = [0x22, 0x5c, 0x2c, 0x3a, 0x20];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The elements of lists that are members of the root object of a JSON document in UTF-8 (`components`, `packages`), one after the other,
 * whatever the document's length: only one element and one piece of the document are held. Around the elements the structure is checked too.
 * Throws {@link UnreadableInput} where the document is malformed or cut off, where a member that should be a list is none, or where an element
 * is too long or too deep.
 */
export async function* elementsOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  arrayPaths: readonly string[],
  onScalar?: OnScalar,
): AsyncGenerator<ArrayElement> {
  const scanner = new Scanner(arrayPaths, onScalar);
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += STRIDE) yield* scanner.push(chunk.subarray(start, start + STRIDE));
  }
  scanner.finish();
}

/** What may stand next, outside of elements. */
type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing';

class Scanner {
  readonly #lists: ReadonlySet<string>;
  readonly #onScalar: OnScalar | undefined;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  /** What is open outside of elements, outermost first: whether it is an object. */
  readonly #open: boolean[] = [];
  #expected: Expected = 'value';
  /** Levels that are open within the element that is being held; its own syntax is left to the JSON parser. */
  #nested = 0;
  #inString = false;
  #escaped = false;
  #inWord = false;
  /** Whether the string that is open is the name of a member. */
  #isName = false;
  /** Name of the member of the root whose value is being read; undefined where it is too long to be of use. */
  #name: string | undefined;
  /** The list whose elements are being given. */
  #list: string | undefined;
  #index = 0;
  /** Bytes before this piece. */
  #before = 0;
  /** What is being held: an element, a name or plain value of the root, or nothing. */
  #holding: 'element' | 'name' | 'scalar' | undefined;
  /** Where what is held begins in this piece, and in the document. */
  #from = 0;
  #heldAt = 0;
  /** Parts of it in earlier pieces. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(lists: readonly string[], onScalar: OnScalar | undefined) {
    this.#lists = new Set(lists);
    this.#onScalar = onScalar;
  }

  /** The elements that end in this piece. */
  push(piece: Uint8Array): ArrayElement[] {
    const found: ArrayElement[] = [];
    this.#from = 0;
    for (let at = 0; at < piece.length; at++) {
      let code = piece[at] ?? 0;
      if (this.#inString) {
        if (this.#escaped) {
          this.#escaped = false;
          continue;
        }
        while (code !== QUOTE && code !== BACKSLASH && code >= SPACE && ++at < piece.length) code = piece[at] ?? 0;
        if (at >= piece.length) break;
        if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) this.#endString(piece, at + 1, found);
        else this.#fail('a control character in a text', at);
        continue;
      }
      if (this.#inWord) {
        if (isWordByte(code)) continue;
        this.#inWord = false;
        this.#endValue(piece, at, found);
      }
      if (code === SPACE || code === 0x0a || code === 0x0d || code === 0x09) continue;
      if (this.#nested === 0) this.#token(code, at);
      else if (code === QUOTE) this.#inString = true;
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#deepen(++this.#nested + 2, at);
      else if ((code === CLOSE_BRACE || code === CLOSE_BRACKET) && --this.#nested === 0) this.#endValue(piece, at + 1, found);
    }
    this.#keep(piece);
    this.#before += piece.length;
    return found;
  }

  finish(): void {
    if (this.#expected === 'nothing') return;
    if (this.#open.length === 0 && this.#heldBytes === 0) throw new UnreadableInput('expected JSON, found an empty input');
    throw new UnreadableInput('expected complete JSON, found its end too early');
  }

  /** A byte that is neither white space nor within a text, word or element. */
  #token(code: number, at: number): void {
    switch (code) {
      case QUOTE:
        if (this.#expected === 'name' || this.#expected === 'name or end') {
          this.#isName = true;
          if (this.#open.length === 1) this.#hold('name', at);
        } else this.#beginValue(code, at);
        this.#inString = true;
        return;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        this.#beginValue(code, at);
        if (this.#holding === 'element') {
          this.#nested = 1;
          return;
        }
        this.#open.push(code === OPEN_BRACE);
        this.#deepen(this.#open.length, at);
        this.#expected = code === OPEN_BRACE ? 'name or end' : 'value or end';
        return;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        this.#close(code === CLOSE_BRACE, at);
        return;
      case COMMA:
        if (this.#expected !== 'comma or end') this.#fail('a comma', at);
        this.#expected = this.#open.at(-1) ? 'name' : 'value';
        return;
      case COLON:
        if (this.#expected !== 'colon') this.#fail('a colon', at);
        this.#expected = 'value';
        return;
      default:
        // A byte order mark.
        if (this.#before + at < 3 && this.#open.length === 0 && (code === 0xef || code === 0xbb || code === 0xbf)) return;
        if (!isWordByte(code)) this.#fail('something else', at);
        this.#beginValue(code, at);
        this.#inWord = true;
    }
  }

  #beginValue(code: number, at: number): void {
    if (this.#expected !== 'value' && this.#expected !== 'value or end') this.#fail('a value', at);
    const depth = this.#open.length;
    if (depth === 0 && code !== OPEN_BRACE) throw new UnreadableInput('expected a JSON object, found something else', { offset: 0 });
    if (depth === 2 && this.#list !== undefined) this.#hold('element', at);
    else if (depth === 1) {
      if (this.#name !== undefined && this.#lists.has(this.#name)) {
        if (code !== OPEN_BRACKET) throw new UnreadableInput(`expected ${this.#name} to be a list`, { pointer: `/${this.#name}` });
        [this.#list, this.#index] = [this.#name, 0];
      } else if (code !== OPEN_BRACE && code !== OPEN_BRACKET) this.#hold('scalar', at);
    }
  }

  #close(isObject: boolean, at: number): void {
    const isEnd = this.#expected === 'comma or end' || this.#expected === (isObject ? 'name or end' : 'value or end');
    if (!isEnd || this.#open.pop() !== isObject) this.#fail('a closing bracket', at);
    if (this.#open.length === 1) this.#list = undefined;
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma or end';
  }

  #endString(piece: Uint8Array, end: number, found: ArrayElement[]): void {
    this.#inString = false;
    if (this.#nested > 0) return;
    if (!this.#isName) {
      this.#endValue(piece, end, found);
      return;
    }
    this.#isName = false;
    if (this.#open.length === 1) this.#name = this.#holding === 'name' ? String(this.#take(piece, end)) : undefined;
    this.#expected = 'colon';
  }

  #endValue(piece: Uint8Array, end: number, found: ArrayElement[]): void {
    this.#expected = 'comma or end';
    if (this.#holding === 'element') {
      const byteOffset = this.#heldAt;
      found.push({ path: this.#list ?? '', index: this.#index, value: this.#take(piece, end), byteOffset });
      this.#index++;
    } else if (this.#holding === 'scalar') {
      const value = this.#take(piece, end);
      if (this.#name !== undefined) this.#onScalar?.(this.#name, value);
    }
  }

  #hold(what: 'element' | 'name' | 'scalar', at: number): void {
    [this.#holding, this.#from, this.#heldAt] = [what, at, this.#before + at];
  }

  /** Keeps what is held of a piece for the next. */
  #keep(piece: Uint8Array): void {
    if (this.#holding === undefined) return;
    // A copy: whoever reads may use the memory of a piece again.
    const rest = piece.slice(this.#from);
    this.#held.push(rest);
    this.#heldBytes += rest.length;
    if (this.#holding === 'element') {
      if (this.#heldBytes > MAX_ELEMENT_BYTES) throw new UnreadableInput(`expected elements of at most ${MAX_ELEMENT_BYTES} bytes`);
    } else if (this.#heldBytes > MAX_SCALAR_BYTES) {
      this.#holding = undefined;
      [this.#held, this.#heldBytes] = [[], 0];
    }
  }

  /** Parses what is held, up to a place in this piece. */
  #take(piece: Uint8Array, end: number): unknown {
    const last = piece.subarray(this.#from, end);
    let bytes = last;
    if (this.#held.length > 0) {
      bytes = new Uint8Array(this.#heldBytes + last.length);
      let at = 0;
      for (const part of this.#held) {
        bytes.set(part, at);
        at += part.length;
      }
      bytes.set(last, at);
      [this.#held, this.#heldBytes] = [[], 0];
    }
    this.#holding = undefined;
    try {
      return JSON.parse(this.#decoder.decode(bytes)) as unknown;
    } catch (cause) {
      const what = this.#list === undefined ? 'a member of the document' : `element ${this.#index} of ${this.#list}`;
      throw new UnreadableInput(`expected JSON, found a fault in ${what} at byte ${this.#heldAt}`, undefined, { cause });
    }
  }

  #deepen(depth: number, at: number): void {
    if (depth > MAX_DEPTH)
      throw new UnreadableInput(`expected at most ${MAX_DEPTH} levels of nesting, found more at byte ${this.#before + at}`);
  }

  #fail(found: string, at: number): never {
    const expected = this.#expected === 'nothing' ? 'the end of the document' : this.#expected;
    const where = `at byte ${this.#before + at}`;
    throw new UnreadableInput(
      this.#inString ? `expected JSON, found ${found} ${where}` : `expected JSON with ${expected}, found ${found} ${where}`,
    );
  }
}

/** Bytes of numbers, `true`, `false` and `null`. */
function isWordByte(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || code === 0x2d || code === 0x2e || code === 0x2b || code === 0x45
  );
}
