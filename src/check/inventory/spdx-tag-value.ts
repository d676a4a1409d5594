import { chainFinder } from './dependency-chain.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';
import { vendorOf } from './spdx-json.ts';
import { SpdxRelations } from './spdx-relations.ts';

/** SPDX 2.2 and 2.3 as tag-value text (https://spdx.github.io/spdx-spec/v2.3/conformance/). */
export const spdxTagValue: InventoryFormat = {
  id: 'spdx-tag-value',
  title: 'SPDX 2.2 or 2.3, tag-value',
  types: ['*'],
  parse: parseSpdxTagValue,
};

interface Draft {
  readonly line: number;
  readonly name: string;
  id: string | undefined;
  version: string | undefined;
  supplier: string | undefined;
  readonly purls: string[];
  readonly checksums: [string | undefined, string | undefined][];
}

function parseSpdxTagValue(bytes: Uint8Array): Inventory {
  const text = decodeText(bytes);
  const found = /^SPDXVersion:\s*(\S+)/m.exec(text)?.[1];
  const formatVersion = /^SPDX-(2\.[23])$/.exec(found ?? '')?.[1];
  if (!formatVersion)
    throw new UnreadableInput(`expected SPDXVersion: SPDX-2.2 or SPDX-2.3, found ${found ? JSON.stringify(found.slice(0, 40)) : 'none'}`);
  const packages: Draft[] = [];
  const relations = new SpdxRelations('SPDXRef-DOCUMENT');
  let current: Draft | undefined;
  let isInText = false;
  for (const { line, text: raw } of linesOf(text)) {
    // Texts of several lines stand between <text> and </text>, and mean nothing here.
    if (isInText || raw.includes('<text>')) {
      isInText = raw.lastIndexOf('</text>') < raw.lastIndexOf('<text>') || (isInText && !raw.includes('</text>'));
      continue;
    }
    const colon = raw.indexOf(':');
    if (colon < 0 || raw.startsWith('#')) continue;
    const [tag, value] = [raw.slice(0, colon).trim(), raw.slice(colon + 1).trim()];
    if (tag === 'PackageName') {
      current = { line, name: value, id: undefined, version: undefined, supplier: undefined, purls: [], checksums: [] };
      packages.push(current);
      if (packages.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, { line });
    } else if (tag === 'FileName' || tag === 'SnippetSPDXID' || tag === 'LicenseID') current = undefined;
    else if (tag === 'Relationship') {
      const [from, type, to] = value.split(/\s+/);
      relations.add(from, type, to);
    } else if (current) readTag(current, tag, value);
  }
  if (isInText) throw new UnreadableInput('expected </text>, found the end of the file', { offset: text.length });
  const skipped = new SkipCounter();
  const labels = new Map(packages.map(({ id, name, version }) => [id ?? '', version ? `${name}@${version}` : name]));
  const idOf = new Map<FoundComponent, string>();
  const components = packages.flatMap((draft): FoundComponent[] => {
    const at = { line: draft.line };
    const { id, purls, name, version } = draft;
    const component = sbomComponent(
      { purls, name: name || undefined, version, vendor: vendorOf(draft.supplier), digests: sbomDigests(draft.checksums) },
      at,
    );
    if (!component) skipped.add('package without purl and name', id, at);
    else if (id && relations.isDescribed(id)) skipped.add('what the document describes', name, at);
    else {
      const related: FoundComponent = { ...component, ...(id ? relations.relationOf(id) : {}) };
      if (id) idOf.set(related, id);
      return [related];
    }
    return [];
  });
  const chainTo = chainFinder<string>({
    roots: () => relations.roots(),
    next: (id) => relations.next(id),
    label: (id) => labels.get(id) ?? id,
  });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const id = idOf.get(component);
      return id === undefined ? undefined : chainTo(id);
    },
  };
}

function readTag(draft: Draft, tag: string, value: string): void {
  if (tag === 'SPDXID') draft.id = value;
  else if (tag === 'PackageVersion') draft.version = value || undefined;
  else if (tag === 'PackageSupplier' || tag === 'PackageOriginator') draft.supplier ??= value;
  else if (tag === 'PackageChecksum') {
    const [algorithm, digest] = value.split(/:\s*/);
    draft.checksums.push([algorithm, digest]);
  } else if (tag === 'ExternalRef') {
    const [, type, locator] = value.split(/\s+/);
    if (type === 'purl' && locator) draft.purls.push(locator);
  }
}
