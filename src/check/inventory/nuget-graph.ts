import { chainFinder } from './dependency-chain.ts';
import type { FoundComponent, Inventory } from './inventory.ts';

/** What asks for what among packages of NuGet, whose names are compared without case; one version of each stands in a framework. */
export class NugetGraph {
  readonly #uses = new Map<string, string[]>();
  readonly #labels = new Map<string, string>();
  readonly #direct = new Set<string>();

  /** Notes a package or project of the solution. */
  add(name: string, version: string | undefined, uses: readonly string[]): void {
    const key = name.toLowerCase();
    const known = this.#uses.get(key) ?? [];
    for (const each of uses) known.push(each.toLowerCase());
    this.#uses.set(key, known);
    if (!this.#labels.has(key)) this.#labels.set(key, version ? `${name}@${version}` : name);
  }

  /** Notes what a project asks for itself. */
  addDirect(name: string): void {
    this.#direct.add(name.toLowerCase());
  }

  isDirect(name: string): boolean {
    return this.#direct.has(name.toLowerCase());
  }

  chainTo(): NonNullable<Inventory['chainTo']> {
    const find = chainFinder<string>({
      roots: () => this.#direct,
      next: (name) => this.#uses.get(name) ?? [],
      label: (name) => this.#labels.get(name) ?? name,
    });
    return ({ identity }: FoundComponent) => (identity.kind === 'package' ? find(identity.name.toLowerCase()) : undefined);
  }
}
