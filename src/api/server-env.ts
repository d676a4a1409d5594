/** What the server notes of a request before it answers. */
export interface ServerEnv {
  Variables: {
    /** The path; undefined where it can name nothing of the site. */
    sitePath: string | undefined;
    /** The path as far as it can be read; that of a malformed address as it was sent. */
    path: string;
    /** Headers that its answer has in any case. */
    headers: Record<string, string>;
    /** Whether the answer has them already: to make it with its headers is much faster than to add them. */
    complete: boolean;
  };
}
