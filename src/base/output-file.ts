/** A file of the built site: its path relative to the site's root, and its content, in pieces where it may be large. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array | Iterable<string>;
}
