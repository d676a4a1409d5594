import { CYCLONEDX_VERSIONS, cyclonedxComponent } from './cyclonedx-json.ts';
import { decodeText, SkipCounter } from './input-text.ts';
import { type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { labelOfComponent, type SbomEntry, SbomGraph } from './sbom-graph.ts';
import { readXml, type XmlElement } from './xml-text.ts';

/** CycloneDX bills of materials, 1.2 to 1.7, as XML (https://cyclonedx.org/docs/1.7/xml/). */
export const cyclonedxXml: InventoryFormat = { id: 'cyclonedx-xml', title: 'CycloneDX SBOM, XML', types: ['*'], parse: parseCyclonedxXml };

interface Draft {
  readonly offset: number;
  readonly type: string | undefined;
  readonly id: string;
  /** Whether it is the one that the document is about. */
  readonly isSubject: boolean;
  /** Only what stands in lists of components counts: tools and ancestors of a fork are called components too. */
  readonly isListed: boolean;
  readonly fields: Map<string, string>;
  vendor: string | undefined;
  readonly hashes: [string | undefined, string | undefined][];
  readonly downloads: string[];
}

const FIELDS: ReadonlySet<string> = new Set(['name', 'version', 'purl', 'group', 'cpe']);

function parseCyclonedxXml(bytes: Uint8Array): Inventory {
  const reader = new Reader();
  readXml(decodeText(bytes), { open: (element) => reader.open(element), close: (name, text, depth) => reader.close(name, text, depth) });
  return reader.finish();
}

class Reader {
  readonly #skipped = new SkipCounter();
  readonly #graph = new SbomGraph();
  readonly #entries: SbomEntry[] = [];
  readonly #labels = new Map<string, string>();
  readonly #path: string[] = [];
  readonly #open: Draft[] = [];
  #formatVersion: string | undefined;
  #root: string | undefined;
  #hashAlgorithm: string | undefined;
  #referenceType: string | undefined;
  /** Where it stands in the list of dependencies, outermost first. */
  readonly #dependents: string[] = [];

  open({ name, attributes, offset, depth }: XmlElement): void {
    this.#path[depth] = name;
    this.#path.length = depth + 1;
    const parent = this.#path[depth - 1];
    if (depth === 0) this.#formatVersion = readVersion(name, attributes, offset);
    else if (name === 'component') {
      const list = this.#path.slice(0, -1).join('/');
      const isSubject = list === 'bom/metadata';
      const id = attributes.get('bom-ref') ?? `\0${offset}`;
      if (isSubject) this.#describe(id);
      this.#open.push({
        offset,
        id,
        isSubject,
        isListed: /^bom(?:\/metadata\/component)?\/components(?:\/component\/components)*$/.test(list),
        type: attributes.get('type'),
        fields: new Map(),
        vendor: undefined,
        hashes: [],
        downloads: [],
      });
    } else if (name === 'hash') this.#hashAlgorithm = attributes.get('alg');
    else if (name === 'reference') this.#referenceType = attributes.get('type');
    else if (name === 'dependency' && (parent === 'dependencies' || parent === 'dependency')) {
      const id = attributes.get('ref') ?? '';
      const from = this.#dependents.at(-1);
      if (from && id) this.#graph.use(from, id);
      this.#dependents.push(id);
    }
  }

  close(name: string, text: string, depth: number): void {
    const [above, parent] = [this.#path[depth - 2], this.#path[depth - 1]];
    const draft = this.#open.at(-1);
    if (name === 'dependency') this.#dependents.pop();
    else if (name === 'component' && depth > 0) {
      this.#open.pop();
      if (draft) this.#add(draft);
    } else if (draft && parent === 'component') {
      if (FIELDS.has(name) && text !== '') draft.fields.set(name, text);
      else if (name === 'publisher') draft.vendor = text || draft.vendor;
    } else if (draft && above === 'component' && name === 'name' && (parent === 'supplier' || parent === 'manufacturer')) {
      draft.vendor ??= text || undefined;
    } else if (draft && name === 'hash' && parent === 'hashes' && above === 'component') draft.hashes.push([this.#hashAlgorithm, text]);
    else if (draft && name === 'url' && parent === 'reference' && this.#referenceType === 'distribution') draft.downloads.push(text);
  }

  finish(): Inventory {
    this.#describe('\0document');
    const root = this.#root ?? '';
    for (const { id } of this.#entries) if (id !== undefined) this.#graph.hold(root, id);
    return {
      formatVersion: this.#formatVersion,
      skipped: this.#skipped.list(),
      ...this.#graph.inventoryOf(this.#entries, (id) => this.#labels.get(id) ?? id),
    };
  }

  #describe(id: string): void {
    if (this.#root !== undefined) return;
    this.#root = id;
    this.#graph.describe(id);
  }

  #add({ offset, id, isSubject, isListed, type, fields, vendor, hashes, downloads }: Draft): void {
    const at = { offset };
    const name = fields.get('name');
    if (isSubject && (vendor === undefined || fields.has('purl'))) {
      this.#skipped.add('the project itself', name, at);
      return;
    }
    if (!isSubject && !isListed) {
      this.#skipped.add('component that only describes another, or a tool', name, at);
      return;
    }
    const facts = {
      type,
      purl: fields.get('purl'),
      name,
      version: fields.get('version'),
      vendor: vendor ?? fields.get('group'),
      cpe: fields.get('cpe'),
      hashes,
      downloads,
    };
    const component = cyclonedxComponent(facts, at, this.#skipped);
    if (!component) return;
    if (this.#entries.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} components`, at);
    this.#entries.push({ component, id });
    this.#labels.set(id, labelOfComponent(component, id));
    const outer = this.#open.at(-1);
    if (outer && !outer.isSubject) this.#graph.hold(outer.id, id);
  }
}

function readVersion(name: string, attributes: ReadonlyMap<string, string>, offset: number): string {
  const namespaces = name === 'bom' ? [...attributes.values()] : [];
  const version = namespaces.map((each) => /^https?:\/\/cyclonedx\.org\/schema\/bom\/([\d.]{1,10})$/.exec(each)?.[1]).find(Boolean);
  if (version !== undefined && CYCLONEDX_VERSIONS.includes(version)) return version;
  const found = version ?? `<${name.slice(0, 40)}> of none`;
  throw new UnreadableInput(`expected a CycloneDX <bom> of version ${CYCLONEDX_VERSIONS.join(', ')}, found ${found}`, { offset });
}
