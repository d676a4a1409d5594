import { compareDigits, compareTexts, isDigits, sign } from './number-text.ts';

/**
 * Maven's order by its specification (https://maven.apache.org/pom.html#Version_Order_Specification): at one place `.qualifier` < `-qualifier` < `-number` <
 * `.number`. Total over all texts. By its letter the specification runs in circles (`1.x` < `1-alpha` < `1` < `1.x`); here, as in Maven itself, what is
 * before the bare version is before what is after it.
 */
export function compareMaven(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [parse(left), parse(right)];
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const order = comparePlaces(first[index] ?? END, second[index] ?? END);
    if (order !== 0) return order;
  }
  return 0;
}

interface Token {
  readonly separator: '.' | '-';
  readonly value: string;
}

interface Place {
  /** Whether the version from here on is before (-1) or after (1) the one that ends here. */
  readonly side: -1 | 0 | 1;
  /** Among those of one side: null qualifiers, qualifiers, numbers; by their separator. */
  readonly kind: number;
  readonly value: string;
}

const END: Place = { side: 0, kind: 0, value: '' };

/** Reads from the end, because the side of a null token is that of what follows it. */
function parse(text: string): Place[] {
  const places: Place[] = [];
  let side: Place['side'] = 0;
  for (const token of tokens(text).reverse()) {
    if (token.value !== '' && token.value !== '0') side = !isDigits(token.value) && rank(token.value) < RELEASE ? -1 : 1;
    places.push({ side, kind: kindOf(token, side), value: token.value });
  }
  return places.reverse();
}

function kindOf({ separator, value }: Token, side: Place['side']): number {
  if (isDigits(value)) return separator === '-' ? 4 : 5;
  // A null qualifier stands between the bare version and the qualifiers of its side.
  const nearness = value === '' ? -2 * side : 0;
  return nearness + (separator === '.' ? 0 : 1);
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
  return kept.length === 1 && isNull(kept[0]?.value ?? '') ? [] : kept;
}

function isNull(value: string): boolean {
  return value === '' || value === '0';
}

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = QUALIFIERS.indexOf('');

function rank(value: string): number {
  const known = QUALIFIERS.indexOf(value);
  return known < 0 ? QUALIFIERS.length : known;
}

function comparePlaces(left: Place, right: Place): -1 | 0 | 1 {
  const order = sign(left.side - right.side) || sign(left.kind - right.kind);
  if (order !== 0) return order;
  if (isDigits(left.value)) return compareDigits(left.value, right.value);
  return sign(rank(left.value) - rank(right.value)) || (rank(left.value) === QUALIFIERS.length ? compareTexts(left.value, right.value) : 0);
}
