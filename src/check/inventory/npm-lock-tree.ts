import { chainFinder } from './dependency-chain.ts';
import { asRecord, asText, entriesOf, field, type JsonRecord, pointer, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { commitOf, isNpmName, npmAliases, npmIdentity, npmSource, readIntegrity } from './npm-source.ts';

/** A package in the nested `dependencies` of lockfileVersion 1. */
interface TreeNode {
  readonly entry: JsonRecord;
  readonly at: string;
  readonly parent: TreeNode | undefined;
  readonly children: Map<string, TreeNode>;
  readonly label: string;
}

/**
 * Reads the nested `dependencies` of a lock of npm 5 and 6, or of a shrinkwrap before them
 * (https://docs.npmjs.com/cli/v6/configuring-npm/package-lock-json). They do not tell what the project asks for itself: only what nothing else
 * requires must be asked for by it.
 */
export function readNpmTree(dependencies: unknown, formatVersion: string | undefined): Inventory {
  const skipped = new SkipCounter();
  const top = new Map<string, TreeNode>();
  const nodes: TreeNode[] = [];
  const found: { node: TreeNode; component: FoundComponent }[] = [];
  const collect = (value: unknown, parent: TreeNode | undefined): void => {
    for (const [key, child] of entriesOf(value)) {
      const at = `${parent?.at ?? ''}${pointer('dependencies', key)}`;
      const entry = asRecord(child);
      if (!entry) {
        skipped.addNotUnderstood('entry that is no object', key, { pointer: at });
        continue;
      }
      if (nodes.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`, { pointer: at });
      const component = toComponent(key, entry, at);
      const node: TreeNode = { entry, at, parent, children: new Map(), label: component ? labelOf(component) : key };
      (parent?.children ?? top).set(key, node);
      nodes.push(node);
      if (component) found.push({ node, component });
      else skipped.addNotUnderstood('entry without a package name', key, { pointer: at });
      // The nesting of the JSON is bounded, and so is this.
      collect(field(entry, 'dependencies'), node);
    }
  };
  collect(dependencies, undefined);

  const required = new Set<TreeNode>(nodes.flatMap((node) => requiredBy(node, top)));
  // Nested ones are there because the package above needs another version than the one at the top.
  const roots = [...top.values()].filter((node) => !required.has(node));
  const isRoot = new Set(roots);
  const hasRequires = nodes.some(({ entry }) => asRecord(field(entry, 'requires')));
  const nodeOf = new Map<FoundComponent, TreeNode>();
  const components = found.map(({ node, component }) => {
    const direct = hasRequires && isRoot.has(node);
    const related: FoundComponent = direct ? { ...component, relation: 'direct' } : component;
    nodeOf.set(related, node);
    return related;
  });
  const chainTo = chainFinder<TreeNode>({ roots: () => roots, next: (node) => requiredBy(node, top), label: ({ label }) => label });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const node = nodeOf.get(component);
      return node && hasRequires ? chainTo(node) : undefined;
    },
  };
}

/** What a package requires: found among what is nested in it, then in the packages above it. */
function requiredBy(node: TreeNode, top: ReadonlyMap<string, TreeNode>): TreeNode[] {
  return entriesOf(field(node.entry, 'requires')).flatMap(([name]) => {
    for (let scope: TreeNode | undefined = node; scope; scope = scope.parent) {
      const child = scope.children.get(name);
      if (child) return [child];
    }
    return top.get(name) ?? [];
  });
}

function labelOf({ identity, version }: FoundComponent): string {
  return `${identity.kind === 'package' ? identity.name : ''}@${version ?? '?'}`;
}

/** `version` is a version, or the address of what is no package of a registry; `npm:real@1.2.3` under another name. */
function toComponent(key: string, entry: JsonRecord, at: string): FoundComponent | undefined {
  const written = asText(field(entry, 'version'));
  const resolved = asText(field(entry, 'resolved'));
  const digests = readIntegrity(asText(field(entry, 'integrity')));
  const alias = /^npm:(@?[^@]+)@([^@]+)$/.exec(written?.slice(0, 1_000) ?? '');
  const name = alias?.[1] ?? key;
  if (!isNpmName(name)) return undefined;
  const isAddress = !alias && written !== undefined && /[:/]/.test(written);
  const address = isAddress ? written : resolved;
  const version = isAddress ? commitOf(written) : (alias?.[2] ?? written);
  const alsoKnownAs = npmAliases(name, version, address);
  return {
    identity: npmIdentity(name),
    version,
    source: npmSource(address),
    at: { pointer: at },
    ...(digests ? { digests } : {}),
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  };
}
