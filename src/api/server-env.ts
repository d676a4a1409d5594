/** What the server notes of a request before it answers. */
export interface ServerEnv {
  Variables: {
    /** The path; undefined where it can name nothing of the site. */
    sitePath: string | undefined;
    /** The path as far as it can be read; that of a malformed address as it was sent. */
    path: string;
    /** What sort of address it is, for counts and limits. */
    group: string;
    /** Headers that every answer at its path has. */
    headers: Readonly<Record<string, string>>;
    /** Its id, which its answer names. */
    requestId: string;
    /** Whether the answer has them already: to make it with its headers is much faster than to add them. */
    complete: boolean;
  };
}
