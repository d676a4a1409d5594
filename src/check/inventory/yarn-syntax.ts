import { linesOf } from './input-text.ts';
import { UnreadableInput } from './inventory.ts';

/** An entry of yarn.lock: its descriptors (`name@range`), its fields, and its maps such as `dependencies`. */
export interface YarnEntry {
  readonly line: number;
  readonly keys: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
  readonly maps: ReadonlyMap<string, readonly (readonly [string, string])[]>;
}

/** Yarn writes keys of many descriptors in one line. */
const MAX_LINE = 1_000_000;

/**
 * Reads the notation that both generations of yarn.lock are written in: `key value` of Yarn 1
 * (https://classic.yarnpkg.com/lang/en/docs/yarn-lock/) and `key: value` of later ones, which is the part of YAML that Yarn writes. Indented by
 * two spaces a level, texts bare or as JSON strings. Anything else is refused: Yarn itself would not have written it.
 */
export function readYarnEntries(text: string): YarnEntry[] {
  const entries: YarnEntry[] = [];
  let fields = new Map<string, string>();
  let maps = new Map<string, (readonly [string, string])[]>();
  let open: (readonly [string, string])[] | undefined;
  let longKey: string[] | undefined;
  const start = (line: number, keys: readonly string[]): void => {
    fields = new Map();
    maps = new Map();
    open = undefined;
    entries.push({ line, keys, fields, maps });
  };
  for (const { line, text: content } of linesOf(text, MAX_LINE)) {
    const indent = content.search(/[^ ]/);
    if (indent < 0 || content[indent] === '#') continue;
    const fault = (): UnreadableInput => new UnreadableInput(`expected the notation of yarn.lock, found line ${line}`, { line });
    if (indent === 0) {
      // YAML writes keys of more than 1,024 characters as `? key` and `:` in the next line.
      if (content.startsWith('? ')) longKey = readTokens(content, 2)?.tokens;
      else if (content.trimEnd() === ':' && longKey) {
        start(line, longKey);
        longKey = undefined;
      } else {
        const read = readTokens(content, 0);
        if (!read?.ended || longKey) throw fault();
        start(line, read.tokens);
      }
      continue;
    }
    if (entries.length === 0 || indent % 2 !== 0) throw fault();
    const pair = readPair(content, indent);
    if (!pair) throw fault();
    const [key, value] = pair;
    if (indent === 2) {
      open = value === undefined ? [] : undefined;
      if (open) maps.set(key, open);
      else fields.set(key, value ?? '');
    } else if (!open) throw fault();
    // Deeper maps hold settings of dependencies, which name nothing new.
    else if (indent === 4 && value !== undefined) open.push([key, value]);
  }
  if (longKey) throw new UnreadableInput('expected a complete yarn.lock, found its end after a key');
  return entries;
}

interface Token {
  readonly text: string;
  readonly end: number;
}

/** `a, "b", c:` */
function readTokens(content: string, start: number): { tokens: string[]; ended: boolean } | undefined {
  const tokens: string[] = [];
  for (let offset = start; ; ) {
    const token = readToken(content, offset);
    if (!token) return undefined;
    tokens.push(token.text);
    offset = token.end;
    if (content[offset] === ',' && content[offset + 1] === ' ') offset += 2;
    else {
      const rest = content.slice(offset).trimEnd();
      return rest === ':' || rest === '' ? { tokens, ended: rest === ':' } : undefined;
    }
  }
}

/** `key value`, `key: value`, or `key:` which opens a map. */
function readPair(content: string, start: number): readonly [string, string | undefined] | undefined {
  const key = readToken(content, start);
  if (!key) return undefined;
  const hasColon = content[key.end] === ':';
  const offset = key.end + (hasColon ? 1 : 0);
  const rest = content.slice(offset).trim();
  if (rest === '') return hasColon ? [key.text, undefined] : undefined;
  if (content[offset] !== ' ') return undefined;
  if (!rest.startsWith('"')) return [key.text, rest];
  const value = readToken(rest, 0);
  return value?.end === rest.length ? [key.text, value.text] : undefined;
}

/** A JSON string, or what stands before a colon, comma, space or quote. */
function readToken(content: string, start: number): Token | undefined {
  if (content[start] !== '"') {
    let end = start;
    while (end < content.length && !' :,"\t'.includes(content[end] ?? '')) end++;
    return end > start ? { text: content.slice(start, end), end } : undefined;
  }
  let end = start + 1;
  while (end < content.length && content[end] !== '"') end += content[end] === '\\' ? 2 : 1;
  if (end >= content.length) return undefined;
  try {
    return { text: String(JSON.parse(content.slice(start, end + 1))), end: end + 1 };
  } catch {
    return undefined;
  }
}
