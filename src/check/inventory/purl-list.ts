import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { purlComponent } from './purl-component.ts';

/** One purl a line; what follows a `#` after a space, and empty lines, do not count. */
export const purlList: InventoryFormat = { id: 'purl-list', title: 'package URLs, one a line', types: ['*'], parse: parsePurlList };

function parsePurlList(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let first: { readonly line: number; readonly text: string } | undefined;
  for (const { line, text } of linesOf(decodeText(bytes))) {
    const entry = text.replace(/(^|\s)#.*$/, '').trim();
    if (entry === '') continue;
    const component = purlComponent(entry, { line });
    if (component) components.push(component);
    else {
      first ??= { line, text: entry.slice(0, 80) };
      skipped.addNotUnderstood('line that is no package URL', entry, { line });
    }
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} lines`, { line });
  }
  if (components.length === 0) {
    const found = first ? `found ${JSON.stringify(first.text)}` : 'found nothing';
    throw new UnreadableInput(`expected package URLs such as pkg:npm/event-stream@3.3.6, one a line; ${found}`, { line: first?.line ?? 1 });
  }
  return { components, skipped: skipped.list() };
}
