import { decodeText, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';
import { readXml } from './xml-text.ts';

/**
 * pom.xml (https://maven.apache.org/pom.html): dependencies and plugins with the version that the file itself gives. Versions that come from parents, imported bills or profiles are told as
 * skipped; `mvn dependency:list` or an SBOM has them.
 */
export const mavenPom: InventoryFormat = { id: 'maven-pom', title: 'pom.xml', types: ['maven'], parse: parseMavenPom };

function parseMavenPom(bytes: Uint8Array): Inventory {
  const path: string[] = [];
  const properties = new Map<string, string>();
  const found: { group: string; artifact: string; version: string; offset: number; kind: string }[] = [];
  let current: (typeof found)[number] | undefined;
  let root = '';
  readXml(decodeText(bytes), {
    open: ({ name, offset, depth }) => {
      if (depth === 0) root = name;
      path[depth] = name;
      path.length = depth + 1;
      if (name === 'dependency' || name === 'plugin' || name === 'extension' || name === 'parent')
        current = { group: '', artifact: '', version: '', offset, kind: name };
    },
    close: (name, text, depth) => {
      const parent = path[depth - 1];
      if (parent === 'properties' && depth >= 2) properties.set(name, text);
      else if (depth === 1 && ['version', 'groupId', 'artifactId'].includes(name)) properties.set(`project.${name}`, text);
      else if (current && parent === current.kind) {
        if (name === 'groupId') current.group = text;
        else if (name === 'artifactId') current.artifact = text;
        else if (name === 'version') current.version = text;
      }
      if (current && name === current.kind) {
        found.push(current);
        current = undefined;
      }
      path.length = depth;
    },
  });
  if (root !== 'project') throw new UnreadableInput(`expected a pom.xml with <project>, found <${root.slice(0, 40)}>`);
  const skipped = new SkipCounter();
  const components: FoundComponent[] = [];
  for (const { group, artifact, version, offset, kind } of found) {
    const at = { offset };
    const resolved = resolve(version, properties);
    const namespace = resolve(group, properties) ?? (kind === 'plugin' ? 'org.apache.maven.plugins' : undefined);
    const name = resolve(artifact, properties);
    if (!namespace || !name) skipped.add('dependency without group and artifact', artifact, at);
    else if (!resolved) skipped.add('dependency whose version stands elsewhere', `${namespace}:${name}`, at);
    else {
      const identity = { kind: 'package' as const, type: 'maven', name: `${namespace}/${name}` };
      const wanted = /[[(,]/.test(resolved) ? { requested: resolved } : { version: resolved };
      components.push({ identity, ...wanted, source: { kind: 'registry' }, at, relation: 'direct' });
    }
  }
  return { components, skipped: skipped.list() };
}

/** The text with properties of the same file put in; undefined where one is not there. */
function resolve(text: string, properties: ReadonlyMap<string, string>): string | undefined {
  let value = text;
  for (let round = 0; round < 5 && value.includes('${'); round++) {
    value = value.replace(
      /\$\{([^${}]{1,200})\}/g,
      (whole, name: string) => properties.get(name) ?? properties.get(name.replace(/^pom\./, 'project.')) ?? whole,
    );
    if (value.length > 1000) return undefined;
  }
  return value === '' || value.includes('${') ? undefined : value;
}
