/** A file of the built site: its path relative to the site's root, and its content, in pieces where it may be large. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string | Uint8Array>;
}

/** The same content with its texts joined to pieces of 64 Ki characters or more: what is made a line at a time is not written a line at a time. */
export function* inChunks<Piece extends string | Uint8Array>(pieces: Iterable<Piece>): Generator<Piece> {
  let chunk = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') chunk += piece;
    if (chunk && (chunk.length >= 64 * 1024 || typeof piece !== 'string')) {
      yield chunk as Piece;
      chunk = '';
    }
    if (typeof piece !== 'string') yield piece;
  }
  if (chunk) yield chunk as Piece;
}
