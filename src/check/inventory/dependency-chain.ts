/** What uses what in one input. A node is what the format calls a package by: a path, a key, a resolution. */
interface DependencyGraph<Node> {
  /** What the project asks for itself. */
  readonly roots: () => Iterable<Node>;
  /** What a node asks for. */
  readonly next: (node: Node) => Iterable<Node>;
  /** `name@version` of a node. */
  readonly label: (node: Node) => string;
}

/** Chains longer than this are told without their middle. */
const MAX_CHAIN = 200;

/**
 * The shortest way from the project to a node, outermost first, without the node itself; empty for a root, undefined where the input does not
 * connect it. Nothing is computed before the first call; then every node is visited once, breadth first, so cycles end.
 */
export function chainFinder<Node>(graph: DependencyGraph<Node>): (node: Node) => readonly string[] | undefined {
  let parents: Map<Node, Node | undefined> | undefined;
  return (node) => {
    parents ??= findParents(graph);
    if (!parents.has(node)) return undefined;
    const chain: string[] = [];
    for (let above = parents.get(node); above !== undefined && chain.length < MAX_CHAIN; above = parents.get(above)) {
      chain.push(graph.label(above));
    }
    return chain.reverse();
  };
}

function findParents<Node>({ roots, next }: DependencyGraph<Node>): Map<Node, Node | undefined> {
  const parents = new Map<Node, Node | undefined>();
  for (const root of roots()) parents.set(root, undefined);
  // A map gives entries that are added while it is walked, in order: it is the queue.
  for (const node of parents.keys()) {
    for (const child of next(node)) if (!parents.has(child)) parents.set(child, node);
  }
  return parents;
}
