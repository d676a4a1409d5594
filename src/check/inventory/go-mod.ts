import { ComponentList, noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/**
 * go.mod (https://go.dev/ref/mod#go-mod-file). Go refuses to build where a dependency asks for a later version than go.mod names, until go.mod
 * names that one: what it names is taken as the version.
 */
export const goMod: InventoryFormat = { id: 'go-mod', title: 'go.mod', types: ['golang'], parse: parseGoMod };

interface Replacement {
  readonly path: string;
  readonly version: string | undefined;
  readonly line: number;
}

/** Directives that name no module of the build. */
const OTHERS: ReadonlySet<string> = new Set(['exclude', 'retract', 'toolchain', 'godebug', 'ignore', 'tool']);

interface Draft {
  readonly required: { readonly name: string; readonly version: string; readonly line: number; readonly isIndirect: boolean }[];
  /** By `module` or `module@version`. */
  readonly replaced: Map<string, Replacement>;
  hasModule: boolean;
  goVersion: string | undefined;
}

function parseGoMod(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const skipped = new SkipCounter();
  const draft: Draft = { required: [], replaced: new Map(), hasModule: false, goVersion: undefined };
  let block = '';
  for (const { line, text: raw } of linesOf(text)) {
    const comment = raw.indexOf('//');
    const isIndirect = comment >= 0 && /^\/\/\s*indirect\b/.test(raw.slice(comment));
    const code = (comment < 0 ? raw : raw.slice(0, comment)).trim();
    if (code === '') continue;
    if (block !== '' && code === ')') {
      block = '';
      continue;
    }
    const words = code.split(/\s+/).map(unquote);
    if (block === '' && (words[1] === '(' || /^\w+\($/.test(code))) {
      block = (words[0] ?? '').replace('(', '');
      continue;
    }
    const directive = block === '' ? (words.shift() ?? '') : block;
    readDirective(directive, words, line, isIndirect, draft, skipped);
  }
  if (!draft.hasModule) throw new UnreadableInput('expected a go.mod with a module line, found none');
  if (block !== '')
    throw new UnreadableInput(`expected the end of the ${block.slice(0, 40)} block, found the end of the file`, { offset: text.length });
  noteMissingEnd(text, skipped);
  return { formatVersion: draft.goVersion, components: readComponents(draft, skipped), skipped: skipped.list() };
}

function readDirective(
  directive: string,
  words: readonly string[],
  line: number,
  isIndirect: boolean,
  draft: Draft,
  skipped: SkipCounter,
): void {
  const [name, version] = words;
  if (directive === 'module') draft.hasModule = true;
  else if (directive === 'go') draft.goVersion = name;
  else if (directive === 'require') {
    if (name && version) draft.required.push({ name, version, line, isIndirect });
    else skipped.addNotUnderstood('requirement without version', name, { line });
  } else if (directive === 'replace') {
    const arrow = words.indexOf('=>');
    const path = words[arrow + 1];
    if ((arrow === 1 || arrow === 2) && name && path)
      draft.replaced.set(arrow === 2 ? `${name}@${version}` : name, { path, version: words[arrow + 2], line });
    else skipped.addNotUnderstood('replacement that is not understood', words.join(' ').slice(0, 80), { line });
  } else if (!OTHERS.has(directive))
    skipped.addNotUnderstood('line that is no directive', `${directive} ${words.join(' ')}`.slice(0, 80), { line });
}

function readComponents({ required, replaced }: Draft, skipped: SkipCounter): FoundComponent[] {
  const list = new ComponentList();
  const used = new Set<Replacement>();
  for (const { name, version, line, isIndirect } of required) {
    const relation = isIndirect ? 'transitive' : 'direct';
    const replacement = replaced.get(`${name}@${version}`) ?? replaced.get(name);
    if (replacement) used.add(replacement);
    else list.add({ ...module(name, version, line), relation });
    if (replacement) addReplacement(replacement, name, relation, list, skipped);
  }
  // Locks of before Go 1.17 do not list what is asked for by others: it may be replaced all the same.
  for (const [name, replacement] of replaced) if (!used.has(replacement)) addReplacement(replacement, name, undefined, list, skipped);
  return list.components;
}

/** What is built in place of a module: another one, or a folder under the name of the first. */
function addReplacement(
  { path, version, line }: Replacement,
  name: string,
  relation: FoundComponent['relation'],
  list: ComponentList,
  skipped: SkipCounter,
): void {
  if (/^\.{0,2}[\\/]|^[A-Za-z]:[\\/]/.test(path)) skipped.add('module replaced by a folder', name, { line });
  else list.add({ ...module(path, version, line), ...(relation ? { relation } : {}) });
}

function module(name: string, version: string | undefined, line: number): FoundComponent {
  return { identity: { kind: 'package', type: 'golang', name }, version, source: { kind: 'registry' }, at: { line } };
}

function unquote(word: string): string {
  return word.replace(/^["`]|["`]$/g, '');
}
