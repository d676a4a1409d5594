import { addressOf } from '../graph/addresses.ts';
import type { Graph, GraphNode, NodeKind } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { itemsOf } from '../schema/cited.ts';

/** A thing that can be found: its label, the place of its kind in {@link SearchData.kinds}, its address relative to the site's root, and further words. */
export type SearchEntry = readonly [label: string, kind: number, address: string, words: string];

/** What is searched: titles of kinds, and an entry for each thing. */
export interface SearchData {
  readonly kinds: readonly string[];
  readonly entries: readonly SearchEntry[];
}

const KINDS = Object.keys(nodeKinds) as NodeKind[];

/** Titles of the kinds, in the order that entries count in. */
export const searchKinds: readonly string[] = KINDS.map((kind) => nodeKinds[kind].title);

/** The entry of a node: releases and files are found by version and digest, records by their other names. */
export function searchEntry(node: GraphNode): SearchEntry {
  return [node.label, KINDS.indexOf(node.kind), addressOf(node), wordsOf(node)];
}

/** All that a graph can be searched for, in the order of its nodes. */
export function searchDataOf(graph: Graph): SearchData {
  return { kinds: searchKinds, entries: [...graph.nodes.values()].map(searchEntry) };
}

function wordsOf(node: GraphNode): string {
  const words = new Set<string>();
  if (node.kind !== 'source') words.add(node.key);
  const { record } = node;
  if (record) {
    const { aliases } = record.data;
    for (const alias of aliases ?? []) words.add(typeof alias === 'string' ? alias : alias.name);
    if ('externalIds' in record.data) for (const { id } of record.data.externalIds ?? []) words.add(id);
    if (record.kind === 'incident') {
      for (const { id } of itemsOf(record.data.vulnerabilities)) words.add(id);
      for (const component of itemsOf(record.data.components).slice(0, 20)) if (component.name) words.add(component.name);
    }
  }
  words.delete(node.label);
  return [...words].join(' ');
}
