import { ComponentList } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, type Place, UnreadableInput } from './inventory.ts';
import { wingetComponent } from './winget-export.ts';

/**
 * The table of `winget list` (https://learn.microsoft.com/windows/package-manager/winget/list): all programs of a Windows machine, also those that no
 * source of winget knows. Its headings are in the language of the user; the second is always the identifier.
 */
export const wingetList: InventoryFormat = { id: 'winget-list', title: 'winget list', types: [], parse: parseWingetList };

function parseWingetList(bytes: Uint8Array): Inventory {
  const list = new ComponentList();
  const skipped = new SkipCounter();
  let starts: readonly number[] | undefined;
  let previous = '';
  for (const { line, text: row } of linesOf(decodeText(bytes), MAX_ROW)) {
    // What winget shows while it works stays in the line, before a return of the carriage.
    const text = row.slice(row.lastIndexOf('\r') + 1);
    if (starts !== undefined) readRow(text, starts, { line }, list, skipped);
    else if (/^-{10,}\s*$/.test(text)) starts = columnStarts(previous);
    previous = text;
  }
  if (starts === undefined)
    throw new UnreadableInput('expected the table of winget list with its headings and a line below them, found none');
  return { components: list.components, skipped: skipped.list() };
}

const MAX_ROW = 4_000;

/** Where the columns of the table begin. Throws where the headings are others. */
function columnStarts(headings: string): number[] {
  const words = [...headings.matchAll(/\S+/g)];
  if (words.length < 3 || words[1]?.[0].toLowerCase() !== 'id') {
    throw new UnreadableInput('expected the headings Name, Id and Version of winget list, found others');
  }
  return words.map((word) => cells(headings.slice(0, word.index)));
}

function readRow(text: string, starts: readonly number[], at: Place, list: ComponentList, skipped: SkipCounter): void {
  if (text.trim() === '') return;
  const [name = '', id = '', version = ''] = starts.map((start, index) => cut(text, start, starts[index + 1]).trim());
  const component = readProgram(name, id, version, at);
  if (component) list.add(component);
  // Below the table winget counts updates.
  else if (/^\d+ /.test(text)) skipped.add('line that is no program', text, at);
  else skipped.addNotUnderstood('line that is not understood as a program', text, at);
}

function readProgram(name: string, id: string, version: string, at: Place): FoundComponent | undefined {
  if (name === '' || id === '' || /\s/.test(id)) return undefined;
  // `> 1.2` says that the version is only known to be newer.
  const exact = version !== '' && /^[^<>…\s]+$/.test(version) ? version : undefined;
  // What no source knows has an identifier of the registry of Windows; a long name or identifier is cut.
  const isOfSource = !id.includes('\\') && !id.endsWith('…');
  if (isOfSource) return wingetComponent(id, name.endsWith('…') ? undefined : name, exact, { kind: 'unstated' }, at);
  const shown = name.replace(/…$/, '');
  return { identity: { kind: 'application', name: shown, platform: 'windows' }, version: exact, source: { kind: 'unstated' }, at };
}

/** The part of a row between two columns of the terminal. */
function cut(text: string, start: number, end: number | undefined): string {
  let column = 0;
  let part = '';
  for (const character of text) {
    if (column >= start && (end === undefined || column < end)) part += character;
    column += cells(character);
  }
  return part;
}

/** How many cells of a terminal a text takes: characters of East Asia take two. */
function cells(text: string): number {
  let count = 0;
  for (const character of text)
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  return count;
}
