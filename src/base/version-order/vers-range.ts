import { compareVersions, schemeOfVers, type VersionScheme } from './version-order.ts';

/**
 * Whether a range in VERS notation (https://github.com/package-url/vers-spec, `vers:npm/>=1.0.0|<1.2.3`) holds a version. Undefined where the scheme's
 * order is not known, or the range or the version cannot be read. More is read than the canonical form: spaces around constraints, any order, redundant
 * bounds, escapes in lower case.
 */
export function versRangeIncludes(vers: string, version: string): boolean | undefined {
  const range = parseVers(vers);
  if (!range) return undefined;
  const { scheme, constraints } = range;
  if (constraints === '*') return true;
  const orders = constraints.map(({ bound }) => compareVersions(scheme, version, bound));
  if (orders.includes(undefined)) return undefined;
  const same = constraints.filter((_, index) => orders[index] === 0).map(({ comparator }) => comparator);
  if (same.includes('!=')) return false;
  if (same.some((comparator) => comparator === '=' || comparator === '>=' || comparator === '<=')) return true;
  const bounds = constraints.filter(({ comparator }) => comparator !== '=' && comparator !== '!=');
  // What only excludes holds everything else.
  if (bounds.length === 0) return constraints.every(({ comparator }) => comparator === '!=');
  return isInside(scheme, version, withoutRedundant(sorted(scheme, bounds)));
}

type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

interface Constraint {
  readonly comparator: Comparator;
  readonly bound: string;
}

interface VersRange {
  readonly scheme: VersionScheme;
  readonly constraints: readonly Constraint[] | '*';
}

/** A longer text is no range. */
const MAX_LENGTH = 65_536;
const CONSTRAINT = /^(>=|<=|!=|>|<|=)?([^\s<>=!*|]+)$/;

function parseVers(vers: string): VersRange | undefined {
  const [, type, list = ''] = (vers.length <= MAX_LENGTH && /^vers:([a-z][a-z0-9.+-]*)\/(.+)$/.exec(vers.trim())) || [];
  const scheme = type === undefined ? undefined : schemeOfVers(type);
  if (!scheme) return undefined;
  if (list.trim() === '*') return { scheme, constraints: '*' };
  const constraints = list.split('|').map(parseConstraint);
  return constraints.every((constraint) => constraint !== undefined) ? { scheme, constraints } : undefined;
}

function parseConstraint(text: string): Constraint | undefined {
  const match = CONSTRAINT.exec(text.replace(/\s+/g, ''));
  if (!match) return undefined;
  try {
    return { comparator: COMPARATORS.find((comparator) => comparator === match[1]) ?? '=', bound: decodeURIComponent(match[2] ?? '') };
  } catch {
    return undefined;
  }
}

const COMPARATORS: readonly Comparator[] = ['=', '!=', '<', '<=', '>', '>='];

function sorted(scheme: VersionScheme, bounds: readonly Constraint[]): Constraint[] {
  return [...bounds].sort((left, right) => compareVersions(scheme, left.bound, right.bound) ?? 0);
}

/** Of neighbours that open, the first one counts; of neighbours that close, the last. */
function withoutRedundant(bounds: readonly Constraint[]): Constraint[] {
  return bounds.filter(({ comparator }, index) => {
    const neighbour = comparator.startsWith('>') ? bounds[index - 1] : bounds[index + 1];
    return neighbour?.comparator.startsWith(comparator.charAt(0)) !== true;
  });
}

/** Bounds open and close in turn; the first may only close and the last only open. The version equals none that is inclusive. */
function isInside(scheme: VersionScheme, version: string, bounds: readonly Constraint[]): boolean {
  const below = bounds.findIndex(({ bound }) => compareVersions(scheme, version, bound) !== 1);
  if (below === -1) return bounds.at(-1)?.comparator.startsWith('>') === true;
  const next = bounds[below];
  // A version equal to an exclusive bound is in no interval that the bound limits.
  if (next && compareVersions(scheme, version, next.bound) === 0) return false;
  return next?.comparator.startsWith('<') === true;
}
