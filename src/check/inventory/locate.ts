import type { Place } from './inventory.ts';

/**
 * The lines (from 1) of places in a text, in their order; undefined where a place does not tell, or is a pointer and the text no JSON. One pass over the
 * text for all pointers together: a thousand findings in one file cost as much as one.
 */
export function linesOf(text: string, places: readonly Place[]): (number | undefined)[] {
  const offsets = offsetsOfPointers(
    text,
    places.flatMap(({ line, offset, pointer }) => (line === undefined && offset === undefined && pointer !== undefined ? [pointer] : [])),
  );
  const wanted = places.map(({ line, offset, pointer }) =>
    line !== undefined ? undefined : (offset ?? (pointer === undefined ? undefined : offsets.get(pointer))),
  );
  const lineAt = new Map<number, number>();
  let [line, newline] = [1, text.indexOf('\n')];
  for (const offset of [...new Set(wanted)].filter((each) => each !== undefined).sort((left, right) => left - right)) {
    while (newline >= 0 && newline < offset) {
      line++;
      newline = text.indexOf('\n', newline + 1);
    }
    lineAt.set(offset, line);
  }
  return places.map((place, index) => {
    const offset = wanted[index];
    return place.line ?? (offset === undefined ? undefined : lineAt.get(offset));
  });
}

/** Where the values that JSON pointers (RFC 6901) name begin in a JSON text; those that name nothing are absent. */
export function offsetsOfPointers(text: string, pointers: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  const layout = new IndentedLayout(text);
  const wanted = [...new Set(pointers)].flatMap((pointer) => {
    const parts = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const offset = layout.offsetOf(parts);
    if (offset === undefined) return [{ pointer, parts }];
    found.set(pointer, offset);
    return [];
  });
  if (wanted.length > 0) visit(text, skipSpace(text, 0), wanted, 0, found);
  return found;
}

/**
 * Finds members in JSON that is indented by two spaces a level, as npm and most programs write it: a line that begins with so many spaces and a key is
 * a member of that level, and a member ends where a brace of its own level closes it. Nothing else has to be read.
 */
class IndentedLayout {
  readonly #text: string;
  readonly #isIndented: boolean;
  /** Where the members of an object stand, by its place. */
  readonly #objects = new Map<string, { readonly start: number; readonly end: number } | undefined>();

  constructor(text: string) {
    this.#text = text;
    this.#isIndented = text.startsWith('{\n  "');
    this.#objects.set('', { start: 0, end: text.length });
  }

  /** Where the value of a member begins; undefined where this layout does not tell. */
  offsetOf(parts: readonly string[]): number | undefined {
    if (!this.#isIndented || parts.length === 0) return undefined;
    const range = this.#rangeOf(parts.slice(0, -1));
    if (!range) return undefined;
    const key = `\n${'  '.repeat(parts.length)}${JSON.stringify(parts.at(-1))}: `;
    const at = this.#text.indexOf(key, range.start);
    return at >= 0 && at < range.end ? at + key.length : undefined;
  }

  #rangeOf(parts: readonly string[]): { readonly start: number; readonly end: number } | undefined {
    const name = JSON.stringify(parts);
    if (parts.length === 0) return this.#objects.get('');
    if (!this.#objects.has(name)) {
      const start = this.offsetOf(parts);
      const end = start === undefined ? -1 : this.#text.indexOf(`\n${'  '.repeat(parts.length)}}`, start);
      this.#objects.set(name, start === undefined || end < 0 || this.#text[start] !== '{' ? undefined : { start, end });
    }
    return this.#objects.get(name);
  }
}

interface Wanted {
  readonly pointer: string;
  readonly parts: readonly string[];
}

/** Visits a value of which some pointers name a part; gives the index after it. Recursion is as deep as the deepest pointer. */
function visit(text: string, start: number, wanted: readonly Wanted[], depth: number, found: Map<string, number>): number {
  const deeper = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const part = each.parts[depth];
    if (part === undefined) found.set(each.pointer, start);
    else deeper.set(part, [...(deeper.get(part) ?? []), each]);
  }
  const opening = text.charCodeAt(start);
  if (deeper.size === 0 || (opening !== OPEN_BRACE && opening !== OPEN_BRACKET)) return endOfValue(text, start);
  let offset = skipSpace(text, start + 1);
  for (let index = 0; offset < text.length; index++) {
    const code = text.charCodeAt(offset);
    if (code === CLOSE_BRACE || code === CLOSE_BRACKET) return offset + 1;
    let part = String(index);
    if (opening === OPEN_BRACE) {
      const end = endOfString(text, offset);
      part = readString(text.slice(offset, end));
      // Over the colon.
      offset = skipSpace(text, skipSpace(text, end) + 1);
    }
    const inside = deeper.get(part);
    const next = inside ? visit(text, offset, inside, depth + 1, found) : endOfValue(text, offset);
    offset = skipSpace(text, next);
    if (text.charCodeAt(offset) === COMMA) offset = skipSpace(text, offset + 1);
    else if (next <= offset && text.charCodeAt(offset) !== CLOSE_BRACE && text.charCodeAt(offset) !== CLOSE_BRACKET) return text.length;
  }
  return text.length;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

function readString(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}

/** The index after a value. */
function endOfValue(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) return endOfString(text, start);
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (depth === 0) return index;
      if (--depth === 0) return index + 1;
    } else if (code === COMMA && depth === 0) return index;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH && end - 1 - slashes > start) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  let index = start;
  for (let code = text.charCodeAt(index); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; code = text.charCodeAt(index))
    index++;
  return index;
}
