import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';
import { readObservable } from './observable.ts';

/** Domains, addresses and URLs, one a line, also defanged (`hxxps://evil[.]example`); the first word of a line counts, and hosts files are read too. */
export const domainList: InventoryFormat = {
  id: 'domain-list',
  title: 'domains, IP addresses and URLs, one a line',
  types: [],
  parse: parseDomainList,
};

function parseDomainList(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let first: number | undefined;
  for (const { line, text } of linesOf(decodeText(bytes))) {
    const words = text
      .replace(/(^|\s)[#;].*$/, '')
      .trim()
      .split(/[\s,]+/)
      .filter(Boolean);
    if (words.length === 0) continue;
    // A hosts file has an address before the names that it blocks or redirects.
    const [head = '', ...names] = words;
    const isBlocked = names.length > 0 && /^(0\.0\.0\.0|127\.\d+\.\d+\.\d+|::1?)$/.test(head);
    const values = isBlocked ? names : [head];
    if (!isBlocked && names.length > 0) skipped.add('rest of a line behind its first word', names.join(' '), { line });
    for (const value of values) {
      const identity = readObservable(value);
      if (identity) components.push({ identity, source: { kind: 'unstated' }, at: { line } });
      else {
        first ??= line;
        skipped.addNotUnderstood('line without a domain, address or URL', value, { line });
      }
    }
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} lines`, { line });
  }
  if (components.length === 0)
    throw new UnreadableInput('expected domains, IP addresses or URLs, one a line, found none', { line: first ?? 1 });
  return { components, skipped: skipped.list() };
}
