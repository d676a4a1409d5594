import { compareDigits, compareTexts, isDigits, sign } from './number-text.ts';

/** Maven's `ComparableVersion` (https://maven.apache.org/pom.html#Version_Order_Specification). Total over all texts. */
export function compareMaven(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [tokens(left), tokens(right)];
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const [one, two] = [first[index], second[index]];
    const order = compareTokens(one ?? padding(two), two ?? padding(one));
    if (order !== 0) return order;
  }
  return 0;
}

interface Token {
  readonly separator: '.' | '-';
  readonly value: string;
}

/** What stands for an absent token beside one that is there: nothing, with its separator. */
function padding(other: Token | undefined): Token {
  return { separator: other?.separator ?? '.', value: other && isDigits(other.value) ? '0' : '' };
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let separator: Token['separator'] = '-';
  let previous = '';
  for (const piece of text
    .trim()
    .toLowerCase()
    .match(/[0-9]+|[^0-9.-]+|[.-]/g) ?? []) {
    if (piece === '.' || piece === '-') {
      // Two separators in a row enclose an empty token, which is zero.
      if (previous === 'separator' || previous === '') found.push({ separator, value: '0' });
      separator = piece === '.' ? '.' : '-';
      previous = 'separator';
      continue;
    }
    const kind = isDigits(piece) ? 'digits' : 'letters';
    // A change between digits and letters is a hyphen.
    if (previous === 'digits' || previous === 'letters') separator = '-';
    const last = found.at(-1);
    found.push({ separator: found.length === 0 ? '-' : separator, value: canonical(piece) });
    if (kind === 'digits' && previous === 'letters' && last) found[found.length - 2] = { ...last, value: abbreviated(last.value) };
    previous = kind;
  }
  return trimmed(found);
}

/** `a1`, `b1`, `m1` are alpha-1, beta-1, milestone-1. */
function abbreviated(value: string): string {
  return value === 'a' ? 'alpha' : value === 'b' ? 'beta' : value === 'm' ? 'milestone' : value;
}

function canonical(value: string): string {
  if (value === 'cr') return 'rc';
  if (value === 'ga' || value === 'final' || value === 'release') return '';
  return isDigits(value) ? value.replace(/^0+(?=\d)/, '') : value;
}

/** Null values at the end, and before each hyphen, do not count. */
function trimmed(found: readonly Token[]): Token[] {
  const kept = [...found];
  for (let index = kept.length - 1; index > 0; index--) {
    if (!isNull(kept[index]?.value ?? '')) continue;
    const next = kept[index + 1];
    if (next === undefined || next.separator === '-') kept.splice(index, 1);
  }
  return kept;
}

function isNull(value: string): boolean {
  return value === '' || value === '0';
}

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];

function rank(value: string): number {
  const known = QUALIFIERS.indexOf(value);
  return known < 0 ? QUALIFIERS.length : known;
}

/** At one place: `.qualifier` < `-qualifier` < `-number` < `.number`. */
function compareTokens(left: Token, right: Token): -1 | 0 | 1 {
  const [leftIsNumber, rightIsNumber] = [isDigits(left.value), isDigits(right.value)];
  if (leftIsNumber && rightIsNumber) {
    if (left.separator !== right.separator) return left.separator === '.' ? 1 : -1;
    return compareDigits(left.value, right.value);
  }
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? 1 : -1;
  if (left.separator !== right.separator) return left.separator === '-' ? 1 : -1;
  return sign(rank(left.value) - rank(right.value)) || (rank(left.value) === QUALIFIERS.length ? compareTexts(left.value, right.value) : 0);
}
