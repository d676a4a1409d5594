import { noteMissingEnd } from './component-list.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';
import { labelOfComponent, type SbomEntry, SbomGraph } from './sbom-graph.ts';
import { asserted, relate, vendorOf } from './spdx-relations.ts';

/** SPDX 2.2 and 2.3 as tag-value text (https://spdx.github.io/spdx-spec/v2.3/conformance/). */
export const spdxTagValue: InventoryFormat = {
  id: 'spdx-tag-value',
  title: 'SPDX 2.2 or 2.3, tag-value',
  types: ['*'],
  parse: parseSpdxTagValue,
};

/** A package or file, of which each tag is a line. */
interface Draft {
  readonly kind: 'package' | 'file';
  readonly line: number;
  readonly name: string;
  id: string | undefined;
  version: string | undefined;
  supplier: string | undefined;
  originator: string | undefined;
  download: string | undefined;
  readonly purls: string[];
  readonly cpes: string[];
  readonly checksums: [string | undefined, string | undefined][];
}

const DOCUMENT = 'SPDXRef-DOCUMENT';
const TEXT = '<text>';
const TEXT_END = '</text>';

function parseSpdxTagValue(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const graph = new SbomGraph();
  const skipped = new SkipCounter();
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  let [isInText, formatVersion] = [false, undefined as string | undefined];
  for (const { line, text: raw } of linesOf(text)) {
    // Texts of several lines stand between <text> and </text>, and mean nothing here.
    if (isInText) {
      isInText = !raw.includes(TEXT_END);
      continue;
    }
    const colon = raw.indexOf(':');
    if (colon < 0 || raw.startsWith('#')) continue;
    const [tag, whole] = [raw.slice(0, colon).trim(), raw.slice(colon + 1).trim()];
    isInText = whole.startsWith(TEXT) && !whole.includes(TEXT_END);
    const value = whole.startsWith(TEXT) ? whole.slice(TEXT.length).replace(TEXT_END, '').trim() : whole;
    if (tag === 'SPDXVersion') formatVersion ??= readVersion(value, line);
    else if (tag === 'PackageName' || tag === 'FileName') {
      current = newDraft(tag === 'PackageName' ? 'package' : 'file', line, value);
      drafts.push(current);
      if (drafts.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages and files`, { line });
    } else if (tag === 'SnippetSPDXID' || tag === 'LicenseID') current = undefined;
    else if (tag === 'Relationship') {
      const [from, type, to] = value.split(/\s+/);
      relate(graph, DOCUMENT, from, type, to);
    } else if (current) readTag(current, tag, value);
  }
  if (formatVersion === undefined) throw new UnreadableInput('expected SPDXVersion: SPDX-2.2 or SPDX-2.3, found none');
  if (isInText) throw new UnreadableInput('expected </text>, found the end of the file', { offset: text.length });
  noteMissingEnd(text, skipped);
  const entries: SbomEntry[] = [];
  const labels = new Map<string, string>();
  for (const draft of drafts) {
    const component = readDraft(draft, graph, skipped);
    if (!component) continue;
    entries.push({ component, id: draft.id });
    if (draft.id) labels.set(draft.id, labelOfComponent(component, draft.id));
  }
  return { formatVersion, skipped: skipped.list(), ...graph.inventoryOf(entries, (id) => labels.get(id) ?? id) };
}

function readVersion(value: string, line: number): string {
  const version = /^SPDX-(2\.[23])$/.exec(value)?.[1];
  if (version === undefined)
    throw new UnreadableInput(`expected SPDXVersion: SPDX-2.2 or SPDX-2.3, found ${JSON.stringify(value.slice(0, 40))}`, { line });
  return version;
}

function newDraft(kind: Draft['kind'], line: number, name: string): Draft {
  const unknown = { id: undefined, version: undefined, supplier: undefined, originator: undefined, download: undefined };
  return { kind, line, name, ...unknown, purls: [], cpes: [], checksums: [] };
}

function readTag(draft: Draft, tag: string, value: string): void {
  switch (tag) {
    case 'SPDXID':
      draft.id ??= value;
      return;
    case 'PackageVersion':
      draft.version = asserted(value);
      return;
    case 'PackageSupplier':
      draft.supplier = vendorOf(value);
      return;
    case 'PackageOriginator':
      draft.originator = vendorOf(value);
      return;
    case 'PackageDownloadLocation':
      draft.download = asserted(value);
      return;
    case 'PackageChecksum':
    case 'FileChecksum': {
      const colon = value.indexOf(':');
      draft.checksums.push([value.slice(0, Math.max(0, colon)), value.slice(colon + 1).trim()]);
      return;
    }
    case 'ExternalRef': {
      const [, type, locator] = value.split(/\s+/);
      if (type === 'purl' && locator) draft.purls.push(locator);
      else if ((type === 'cpe23Type' || type === 'cpe22Type') && locator) draft.cpes.push(locator);
    }
  }
}

function readDraft(draft: Draft, graph: SbomGraph, skipped: SkipCounter): FoundComponent | undefined {
  const { kind, id, name, purls, cpes, version, download } = draft;
  const at = { line: draft.line };
  const digests = sbomDigests(draft.checksums);
  if (kind === 'file') {
    if (digests) return { identity: { kind: 'file', name, digests }, source: { kind: 'unstated' }, at };
    skipped.add('file without a digest', name, at);
    return undefined;
  }
  const vendor = draft.supplier ?? draft.originator;
  if (graph.isProject(id) && (vendor === undefined || purls.length > 0)) {
    skipped.add('the project itself', name, at);
    return undefined;
  }
  const facts = { purls, name: name || undefined, version, vendor, digests, cpes, downloads: download ? [download] : [] };
  const component = sbomComponent(facts, at, skipped);
  if (!component) skipped.addNotUnderstood('package without purl and name', id, at);
  return component;
}
