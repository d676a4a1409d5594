import type { Place } from './inventory.ts';

/** The line (from 1) of a place in a text; undefined where the place does not tell, or the text is no JSON and the place a pointer. */
export function lineOf(text: string, place: Place): number | undefined {
  if (place.line !== undefined) return place.line;
  const offset = place.offset ?? (place.pointer === undefined ? undefined : offsetOfPointer(text, place.pointer));
  if (offset === undefined) return undefined;
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < offset; index = text.indexOf('\n', index + 1)) line++;
  return line;
}

/** Where the value that a JSON pointer (RFC 6901) names begins in a JSON text; undefined where there is none. Bounded by the text's length. */
export function offsetOfPointer(text: string, jsonPointer: string): number | undefined {
  const parts = jsonPointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let offset = skipSpace(text, 0);
  for (const part of parts) {
    const found =
      text[offset] === '{' ? findMember(text, offset, part) : text[offset] === '[' ? findElement(text, offset, part) : undefined;
    if (found === undefined) return undefined;
    offset = found;
  }
  return offset;
}

function findMember(text: string, start: number, name: string): number | undefined {
  let offset = skipSpace(text, start + 1);
  while (text[offset] === '"') {
    const end = endOfString(text, offset);
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (readString(text.slice(offset, end)) === name) return value;
    offset = skipSpace(text, endOfValue(text, value));
    if (text[offset] !== ',') return undefined;
    offset = skipSpace(text, offset + 1);
  }
  return undefined;
}

function findElement(text: string, start: number, part: string): number | undefined {
  const wanted = Number(part);
  let offset = skipSpace(text, start + 1);
  for (let index = 0; index < wanted; index++) {
    offset = skipSpace(text, endOfValue(text, offset));
    if (text[offset] !== ',') return undefined;
    offset = skipSpace(text, offset + 1);
  }
  return text[offset] === ']' ? undefined : offset;
}

function readString(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** The index after a value. */
function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return index;
      if (--depth === 0) return index + 1;
    } else if (character === ',' && depth === 0) return index;
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"') return index + 1;
  }
  return text.length;
}

function skipSpace(text: string, start: number): number {
  let index = start;
  while (text[index] === ' ' || text[index] === '\n' || text[index] === '\r' || text[index] === '\t') index++;
  return index;
}
