import { parse } from 'smol-toml';
import { asRecord, type JsonRecord } from './input-text.ts';
import { MAX_DEPTH, type Place, UnreadableInput } from './inventory.ts';

/** Parses TOML whose nesting is bounded; throws {@link UnreadableInput} with the line of the fault. */
export function parseTomlText(text: string): JsonRecord {
  if (text.trim() === '') throw new UnreadableInput('expected TOML, found an empty file');
  try {
    return asRecord(parse(text, { maxDepth: MAX_DEPTH, integersAsBigInt: 'asNeeded' })) ?? {};
  } catch (cause) {
    const line = typeof cause === 'object' && cause !== null && 'line' in cause && typeof cause.line === 'number' ? cause.line : undefined;
    throw new UnreadableInput('expected TOML, found something else', line === undefined ? undefined : { line }, { cause });
  }
}

/**
 * Where each table of an array of tables begins, such as `[[package]]`. Where a text within the document looks like such a heading, the
 * places are only pointers.
 */
export function placesOfTables(text: string, name: string, count: number): (index: number) => Place {
  const heading = `[[${name}]]`;
  const offsets: number[] = [];
  for (let at = text.indexOf(heading); at >= 0 && offsets.length <= count; at = text.indexOf(heading, at + heading.length)) {
    if (at === 0 || text[at - 1] === '\n') offsets.push(at);
  }
  return (index) => {
    const pointer = `/${name}/${index}`;
    const offset = offsets.length === count ? offsets[index] : undefined;
    return offset === undefined ? { pointer } : { offset, pointer };
  };
}
