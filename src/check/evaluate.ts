import { versRangeIncludes } from '../base/version-order/vers-range.ts';
import { compareVersions, type VersionScheme } from '../base/version-order/version-order.ts';
import type { Knowledge, OsvEvent, OsvRange } from './knowledge.ts';

/**
 * How an entry of knowledge bears on a version: `listed` by name or by a bounded range; `bare` where only a claim on all versions covers it;
 * `unknown` where the two cannot be compared.
 */
export type Bearing = 'listed' | 'bare' | 'unaffected' | 'unknown';

/** How an entry bears on a version. `scheme` is undefined where the ecosystem's order is not known: then only equal texts match. */
export function bearingOn(knowledge: Knowledge, version: string, scheme: VersionScheme | undefined): Bearing {
  if (knowledge.versions?.some((listed) => sameVersion(listed, version, scheme))) return 'listed';
  let result: Bearing = 'unaffected';
  if (knowledge.vers) {
    const included = versRangeIncludes(knowledge.vers, version);
    if (included) return 'listed';
    if (included === undefined) result = 'unknown';
  }
  for (const range of knowledge.ranges ?? []) {
    const bare = isBare(range);
    const inside = isInRange(range, version, scheme);
    if (inside && !bare) return 'listed';
    if (inside) result = 'bare';
    else if (inside === undefined && result === 'unaffected') result = 'unknown';
  }
  return result;
}

/** Whether two texts are the same version: equal, or equal in the ecosystem's order (`v1.0.0` and `1.0.0`, `1.0` and `1.0.0` in PEP 440). */
export function sameVersion(left: string, right: string, scheme: VersionScheme | undefined): boolean {
  if (left === right) return true;
  return scheme !== undefined && compareVersions(scheme, left, right) === 0;
}

/** Whether a range is the bare claim on every version: introduced at the beginning, and no end. */
export function isBare({ type, events }: OsvRange): boolean {
  return type !== 'GIT' && events.every(({ introduced }) => introduced !== undefined && /^0(\.0)*(-0)?$/.test(introduced));
}

/** Whether an entry names the versions it means, and so outweighs a bare claim on the same package. */
export function isExact(knowledge: Knowledge): boolean {
  return (
    (knowledge.versions?.length ?? 0) > 0 ||
    knowledge.vers !== undefined ||
    (knowledge.ranges ?? []).some((range) => range.type !== 'GIT' && !isBare(range))
  );
}

/** Whether all that an entry says is the bare claim. */
export function isOnlyBare(knowledge: Knowledge): boolean {
  return !isExact(knowledge) && (knowledge.ranges ?? []).some(isBare);
}

/**
 * Evaluates one range (https://ossf.github.io/osv-schema/#evaluation): `introduced` inclusive, `fixed` exclusive, `last_affected` inclusive, `limit`
 * an exclusive ceiling, `0` before everything. Undefined where a bound cannot be compared with the version. A GIT range has no order without the
 * repository: only the commits that it names can be told.
 */
export function isInRange(range: OsvRange, version: string, scheme: VersionScheme | undefined): boolean | undefined {
  if (range.type === 'GIT') return gitBearing(range.events, version);
  const order = range.type === 'SEMVER' ? 'semver' : scheme;
  const compare = (bound: string): number | undefined => {
    if (bound === '0') return 1;
    return bound === version ? 0 : order === undefined ? undefined : compareVersions(order, version, bound);
  };
  const limits = range.events.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  if (limits.length > 0 && !limits.includes('*')) {
    const sides = limits.map(compare);
    if (sides.includes(undefined)) return undefined;
    if (!sides.some((side) => (side ?? 0) < 0)) return false;
  }
  return replay(range.events, compare, order);
}

/** Applies the events in the order of their versions. */
function replay(
  events: readonly OsvEvent[],
  compare: (bound: string) => number | undefined,
  order: VersionScheme | undefined,
): boolean | undefined {
  let affected = false;
  // Limits are no versions that anything happens at: `*` is none at all, and would leave the order of the others to chance.
  const happening = events.filter(({ limit }) => limit === undefined);
  for (const event of sortEvents(happening, order)) {
    const side = compare(boundOf(event));
    if (side === undefined) return undefined;
    if (event.introduced !== undefined && side >= 0) affected = true;
    else if (event.fixed !== undefined && side >= 0) affected = false;
    else if (event.last_affected !== undefined && side > 0) affected = false;
  }
  return affected;
}

/** By version; at one version an end comes before a beginning, so that an adjoining range goes on; what is inclusive ends after it began. */
function sortEvents(events: readonly OsvEvent[], order: VersionScheme | undefined): readonly OsvEvent[] {
  if (events.length < 2) return events;
  const rank = (event: OsvEvent) => (event.fixed !== undefined ? 0 : event.introduced !== undefined ? 1 : 2);
  return [...events].sort((left, right) => {
    const [first, second] = [boundOf(left), boundOf(right)];
    if (first === second) return rank(left) - rank(right);
    if (first === '0') return -1;
    if (second === '0') return 1;
    return (order && compareVersions(order, first, second)) || rank(left) - rank(right);
  });
}

function boundOf(event: OsvEvent): string {
  return event.introduced ?? event.fixed ?? event.last_affected ?? '';
}

function gitBearing(events: readonly OsvEvent[], version: string): boolean | undefined {
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(version)) return undefined;
  if (events.some(({ fixed }) => fixed === version)) return false;
  return events.some(({ introduced, last_affected }) => introduced === version || last_affected === version) ? true : undefined;
}
