/** A longer text is hardly ever met again, nor is a longer list. */
const [LONGEST_TEXT, LONGEST_LIST] = [200, 8];

/**
 * Makes equal texts, and equal lists of texts, one and the same, over all data that it is given: records name the same days, terms, publishers and
 * sources over and over.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();
  /** By their JSON. */
  readonly #lists = new Map<string, readonly unknown[]>();

  /** Changes fresh JSON data in place, and gives it back. Lists that are shared are frozen. */
  share<Data>(data: Data): Data {
    return this.#shared(data) as Data;
  }

  #shared(value: unknown): unknown {
    if (typeof value === 'string') return value.length > LONGEST_TEXT ? value : getOrSet(this.#texts, value, value);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) value[index] = this.#shared(item);
      const isCommon = value.length <= LONGEST_LIST && value.every((item) => typeof item === 'string');
      return isCommon ? getOrSet(this.#lists, JSON.stringify(value), Object.freeze(value)) : value;
    }
    if (value !== null && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) (value as Record<string, unknown>)[key] = this.#shared(item);
    }
    return value;
  }
}

function getOrSet<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  const known = map.get(key);
  if (known === undefined) map.set(key, value);
  return known ?? value;
}
