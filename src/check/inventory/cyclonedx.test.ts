import { describe, expect, test } from 'vitest';
import { CYCLONEDX_VERSIONS, cyclonedxJson, streamCyclonedxJson } from './cyclonedx-json.ts';
import { cyclonedxXml } from './cyclonedx-xml.ts';
import { find, NPM_HOST, parseText, refusal, skippedReasons, spelled } from './inventory-test-kit.ts';

const document = (rest: object) => JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', ...rest });
const npm = (name: string, more: object = {}) => ({ type: 'library', 'bom-ref': name, name, purl: `pkg:npm/${name}@1.0.0`, ...more });

async function streamed(text: string) {
  const parts = [];
  for await (const part of streamCyclonedxJson([new TextEncoder().encode(text)])) parts.push(part);
  return parts;
}

describe('a CycloneDX document', () => {
  test.each(CYCLONEDX_VERSIONS)('of version %s is read', (specVersion) => {
    expect(parseText(cyclonedxJson, document({ specVersion })).formatVersion).toBe(specVersion);
    expect(parseText(cyclonedxXml, `<bom xmlns="http://cyclonedx.org/schema/bom/${specVersion}"/>`).formatVersion).toBe(specVersion);
  });

  test('tells where a package was fetched from', () => {
    const fetched = (url: string) => ({
      externalReferences: [
        { type: 'website', url: 'https://x.example/y.tgz' },
        { type: 'distribution', url },
      ],
    });
    const inventory = parseText(
      cyclonedxJson,
      document({
        components: [
          npm('public', fetched(`https://${NPM_HOST}/public/-/public-1.0.0.tgz`)),
          npm('private', fetched('https://npm.acme.example/private/-/private-1.0.0.tgz')),
          npm('silent', fetched('https://github.com/acme/silent')),
        ],
      }),
    );
    expect(inventory.components.map(({ source }) => source.kind)).toEqual(['registry', 'url', 'unstated']);
  });

  test('without a purl is looked up by name, vendor and CPE', () => {
    const cpe = 'cpe:2.3:a:acme\\:corp:desktop_app:18.12.416:*:*:*:*:*:*:*';
    const { components } = parseText(
      cyclonedxJson,
      document({
        components: [
          { type: 'application', name: 'Acme Phone', cpe },
          { type: 'application', cpe },
        ],
      }),
    );
    expect(components[0]).toMatchObject({
      identity: { kind: 'application', name: 'Acme Phone', vendor: 'acme:corp' },
      version: '18.12.416',
      alsoKnownAs: [{ identity: { name: 'desktop app' } }],
    });
    expect(components[1]?.identity).toMatchObject({ name: 'desktop app' });
  });

  test('with a purl is not looked up by CPE, which tools guess', () => {
    const { components } = parseText(cyclonedxJson, document({ components: [npm('a', { cpe: 'cpe:2.3:a:b:c:1:*:*:*:*:*:*:*' })] }));
    expect(components[0]?.alsoKnownAs).toBeUndefined();
  });

  test('with a purl that is none is read by its name, and says so', () => {
    const inventory = parseText(cyclonedxJson, document({ components: [{ type: 'library', name: 'x', purl: 'npm:x' }] }));
    expect(inventory.components[0]?.identity.kind).toBe('application');
    expect(skippedReasons(inventory)).toEqual(['1 purl that is none']);
  });

  test('does not count its subject unless that is the product of somebody who is named', () => {
    const own = parseText(
      cyclonedxJson,
      document({ metadata: { component: { name: 'shop', purl: 'pkg:npm/shop@1', components: [npm('inner')] } } }),
    );
    expect([spelled(own), skippedReasons(own)]).toEqual([['inner@1.0.0'], ['1 the project itself']]);
    const product = parseText(
      cyclonedxJson,
      document({ metadata: { component: { name: 'Desk', version: '1', supplier: { name: 'Acme' } } } }),
    );
    expect(product.components[0]?.identity).toMatchObject({ name: 'Desk', vendor: 'Acme' });
  });

  test('passes over files without digest and what is no software', () => {
    const inventory = parseText(
      cyclonedxJson,
      document({
        components: [
          { type: 'file', name: 'x' },
          { type: 'data', name: 'y' },
          { type: 'cryptographic-asset', name: 'AES' },
        ],
      }),
    );
    expect(inventory.components).toEqual([]);
    expect(skippedReasons(inventory)).toHaveLength(3);
  });

  test('without a subject is read from what nothing else asks for', () => {
    const inventory = parseText(
      cyclonedxJson,
      document({ components: [npm('a'), npm('b'), npm('lonely')], dependencies: [{ ref: 'a', dependsOn: ['b', 'gone', 7] }, {}] }),
    );
    expect(inventory.components.map(({ relation }) => relation)).toEqual([undefined, 'transitive', undefined]);
    expect(inventory.chainTo?.(find(inventory, 'b'))).toEqual(['a@1.0.0']);
    expect(inventory.chainTo?.(find(inventory, 'lonely'))).toBeUndefined();
  });

  test('nested very deep is read to a bound, which is told', () => {
    let inner: object = npm('deepest');
    for (let depth = 0; depth < 80; depth++) inner = { ...npm(`level${depth}`), components: [inner] };
    const inventory = parseText(cyclonedxJson, document({ components: [inner] }));
    expect(inventory.components).toHaveLength(51);
    expect(skippedReasons(inventory)).toEqual(['1 components nested too deep']);
  });

  test('with names that objects inherit is read as any other', () => {
    const text =
      '{"bomFormat":"CycloneDX","specVersion":"1.4","components":[{"__proto__":{"name":"x"},"type":"library"},{"name":"constructor","bom-ref":"__proto__"}]}';
    expect(parseText(cyclonedxJson, text).components).toHaveLength(1);
  });
});

describe('a CycloneDX document that is streamed', () => {
  test('tells its version, wherever that stands', async () => {
    const text = `{"components":[${JSON.stringify(npm('a'))}],"specVersion":"1.5","bomFormat":"CycloneDX"}`;
    const parts = await streamed(text);
    expect(parts.at(-1)).toMatchObject({ formatVersion: '1.5', components: [{ version: '1.0.0' }] });
  });

  test('comes a thousand components at a time', async () => {
    const parts = await streamed(document({ components: Array.from({ length: 2500 }, (_, index) => npm(`p${index}`)) }));
    expect(parts.map(({ components }) => components.length)).toEqual([1000, 1000, 500]);
  });

  test.each([
    ['is another thing', '{"lockfileVersion":3,"packages":{}}'],
    ['is of a version to come', document({ specVersion: '2.0', components: [] })],
    ['has no version', '{"bomFormat":"CycloneDX","components":[]}'],
    ['has components that are no list', document({ components: {} })],
    ['is cut off', document({ components: [npm('a'), npm('b')] }).slice(0, -3)],
  ])('is refused where it %s', async (_what, text) => {
    await expect(streamed(text)).rejects.toThrow(/^expected/);
  });
});

describe('a CycloneDX document in XML', () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<c:bom xmlns:c="http://cyclonedx.org/schema/bom/1.6" version="1">
  <c:metadata>
    <c:tools><c:components><c:component type="application"><c:name>scanner</c:name></c:component></c:components></c:tools>
    <c:component type="application" bom-ref="app"><c:name>shop</c:name></c:component>
  </c:metadata>
  <c:components>
    <c:component type="library" bom-ref="a">
      <c:supplier><c:name>Acme</c:name></c:supplier>
      <c:name>a</c:name><c:version>1.0.0</c:version>
      <c:hashes><c:hash alg="SHA-1">${'ab'.repeat(20)}</c:hash></c:hashes>
      <c:purl>pkg:npm/a@1.0.0</c:purl>
      <c:pedigree><c:ancestors><c:component type="library"><c:name>older</c:name><c:version>0.1</c:version></c:component></c:ancestors></c:pedigree>
      <c:externalReferences>
        <c:reference type="distribution"><c:url>https://npm.acme.example/a/-/a-1.0.0.tgz</c:url><c:hashes><c:hash alg="SHA-1">${'cd'.repeat(20)}</c:hash></c:hashes></c:reference>
      </c:externalReferences>
    </c:component>
    <c:component type="library" bom-ref="b"><c:name>b</c:name><c:version>2</c:version><c:purl>pkg:npm/b@2.0.0</c:purl></c:component>
    <c:component type="file"><c:name>evil.dll</c:name><c:hashes><c:hash alg="MD5">${'ef'.repeat(16)}</c:hash></c:hashes></c:component>
  </c:components>
  <c:dependencies>
    <c:dependency ref="app"><c:dependency ref="a"/></c:dependency>
    <c:dependency ref="a"><c:dependency ref="b"/></c:dependency>
  </c:dependencies>
</c:bom>`;
  const inventory = parseText(cyclonedxXml, text);

  test('gives what is listed, and neither tools nor ancestors', () => {
    expect(
      inventory.components.map(({ identity, relation, source, digests }) => [
        'name' in identity && identity.name,
        relation,
        source.kind,
        digests,
      ]),
    ).toEqual([
      ['a', 'direct', 'url', { sha1: 'ab'.repeat(20) }],
      ['b', 'transitive', 'unstated', undefined],
      ['evil.dll', undefined, 'unstated', undefined],
    ]);
    expect(skippedReasons(inventory)).toEqual(['2 component that only describes another, or a tool', '1 the project itself']);
    expect(inventory.chainTo?.(find(inventory, 'b'))).toEqual(['a@1.0.0']);
  });

  test.each([
    ['of a version to come', '<bom xmlns="http://cyclonedx.org/schema/bom/2.0"/>'],
    ['of another vocabulary', '<bom xmlns="http://example.org/bom"/>'],
    ['with another root', '<project xmlns="http://cyclonedx.org/schema/bom/1.4"/>'],
  ])('%s is refused', (_what, other) => {
    expect(refusal(cyclonedxXml, other)).toMatch(/^expected a CycloneDX/);
  });
});
