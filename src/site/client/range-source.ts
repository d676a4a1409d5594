import type { ByteSource } from '../../check/index/open-index.ts';

/** Pieces that are fetched at least: neighbouring reads then need no request of their own. */
const BLOCK = 16 * 1024;
/** Longest file that is taken whole from a host that sends no parts. */
const MAX_WHOLE_BYTES = 512 * 1024 * 1024;

/** What was fetched of a file so far. */
export interface Fetched {
  bytes: number;
  requests: number;
  /** Length of the file, where the host told. */
  total: number | undefined;
  /** Whether the host sends no parts, so that all of it had to be fetched. */
  isWhole: boolean;
}

/** A file at an address as a source of bytes. */
export interface RangeSource extends ByteSource {
  readonly fetched: Fetched;
}

/**
 * A file at an address, read by HTTP Range in blocks that are kept. A host that ignores ranges sends it whole: then it is fetched once, and `onWhole`
 * hears how far that is. Throws where the host answers with an error, with another part, or with a file that changed since the first read.
 */
export function rangeSource(address: string, onWhole: (fetched: Fetched) => void = () => {}): RangeSource {
  const blocks = new Map<number, Promise<Uint8Array>>();
  const fetched: Fetched = { bytes: 0, requests: 0, total: undefined, isWhole: false };
  let whole: Uint8Array | undefined;
  const fail = (what: string): never => {
    throw new Error(`${new URL(address).pathname} ${what}`);
  };
  const fetchBlocks = async (first: number, last: number): Promise<Uint8Array> => {
    if (whole) return whole.subarray(first * BLOCK, (last + 1) * BLOCK);
    fetched.requests++;
    const response = await fetch(address, { headers: { range: `bytes=${first * BLOCK}-${(last + 1) * BLOCK - 1}` } }).catch(() =>
      fail('could not be fetched: the site does not answer'),
    );
    // Beyond the end there is nothing.
    if (response.status === 416) return new Uint8Array();
    if (!response.ok) return fail(`could not be fetched: the site answered ${response.status}`);
    if (response.status !== 206) {
      whole = await readWhole(response);
      return whole.subarray(first * BLOCK, (last + 1) * BLOCK);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '') ?? [];
    if (Number(start) !== first * BLOCK) return fail('could not be read: the host answered with another part than was asked for');
    // Tags are no help: hosts of several machines send several for one file. What a length does not show, checksums do.
    const length = Number(total) || undefined;
    if (fetched.total !== undefined && fetched.total !== length) return fail('changed while it was read; check again');
    fetched.bytes += bytes.length;
    fetched.total = length;
    return bytes;
  };
  const readWhole = async (response: Response): Promise<Uint8Array> => {
    fetched.isWhole = true;
    fetched.total = response.headers.has('content-encoding') ? undefined : Number(response.headers.get('content-length')) || undefined;
    const reader = response.body?.getReader();
    const pieces: Uint8Array[] = [];
    for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
      pieces.push(piece.value);
      fetched.bytes += piece.value.length;
      if (fetched.bytes > MAX_WHOLE_BYTES) fail('is too long to be fetched whole, and this host sends no parts of files (HTTP Range)');
      onWhole(fetched);
    }
    return joined(pieces);
  };
  return {
    fetched,
    read: async (offset, length) => {
      const [first, last] = [Math.floor(offset / BLOCK), Math.floor((offset + Math.max(1, length) - 1) / BLOCK)];
      // One request for all blocks that are missing in a row.
      for (let block = first; block <= last; block++) {
        if (blocks.has(block)) continue;
        let end = block;
        while (end < last && !blocks.has(end + 1)) end++;
        const [from, pending] = [block, fetchBlocks(block, end)];
        for (let each = block; each <= end; each++) {
          blocks.set(
            each,
            pending.then((bytes) => bytes.subarray((each - from) * BLOCK, (each - from + 1) * BLOCK)),
          );
        }
        block = end;
      }
      const pieces = await Promise.all(
        Array.from({ length: last - first + 1 }, async (_, index) => (await blocks.get(first + index)) ?? new Uint8Array()),
      );
      return joined(pieces).subarray(offset - first * BLOCK, offset - first * BLOCK + length);
    },
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
