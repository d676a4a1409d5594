import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { ProblemCode } from '../base/problem-codes.ts';

/** Limits on one record file. No real record comes near them. */
export const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 24;
/** Faults of structure told per file: a hostile file must not fill memory with its own complaints. */
const MAX_FAULTS = 50;

/** A path into the data of a file: keys and indexes. */
export type DataPath = readonly (string | number)[];

/** Something wrong at an offset (UTF-16 units) of the text. */
export interface TextFault {
  readonly code: ProblemCode;
  readonly offset: number;
  readonly message: string;
  readonly fix?: string;
}

/** A YAML file as plain data, with the means to say where each piece of it stands. */
export interface YamlText {
  readonly data: unknown;
  readonly faults: readonly TextFault[];
  /** Offset of the value at a path; of the nearest existing parent where the path leads nowhere. */
  offsetOf(path: DataPath): number;
  /** Offset of a key of the mapping at a path. */
  offsetOfKey(path: DataPath, key: string): number;
  /** The scalar's own spelling at a path, such as `1.10` for the number 1.1; undefined for lists and mappings. */
  spellingOf(path: DataPath): string | undefined;
}

/**
 * Parses YAML 1.2 (core schema, one document) without what records never use and attackers do: aliases, tags, deep nesting, duplicate keys.
 * Bounded: at most 1 MiB, 24 levels, and time linear in the text — key uniqueness is checked here with a set, because the library's own
 * check is quadratic.
 */
export function parseYamlText(text: string): YamlText {
  const lines = new LineCounter();
  const tooDeep = findExcessiveNesting(text);
  if (tooDeep !== undefined) return faulty({ code: 'yaml-depth', offset: tooDeep, message: `nested more than ${MAX_DEPTH} levels deep` });
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'error', schema: 'core' });
  const faults: TextFault[] = document.errors.slice(0, MAX_FAULTS).map((error) => ({
    code: error.code === 'MULTIPLE_DOCS' ? 'yaml-multiple-documents' : 'yaml-syntax',
    offset: error.pos[0],
    message: error.code === 'MULTIPLE_DOCS' ? 'a second document starts here' : describeYamlError(error.message),
    fix: error.code === 'TAB_AS_INDENT' ? 'indent with spaces' : undefined,
  }));
  if (faults.length > 0) return { ...faulty(...faults) };
  const data = toData(document.contents, text, faults, 0);
  return {
    data,
    faults: faults.slice(0, MAX_FAULTS),
    offsetOf: (path) => startOf(findNode(document.contents, path)),
    offsetOfKey: (path, key) => {
      const node = findNode(document.contents, path);
      const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined;
      return pair ? startOf(pair.key as Node) : startOf(node);
    },
    spellingOf: (path) => {
      const node = findNode(document.contents, path);
      return isScalar(node) ? (node.source ?? String(node.value)) : undefined;
    },
  };
}

function faulty(...faults: TextFault[]): YamlText {
  const offset = faults[0]?.offset ?? 0;
  return { data: undefined, faults, offsetOf: () => offset, offsetOfKey: () => offset, spellingOf: () => undefined };
}

/** Plain data of a node tree; what records may not use is added to the faults. Mappings become objects without a prototype's reach. */
function toData(node: unknown, text: string, faults: TextFault[], depth: number): unknown {
  if (isAlias(node)) {
    faults.push({
      code: 'yaml-alias',
      offset: startOf(node),
      message: `the alias *${node.source} is not allowed`,
      fix: 'write the value out',
    });
    return undefined;
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
  // The range of a node starts behind its properties; the caret belongs under the property.
  const startOfProperty = (property: string) => Math.max(0, text.lastIndexOf(property, startOf(node)));
  if (node.anchor) {
    faults.push({
      code: 'yaml-alias',
      offset: startOfProperty(`&${node.anchor}`),
      message: `the anchor &${node.anchor} is not allowed`,
      fix: 'remove it',
    });
  }
  if (node.tag?.startsWith('!')) {
    faults.push({ code: 'yaml-tag', offset: startOfProperty('!'), message: `the tag ${node.tag} is not allowed`, fix: 'remove it' });
  }
  if (isScalar(node)) return node.value;
  if (depth >= MAX_DEPTH) {
    faults.push({ code: 'yaml-depth', offset: startOf(node), message: `nested more than ${MAX_DEPTH} levels deep` });
    return undefined;
  }
  if (isSeq(node)) return node.items.map((item) => toData(item, text, faults, depth + 1));
  const keys = new Set<string>();
  const entries: [string, unknown][] = [];
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    if (key === undefined || key === '__proto__') {
      faults.push({ code: 'yaml-syntax', offset: startOf(pair.key), message: 'expected a plain text as key' });
    } else if (keys.has(key)) {
      faults.push({ code: 'yaml-duplicate-key', offset: startOf(pair.key), message: `the key "${key}" stands twice in this mapping` });
    } else {
      keys.add(key);
      entries.push([key, toData(pair.value, text, faults, depth + 1)]);
    }
  }
  return Object.fromEntries(entries);
}

/**
 * Offset at which brackets or indentation nest far beyond any record, before the parser recurses into them. Quoted text may hold
 * brackets, so the bound is generous; the exact depth is held later.
 */
function findExcessiveNesting(text: string): number | undefined {
  let open = 0;
  let dashes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5b || code === 0x7b) open++;
    else if (code === 0x5d || code === 0x7d) open = Math.max(0, open - 1);
    else if (code === 0x0a) {
      dashes = 0;
      let space = index + 1;
      while (text.charCodeAt(space) === 0x20) space++;
      if (space - index > 400) return index + 1;
    } else if ((code === 0x2d || code === 0x3f) && text.charCodeAt(index + 1) === 0x20) dashes++;
    if (open > 200 || dashes > 200) return index;
  }
  return undefined;
}

function findNode(root: unknown, path: DataPath): unknown {
  let node = root;
  for (const step of path) {
    let next: unknown;
    if (isMap(node)) next = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))?.value;
    else if (isSeq(node) && typeof step === 'number') next = node.items[step];
    if (next === undefined || next === null) return node;
    node = next;
  }
  return node;
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

function describeYamlError(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).split('\n', 1)[0];
}
