import { FAILSAFE_SCHEMA, load, type State, YAMLException } from 'js-yaml';
import { asText } from './input-text.ts';
import { UnreadableInput } from './inventory.ts';

/** A YAML document, every scalar a text, with the lines of its keys. */
export interface YamlDocument {
  readonly value: unknown;
  /** Line (from 1) on which a key of a mapping stands. */
  lineOf(mapping: unknown, key: string): number | undefined;
}

/** Hand-written files are far smaller. */
const MAX_CHARACTERS = 8 * 1024 * 1024;

interface Node {
  readonly line: number;
  readonly children: Node[];
  result?: unknown;
}

/**
 * Parses one YAML document (https://yaml.org/spec/1.2.2/) without any typed scalars. Aliases share what they point to, so that a bomb of them
 * takes no memory: who walks the value has to visit each object once. Throws {@link UnreadableInput}.
 */
export function parseYamlWithLines(text: string): YamlDocument {
  if (text.length > MAX_CHARACTERS)
    throw new UnreadableInput(`expected at most ${MAX_CHARACTERS} characters of YAML, found ${text.length}`);
  const lines = new WeakMap<object, Map<string, number>>();
  const open: Node[] = [];
  const listener = (event: 'open' | 'close', { line, result, kind }: State): void => {
    if (event === 'open') {
      open.push({ line: line + 1, children: [] });
      return;
    }
    const node = open.pop();
    if (!node) return;
    node.result = result;
    // A flow mapping is closed a second time, as the node that holds it; an alias closes what it points to.
    if (kind === 'mapping' && typeof result === 'object' && result !== null && !lines.has(result)) {
      lines.set(result, keyLines(node.children));
    }
    // Only lines of keys are kept: what is below a node is done with.
    node.children.length = 0;
    open.at(-1)?.children.push(node);
  };
  try {
    const value = load(text, { schema: FAILSAFE_SCHEMA, listener: (event, state) => listener(event, state) });
    return {
      value,
      lineOf: (mapping, key) => (typeof mapping === 'object' && mapping !== null ? lines.get(mapping)?.get(key) : undefined),
    };
  } catch (cause) {
    if (cause instanceof YAMLException) {
      throw new UnreadableInput(`expected YAML, found a fault: ${cause.reason.slice(0, 120)}`, faultPlace(cause), { cause });
    }
    // The library throws its own errors; whatever else hostile input brings about is a fault of that input.
    throw new UnreadableInput('expected YAML, found what cannot be read as such', undefined, { cause });
  }
}

function faultPlace(fault: YAMLException): { readonly line: number } | undefined {
  const line: unknown = fault.mark?.line;
  return typeof line === 'number' ? { line: line + 1 } : undefined;
}

/** Keys and values of a mapping were closed in turn; a value that looks like a key of its own does no harm, the first line of a key stays. */
function keyLines(children: readonly Node[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const { line, result } of children) {
    const key = asText(result);
    if (key !== undefined && !lines.has(key)) lines.set(key, line);
  }
  return lines;
}
