import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/**
 * go.mod (https://go.dev/ref/mod#go-mod-file). Go builds with the versions that it names or, where a dependency asks for more, with later ones: what it names is
 * taken as the version.
 */
export const goMod: InventoryFormat = { id: 'go-mod', title: 'go.mod', types: ['golang'], parse: parseGoMod };

function parseGoMod(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  const replaced = new Map<string, string>();
  let block = '';
  let hasModule = false;
  let goVersion: string | undefined;
  for (const { line, text: raw } of linesOf(text)) {
    const comment = raw.indexOf('//');
    const isIndirect = comment >= 0 && /^\/\/\s*indirect\b/.test(raw.slice(comment));
    const code = (comment < 0 ? raw : raw.slice(0, comment)).trim();
    if (code === '') continue;
    if (block !== '' && code === ')') {
      block = '';
      continue;
    }
    const [first = '', ...rest] = code.split(/\s+/);
    if (block === '' && rest[0] === '(') {
      block = first;
      continue;
    }
    const words = block === '' ? rest : [first, ...rest];
    const directive = block === '' ? first : block;
    if (directive === 'module') hasModule = true;
    else if (directive === 'go') goVersion = words[0];
    else if (directive === 'replace') {
      const arrow = words.indexOf('=>');
      const [from, to] = [words[0], words[arrow + 1]];
      if (arrow > 0 && from && to) {
        replaced.set(unquote(from), unquote(to));
        if (/^\.{0,2}\//.test(unquote(to))) skipped.add('module replaced by a folder', unquote(from), { line });
        else components.push(component(unquote(to), words[arrow + 2], line, undefined));
      }
    } else if (directive === 'require' || directive === 'tool') {
      const [name, version] = [words[0], words[1]];
      if (name && version) components.push(component(unquote(name), version, line, isIndirect ? 'transitive' : 'direct'));
      else if (directive === 'require') skipped.add('requirement without version', name, { line });
    } else if (!['exclude', 'retract', 'toolchain', 'godebug', 'ignore'].includes(directive)) {
      skipped.add('line that is no directive', code.slice(0, 80), { line });
    }
  }
  if (!hasModule) throw new UnreadableInput('expected a go.mod with a module line, found none');
  if (block !== '') throw new UnreadableInput(`expected the end of the ${block} block, found the end of the file`, { offset: text.length });
  return {
    formatVersion: goVersion,
    components: components.filter(({ identity, relation }) => !(relation && replaced.has(nameOf(identity)))),
    skipped: skipped.list(),
  };
}

function nameOf(identity: FoundComponent['identity']): string {
  return identity.kind === 'package' ? identity.name : '';
}

function component(name: string, version: string | undefined, line: number, relation: FoundComponent['relation']): FoundComponent {
  return { identity: { kind: 'package', type: 'golang', name }, version, source: { kind: 'registry' }, at: { line }, relation };
}

function unquote(word: string): string {
  return word.replace(/^["`]|["`]$/g, '');
}
