import { isGenerator, scriptSafeJson } from '../base/canonical-json.ts';

/**
 * Data for the browser as a classic script that sets one global, in pieces: it loads under the strictest policy and from plain files alike. Members that are
 * generators become arrays, an item a piece. The JSON stands in a string, because engines read that faster than the same as a literal.
 */
export function* dataScript(name: string, members: Readonly<Record<string, unknown>>): Generator<string> {
  yield `globalThis.${name}=JSON.parse('`;
  let before = '{';
  for (const [member, value] of Object.entries(members)) {
    yield `${before}${quoted(member)}:`;
    before = ',';
    if (!isGenerator(value)) {
      yield quoted(value);
      continue;
    }
    let beforeItem = '[';
    for (const item of value) {
      yield `${beforeItem}${quoted(item)}`;
      beforeItem = ',';
    }
    yield beforeItem === '[' ? '[]' : ']';
  }
  yield `}');\n`;
}

/** JSON as it stands between single quotes. */
function quoted(value: unknown): string {
  return scriptSafeJson(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
