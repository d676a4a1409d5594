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

/** CycloneDX bills of materials, 1.2 to 1.7, as JSON (https://cyclonedx.org/docs/1.7/json/). */
export const cyclonedxJson: InventoryFormat = {
  id: 'cyclonedx-json',
  title: 'CycloneDX SBOM, JSON',
  types: ['*'],
  parse: parseCyclonedxJson,
};

/** Versions of the specification that are read. */
export const CYCLONEDX_VERSIONS: readonly string[] = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'];

/** Components inside components are followed so deep. */
const MAX_NESTING = 50;
/** Stands for the document where it names nothing that it is about. */
const DOCUMENT = '\0document';

/** Given each component, and each that could not be read; returns the name under which what is inside it is noted. */
type Visit = (component: FoundComponent | undefined, value: unknown, at: string, parent: string) => string;

function parseCyclonedxJson(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  if (field(document, 'bomFormat') !== 'CycloneDX') throw new UnreadableInput('expected a CycloneDX document with bomFormat "CycloneDX"');
  const formatVersion = readCyclonedxVersion(field(document, 'specVersion'));
  const listed = field(document, 'components');
  if (listed !== undefined && !Array.isArray(listed))
    throw new UnreadableInput('expected components to be a list', { pointer: '/components' });
  const skipped = new SkipCounter();
  const entries: SbomEntry[] = [];
  const labels = new Map<string, string>();
  const graph = new SbomGraph();
  const visit: Visit = (component, value, at, parent) => {
    const id = asText(field(value, 'bom-ref')) ?? `\0${at}`;
    if (!component) return parent;
    if (entries.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} components`);
    entries.push({ component, id });
    labels.set(id, labelOfComponent(component, id));
    graph.hold(parent, id);
    return id;
  };
  const subject = field(field(document, 'metadata'), 'component');
  const root = asText(field(subject, 'bom-ref')) ?? DOCUMENT;
  graph.describe(root);
  if (subject !== undefined) readSubject(subject, root, skipped, visit);
  for (const [index, value] of asList(listed).entries()) collect(value, pointer('components', index), root, 0, skipped, visit);
  for (const [index, dependency] of asList(field(document, 'dependencies')).entries()) {
    const from = asText(field(dependency, 'ref'));
    if (from === undefined) skipped.add('dependency without ref', undefined, { pointer: pointer('dependencies', index) });
    else for (const to of asList(field(dependency, 'dependsOn'))) if (typeof to === 'string') graph.use(from, to);
  }
  return { formatVersion, skipped: skipped.list(), ...graph.inventoryOf(entries, (id) => labels.get(id) ?? id) };
}

/**
 * Components of a document of any length, a thousand at a time. Dependencies are not followed: they stand behind the components; nor is what
 * stands inside `metadata.component`.
 */
export async function* streamCyclonedxJson(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<InventoryPart> {
  let batch: FoundComponent[] = [];
  let [isCyclonedx, formatVersion] = [false, undefined as string | undefined];
  const skipped = new SkipCounter();
  const visit: Visit = (component) => {
    if (component) batch.push(component);
    return DOCUMENT;
  };
  const elements = elementsOf(chunks, ['components'], (name, value) => {
    if (name === 'bomFormat') isCyclonedx = value === 'CycloneDX';
    else if (name === 'specVersion') formatVersion = readCyclonedxVersion(value);
  });
  for await (const { index, value } of elements) {
    collect(value, pointer('components', index), DOCUMENT, 0, skipped, visit);
    if (batch.length >= 1000) {
      yield { formatVersion, components: batch };
      batch = [];
    }
  }
  // The members may stand in any order: only at the end is it sure what the document is.
  if (!isCyclonedx) throw new UnreadableInput('expected a CycloneDX document with bomFormat "CycloneDX"');
  yield { formatVersion: formatVersion ?? readCyclonedxVersion(undefined), components: batch, skipped: skipped.list() };
}

/** A version of the specification that is read; throws where it is another. */
export function readCyclonedxVersion(value: unknown): string {
  if (typeof value === 'string' && CYCLONEDX_VERSIONS.includes(value)) return value;
  const found = value === undefined ? 'no specVersion' : JSON.stringify(value).slice(0, 40);
  throw new UnreadableInput(`expected CycloneDX ${CYCLONEDX_VERSIONS.join(', ')}, found ${found}`, { pointer: '/specVersion' });
}

/** What the document is about: a product of somebody who is named is a component as well, the project itself is none. */
function readSubject(subject: unknown, root: string, skipped: SkipCounter, visit: Visit): void {
  const at = pointer('metadata', 'component');
  const vendor = vendorOf(subject);
  const product =
    vendor !== undefined && field(subject, 'purl') === undefined ? readComponent(subject, { pointer: at }, skipped) : undefined;
  if (product) visit(product, subject, at, root);
  else skipped.add('the project itself', asText(field(subject, 'name')), { pointer: at });
  for (const [index, inner] of asList(field(subject, 'components')).entries())
    collect(inner, `${at}/components/${index}`, root, 1, skipped, visit);
}

/** A component and those inside it. */
function collect(value: unknown, at: string, parent: string, depth: number, skipped: SkipCounter, visit: Visit): void {
  if (!asRecord(value)) {
    skipped.addNotUnderstood('component that is no object', undefined, { pointer: at });
    return;
  }
  const id = visit(readComponent(value, { pointer: at }, skipped), value, at, parent);
  const inside = asList(field(value, 'components'));
  if (inside.length > 0 && depth >= MAX_NESTING) {
    skipped.addNotUnderstood('components nested too deep', undefined, { pointer: at });
    return;
  }
  for (const [index, inner] of inside.entries()) collect(inner, `${at}/components/${index}`, id, depth + 1, skipped, visit);
}

function readComponent(value: unknown, at: Place, skipped: SkipCounter): FoundComponent | undefined {
  const cpe = asText(field(value, 'cpe'));
  return cyclonedxComponent(
    {
      type: asText(field(value, 'type')),
      purl: asText(field(value, 'purl')),
      name: asText(field(value, 'name')),
      version: asText(field(value, 'version')),
      vendor: vendorOf(value) ?? asText(field(value, 'group')),
      cpe,
      hashes: asList(field(value, 'hashes')).map((hash) => [asText(field(hash, 'alg')), asText(field(hash, 'content'))] as const),
      downloads: asList(field(value, 'externalReferences')).flatMap((reference) =>
        field(reference, 'type') === 'distribution' ? (asText(field(reference, 'url')) ?? []) : [],
      ),
    },
    at,
    skipped,
  );
}

function vendorOf(value: unknown): string | undefined {
  return (
    asText(field(value, 'publisher')) ??
    asText(field(field(value, 'supplier'), 'name')) ??
    asText(field(field(value, 'manufacturer'), 'name'))
  );
}

/** What CycloneDX says of a component, as JSON or XML. */
export interface CyclonedxFacts {
  readonly type: string | undefined;
  readonly purl: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly vendor: string | undefined;
  readonly cpe: string | undefined;
  readonly hashes: readonly (readonly [algorithm: string | undefined, value: string | undefined])[];
  readonly downloads: readonly string[];
}

/** The component of these facts; where it is none, that is noted. */
export function cyclonedxComponent(facts: CyclonedxFacts, at: Place, skipped: SkipCounter): FoundComponent | undefined {
  const { type, purl, name, version, vendor, cpe, hashes, downloads } = facts;
  const digests = sbomDigests(hashes);
  if (purl === undefined && type === 'file') {
    if (digests) return { identity: { kind: 'file', name: name ?? '', digests }, source: { kind: 'unstated' }, at };
    skipped.add('file without a digest', name, at);
    return undefined;
  }
  if (purl === undefined && (type === 'data' || type === 'cryptographic-asset')) {
    skipped.add(`${type}, which is no software`, name, at);
    return undefined;
  }
  const component = sbomComponent(
    { purls: purl ? [purl] : [], name, version, vendor, digests, cpes: cpe ? [cpe] : [], downloads },
    at,
    skipped,
  );
  if (!component) skipped.addNotUnderstood('component without purl and name', type, at);
  return component;
}
