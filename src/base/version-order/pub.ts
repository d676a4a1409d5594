import { compareIdentifiers, comparePrecedence, parseSemver } from './semver.ts';

/** Pub orders like SemVer and, unlike it, by build metadata: a build is later than its release (https://pub.dev/packages/pub_semver). */
export function comparePub(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parseSemver(left), parseSemver(right)];
  if (!first || !second) return undefined;
  const order = comparePrecedence(first, second);
  if (order !== 0) return order;
  if (first.build.length === 0 || second.build.length === 0)
    return first.build.length === second.build.length ? 0 : first.build.length === 0 ? -1 : 1;
  return compareIdentifiers(first.build, second.build);
}
