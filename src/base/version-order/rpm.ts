import { compareDigits, compareTexts, isDigits, sign } from './number-text.ts';

/** RPM's order of epoch:version-release (https://rpm-software-management.github.io/rpm/man/rpm-version.7). Total over all texts. */
export function compareRpm(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [split(left), split(right)];
  return (
    compareLabel(first.epoch, second.epoch) || compareLabel(first.version, second.version) || compareReleases(first.release, second.release)
  );
}

function split(text: string): { epoch: string; version: string; release: string | undefined } {
  const bare = text.trim();
  const colon = bare.indexOf(':');
  const rest = colon >= 0 ? bare.slice(colon + 1) : bare;
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: colon > 0 ? bare.slice(0, colon) : '0',
    version: hyphen < 0 ? rest : rest.slice(0, hyphen),
    release: hyphen < 0 ? undefined : rest.slice(hyphen + 1),
  };
}

/** No release is before any, be it an empty one. */
function compareReleases(left: string | undefined, right: string | undefined): -1 | 0 | 1 {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1;
  return compareLabel(left, right);
}

/** rpmvercmp: runs of digits, runs of letters, `~` before and `^` after the end; everything else only separates. */
function compareLabel(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0;
  const [first, second] = [segments(left), segments(right)];
  for (let index = 0; ; index++) {
    const [one, two] = [first[index], second[index]];
    if (one === '~' || two === '~') {
      if (one !== two) return one === '~' ? -1 : 1;
      continue;
    }
    if (one === '^' || two === '^') {
      if (one === two) continue;
      // `1^x` is after `1` and before `1.1`.
      if (one === undefined) return -1;
      if (two === undefined) return 1;
      return one === '^' ? -1 : 1;
    }
    if (one === undefined || two === undefined) return one === two ? 0 : one === undefined ? -1 : 1;
    const [oneIsNumber, twoIsNumber] = [isDigits(one), isDigits(two)];
    if (oneIsNumber !== twoIsNumber) return oneIsNumber ? 1 : -1;
    const order = oneIsNumber ? compareDigits(one, two) : compareTexts(one, two);
    if (order !== 0) return sign(order);
  }
}

function segments(label: string): string[] {
  return label.match(/[0-9]+|[A-Za-z]+|[~^]/g) ?? [];
}
