import { describe, expect, test } from 'vitest';
import { find, NPM_HOST, parseText, readCuts, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';
import { spdxJson, streamSpdxJson } from './spdx-json.ts';
import { spdxTagValue } from './spdx-tag-value.ts';
import { spdx3Json } from './spdx3-json.ts';

const npm = (name: string, more: object = {}) => ({
  SPDXID: `SPDXRef-${name}`,
  name,
  versionInfo: '1.0.0',
  downloadLocation: 'NOASSERTION',
  externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: `pkg:npm/${name}@1.0.0` }],
  ...more,
});
const relation = (from: string, relationshipType: string, to: string) => ({
  spdxElementId: `SPDXRef-${from}`,
  relationshipType,
  relatedSpdxElement: `SPDXRef-${to}`,
});
const spdx = (rest: object) => JSON.stringify({ spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', ...rest });

describe('an SPDX document in JSON', () => {
  test('whose project contains everything tells the way by what depends on what', () => {
    const inventory = parseText(
      spdxJson,
      spdx({
        packages: [{ SPDXID: 'SPDXRef-root', name: 'image' }, npm('a'), npm('b')],
        relationships: [
          relation('DOCUMENT', 'DESCRIBES', 'root'),
          relation('root', 'CONTAINS', 'a'),
          relation('root', 'CONTAINS', 'b'),
          relation('b', 'DEPENDENCY_OF', 'a'),
        ],
      }),
    );
    expect(inventory.components.map(({ relation: related }) => related)).toEqual([undefined, 'transitive']);
    expect(inventory.chainTo?.(find(inventory, 'a'))).toBeUndefined();
    expect(inventory.chainTo?.(find(inventory, 'b'))).toEqual(['a@1.0.0']);
  });

  test('that describes each of its packages gives all of them', () => {
    const inventory = parseText(
      spdxJson,
      spdx({
        packages: [npm('a'), npm('b')],
        documentDescribes: ['SPDXRef-a', 'SPDXRef-b'],
        relationships: [relation('a', 'DEPENDS_ON', 'b')],
      }),
    );
    expect(spelled(inventory)).toEqual(['a@1.0.0', 'b@1.0.0']);
  });

  test('about the product of a named supplier gives that too', () => {
    const inventory = parseText(
      spdxJson,
      spdx({
        packages: [{ SPDXID: 'SPDXRef-root', name: 'Desk', versionInfo: '1', supplier: 'Organization: Acme' }, npm('a')],
        relationships: [relation('DOCUMENT', 'DESCRIBES', 'root'), relation('root', 'DEPENDS_ON', 'a')],
      }),
    );
    expect(inventory.components.map(({ identity }) => 'name' in identity && identity.name)).toEqual(['Desk', 'a']);
  });

  test('tells where packages were fetched from', () => {
    const { components } = parseText(
      spdxJson,
      spdx({
        packages: [
          npm('a', { downloadLocation: 'https://npm.acme.example/a/-/a-1.0.0.tgz' }),
          npm('b', { downloadLocation: `https://${NPM_HOST}/b/-/b-1.0.0.tgz` }),
          npm('c', { downloadLocation: 'git+https://github.com/acme/c.git' }),
        ],
      }),
    );
    expect(components.map(({ source }) => source.kind)).toEqual(['url', 'registry', 'unstated']);
  });

  test('gives files by their digests', async () => {
    const text = spdx({
      packages: [npm('a', { hasFiles: ['SPDXRef-f'] })],
      files: [
        { SPDXID: 'SPDXRef-f', fileName: './evil.dll', checksums: [{ algorithm: 'SHA256', checksumValue: 'AB'.repeat(32) }] },
        { SPDXID: 'SPDXRef-g', fileName: './y', checksums: [{ algorithm: 'SHA256', checksumValue: 'short' }] },
      ],
    });
    const inventory = parseText(spdxJson, text);
    expect(inventory.components[1]?.identity).toEqual({ kind: 'file', name: './evil.dll', digests: { sha256: 'ab'.repeat(32) } });
    expect(inventory.components[1]?.relation).toBe('transitive');
    expect(skippedReasons(inventory)).toEqual(['1 file without a digest']);
    const parts = [];
    for await (const part of streamSpdxJson([new TextEncoder().encode(text)])) parts.push(part);
    expect(parts).toMatchObject([{ formatVersion: '2.3', components: [{ version: '1.0.0' }, { identity: { kind: 'file' } }] }]);
  });

  test.each([
    ['is another thing', '{"lockfileVersion":3}'],
    ['is of a version to come', '{"spdxVersion":"SPDX-3.0","packages":[]}'],
    ['has packages that are no list', spdx({ packages: {} })],
    ['has files that are no list', spdx({ packages: [], files: 'x' })],
  ])('is refused where it %s, streamed or not', async (_what, text) => {
    expect(refusal(spdxJson, text)).toMatch(/^expected/);
    await expect(async () => {
      for await (const _ of streamSpdxJson([new TextEncoder().encode(text)]));
    }).rejects.toThrow(/^expected/);
  });
});

describe('an SPDX document as tag-value text', () => {
  const text = `# a comment
SPDXVersion: SPDX-2.2
PackageName: desk
SPDXID: SPDXRef-desk
PackageVersion: NOASSERTION
PackageSupplier: Organization: Acme (info@acme.example)
PackageComment: <text>one
PackageName: not-a-package
</text>
ExternalRef: SECURITY cpe23Type cpe:2.3:a:acme:desk_app:1.0:*:*:*:*:*:*:*
PackageChecksum: SHA256: ${'ab'.repeat(32)}

PackageName: a
SPDXID: SPDXRef-a
PackageComment: <text>in one line</text>
PackageVersion: 1.0.0
PackageDownloadLocation: https://npm.acme.example/a/-/a-1.0.0.tgz
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1.0.0

FileName: ./evil.dll
SPDXID: SPDXRef-f
FileChecksum: SHA1: ${'cd'.repeat(20)}

LicenseID: LicenseRef-1
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-desk
`;

  test('gives packages and files', () => {
    const inventory = parseText(spdxTagValue, text);
    expect(inventory.formatVersion).toBe('2.2');
    expect(inventory.components).toMatchObject([
      { identity: { name: 'desk', vendor: 'Acme' }, version: '1.0', digests: { sha256: 'ab'.repeat(32) }, at: { line: 3 } },
      { identity: { name: 'a' }, source: { kind: 'url' } },
      { identity: { kind: 'file', digests: { sha1: 'cd'.repeat(20) } } },
    ]);
    expect(inventory.skipped).toEqual([]);
  });

  test('cut anywhere is refused, or says that it may be cut where a line is', () => {
    for (const { cut, inventory } of readCuts(spdxTagValue, text)) {
      if (text[cut - 1] !== '\n') expect(skippedReasons(inventory).join()).toContain('cut off');
    }
  });
});

describe('an SPDX 3 document', () => {
  const spdx3 = (graph: object[], context: unknown = 'https://spdx.org/rdf/3.0.0/spdx-context.jsonld') =>
    JSON.stringify({ '@context': context, '@graph': graph });
  const software = (name: string, more: object = {}) => ({
    type: 'software_Package',
    spdxId: `urn:${name}`,
    name,
    software_packageVersion: '1.0.0',
    externalIdentifier: [{ type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: `pkg:npm/${name}@1.0.0` }],
    ...more,
  });

  test('tells through what a package came, and leaves its project out', () => {
    const inventory = parseText(
      spdx3Json,
      spdx3([
        { type: 'SpdxDocument', spdxId: 'urn:doc', rootElement: ['urn:bom'] },
        { type: 'software_Sbom', spdxId: 'urn:bom', rootElement: ['urn:shop'] },
        software('shop'),
        software('a'),
        software('b'),
        { type: 'Relationship', from: 'urn:shop', relationshipType: 'dependsOn', to: ['urn:a', null] },
        { type: 'LifecycleScopedRelationship', from: 'urn:a', relationshipType: 'dependsOn', to: ['urn:b'] },
      ]),
    );
    expect(inventory.components.map(({ relation: related }) => related)).toEqual(['direct', 'transitive']);
    expect(inventory.chainTo?.(find(inventory, 'b'))).toEqual(['a@1.0.0']);
    expect(skippedReasons(inventory)).toEqual(['1 the project itself']);
  });

  test('with several contexts is read', () => {
    expect(parseText(spdx3Json, spdx3([software('a')], ['https://spdx.org/rdf/3.0.1/spdx-context.jsonld', {}])).formatVersion).toBe(
      '3.0.1',
    );
  });

  test.each([
    ['of a version to come', spdx3([], 'https://spdx.org/rdf/4.0/spdx-context.jsonld')],
    ['of another vocabulary', spdx3([], 'https://schema.org')],
    ['without a graph', '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}'],
  ])('%s is refused', (_what, text) => {
    expect(refusal(spdx3Json, text)).toMatch(/^expected/);
  });
});
