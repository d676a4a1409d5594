/** Two independent 32-bit hashes of a key. Part of the index format: never change them without a new format version. */
export interface KeyHash {
  readonly first: number;
  readonly second: number;
}

/**
 * Hashes the UTF-16 code units of a key: two multiplicative lanes with a final mix (the construction known as cyrb53, public domain). Fast, and
 * the same in every engine; not for security: a crafted collision costs one more bucket to read, never a wrong answer, because keys are compared.
 */
export function hashKey(key: string): KeyHash {
  // Written as signed numbers: the same bits, and small integers to the engine.
  let first = 0xdeadbeef | 0;
  let second = 0x41c6ce57;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    first = Math.imul(first ^ code, -1640531535);
    second = Math.imul(second ^ code, 1597334677);
  }
  first = Math.imul(first ^ (first >>> 16), -2048144789) ^ Math.imul(second ^ (second >>> 13), -1028477387);
  second = Math.imul(second ^ (second >>> 16), -2048144789) ^ Math.imul(first ^ (first >>> 13), -1028477387);
  return { first: first >>> 0, second: second >>> 0 };
}

/** The bucket that a key stands in. */
export function bucketOf({ first, second }: KeyHash, buckets: number): number {
  return ((first ^ Math.imul(second, 0x9e3779b1)) >>> 0) % buckets;
}

/** Calls `visit` with each bit of a Bloom filter that stands for the key; stops and gives false when `visit` does. */
export function everyBit({ first, second }: KeyHash, bits: number, hashes: number, visit: (bit: number) => boolean): boolean {
  // Double hashing; an odd step visits different bits.
  const step = (second | 1) >>> 0;
  let position = first;
  for (let round = 0; round < hashes; round++) {
    if (!visit(position % bits)) return false;
    position = (position + step) >>> 0;
  }
  return true;
}
