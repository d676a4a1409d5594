import { FAILSAFE_SCHEMA, loadAll } from 'js-yaml';
import { UnreadableInput } from './inventory.ts';

/** Longest YAML text that is parsed: locks of the largest monorepos have 20 MB. */
const MAX_YAML = 64 * 1024 * 1024;

/**
 * The documents of a YAML text, all scalars as texts as they stand (`5.4` stays `5.4`). Aliases are refused: a small text could stand for a
 * huge document. Throws {@link UnreadableInput} on what is no YAML, with the line.
 */
export function parsePlainYaml(text: string): unknown[] {
  if (text.trim() === '') throw new UnreadableInput('expected YAML, found an empty file');
  if (text.length > MAX_YAML) throw new UnreadableInput(`expected YAML of at most ${MAX_YAML} characters, found ${text.length}`);
  let documents: unknown[];
  try {
    documents = loadAll(text, undefined, { schema: FAILSAFE_SCHEMA });
  } catch (cause) {
    const line = lineOfFault(cause);
    throw new UnreadableInput('expected YAML, found something else', line === undefined ? undefined : { line }, { cause });
  }
  refuseAliases(documents);
  return documents;
}

function lineOfFault(cause: unknown): number | undefined {
  const mark = typeof cause === 'object' && cause !== null && 'mark' in cause ? cause.mark : undefined;
  const line = typeof mark === 'object' && mark !== null && 'line' in mark ? mark.line : undefined;
  return typeof line === 'number' ? line + 1 : undefined;
}

/** An alias stands for the same object again: met twice, it is refused, so that the walk is as long as the text. */
function refuseAliases(documents: readonly unknown[]): void {
  const seen = new Set<object>();
  const waiting: unknown[] = [...documents];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (seen.has(value)) throw new UnreadableInput('expected YAML without aliases, found one');
    seen.add(value);
    for (const inner of Object.values(value)) waiting.push(inner);
  }
}
