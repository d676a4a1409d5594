import { chainFinder } from './dependency-chain.ts';
import type { FoundComponent, Inventory } from './inventory.ts';

/** A component with the name by which the bill of materials speaks of it. */
export interface SbomEntry {
  readonly component: FoundComponent;
  readonly id: string | undefined;
}

/** What a bill of materials says of what uses and what holds what. */
export class SbomGraph {
  /** What the bill is about: the project or product itself. */
  readonly #described = new Set<string>();
  readonly #uses = new Map<string, Set<string>>();
  readonly #holds = new Map<string, Set<string>>();

  describe(id: string | undefined): void {
    if (id !== undefined) this.#described.add(id);
  }

  /** `from` depends on `to`. */
  use(from: string, to: string): void {
    connect(this.#uses, from, to);
  }

  /** `from` contains `to`: of the project itself that says nothing about why it is there. */
  hold(from: string, to: string): void {
    connect(this.#holds, from, to);
  }

  /**
   * Whether it is the one thing that the bill is about, and has parts: the project itself. A bill that only lists its packages describes each
   * of them, and none of them is the project.
   */
  isProject(id: string | undefined): boolean {
    return id !== undefined && this.#described.size === 1 && this.#described.has(id) && (this.#uses.has(id) || this.#holds.has(id));
  }

  /** The components with their relation to the project, and the ways to them. */
  inventoryOf(entries: readonly SbomEntry[], labelOf: (id: string) => string): Required<Pick<Inventory, 'components' | 'chainTo'>> {
    const direct = new Set<string>();
    for (const id of this.#described) for (const used of this.#uses.get(id) ?? []) direct.add(used);
    const indirect = new Set<string>();
    for (const edges of [this.#uses, this.#holds]) {
      for (const [from, targets] of edges) if (!this.#described.has(from)) for (const target of targets) indirect.add(target);
    }
    const ids = new Map<FoundComponent, string>();
    const components = entries.map(({ component, id }): FoundComponent => {
      const relation = id === undefined ? undefined : direct.has(id) ? 'direct' : indirect.has(id) ? 'transitive' : undefined;
      const related: FoundComponent = relation ? { ...component, relation } : component;
      if (id !== undefined) ids.set(related, id);
      return related;
    });
    const find = chainFinder<string>({
      roots: () => this.#roots(direct, indirect),
      next: (id) => [...(this.#uses.get(id) ?? []), ...(this.#holds.get(id) ?? [])],
      label: labelOf,
    });
    return {
      components,
      chainTo: (component) => {
        const id = ids.get(component);
        const chain = id === undefined ? undefined : find(id);
        // A root that the project only contains may be there for any reason.
        return chain?.length === 0 && id !== undefined && !direct.has(id) ? undefined : chain;
      },
    };
  }

  /** What the project asks for, and what it contains that nothing else asks for. */
  #roots(direct: ReadonlySet<string>, indirect: ReadonlySet<string>): Set<string> {
    const roots = new Set(direct);
    for (const id of this.#described) for (const held of this.#holds.get(id) ?? []) if (!indirect.has(held)) roots.add(held);
    return roots;
  }
}

function connect(edges: Map<string, Set<string>>, from: string, to: string): void {
  if (from === to) return;
  const known = edges.get(from);
  if (known) known.add(to);
  else edges.set(from, new Set([to]));
}

/** `name@version` of a component, as chains spell it. */
export function labelOfComponent({ identity, version }: FoundComponent, otherwise: string): string {
  if (identity.kind !== 'package' && identity.kind !== 'application') return otherwise;
  return version ? `${identity.name}@${version}` : identity.name;
}
