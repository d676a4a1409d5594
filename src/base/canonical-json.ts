/** Pretty JSON with keys in the order given and a final newline; `undefined` members vanish. The one way in which JSON files are written. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** JSON for a script element or attribute: no `<`, no line separators, so that it can never close its element. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
