import { decodeText, linesOf } from './input-text.ts';
import { type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { isPythonName, pythonIdentity } from './python-source.ts';

/**
 * METADATA of an installed package (PKG-INFO of older ones): headers as in mail, then a description
 * (https://packaging.python.org/en/latest/specifications/core-metadata/). Where the package came from stands in other files, so that the index
 * is taken for its source.
 */
export const pythonMetadata: InventoryFormat = {
  id: 'python-metadata',
  title: 'METADATA of an installed Python package',
  types: ['pypi'],
  parse: parsePythonMetadata,
};

const WANTED = ['metadata-version', 'name', 'version'];

function parsePythonMetadata(bytes: Uint8Array): Inventory {
  const found = new Map<string, { readonly value: string; readonly line: number }>();
  let isWhole = false;
  for (const { line, text } of linesOf(decodeText(bytes), 10_000)) {
    // What is looked for stands first; a line after it shows that it was not cut off.
    isWhole = WANTED.every((name) => found.has(name));
    // Headers end at an empty line; lines that begin with a space continue one.
    if (isWhole || text === '') break;
    if (/^\s/.test(text)) continue;
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(0, colon)).toLowerCase();
    if (!/^[a-z][a-z-]{0,40}$/.test(name)) throw new UnreadableInput(`expected a header of Python metadata, found line ${line}`, { line });
    if (!found.has(name)) found.set(name, { value: text.slice(colon + 1).trim(), line });
  }
  const name = found.get('name');
  const version = found.get('version');
  if (!name || !isPythonName(name.value) || !version?.value || !isWhole) {
    throw new UnreadableInput('expected complete Python metadata with Metadata-Version, Name and Version, found it without');
  }
  return {
    formatVersion: found.get('metadata-version')?.value,
    components: [
      { identity: pythonIdentity(name.value), version: version.value, source: { kind: 'registry' }, at: { line: version.line } },
    ],
    skipped: [],
  };
}
