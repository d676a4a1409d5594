/** A file of the built site: its path relative to the site's root, and its content, in pieces where it may be large. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string | Uint8Array>;
}

const encoder = new TextEncoder();

/** Puts as much of a piece into the room as there is place for: the bytes written, and what is left of the piece, empty where all of it is there. */
export function fill(room: Uint8Array, piece: string | Uint8Array): { readonly written: number; readonly rest: string | Uint8Array } {
  if (typeof piece === 'string') {
    const { read, written } = encoder.encodeInto(piece, room);
    return { written, rest: piece.slice(read) };
  }
  const part = piece.subarray(0, room.length);
  room.set(part);
  return { written: part.length, rest: piece.subarray(part.length) };
}

const CHUNK_LENGTH = 256 * 1024;

/**
 * The same content as bytes, in pieces of 256 KiB, the last shorter: what is made a line at a time is not written a line at a time. Texts are encoded one by one, since
 * joining them first takes ten times as long where some hold letters beyond Latin-1.
 */
export function* inChunks(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let chunk = new Uint8Array(CHUNK_LENGTH);
  let used = 0;
  for (const piece of pieces) {
    for (let rest = piece; ; ) {
      const filled = fill(chunk.subarray(used), rest);
      used += filled.written;
      rest = filled.rest;
      if (rest.length === 0) break;
      yield chunk.subarray(0, used);
      [chunk, used] = [new Uint8Array(CHUNK_LENGTH), 0];
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}
