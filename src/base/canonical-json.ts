/** Pretty JSON with keys in the order given and a final newline; `undefined` members vanish. The one way in which JSON files are written. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** What {@link prettyJson} gives for an array, one item a piece, so that a long one is never held as one text. */
export function* prettyJsonArray(items: Iterable<unknown>): Generator<string> {
  let before = '[\n';
  for (const item of items) {
    yield `${before}${JSON.stringify(item, undefined, 2).replace(/^/gm, '  ')}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** JSON for a script element or attribute: no `<`, no line separators, so that it can never close its element. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** What {@link prettyJson} gives for an object, in pieces: members that are generators become arrays, an item a piece. */
export function* prettyJsonObject(members: Readonly<Record<string, unknown>>): Generator<string> {
  let before = '{\n';
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    yield `${before}  ${JSON.stringify(name)}: `;
    before = ',\n';
    const pieces = isGenerator(value) ? prettyJsonArray(value) : [JSON.stringify(value, undefined, 2)];
    let held = '';
    for (const piece of pieces) {
      if (held) yield held.replaceAll('\n', '\n  ');
      held = piece;
    }
    yield held.replace(/\n$/, '').replaceAll('\n', '\n  ');
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}

/** Whether a value is what a generator function gives. */
export function isGenerator(value: unknown): value is Generator<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && Symbol.iterator in value;
}
