import { chainFinder } from './dependency-chain.ts';
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
import { SpdxRelations } from './spdx-relations.ts';

/** SPDX 2.2 and 2.3 as JSON (https://spdx.github.io/spdx-spec/v2.3/). */
export const spdxJson: InventoryFormat = { id: 'spdx-json', title: 'SPDX 2.2 or 2.3, JSON', types: ['*'], parse: parseSpdxJson };

function parseSpdxJson(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  const spdxVersion = asText(field(document, 'spdxVersion'));
  const formatVersion = /^SPDX-(2\.[23])$/.exec(spdxVersion ?? '')?.[1];
  if (!document || !formatVersion) {
    throw new UnreadableInput(
      `expected SPDX-2.2 or SPDX-2.3, found ${spdxVersion ? JSON.stringify(spdxVersion.slice(0, 40)) : 'no spdxVersion'}`,
    );
  }
  const packages = field(document, 'packages');
  if (packages !== undefined && !Array.isArray(packages))
    throw new UnreadableInput('expected packages to be a list', { pointer: '/packages' });
  const skipped = new SkipCounter();
  const relations = new SpdxRelations(asText(field(document, 'SPDXID')) ?? 'SPDXRef-DOCUMENT');
  for (const id of asList(field(document, 'documentDescribes'))) relations.describe(asText(id));
  for (const each of asList(field(document, 'relationships'))) {
    relations.add(asText(field(each, 'spdxElementId')), asText(field(each, 'relationshipType')), asText(field(each, 'relatedSpdxElement')));
  }
  const components: FoundComponent[] = [];
  const idOf = new Map<FoundComponent, string>();
  const labels = new Map<string, string>();
  for (const [index, value] of asList(packages).entries()) {
    const at = { pointer: pointer('packages', index) };
    const id = asText(field(value, 'SPDXID'));
    const found = asRecord(value) && readPackage(value, at);
    if (!found) skipped.add('package without purl and name', id, at);
    else if (id !== undefined && relations.isDescribed(id)) skipped.add('what the document describes', asText(field(value, 'name')), at);
    else {
      const component: FoundComponent = { ...found, ...(id !== undefined ? relations.relationOf(id) : {}) };
      components.push(component);
      if (id !== undefined) idOf.set(component, id);
    }
    if (id !== undefined)
      labels.set(
        id,
        `${asText(field(value, 'name')) ?? id}${asText(field(value, 'versionInfo')) ? `@${asText(field(value, 'versionInfo'))}` : ''}`,
      );
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
  }
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

/** Packages of a document of any length, a thousand at a time. */
export async function* streamSpdxJson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InventoryPart> {
  let batch: FoundComponent[] = [];
  const skipped = new SkipCounter();
  for await (const { index, value } of elementsOf(chunks, ['packages'])) {
    const component = asRecord(value) && readPackage(value, { pointer: pointer('packages', index) });
    if (component) batch.push(component);
    else skipped.add('package without purl and name', asText(field(value, 'SPDXID')), { pointer: pointer('packages', index) });
    if (batch.length >= 1000) {
      yield { components: batch };
      batch = [];
    }
  }
  yield { components: batch, skipped: skipped.list() };
}

function readPackage(value: unknown, at: Place): FoundComponent | undefined {
  const references = asList(field(value, 'externalRefs'));
  const purls = references.flatMap((reference) =>
    asText(field(reference, 'referenceType')) === 'purl' ? (asText(field(reference, 'referenceLocator')) ?? []) : [],
  );
  const checksums = asList(field(value, 'checksums')).map(
    (each) => [asText(field(each, 'algorithm')), asText(field(each, 'checksumValue'))] as const,
  );
  return sbomComponent(
    {
      purls,
      name: asText(field(value, 'name')),
      version: asText(field(value, 'versionInfo')),
      vendor: vendorOf(asText(field(value, 'supplier')) ?? asText(field(value, 'originator'))),
      digests: sbomDigests(checksums),
    },
    at,
  );
}

/** `Organization: 3CX (info@example)` → `3CX`; NOASSERTION is none. */
export function vendorOf(supplier: string | undefined): string | undefined {
  const match = /^(?:Organization|Person|Tool):\s*([^(]+)/.exec(supplier ?? '');
  return match?.[1]?.trim() || undefined;
}
