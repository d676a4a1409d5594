import { asList, asRecord, asText, decodeText, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import {
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  type InventoryPart,
  MAX_COMPONENTS,
  type Place,
  UnreadableInput,
} from './inventory.ts';
import { elementsOf } from './json-array-stream.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';
import { labelOfComponent, type SbomEntry, SbomGraph } from './sbom-graph.ts';
import { asserted, relate, vendorOf } from './spdx-relations.ts';

/** SPDX 2.2 and 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/). */
export const spdxJson: InventoryFormat = { id: 'spdx-json', title: 'SPDX 2.2 or 2.3, JSON', types: ['*'], parse: parseSpdxJson };

function parseSpdxJson(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  const formatVersion = readSpdxVersion(field(document, 'spdxVersion'));
  for (const name of ['packages', 'files']) {
    const list = field(document, name);
    if (list !== undefined && !Array.isArray(list)) throw new UnreadableInput(`expected ${name} to be a list`, { pointer: `/${name}` });
  }
  const skipped = new SkipCounter();
  const graph = new SbomGraph();
  const own = asText(field(document, 'SPDXID')) ?? 'SPDXRef-DOCUMENT';
  for (const id of asList(field(document, 'documentDescribes'))) graph.describe(asText(id));
  for (const each of asList(field(document, 'relationships'))) {
    const [from, type, to] = ['spdxElementId', 'relationshipType', 'relatedSpdxElement'].map((name) => asText(field(each, name)));
    relate(graph, own, from, type, to);
  }
  const packages = asList(field(document, 'packages'));
  // Files stand apart, and are named by the packages that hold them.
  for (const each of packages) {
    const id = asText(field(each, 'SPDXID'));
    if (id !== undefined) for (const file of asList(field(each, 'hasFiles'))) if (typeof file === 'string') graph.hold(id, file);
  }
  const entries: SbomEntry[] = [];
  const labels = new Map<string, string>();
  const add = (component: FoundComponent | undefined, id: string | undefined): void => {
    if (!component) return;
    if (entries.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages and files`, component.at);
    entries.push({ component, id });
    if (id !== undefined) labels.set(id, labelOfComponent(component, id));
  };
  for (const [index, value] of packages.entries()) {
    const at = { pointer: pointer('packages', index) };
    const id = asText(field(value, 'SPDXID'));
    if (isOwnProject(graph, id, value)) skipped.add('the project itself', asText(field(value, 'name')), at);
    else add(readPackage(value, at, skipped), id);
  }
  for (const [index, value] of asList(field(document, 'files')).entries())
    add(readFile(value, { pointer: pointer('files', index) }, skipped), asText(field(value, 'SPDXID')));
  return { formatVersion, skipped: skipped.list(), ...graph.inventoryOf(entries, (id) => labels.get(id) ?? id) };
}

/** Packages and files of a document of any length, a thousand at a time. Relationships are not followed: they stand apart. */
export async function* streamSpdxJson(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<InventoryPart> {
  let batch: FoundComponent[] = [];
  let formatVersion: string | undefined;
  const skipped = new SkipCounter();
  const elements = elementsOf(chunks, ['packages', 'files'], (name, value) => {
    if (name === 'spdxVersion') formatVersion = readSpdxVersion(value);
  });
  for await (const { path, index, value } of elements) {
    const at = { pointer: pointer(path, index) };
    const component = path === 'packages' ? readPackage(value, at, skipped) : readFile(value, at, skipped);
    if (component) batch.push(component);
    if (batch.length >= 1000) {
      yield { formatVersion, components: batch };
      batch = [];
    }
  }
  yield { formatVersion: formatVersion ?? readSpdxVersion(undefined), components: batch, skipped: skipped.list() };
}

function readSpdxVersion(value: unknown): string {
  const version = /^SPDX-(2\.[23])$/.exec(asText(value) ?? '')?.[1];
  if (version !== undefined) return version;
  const found = value === undefined ? 'no spdxVersion' : JSON.stringify(value).slice(0, 40);
  throw new UnreadableInput(`expected SPDX-2.2 or SPDX-2.3, found ${found}`, { pointer: '/spdxVersion' });
}

/** The one thing that the document is about is the project; a product of somebody who is named is a component as well. */
function isOwnProject(graph: SbomGraph, id: string | undefined, value: unknown): boolean {
  return graph.isProject(id) && (supplierOf(value) === undefined || referencesOf(value, 'purl').length > 0);
}

function readPackage(value: unknown, at: Place, skipped: SkipCounter): FoundComponent | undefined {
  const download = asserted(asText(field(value, 'downloadLocation')));
  const component = sbomComponent(
    {
      purls: referencesOf(value, 'purl'),
      name: asText(field(value, 'name')),
      version: asserted(asText(field(value, 'versionInfo'))),
      vendor: supplierOf(value),
      digests: digestsOf(value),
      cpes: [...referencesOf(value, 'cpe23Type'), ...referencesOf(value, 'cpe22Type')],
      downloads: download ? [download] : [],
    },
    at,
    skipped,
  );
  if (!component) skipped.addNotUnderstood('package without purl and name', asText(field(value, 'SPDXID')), at);
  return component;
}

function readFile(value: unknown, at: Place, skipped: SkipCounter): FoundComponent | undefined {
  const [name, digests] = [asText(field(value, 'fileName')), digestsOf(value)];
  if (digests) return { identity: { kind: 'file', name: name ?? '', digests }, source: { kind: 'unstated' }, at };
  skipped.add('file without a digest', name, at);
  return undefined;
}

function digestsOf(value: unknown): ReturnType<typeof sbomDigests> {
  return sbomDigests(
    asList(field(value, 'checksums')).map((each) => [asText(field(each, 'algorithm')), asText(field(each, 'checksumValue'))] as const),
  );
}

function referencesOf(value: unknown, type: string): string[] {
  return asList(field(value, 'externalRefs')).flatMap((reference) =>
    // Documents of version 2.2 may spell the type as an address.
    asText(field(reference, 'referenceType'))?.replace(/^.*\//s, '') === type ? (asText(field(reference, 'referenceLocator')) ?? []) : [],
  );
}

function supplierOf(value: unknown): string | undefined {
  return vendorOf(asText(field(value, 'supplier'))) ?? vendorOf(asText(field(value, 'originator')));
}
