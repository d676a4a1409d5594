import { scriptSafeJson } from '../base/canonical-json.ts';
import { addressOf } from '../graph/addresses.ts';
import type { Graph, GraphNode, NodeKind } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { itemsOf } from '../schema/evidence.ts';

/** What the browser searches: kinds by name, and per entry its label, the index of its kind, its address and further words. */
export interface SearchData {
  readonly kinds: readonly string[];
  readonly entries: readonly (readonly [label: string, kind: number, address: string, words: string])[];
}

/**
 * The search data as a classic script that sets one global: it loads from a server under the strictest policy and from plain files alike, in pieces.
 * Releases and files are found by version and digest.
 */
export function* searchData(graph: Graph): Generator<string> {
  const kinds = Object.keys(nodeKinds) as NodeKind[];
  yield `globalThis.threatpediaSearch={"kinds":${scriptSafeJson(kinds.map((kind) => nodeKinds[kind].title))},"entries":[`;
  let before = '';
  for (const node of graph.nodes.values()) {
    const entry: SearchData['entries'][number] = [node.label, kinds.indexOf(node.kind), addressOf(node), wordsOf(node)];
    yield `${before}${scriptSafeJson(entry)}`;
    before = ',';
  }
  yield ']};\n';
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
