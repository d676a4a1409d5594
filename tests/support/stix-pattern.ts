const TOKEN =
  /\s*(?:('(?:[^'\\]|\\['\\])*')|(\[|\])|(\b(?:AND|OR)\b)|(=|!=)|([a-z0-9-]+:[a-z0-9_]+(?:\.(?:[a-z0-9_]+|'(?:[^'\\]|\\['\\])*'))*))/y;

/**
 * Whether a text is a STIX pattern of the forms that we write: observations of comparisons of an object path with a string, joined by AND and OR. A small
 * reader of its own, apart from the writer.
 */
export function isStixPattern(text: string): boolean {
  const tokens: string[] = [];
  let end = 0;
  while (end < text.length) {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(text);
    if (!match) return false;
    const kind = match[1] ? 's' : match[2] ? match[2] : match[3] ? 'j' : match[4] ? '=' : 'p';
    tokens.push(kind);
    end = TOKEN.lastIndex;
  }
  return /^\[p=s(?:jp=s)*\](?:j\[p=s(?:jp=s)*\])*$/.test(tokens.join(''));
}
