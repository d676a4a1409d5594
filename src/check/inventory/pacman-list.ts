import { ComponentList, noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { systemComponent } from './system-package.ts';

/** Packages of Arch Linux and what descends from it: `pacman -Q`, a name and a version on each line (https://man.archlinux.org/man/pacman.8). */
export const pacmanList: InventoryFormat = {
  id: 'pacman-list',
  title: 'Arch packages (pacman -Q)',
  types: ['alpm'],
  parse: parsePacmanList,
};

function parsePacmanList(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected packages of pacman, found an empty file');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  for (const { line, text: row } of linesOf(text)) {
    if (row.trim() === '') continue;
    const [name = '', version = '', ...others] = row.trim().slice(0, 2_000).split(/ +/);
    // `pacman -Qu` adds `-> newer`, `pacman -Ss` says [installed].
    const isPackage = others.length === 0 || others[0] === '->';
    if (isPackage && isName(name) && isVersion(version)) {
      list.add(systemComponent({ type: 'alpm', namespace: 'arch', name, version }, { line }));
    } else skipped.addNotUnderstood('line that is no package', row, { line });
  }
  if (list.components.length === 0) throw new UnreadableInput('expected packages of pacman (name version-release), found none');
  noteMissingEnd(text, skipped);
  return { components: list.components, skipped: skipped.list() };
}

function isName(text: string): boolean {
  return text.length <= 200 && /^[a-z0-9@_+][a-z0-9@._+-]*$/i.test(text);
}

/** `[epoch:]version-release`: pacman never leaves out the release. */
function isVersion(text: string): boolean {
  return text.length <= 200 && /^(?:\d{1,9}:)?[\w.+~^]+-\d{1,9}(?:\.\d{1,9})?$/.test(text);
}
