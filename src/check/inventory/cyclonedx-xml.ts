import { CYCLONEDX_VERSIONS } from './cyclonedx-json.ts';
import { decodeText, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { sbomComponent, sbomDigests } from './sbom-component.ts';
import { readXml } from './xml-text.ts';

/** CycloneDX bills of materials, 1.2 to 1.7, as XML (https://cyclonedx.org/docs/1.7/xml/). */
export const cyclonedxXml: InventoryFormat = { id: 'cyclonedx-xml', title: 'CycloneDX SBOM, XML', types: ['*'], parse: parseCyclonedxXml };

interface Draft {
  readonly offset: number;
  readonly type: string | undefined;
  readonly isListed: boolean;
  readonly fields: Map<string, string>;
  readonly hashes: [string | undefined, string | undefined][];
}

function parseCyclonedxXml(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  const path: string[] = [];
  const open: Draft[] = [];
  let formatVersion: string | undefined;
  let algorithm: string | undefined;
  readXml(decodeText(bytes), {
    open: ({ name, attributes, offset, depth }) => {
      path[depth] = name;
      path.length = depth + 1;
      if (depth === 0)
        formatVersion =
          name === 'bom'
            ? /\/bom\/([\d.]+)$/.exec(
                attributes.get('xmlns') ?? [...attributes.values()].find((value) => /cyclonedx\.org\/schema\/bom/.test(value)) ?? '',
              )?.[1]
            : undefined;
      if (depth === 0 && (formatVersion === undefined || !CYCLONEDX_VERSIONS.includes(formatVersion))) {
        throw new UnreadableInput(
          `expected a CycloneDX <bom> of version ${CYCLONEDX_VERSIONS.join(', ')}, found <${name.slice(0, 40)}> ${formatVersion ?? ''}`,
          { offset },
        );
      }
      if (name === 'component')
        open.push({ offset, type: attributes.get('type'), isListed: path[depth - 1] === 'components', fields: new Map(), hashes: [] });
      if (name === 'hash') algorithm = attributes.get('alg');
    },
    close: (name, text, depth) => {
      const draft = open.at(-1);
      const parent = path[depth - 1];
      if (draft && parent === 'component' && ['name', 'version', 'purl', 'publisher', 'group'].includes(name)) draft.fields.set(name, text);
      else if (draft && name === 'hash' && parent === 'hashes') draft.hashes.push([algorithm, text]);
      if (name === 'component') {
        open.pop();
        if (draft?.isListed) add(draft, components, skipped);
      }
      path.length = depth;
    },
  });
  return { formatVersion, components, skipped: skipped.list() };
}

function add({ offset, type, fields, hashes }: Draft, components: FoundComponent[], skipped: SkipCounter): void {
  const at = { offset };
  const purl = fields.get('purl');
  const digests = sbomDigests(hashes);
  const name = fields.get('name') || undefined;
  if (!purl && type === 'file' && digests)
    components.push({ identity: { kind: 'file', name: name ?? '', digests }, source: { kind: 'unstated' }, at });
  else {
    const facts = {
      purls: purl ? [purl] : [],
      name,
      version: fields.get('version') || undefined,
      vendor: fields.get('publisher') || fields.get('group') || undefined,
      digests,
    };
    const component = sbomComponent(facts, at);
    if (component) components.push(component);
    else skipped.add('component without purl and name', type, at);
  }
}
