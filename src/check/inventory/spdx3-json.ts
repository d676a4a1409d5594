import { asList, asRecord, asText, decodeText, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';

/** SPDX 3.0 as JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/serializations/): software packages and files of the graph. */
export const spdx3Json: InventoryFormat = { id: 'spdx3-json', title: 'SPDX 3.0, JSON-LD', types: ['*'], parse: parseSpdx3Json };

function parseSpdx3Json(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  const context = JSON.stringify(field(document, '@context') ?? '').slice(0, 2000);
  const formatVersion = /spdx\.org\/rdf\/(3\.0(?:\.\d+)?)\//.exec(context)?.[1];
  const graph = field(document, '@graph');
  if (!document || !formatVersion || !Array.isArray(graph)) {
    throw new UnreadableInput('expected SPDX 3.0 with its @context and a @graph, found something else');
  }
  const organizations = new Map(
    graph.flatMap((each): [string, string][] => {
      const [id, name] = [asText(field(each, 'spdxId')), asText(field(each, 'name'))];
      return id && name && /Organization|Person|Agent/.test(asText(field(each, 'type')) ?? '') ? [[id, name]] : [];
    }),
  );
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  for (const [index, element] of graph.entries()) {
    const type = asText(field(element, 'type')) ?? asText(field(element, '@type')) ?? '';
    if (type !== 'software_Package' && type !== 'software_File') continue;
    const at = { pointer: pointer('@graph', index) };
    const digests = sbomDigests(
      asList(field(element, 'verifiedUsing')).map((each) => [asText(field(each, 'algorithm')), asText(field(each, 'hashValue'))] as const),
    );
    const name = asText(field(element, 'name'));
    if (type === 'software_File') {
      if (digests) components.push({ identity: { kind: 'file', name: name ?? '', digests }, source: { kind: 'unstated' }, at });
      else skipped.add('file without a digest', name, at);
      continue;
    }
    const supplier = asText(field(element, 'suppliedBy')) ?? asText(asList(field(element, 'originatedBy'))[0]);
    const component = sbomComponent(
      {
        purls: purlsOf(element),
        name,
        version: asText(field(element, 'software_packageVersion')),
        vendor: supplier && organizations.get(supplier),
        digests,
      },
      at,
    );
    if (component) components.push(component);
    else skipped.add('package without purl and name', asText(field(element, 'spdxId')), at);
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, at);
  }
  return { formatVersion, components, skipped: skipped.list() };
}

/** `software_packageUrl`, and external identifiers of that type. */
function purlsOf(element: unknown): string[] {
  const identifiers = asList(field(element, 'externalIdentifier')).flatMap((each) =>
    asText(field(each, 'externalIdentifierType')) === 'packageUrl' ? (asText(field(each, 'identifier')) ?? []) : [],
  );
  return [...new Set([asText(field(element, 'software_packageUrl')) ?? [], identifiers].flat())];
}
