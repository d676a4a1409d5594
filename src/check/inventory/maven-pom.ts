import { ComponentList } from './component-list.ts';
import { decodeText, SkipCounter } from './input-text.ts';
import { type ComponentSource, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { readXml } from './xml-text.ts';

/**
 * pom.xml (https://maven.apache.org/pom.html): dependencies, plugins, extensions and the parent, with the version that the file itself gives.
 * Versions that come from parents, imported bills or profiles are told as skipped; `mvn dependency:list` or an SBOM has them.
 */
export const mavenPom: InventoryFormat = { id: 'maven-pom', title: 'pom.xml', types: ['maven'], parse: parseMavenPom };

/** An element that names an artifact. */
interface Draft {
  readonly kind: string;
  readonly offset: number;
  readonly depth: number;
  /** Whether it only sets versions for those that ask for it. */
  readonly isManaged: boolean;
  readonly fields: Map<string, string>;
}

const ARTIFACTS: ReadonlySet<string> = new Set(['dependency', 'plugin', 'extension', 'parent']);
const FIELDS: ReadonlySet<string> = new Set(['groupId', 'artifactId', 'version', 'scope', 'type', 'systemPath']);
/** Where the project says who it is, and what properties begin with that have it. */
const OWN_FIELDS: ReadonlyMap<string, string> = new Map([
  ['project', 'project.'],
  ['project/parent', 'project.parent.'],
]);
/** Longest property, and text with properties put in: names and versions are far shorter. */
const MAX_VALUE = 1000;
/** What lists of artifacts are called, by their elements; in the configuration of plugins the same words mean anything. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['dependency', 'dependencies'],
  ['plugin', 'plugins'],
  ['extension', 'extensions'],
  ['parent', 'project'],
]);

function parseMavenPom(bytes: Uint8Array): Inventory {
  const path: string[] = [];
  const properties = new Map<string, string>();
  const drafts: Draft[] = [];
  const open: Draft[] = [];
  readXml(decodeText(bytes), {
    open: ({ name, offset, depth }) => {
      if (depth === 0 && name !== 'project')
        throw new UnreadableInput(`expected a pom.xml with <project>, found <${name.slice(0, 40)}>`, { offset });
      path[depth] = name;
      path.length = depth + 1;
      if (ARTIFACTS.has(name) && LISTS.get(name) === path[depth - 1] && !path.includes('configuration')) {
        const isManaged = path.includes('dependencyManagement') || path.includes('pluginManagement');
        open.push({ kind: name, offset, depth, isManaged, fields: new Map() });
      }
    },
    close: (name, text, depth) => {
      const draft = open.at(-1);
      const place = path.slice(0, depth).join('/');
      path.length = depth;
      const prefix = place === 'project/properties' ? '' : FIELDS.has(name) ? OWN_FIELDS.get(place) : undefined;
      if (prefix !== undefined && text.length <= MAX_VALUE) properties.set(prefix + name, text);
      if (draft?.depth === depth) {
        open.pop();
        drafts.push(draft);
      } else if (draft?.depth === depth - 1 && FIELDS.has(name)) draft.fields.set(name, text);
    },
  });
  // What a module does not say it has from its parent.
  for (const name of ['groupId', 'version']) {
    const inherited = properties.get(`project.parent.${name}`);
    if (inherited !== undefined && !properties.has(`project.${name}`)) properties.set(`project.${name}`, inherited);
  }
  return readDrafts(drafts, properties);
}

function readDrafts(drafts: readonly Draft[], properties: ReadonlyMap<string, string>): Inventory {
  const skipped = new SkipCounter();
  const list = new ComponentList();
  const read = drafts.map((draft) => {
    const get = (name: string) => resolve(draft.fields.get(name) ?? '', properties);
    const group = get('groupId') ?? (draft.kind === 'plugin' ? 'org.apache.maven.plugins' : undefined);
    const artifact = get('artifactId');
    const name = group && artifact ? `${group}/${artifact}` : undefined;
    return { draft, name, version: get('version'), isImport: get('scope') === 'import', systemPath: get('systemPath') };
  });
  const managed = new Map(
    read.flatMap(({ draft, name, version }): [string, string][] =>
      draft.isManaged && name && version ? [[`${draft.kind} ${name}`, version]] : [],
    ),
  );
  const used = new Set(read.flatMap(({ draft, name }) => (draft.isManaged || !name ? [] : [`${draft.kind} ${name}`])));
  for (const { draft, name, version: own, isImport, systemPath } of read) {
    const at = { offset: draft.offset };
    const key = `${draft.kind} ${name}`;
    const version = own ?? managed.get(key);
    if (!name) skipped.addNotUnderstood('dependency without group and artifact', draft.fields.get('artifactId'), at);
    else if (isImport) skipped.add('imported bill of materials: the versions that it sets stand elsewhere', name, at);
    // It stands where it is asked for as well.
    else if (draft.isManaged && used.has(key)) continue;
    else if (!version) skipped.add('dependency whose version stands elsewhere', name, at);
    else {
      const identity = { kind: 'package', type: 'maven', name } as const;
      const wanted = /^[[(]|,|^(?:LATEST|RELEASE)$/.test(version) ? { requested: version } : { version };
      const source: ComponentSource = systemPath ? { kind: 'path', path: systemPath } : { kind: 'registry' };
      list.add({ identity, ...wanted, source, at, ...(draft.isManaged ? {} : { relation: 'direct' }) });
    }
  }
  return { components: list.components, skipped: skipped.list() };
}

/** The text with properties of the same file put in; undefined where one is not there. */
function resolve(text: string, properties: ReadonlyMap<string, string>): string | undefined {
  if (text.length > MAX_VALUE) return undefined;
  let value = text;
  for (let round = 0; round < 5 && value.includes('${'); round++) {
    value = value.replace(
      /\$\{([^${}]{1,200})\}/g,
      (whole, name: string) => properties.get(name) ?? properties.get(name.replace(/^(?:pom\.|(?=parent\.))/, 'project.')) ?? whole,
    );
    if (value.length > MAX_VALUE) return undefined;
  }
  return value === '' || value.includes('${') ? undefined : value;
}
