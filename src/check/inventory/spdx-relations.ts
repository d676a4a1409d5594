import type { FoundComponent } from './inventory.ts';

/** Relationships of an SPDX 2 document that say what uses what (https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/). */
export class SpdxRelations {
  readonly #document: string;
  readonly #described = new Set<string>();
  readonly #uses = new Map<string, Set<string>>();
  #direct: ReadonlySet<string> | undefined;

  constructor(document: string) {
    this.#document = document;
  }

  /** Notes what the document is about. */
  describe(id: string | undefined): void {
    if (id !== undefined) this.#described.add(id);
  }

  add(from: string | undefined, type: string | undefined, to: string | undefined): void {
    if (from === undefined || to === undefined) return;
    if (type === 'DESCRIBES' && from === this.#document) this.#described.add(to);
    else if (type === 'DESCRIBED_BY' && to === this.#document) this.#described.add(from);
    else if (type === 'DEPENDS_ON' || type === 'CONTAINS') this.#connect(from, to);
    else if (type?.endsWith('DEPENDENCY_OF') || type === 'CONTAINED_BY') this.#connect(to, from);
  }

  /** Whether it is what the document is about, and uses others: the project itself. A document that only lists its packages describes each of them. */
  isDescribed(id: string): boolean {
    return this.#described.has(id) && (this.#uses.get(id)?.size ?? 0) > 0;
  }

  roots(): string[] {
    return [...this.#described].flatMap((id) => [...(this.#uses.get(id) ?? [])]);
  }

  next(id: string): Iterable<string> {
    return this.#uses.get(id) ?? [];
  }

  relationOf(id: string): Pick<FoundComponent, 'relation'> {
    this.#direct ??= new Set(this.roots());
    return this.#direct.size === 0 ? {} : { relation: this.#direct.has(id) ? 'direct' : 'transitive' };
  }

  #connect(from: string, to: string): void {
    const known = this.#uses.get(from);
    if (known) known.add(to);
    else this.#uses.set(from, new Set([to]));
  }
}
