import { describe, expect, test } from 'vitest';
import { cyclonedxJson, streamCyclonedxJson } from './cyclonedx-json.ts';
import type { InventoryPart } from './inventory.ts';
import { parseText, readCuts, refusal, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';
import { spdxJson, streamSpdxJson } from './spdx-json.ts';

const cyclonedx = JSON.stringify(
  {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    metadata: { component: { 'bom-ref': 'app', type: 'application', name: 'shop', version: '1.0' } },
    components: [
      { type: 'library', 'bom-ref': 'a', name: 'event-stream', version: '3.3.6', purl: 'pkg:npm/event-stream@3.3.6' },
      {
        type: 'library',
        'bom-ref': 'b',
        name: 'flatmap-stream',
        version: '0.1.1',
        purl: 'pkg:npm/flatmap-stream@0.1.1',
        hashes: [{ alg: 'SHA-1', content: 'AB'.repeat(20) }],
      },
      {
        type: 'library',
        'bom-ref': 'c',
        name: 'liblzma5',
        version: '5.6.1-1',
        purl: 'pkg:deb/debian/liblzma5@5.6.1-1?arch=amd64&distro=debian-13&upstream=xz-utils',
      },
      {
        type: 'application',
        name: '3CX Desktop App',
        version: '18.12.416',
        publisher: '3CX Ltd.',
        components: [{ type: 'file', name: 'd3dcompiler_47.dll', hashes: [{ alg: 'SHA-256', content: 'cd'.repeat(32) }] }],
      },
      { type: 'library' },
      'nonsense',
    ],
    dependencies: [
      { ref: 'app', dependsOn: ['a', 'c'] },
      { ref: 'a', dependsOn: ['b'] },
      { ref: 'b', dependsOn: ['a'] },
    ],
  },
  undefined,
  2,
);

describe('a CycloneDX document', () => {
  const inventory = parseText(cyclonedxJson, cyclonedx);

  test('gives packages, programs and files, those inside others too', () => {
    expect(inventory.formatVersion).toBe('1.5');
    expect(
      inventory.components.map(({ identity, version, relation }) => [
        identity.kind,
        'name' in identity && identity.name,
        version,
        relation,
      ]),
    ).toEqual([
      ['package', 'event-stream', '3.3.6', 'direct'],
      ['package', 'flatmap-stream', '0.1.1', 'transitive'],
      ['package', 'debian/liblzma5', '5.6.1-1', 'direct'],
      ['application', '3CX Desktop App', '18.12.416', undefined],
      ['file', 'd3dcompiler_47.dll', undefined, 'transitive'],
    ]);
    expect(inventory.components[1]?.digests).toEqual({ sha1: 'ab'.repeat(20) });
    expect(inventory.components[2]?.alsoKnownAs?.[0]?.identity).toEqual({ kind: 'package', type: 'deb', name: 'debian/xz-utils' });
    expect(inventory.components[4]?.at).toEqual({ pointer: '/components/3/components/0' });
    expect(skippedReasons(inventory)).toEqual(
      expect.arrayContaining(['1 component without purl and name', '1 component that is no object', '1 the project itself']),
    );
  });

  test('tells through what a component came, and ends where dependencies go in a circle', () => {
    const [stream, flatmap, , program] = inventory.components;
    expect(stream && inventory.chainTo?.(stream)).toEqual([]);
    expect(flatmap && inventory.chainTo?.(flatmap)).toEqual(['event-stream@3.3.6']);
    expect(program && inventory.chainTo?.(program)).toBeUndefined();
  });

  test.each([
    ['of another version', cyclonedx.replace('"1.5"', '"2.0"'), 'expected CycloneDX 1.2'],
    ['without version', '{"bomFormat":"CycloneDX"}', 'no specVersion'],
    ['whose components are no list', '{"bomFormat":"CycloneDX","specVersion":"1.4","components":{}}', 'to be a list'],
    ['that is another thing', '{"lockfileVersion":3}', 'expected a CycloneDX document'],
    ['that is empty', '', 'empty file'],
  ])('%s is refused', (_name, text, message) => {
    expect(refusal(cyclonedxJson, text)).toContain(message);
  });

  test('without components is read as empty', () => {
    expect(parseText(cyclonedxJson, '{"bomFormat":"CycloneDX","specVersion":"1.4"}').components).toEqual([]);
  });
});

const spdx = JSON.stringify(
  {
    spdxVersion: 'SPDX-2.3',
    SPDXID: 'SPDXRef-DOCUMENT',
    packages: [
      { SPDXID: 'SPDXRef-app', name: 'shop', versionInfo: '1' },
      {
        SPDXID: 'SPDXRef-a',
        name: 'event-stream',
        versionInfo: '3.3.6',
        externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/event-stream@3.3.6' }],
      },
      {
        SPDXID: 'SPDXRef-b',
        name: 'flatmap-stream',
        versionInfo: '0.1.1',
        externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/flatmap-stream@0.1.1' }],
        checksums: [{ algorithm: 'SHA256', checksumValue: 'ef'.repeat(32) }],
      },
      { SPDXID: 'SPDXRef-c', name: '3CX DesktopApp', versionInfo: '18.12.416', supplier: 'Organization: 3CX (info@3cx.example)' },
      { SPDXID: 'SPDXRef-d' },
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-app' },
      { spdxElementId: 'SPDXRef-app', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'SPDXRef-a' },
      { spdxElementId: 'SPDXRef-b', relationshipType: 'RUNTIME_DEPENDENCY_OF', relatedSpdxElement: 'SPDXRef-a' },
    ],
  },
  undefined,
  1,
);

describe('an SPDX 2 document', () => {
  const inventory = parseText(spdxJson, spdx);

  test('gives its packages and what they came through', () => {
    expect(inventory.components.map(({ identity, version, relation }) => ['name' in identity && identity.name, version, relation])).toEqual(
      [
        ['event-stream', '3.3.6', 'direct'],
        ['flatmap-stream', '0.1.1', 'transitive'],
        ['3CX DesktopApp', '18.12.416', undefined],
      ],
    );
    expect(inventory.components[2]?.identity).toMatchObject({ kind: 'application', vendor: '3CX' });
    expect(inventory.components[1] && inventory.chainTo?.(inventory.components[1])).toEqual(['event-stream@3.3.6']);
    expect(skippedReasons(inventory)).toEqual(['1 the project itself', '1 package without purl and name']);
  });

  test.each([
    ['of version 3', '{"spdxVersion":"SPDX-3.0","packages":[]}'],
    ['without version', '{"packages":[]}'],
  ])('%s is refused', (_name, text) => {
    expect(refusal(spdxJson, text)).toContain('expected SPDX-2.2 or SPDX-2.3');
  });
});

describe.each([
  ['CycloneDX', cyclonedxJson, cyclonedx, streamCyclonedxJson],
  ['SPDX', spdxJson, spdx, streamSpdxJson],
] as const)('%s', (_name, format, text, stream) => {
  test('of any wrong shape, or cut anywhere, is refused or holds no more than the whole', () => {
    for (const shape of WRONG_SHAPES) expect(refusal(format, shape)).toMatch(/^expected/);
    for (const { inventory } of readCuts(format, text)) expect(inventory.components.length).toBeLessThanOrEqual(5);
  });

  test('streamed in pieces of any size gives the same components', async () => {
    const bytes = new TextEncoder().encode(text);
    const streamed = async (size: number) => {
      const parts: InventoryPart[] = [];
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      for await (const part of stream(pieces())) parts.push(part);
      return parts.flatMap(({ components }) => components.map(({ identity, version }) => JSON.stringify([identity, version])));
    };
    const whole = await streamed(bytes.length);
    expect(whole.length).toBeGreaterThanOrEqual(3);
    for (const size of [1, 2, 3, 7, 64, 1000]) expect(await streamed(size)).toEqual(whole);
  });
});
