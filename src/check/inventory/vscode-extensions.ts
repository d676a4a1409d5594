import { ComponentList } from './component-list.ts';
import { asList, asRecord, asText, decodeText, field, linesOf, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, type Place, UnreadableInput } from './inventory.ts';
import { parseJsonc } from './jsonc-text.ts';

/**
 * Extensions of VS Code and the editors made from it: `code --list-extensions --show-versions`, the extensions.json of an extensions folder, the
 * recommendations of a workspace, and the package.json of an extension
 * (https://code.visualstudio.com/docs/configure/extensions/extension-marketplace, https://code.visualstudio.com/api/references/extension-manifest).
 */
export const vscodeExtensions: InventoryFormat = {
  id: 'vscode-extensions',
  title: 'VS Code extensions',
  types: ['vscode-extension'],
  parse: parseVscodeExtensions,
};

function parseVscodeExtensions(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  if (text.trim() === '') throw new UnreadableInput('expected extensions of VS Code, found an empty file');
  const list = new ComponentList();
  const skipped = new SkipCounter();
  if (/^\s*(?:[{[]|\/[/*])/.test(text.slice(0, 10_000))) readDocument(parseJsonc(text), list, skipped);
  else readLines(text, list, skipped);
  return { components: list.components, skipped: skipped.list() };
}

/** An extension by its identifier, `publisher.name`; undefined where the text is none. Neither part holds a dot. */
export function vscodeExtension(
  identifier: string,
  version: string | undefined,
  at: Place,
  source: FoundComponent['source'] = { kind: 'registry' },
): FoundComponent | undefined {
  const match = /^([a-z0-9_-]{1,200})\.([a-z0-9_-]{1,200})$/i.exec(identifier);
  const [, publisher, name] = match ?? [];
  if (publisher === undefined || name === undefined) return undefined;
  return { identity: { kind: 'package', type: 'vscode-extension', name: `${publisher}/${name}` }, version, source, at };
}

/** `publisher.name@1.2.3`, or without version. */
function readLines(text: string, list: ComponentList, skipped: SkipCounter): void {
  for (const { line, text: row } of linesOf(text)) {
    const entry = row.trim();
    // `Extensions installed on WSL: Ubuntu:`
    if (entry === '' || entry.startsWith('Extensions installed on ')) continue;
    const at = entry.indexOf('@');
    const version = at < 0 ? undefined : entry.slice(at + 1);
    const component = vscodeExtension(at < 0 ? entry : entry.slice(0, at), version, { line });
    if (component && (version === undefined || isVersion(version))) list.add(component);
    else skipped.addNotUnderstood('line that is no extension', entry, { line });
  }
  if (list.components.length === 0) throw new UnreadableInput('expected extensions as publisher.name@version, one a line, found none');
}

function readDocument(document: unknown, list: ComponentList, skipped: SkipCounter): void {
  if (Array.isArray(document)) {
    document.forEach((entry, index) => {
      readInstalled(entry, { pointer: pointer(index) }, list, skipped);
    });
    return;
  }
  const recommended = field(document, 'recommendations');
  if (Array.isArray(recommended)) {
    readRecommended(recommended, list, skipped);
    return;
  }
  const publisher = asText(field(document, 'publisher'));
  const name = asText(field(document, 'name'));
  const isExtension = asRecord(field(document, 'engines')) !== undefined && field(field(document, 'engines'), 'vscode') !== undefined;
  if (publisher === undefined || name === undefined || !isExtension) {
    throw new UnreadableInput(
      'expected a list of installed extensions, recommendations, or the manifest of an extension, found none of them',
    );
  }
  const component = vscodeExtension(`${publisher}.${name}`, asText(field(document, 'version')), { pointer: '/version' });
  if (!component) throw new UnreadableInput('expected a publisher and a name of an extension, found others', { pointer: '/name' });
  list.add(component);
}

/** An entry of the extensions.json that the editor keeps about its folder. */
function readInstalled(entry: unknown, at: Place, list: ComponentList, skipped: SkipCounter): void {
  const identifier = asText(field(field(entry, 'identifier'), 'id'));
  const version = asText(field(entry, 'version'));
  const metadata = field(entry, 'metadata');
  const fromFile = field(metadata, 'source') === 'vsix';
  const path = asText(field(entry, 'relativeLocation')) ?? identifier ?? '';
  const component = identifier && vscodeExtension(identifier, version, at, fromFile ? { kind: 'path', path } : undefined);
  if (!component) {
    skipped.addNotUnderstood('entry without an extension identifier', identifier, at);
    return;
  }
  const installedAt = isoTime(field(metadata, 'installedTimestamp'));
  list.add(installedAt === undefined ? component : { ...component, installedAt });
}

/** A workspace asks for these, in whatever version is newest. */
function readRecommended(recommended: readonly unknown[], list: ComponentList, skipped: SkipCounter): void {
  asList(recommended).forEach((entry, index) => {
    const at = { pointer: pointer('recommendations', index) };
    const component = typeof entry === 'string' ? vscodeExtension(entry.trim(), undefined, at) : undefined;
    if (component) list.add({ ...component, requested: 'latest', relation: 'direct' });
    else skipped.addNotUnderstood('entry without an extension identifier', asText(entry), at);
  });
}

/** Milliseconds since 1970 as an ISO date-time. */
export function isoTime(milliseconds: unknown): string | undefined {
  if (typeof milliseconds !== 'number' || !(milliseconds > 0) || milliseconds > 8.64e15) return undefined;
  return new Date(milliseconds).toISOString();
}

function isVersion(text: string): boolean {
  return text.length <= 200 && /^\d[\w.+-]*$/.test(text);
}
