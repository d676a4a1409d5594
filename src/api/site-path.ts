/**
 * The decoded path of a request’s address, always starting with `/`. Undefined where it is malformed or cannot name a file of the site: dot
 * segments and hidden files, empty segments (`//host` would be another site in a redirect), backslashes, control characters, over 2,048 characters.
 */
export function parseSitePath(url: string): string | undefined {
  const path = decode(/^https?:\/\/[^/?#]*([^?#]*)/.exec(url)?.[1] || '/');
  return path !== undefined && isSitePath(path) ? path : undefined;
}

/** Whether a decoded path can name something of the site. */
export function isSitePath(path: string): boolean {
  return path.length <= 2048 && path.startsWith('/') && !UNUSABLE.test(path);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: no file of a site has one in its name
const UNUSABLE = /[\u0000-\u001f\\\u007f]|\/\.|\/\//;

/** The path as it stands in an address, with slashes and `@` as they are. The opposite of {@link parseSitePath}. */
export function encodeSitePath(path: string): string {
  return encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23');
}

/** Whether a path belongs to the API, where errors are problem details and other sites may read. What leads to the API is a page. */
export function isApiPath(path: string): boolean {
  return path.startsWith('/api/') && path !== '/api/';
}

/**
 * The files that may answer a path, the first that exists wins. In the API `.json` and `/index.json` may be left out, also behind a name that
 * already looks like a file’s (`…/axios@1.14.1`), and ids of incidents may be written in any case.
 */
export function filesFor(path: string): readonly string[] {
  if (!isApiPath(path)) return [path.endsWith('/') ? `${path}index.html` : path];
  const folded = path.startsWith('/api/v1/incidents/') ? path.toLowerCase() : path;
  return folded.endsWith('/') ? [`${folded}index.json`] : [folded, `${folded}.json`, `${folded}/index.json`];
}

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
