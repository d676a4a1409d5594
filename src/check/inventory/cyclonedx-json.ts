import { chainFinder } from './dependency-chain.ts';
import { asList, asRecord, asText, decodeText, field, parseJson, pointer, SkipCounter } from './input-text.ts';
import {
  type FoundComponent,
  type Inventory,
  type InventoryFormat,
  type InventoryPart,
  MAX_COMPONENTS,
  MAX_DEPTH,
  type Place,
  UnreadableInput,
} from './inventory.ts';
import { elementsOf } from './json-array-stream.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';

/** CycloneDX bills of materials, 1.2 to 1.7, as JSON (https://cyclonedx.org/docs/1.7/json/). */
export const cyclonedxJson: InventoryFormat = {
  id: 'cyclonedx-json',
  title: 'CycloneDX SBOM, JSON',
  types: ['*'],
  parse: parseCyclonedxJson,
};

/** Versions of the specification that are read. */
export const CYCLONEDX_VERSIONS = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'];

function parseCyclonedxJson(bytes: Uint8Array): Inventory {
  const document = asRecord(parseJson(decodeText(bytes)));
  if (!document || field(document, 'bomFormat') !== 'CycloneDX')
    throw new UnreadableInput('expected a CycloneDX document with bomFormat "CycloneDX"');
  const formatVersion = readSpecVersion(field(document, 'specVersion'));
  const listed = field(document, 'components');
  if (listed !== undefined && !Array.isArray(listed))
    throw new UnreadableInput('expected components to be a list', { pointer: '/components' });
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  const references = new Map<string, FoundComponent>();
  const referenceOf = new Map<FoundComponent, string>();
  for (const [index, value] of asList(listed).entries()) {
    collect(value, pointer('components', index), 0, skipped, (component, reference) => {
      components.push(component);
      if (reference !== undefined) {
        references.set(reference, component);
        referenceOf.set(component, reference);
      }
    });
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} components`);
  }
  const { root, dependsOn } = readDependencies(document);
  const direct = new Set(root === undefined ? [] : dependsOn(root));
  const chainTo = chainFinder<string>({
    roots: () => direct,
    next: dependsOn,
    label: (reference) => labelOf(references.get(reference), reference),
  });
  const related = components.map((component): FoundComponent => {
    const reference = referenceOf.get(component);
    if (direct.size === 0 || reference === undefined) return component;
    const withRelation: FoundComponent = { ...component, relation: direct.has(reference) ? 'direct' : 'transitive' };
    referenceOf.set(withRelation, reference);
    return withRelation;
  });
  return {
    formatVersion,
    components: related,
    skipped: skipped.list(),
    chainTo: (component) => {
      const reference = referenceOf.get(component);
      return reference === undefined ? undefined : chainTo(reference);
    },
  };
}

/** Components of a document of any length, a thousand at a time. Dependencies are not followed: they stand behind the components. */
export async function* streamCyclonedxJson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InventoryPart> {
  let batch: FoundComponent[] = [];
  const skipped = new SkipCounter();
  for await (const { index, value } of elementsOf(chunks, ['components'])) {
    collect(value, pointer('components', index), 0, skipped, (component) => batch.push(component));
    if (batch.length >= 1000) {
      yield { components: batch };
      batch = [];
    }
  }
  yield { components: batch, skipped: skipped.list() };
}

function readSpecVersion(value: unknown): string {
  const version = asText(value);
  if (version !== undefined && CYCLONEDX_VERSIONS.includes(version)) return version;
  throw new UnreadableInput(
    `expected CycloneDX ${CYCLONEDX_VERSIONS.join(', ')}, found ${JSON.stringify(value)?.slice(0, 40) ?? 'no specVersion'}`,
    {
      pointer: '/specVersion',
    },
  );
}

/** A component and those inside it. */
function collect(
  value: unknown,
  at: string,
  depth: number,
  skipped: SkipCounter,
  add: (component: FoundComponent, reference: string | undefined) => void,
): void {
  if (!asRecord(value)) {
    skipped.add('component that is no object', undefined, { pointer: at });
    return;
  }
  const component = readComponent(value, { pointer: at });
  if (component) add(component, asText(field(value, 'bom-ref')));
  else skipped.add('component without purl and name', asText(field(value, 'type')), { pointer: at });
  if (depth >= MAX_DEPTH / 4) {
    skipped.add('components nested too deep', undefined, { pointer: at });
    return;
  }
  for (const [index, inner] of asList(field(value, 'components')).entries())
    collect(inner, `${at}/components/${index}`, depth + 1, skipped, add);
}

function readComponent(value: unknown, at: Place): FoundComponent | undefined {
  const purl = asText(field(value, 'purl'));
  const group = asText(field(value, 'group'));
  const name = asText(field(value, 'name'));
  const hashes = asList(field(value, 'hashes')).map((hash) => [asText(field(hash, 'alg')), asText(field(hash, 'content'))] as const);
  const digests = hashes.length > 0 ? sbomDigests(hashes) : undefined;
  const type = asText(field(value, 'type'));
  const version = asText(field(value, 'version'));
  if (purl === undefined && type === 'file' && digests) {
    return { identity: { kind: 'file', name: name ?? '', digests }, source: { kind: 'unstated' }, at };
  }
  const vendor =
    asText(field(value, 'publisher')) ??
    asText(field(field(value, 'supplier'), 'name')) ??
    asText(field(field(value, 'manufacturer'), 'name')) ??
    group;
  return sbomComponent({ purls: purl ? [purl] : [], name, version, vendor, digests }, at);
}

function readDependencies(document: unknown): { readonly root: string | undefined; dependsOn(reference: string): readonly string[] } {
  const edges = new Map<string, readonly string[]>();
  for (const dependency of asList(field(document, 'dependencies'))) {
    const reference = asText(field(dependency, 'ref'));
    if (reference !== undefined)
      edges.set(
        reference,
        asList(field(dependency, 'dependsOn')).flatMap((each) => asText(each) ?? []),
      );
  }
  return {
    root: asText(field(field(field(document, 'metadata'), 'component'), 'bom-ref')),
    dependsOn: (reference) => edges.get(reference) ?? [],
  };
}

function labelOf(component: FoundComponent | undefined, reference: string): string {
  if (!component || (component.identity.kind !== 'package' && component.identity.kind !== 'application')) return reference;
  return component.version ? `${component.identity.name}@${component.version}` : component.identity.name;
}
