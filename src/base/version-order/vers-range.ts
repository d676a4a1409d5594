import { compareVersions, schemeOfPurlType } from './version-order.ts';

/**
 * Whether a range in VERS notation (https://github.com/package-url/vers-spec) holds a version. Undefined where the scheme's order is not known, or the range or
 * the version cannot be read.
 */
export function versRangeIncludes(vers: string, version: string): boolean | undefined {
  const match = /^vers:([a-z][a-z0-9.+-]*)\/(.+)$/.exec(vers);
  const scheme = match?.[1] === undefined ? undefined : schemeOfPurlType(match[1]);
  if (!match || !scheme) return undefined;
  const constraints = (match[2] ?? '').split('|').map((part) => {
    const [, comparator = '=', bound = ''] = /^\s*(>=|<=|!=|>|<|=)?\s*(\S*)\s*$/.exec(part) ?? [];
    return { comparator, bound: safeDecode(bound) };
  });
  if (constraints.some(({ bound }) => bound === '*')) return constraints.length === 1 ? true : undefined;
  const orders = constraints.map(({ comparator, bound }) => ({ comparator, bound, order: compareVersions(scheme, version, bound) }));
  if (orders.some(({ order }) => order === undefined)) return undefined;
  for (const { comparator, order } of orders) {
    if (order !== 0) continue;
    if (comparator === '=' || comparator === '>=' || comparator === '<=') return true;
    if (comparator === '!=') return false;
  }
  // What is left are bounds of intervals, in order: `>` opens and `<` closes.
  const bounds = orders
    .filter(({ comparator }) => comparator !== '=' && comparator !== '!=')
    .sort((left, right) => compareVersions(scheme, left.bound, right.bound) ?? 0);
  if (bounds.length === 0) return orders.every(({ comparator }) => comparator === '!=');
  for (const [index, { comparator, order }] of bounds.entries()) {
    const above = (order ?? 0) > 0;
    const next = bounds[index + 1];
    if (comparator.startsWith('<') && index === 0 && !above && order !== 0) return true;
    if (comparator.startsWith('>') && above && (!next || (next.comparator.startsWith('<') && (next.order ?? 0) < 0))) return true;
  }
  return false;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
