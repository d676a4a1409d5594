const CHUNK_BYTES = 4 * 1024 * 1024;

/** Very many texts that are written once and read now and then: as UTF-8 in a few blocks, because as many strings would take twice the memory and more. */
export class KeptTexts {
  readonly #chunks: Uint8Array[] = [];
  #used = CHUNK_BYTES;
  /** Of each text its chunk, its start there and its length in bytes. */
  readonly #places: number[] = [];

  /** How many there are. */
  get size(): number {
    return this.#places.length / 3;
  }

  /** Keeps a text, and gives the number to ask for it by. Lone surrogates become U+FFFD. */
  add(text: string): number {
    let chunk = this.#chunks.at(-1);
    let { read, written } = chunk ? encoder.encodeInto(text, chunk.subarray(this.#used)) : { read: 0, written: 0 };
    if (!chunk || read < text.length) {
      chunk = new Uint8Array(Math.max(CHUNK_BYTES, text.length * 3));
      this.#chunks.push(chunk);
      this.#used = 0;
      ({ read, written } = encoder.encodeInto(text, chunk));
    }
    this.#places.push(this.#chunks.length - 1, this.#used, written);
    this.#used += written;
    return this.size - 1;
  }

  /** The text of a number that {@link add} gave. */
  get(number: number): string {
    const [chunk = 0, start = 0, length = 0] = [this.#places[number * 3], this.#places[number * 3 + 1], this.#places[number * 3 + 2]];
    return decoder.decode(this.#chunks[chunk]?.subarray(start, start + length));
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
