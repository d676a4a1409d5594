/**
 * What was made lately, by what it was made for, so that it need not be made again. Forgets all when it knows as much as it may: what is asked for often is
 * soon known again, and what is asked for together mostly follows upon each other.
 */
export class Recent<Key, Made> {
  readonly #known = new Map<Key, Made>();
  readonly #most: number;
  readonly #make: (key: Key) => Made;

  constructor(most: number, make: (key: Key) => Made) {
    this.#most = most;
    this.#make = make;
  }

  /** What is known, or is made now. What `make` throws is thrown, and nothing known of it. */
  get(key: Key): Made {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#make(key);
    if (this.#known.size >= this.#most) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}
