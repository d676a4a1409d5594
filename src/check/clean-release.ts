import { compareVersions } from '../base/version-order/version-order.ts';
import type { FoundComponent } from './inventory/inventory.ts';
import type { CleanRelease, Knowledge } from './knowledge.ts';
import { schemeOf } from './match.ts';

/**
 * The clean releases to go to from a component, the first one first: those after its version, or all where none is known to come after it. On an earlier day
 * only what was known as clean then.
 */
export function cleanReleasesAfter(
  { identity, version }: FoundComponent,
  knowledge: Knowledge,
  asOf: string | undefined,
): readonly CleanRelease[] {
  const known = (knowledge.clean ?? []).filter(
    ({ knownSince }) => asOf === undefined || (knownSince !== undefined && knownSince.slice(0, 10) <= asOf),
  );
  const scheme = schemeOf(identity, knowledge);
  if (!scheme) return known;
  const after = version === undefined ? known : known.filter((release) => (compareVersions(scheme, release.version, version) ?? 0) > 0);
  return [...(after.length > 0 ? after : known)].sort((left, right) => compareVersions(scheme, left.version, right.version) ?? 0);
}
