import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';

/**
 * go.sum (https://go.dev/ref/mod#go-sum-files): checksums of every module that was ever downloaded for the build. A line with `/go.mod` only shows that its go.mod was
 * read; its code was not fetched, so it is passed over.
 */
export const goSum: InventoryFormat = { id: 'go-sum', title: 'go.sum', types: ['golang'], parse: parseGoSum };

function parseGoSum(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let lines = 0;
  for (const { line, text } of linesOf(decodeText(bytes))) {
    if (text.trim() === '') continue;
    lines++;
    const [name, version, checksum] = text.trim().split(/\s+/);
    if (!name || !version || !checksum || !/^h\d:[A-Za-z0-9+/]{43}=$/.test(checksum))
      skipped.addNotUnderstood('line that is no module, version and checksum', text.slice(0, 80), { line });
    else if (version.endsWith('/go.mod')) skipped.add('module of which only the go.mod was read', name, { line });
    else components.push({ identity: { kind: 'package', type: 'golang', name }, version, source: { kind: 'registry' }, at: { line } });
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} lines`, { line });
  }
  if (lines > 0 && !skipped.list().some(({ reason }) => reason.startsWith('module')) && components.length === 0) {
    throw new UnreadableInput('expected lines of module, version and checksum, found none', { line: 1 });
  }
  return { components, skipped: skipped.list() };
}
