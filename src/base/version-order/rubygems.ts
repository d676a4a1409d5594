import { compareDigits, compareTexts, isDigits } from './number-text.ts';

/**
 * `Gem::Version` (https://docs.ruby-lang.org/en/master/Gem/Version.html): letters are before numbers, so a word makes a prerelease. Total over all texts that
 * begin with a number, or are empty, which is zero; undefined for others.
 */
export function compareRubygems(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [segments(left), segments(right)];
  if (!first || !second) return undefined;
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const [one = '0', two = '0'] = [first[index], second[index]];
    const [oneIsNumber, twoIsNumber] = [isDigits(one), isDigits(two)];
    if (oneIsNumber !== twoIsNumber) return oneIsNumber ? 1 : -1;
    const order = oneIsNumber ? compareDigits(one, two) : compareTexts(one, two);
    if (order !== 0) return order;
  }
  return 0;
}

/** Canonical segments: a hyphen begins a prerelease, zeros before the first word and at the end do not count. */
function segments(text: string): readonly string[] | undefined {
  const bare = text.trim();
  if (bare !== '' && !/^[0-9]/.test(bare)) return undefined;
  const all = bare.replaceAll('-', '.pre.').match(/[0-9]+|[A-Za-z]+/g) ?? [];
  const word = all.findIndex((part) => !isDigits(part));
  const [release, rest] = word < 0 ? [all, []] : [all.slice(0, word), all.slice(word)];
  return [...withoutZeros(release), ...withoutZeros(rest)];
}

function withoutZeros(parts: readonly string[]): string[] {
  let end = parts.length;
  while (end > 0 && /^0+$/.test(parts[end - 1] ?? '')) end--;
  return parts.slice(0, end);
}
