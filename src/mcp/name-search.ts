import MiniSearch from 'minisearch';
import { findByName } from '../graph/find-by-name.ts';
import type { Graph, GraphNode, NodeId, NodeKind } from '../graph/graph.ts';
import { itemsOf } from '../schema/evidence.ts';
import { linkedPlainText } from '../schema/plain-text.ts';
import { refanged } from './quoted-text.ts';

/** Kinds that people mostly ask for come first among equals. */
const WEIGHTS: { readonly [K in NodeKind]?: number } = {
  incident: 4,
  actor: 3,
  campaign: 3,
  malware: 3,
  package: 2.4,
  component: 2.2,
  source: 0.7,
};

/** Finds things by words, names, versions, digests and addresses: what is called exactly so first, then by relevance. */
export class NameSearch {
  readonly #graph: Graph;
  readonly #index: MiniSearch<{ readonly id: NodeId }>;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#index = new MiniSearch({
      fields: ['label', 'words', 'text'],
      tokenize: (text) =>
        text
          .toLowerCase()
          .split(/[\s/:,;()"'“”@]+/)
          .flatMap((word) => (/[-._]/.test(word) ? [word, ...word.split(/[-._]+/)] : [word]))
          .filter(Boolean),
      searchOptions: {
        boost: { label: 3, words: 2 },
        prefix: (term) => term.length > 2,
        fuzzy: (term) => (term.length > 4 && !/^[0-9a-f]{8,}$/.test(term) && !/^[\d.]+$/.test(term) ? 0.2 : false),
        combineWith: 'AND',
        boostDocument: (id) => WEIGHTS[String(id).split(':', 1)[0] as NodeKind] ?? 1,
      },
    });
    this.#index.addAll(
      [...graph.nodes.values()].map((node) => ({ id: node.id, label: node.label, words: wordsOf(node), text: textOf(node) })),
    );
  }

  /** Nodes of some kinds, of all where none is named, the best first. */
  find(words: string, kinds: readonly NodeKind[]): GraphNode[] {
    const text = refanged(words).trim();
    const found = new Map<NodeId, GraphNode>(findByName(this.#graph, text).map((node) => [node.id, node]));
    for (const { id } of this.#index.search(text)) {
      const node = this.#graph.nodes.get(id as NodeId);
      if (node) found.set(node.id, node);
    }
    return [...found.values()].filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  }
}

function wordsOf({ kind, key, record }: GraphNode): string {
  const words = kind === 'source' ? [] : [key];
  if (record) {
    for (const alias of record.data.aliases ?? []) words.push(typeof alias === 'string' ? alias : alias.name);
    if ('externalIds' in record.data) for (const { id } of record.data.externalIds ?? []) words.push(id);
    if (record.kind === 'incident') for (const { id } of itemsOf(record.data.vulnerabilities)) words.push(id);
  }
  return words.join(' ');
}

function textOf({ record }: GraphNode): string {
  return record && 'summary' in record.data && record.data.summary ? linkedPlainText(record.data.summary.text) : '';
}
