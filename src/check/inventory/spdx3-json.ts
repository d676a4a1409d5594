import { asList, asRecord, asText, decodeText, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, type Place, UnreadableInput } from './inventory.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';
import { labelOfComponent, type SbomEntry, SbomGraph } from './sbom-graph.ts';
import { asserted } from './spdx-relations.ts';

/** SPDX 3.0 as JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/serializations/): software packages and files of the graph. */
export const spdx3Json: InventoryFormat = { id: 'spdx3-json', title: 'SPDX 3.0, JSON-LD', types: ['*'], parse: parseSpdx3Json };

/** Packages, among them those of models and data sets, whose types derive from packages. */
const PACKAGES: ReadonlySet<string> = new Set(['software_Package', 'ai_AIPackage', 'dataset_DatasetPackage']);
const BILLS: ReadonlySet<string> = new Set(['SpdxDocument', 'Bundle', 'Bom', 'software_Sbom']);
const AGENTS: ReadonlySet<string> = new Set(['Organization', 'Person', 'Agent', 'SoftwareAgent']);

function parseSpdx3Json(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  const formatVersion = readContext(field(document, '@context'));
  const elements = field(document, '@graph');
  if (!Array.isArray(elements)) throw new UnreadableInput('expected SPDX 3.0 with a list @graph, found none');
  const agents = new Map<string, string>();
  const graph = new SbomGraph();
  const bills = new Set<string>();
  const roots: string[] = [];
  for (const element of elements) readAround(element, agents, graph, bills, roots);
  // The document is about a bill of materials, which is about the project.
  for (const root of roots) if (!bills.has(root)) graph.describe(root);
  const skipped = new SkipCounter();
  const entries: SbomEntry[] = [];
  const labels = new Map<string, string>();
  for (const [index, element] of elements.entries()) {
    const at = { pointer: pointer('@graph', index) };
    const id = idOf(element);
    const component = readElement(element, id, at, agents, graph, skipped);
    if (!component) continue;
    if (entries.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages and files`, at);
    entries.push({ component, id });
    if (id !== undefined) labels.set(id, labelOfComponent(component, id));
  }
  return { formatVersion, skipped: skipped.list(), ...graph.inventoryOf(entries, (id) => labels.get(id) ?? id) };
}

function readContext(context: unknown): string {
  for (const each of Array.isArray(context) ? context.slice(0, 20) : [context]) {
    const version = /^https?:\/\/spdx\.org\/rdf\/v?(3\.0(?:\.\d{1,3})?)\//.exec(asText(each) ?? '')?.[1];
    if (version !== undefined) return version;
  }
  const found = context === undefined ? 'none' : JSON.stringify(context).slice(0, 80);
  throw new UnreadableInput(`expected the @context of SPDX 3.0, found ${found}`, { pointer: '/@context' });
}

/** What is no component, and says something about components. */
function readAround(element: unknown, agents: Map<string, string>, graph: SbomGraph, bills: Set<string>, roots: string[]): void {
  const [type, id] = [typeOf(element), idOf(element)];
  if (AGENTS.has(type)) {
    const name = asText(field(element, 'name'));
    if (id !== undefined && name !== undefined) agents.set(id, name);
  } else if (BILLS.has(type)) {
    if (id !== undefined) bills.add(id);
    for (const root of asList(field(element, 'rootElement'))) if (typeof root === 'string') roots.push(root);
  } else if (type === 'Relationship' || type === 'LifecycleScopedRelationship') {
    const [from, relation] = [asText(field(element, 'from')), asText(field(element, 'relationshipType'))];
    if (from === undefined) return;
    for (const each of asList(field(element, 'to'))) {
      const to = asText(each);
      if (to === undefined) continue;
      if (relation === 'dependsOn') graph.use(from, to);
      else if (relation === 'contains') graph.hold(from, to);
    }
  }
}

function readElement(
  element: unknown,
  id: string | undefined,
  at: Place,
  agents: ReadonlyMap<string, string>,
  graph: SbomGraph,
  skipped: SkipCounter,
): FoundComponent | undefined {
  const type = typeOf(element);
  const isFile = type === 'software_File';
  if (!isFile && !PACKAGES.has(type)) return undefined;
  const name = asText(field(element, 'name'));
  const digests = sbomDigests(
    asList(field(element, 'verifiedUsing')).map((each) => [asText(field(each, 'algorithm')), asText(field(each, 'hashValue'))] as const),
  );
  if (isFile) {
    if (digests) return { identity: { kind: 'file', name: name ?? '', digests }, source: { kind: 'unstated' }, at };
    skipped.add('file without a digest', name, at);
    return undefined;
  }
  const maker = asText(field(element, 'suppliedBy')) ?? asText(asList(field(element, 'originatedBy'))[0]);
  const vendor = maker === undefined ? undefined : agents.get(maker);
  const purls = [...new Set([asText(field(element, 'software_packageUrl')) ?? [], identifiersOf(element, ['packageUrl'])].flat())];
  if (graph.isProject(id) && (vendor === undefined || purls.length > 0)) {
    skipped.add('the project itself', name, at);
    return undefined;
  }
  const download = asserted(asText(field(element, 'software_downloadLocation')));
  const component = sbomComponent(
    {
      purls,
      name,
      version: asserted(asText(field(element, 'software_packageVersion'))),
      vendor,
      digests,
      cpes: identifiersOf(element, ['cpe23', 'cpe22']),
      downloads: download ? [download] : [],
    },
    at,
    skipped,
  );
  if (!component) skipped.addNotUnderstood('package without purl and name', id, at);
  return component;
}

function typeOf(element: unknown): string {
  return asText(field(element, 'type')) ?? asText(field(element, '@type')) ?? '';
}

function idOf(element: unknown): string | undefined {
  return asText(field(element, 'spdxId')) ?? asText(field(element, '@id'));
}

function identifiersOf(element: unknown, types: readonly string[]): string[] {
  return asList(field(element, 'externalIdentifier')).flatMap((each) =>
    types.includes(asText(field(each, 'externalIdentifierType')) ?? '') ? (asText(field(each, 'identifier')) ?? []) : [],
  );
}
