import { compareVersions, type VersionScheme } from './version-order.ts';

/** Whether a version stands to a bound as an operator says (`>=`, `<=`, `>`, `<`, `!=`, `=`, `==`); undefined where the two have no order. */
export function meetsCondition(scheme: VersionScheme, version: string, operator: string, bound: string): boolean | undefined {
  const order = compareVersions(scheme, version, bound);
  if (order === undefined) return undefined;
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '!=':
      return order !== 0;
    case '=':
    case '==':
      return order === 0;
    default:
      return undefined;
  }
}

/** Whether a version is at least the one bound and before the other. */
export function isBetween(scheme: VersionScheme, version: string, low: string, high: string): boolean | undefined {
  const [fromLow, fromHigh] = [compareVersions(scheme, version, low), compareVersions(scheme, version, high)];
  return fromLow === undefined || fromHigh === undefined ? undefined : fromLow >= 0 && fromHigh < 0;
}

/** The numbers with the last one raised by one; of any length. */
export function raiseLast(numbers: readonly string[]): string[] {
  const last = numbers.at(-1) ?? '0';
  const nines = /9*$/.exec(last)?.[0].length ?? 0;
  const head = last.slice(0, last.length - nines);
  const raised = head === '' ? '1' : `${head.slice(0, -1)}${Number(head.slice(-1)) + 1}`;
  return [...numbers.slice(0, -1), `${raised}${'0'.repeat(nines)}`];
}
