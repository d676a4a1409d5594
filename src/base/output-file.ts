/** A file of the built site: its path relative to the site's root, and its content, in pieces where it may be large. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string>;
}

/** The same text in pieces of at least 64 Ki characters but for the last: what is made a line at a time is not written a line at a time. */
export function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < 64 * 1024) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk) yield chunk;
}
