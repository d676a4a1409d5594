import { shortHash } from '../base/short-hash.ts';
import type { GraphNode, NodeKind } from './graph.ts';
import { nodeKinds } from './node-kinds.ts';

/** The part of a node's address below its kind's folder: readable, lower-case, safe as a file path, distinct for distinct keys. */
export function slugOf(node: Pick<GraphNode, 'kind' | 'key'>): string {
  if (node.kind === 'incident') return node.key.toLowerCase();
  if (node.kind === 'artifact') return node.key.slice(node.key.indexOf(':') + 1);
  const flat = node.kind === 'source' || node.kind === 'repository';
  const bare = decode(node.key.replace(/^https:\/\/|^pkg:/, ''));
  const parted = node.kind === 'indicator' || node.kind === 'account' ? bare.replace(':', '/') : bare;
  const segments = (flat ? parted.replaceAll('/', '-') : parted).split('/').map(safeSegment);
  const slug = segments
    .filter(Boolean)
    .join('/')
    .slice(0, 90)
    .replace(/[/.-]+$/, '');
  return slug === parted && slug.length > 0 ? slug : `${slug}-${shortHash(node.key)}`;
}

/** Address of a node's page relative to the site's root, with trailing slash. */
export function addressOf(node: Pick<GraphNode, 'kind' | 'key'>): string {
  return `${nodeKinds[node.kind].folder}/${slugOf(node)}/`;
}

/** Address of the list of a kind. */
export function listAddress(kind: NodeKind): string {
  return `${nodeKinds[kind].folder}/`;
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

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
