import { comparePrecedence, parseSemver } from './semver.ts';

/** NuGet: SemVer with a fourth number, without regard to case (https://learn.microsoft.com/nuget/concepts/package-versioning). */
export function compareNuget(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parseSemver(left.toLowerCase()), parseSemver(right.toLowerCase())];
  return first && second ? comparePrecedence(first, second) : undefined;
}
