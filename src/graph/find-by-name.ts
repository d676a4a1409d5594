import type { Graph, GraphNode } from './graph.ts';

/** Nodes whose id, key, bare value, label or alias is exactly the text, in any case. */
export function findByName(graph: Graph, wanted: string): GraphNode[] {
  const folded = wanted.toLowerCase();
  return [...graph.nodes.values()].filter((node) => {
    const key = node.key.toLowerCase();
    if (
      node.id.toLowerCase() === folded ||
      key === folded ||
      key.slice(key.indexOf(':') + 1) === folded ||
      node.label.toLowerCase() === folded
    )
      return true;
    return (node.record?.data.aliases ?? []).some((alias) => (typeof alias === 'string' ? alias : alias.name).toLowerCase() === folded);
  });
}
