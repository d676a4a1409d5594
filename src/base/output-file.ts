/** A file of the built site: its path relative to the site's root, and its content, in pieces where it may be large. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string | Uint8Array>;
}

const encoder = new TextEncoder();

/** Puts as much of a piece into the room as there is place for: what was read of the piece (UTF-16 units or bytes), and the bytes written. */
export function fill(room: Uint8Array, piece: string | Uint8Array): { readonly read: number; readonly written: number } {
  if (typeof piece === 'string') return encoder.encodeInto(piece, room);
  const part = piece.subarray(0, room.length);
  room.set(part);
  return { read: part.length, written: part.length };
}

const CHUNK_LENGTH = 256 * 1024;

/**
 * The same content as bytes, in pieces of 256 KiB, the last shorter: what is made a line at a time is not written a line at a time. Texts are encoded one by one, since
 * joining them first takes ten times as long.
 */
export function* inChunks(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let chunk = new Uint8Array(CHUNK_LENGTH);
  let used = 0;
  for (const piece of pieces) {
    for (let rest = piece; rest.length > 0; ) {
      const { read, written } = fill(chunk.subarray(used), rest);
      used += written;
      if (read === rest.length) break;
      rest = rest.slice(read);
      yield chunk.subarray(0, used);
      [chunk, used] = [new Uint8Array(CHUNK_LENGTH), 0];
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}
