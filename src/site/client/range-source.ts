import type { ByteSource } from '../../check/index/open-index.ts';

/** Pieces that are fetched at least: neighbouring reads then need no request of their own. */
const BLOCK = 16 * 1024;

/**
 * An index at an address, read by HTTP Range in blocks that are kept. A server that ignores ranges sends it whole, once; then that is used.
 */
export function rangeSource(address: string, onFetch: (bytes: number) => void = () => {}): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array>>();
  let whole: Uint8Array | undefined;
  const fetchBlocks = async (first: number, last: number): Promise<Uint8Array> => {
    if (whole) return whole.subarray(first * BLOCK, (last + 1) * BLOCK);
    const response = await fetch(address, { headers: { range: `bytes=${first * BLOCK}-${(last + 1) * BLOCK - 1}` } });
    // Beyond the end there is nothing.
    if (response.status === 416) return new Uint8Array();
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    onFetch(bytes.length);
    if (response.status !== 206) {
      whole = bytes;
      return bytes.subarray(first * BLOCK, (last + 1) * BLOCK);
    }
    return bytes;
  };
  return {
    read: async (offset, length) => {
      const [first, last] = [Math.floor(offset / BLOCK), Math.floor((offset + Math.max(1, length) - 1) / BLOCK)];
      // One request for all blocks that are missing in a row.
      for (let block = first; block <= last; block++) {
        if (blocks.has(block)) continue;
        let end = block;
        while (end < last && !blocks.has(end + 1)) end++;
        const [from, fetched] = [block, fetchBlocks(block, end)];
        for (let each = block; each <= end; each++) {
          blocks.set(
            each,
            fetched.then((bytes) => bytes.subarray((each - from) * BLOCK, (each - from + 1) * BLOCK)),
          );
        }
        block = end;
      }
      const pieces = await Promise.all(Array.from({ length: last - first + 1 }, (_, index) => blocks.get(first + index)));
      const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0));
      let at = 0;
      for (const piece of pieces) {
        if (piece) joined.set(piece, at);
        at += piece?.length ?? 0;
      }
      return joined.subarray(offset - first * BLOCK, offset - first * BLOCK + length);
    },
  };
}
