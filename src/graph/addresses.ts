import { Recent } from '../base/recent.ts';
import { shortHash } from '../base/short-hash.ts';
import type { Vocabulary } from '../schema/vocabulary.ts';
import type { GraphNode, NodeKind } from './graph.ts';
import { nodeKinds } from './node-kinds.ts';

/** The part of a node's address below its kind's folder: readable, lower-case, safe as a file path, distinct for distinct keys. */
export function slugOf({ kind, key }: Pick<GraphNode, 'kind' | 'key'>): string {
  return slugs[kind].get(key);
}

/** Address of a node's page relative to the site's root, with trailing slash. */
export function addressOf(node: Pick<GraphNode, 'kind' | 'key'>): string {
  return `${nodeKinds[node.kind].folder}/${slugOf(node)}/`;
}

/** Every page names its neighbours: a node is asked for its address many times. */
const slugs = Object.fromEntries(
  (Object.keys(nodeKinds) as NodeKind[]).map((kind) => [kind, new Recent(10_000, (key: string) => makeSlug(kind, key))]),
) as Readonly<Record<NodeKind, Recent<string, string>>>;

function makeSlug(kind: NodeKind, key: string): string {
  if (kind === 'incident') return key.toLowerCase();
  if (kind === 'artifact') return key.slice(key.indexOf(':') + 1);
  const readable = readableKey(kind, key);
  const slug = readable
    .split('/')
    .map(safeSegment)
    .filter(Boolean)
    .join('/')
    .slice(0, 90)
    .replace(/[/.-]+$/, '');
  const exact = slug === readable && slug.length > 0 && (key.startsWith('pkg:') || !slug.startsWith('pkg/'));
  // `index` would stand where the list of the kind does, and `page/2` where its second page does.
  const taken = slug === 'index' || slug.startsWith('page/');
  return exact && !taken && !FLATTENED.has(kind) ? slug : `${slug}-${shortHash(key)}`;
}

const FLATTENED: ReadonlySet<NodeKind> = new Set(['source', 'repository']);

/** The key as people would write it in an address. Packages are all purls and need no `pkg`; components and releases may have either kind of key. */
function readableKey(kind: NodeKind, key: string): string {
  if (key.startsWith('pkg:')) return key.replace('pkg:', kind === 'package' ? '' : 'pkg/').replaceAll('%40', '@');
  if (FLATTENED.has(kind)) return key.replace('https://', '').replaceAll('/', '-');
  return kind === 'indicator' || kind === 'account' ? key.replace(':', '/') : key;
}

/** Address of the list of a kind. */
export function listAddress(kind: NodeKind): string {
  return `${nodeKinds[kind].folder}/`;
}

/** Address of the page of a vocabulary's value. */
export function termAddress(vocabulary: Vocabulary, value: string): string {
  return `vocabulary/${vocabulary.name}/${value.toLowerCase()}/`;
}

/** Address of a node's API resource, relative to the site's root. */
export function resourceAddress(node: Pick<GraphNode, 'kind' | 'key'>): string {
  return `api/v1/${nodeKinds[node.kind].folder}/${slugOf(node)}.json`;
}

function safeSegment(segment: string): string {
  return segment
    .toLowerCase()
    .replace(/[^a-z0-9.@_+-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
}
