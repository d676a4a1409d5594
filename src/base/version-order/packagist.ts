import { compareDigits, isDigits, sign } from './number-text.ts';

/** Composer compares with PHP's `version_compare` (https://www.php.net/version_compare) after dropping a leading `v`. Total over all texts. */
export function comparePackagist(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [parts(left), parts(right)];
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const order = comparePart(first[index] ?? '', second[index] ?? '');
    if (order !== 0) return order;
  }
  const [rest, side] = first.length > second.length ? [first.slice(second.length), 1] : [second.slice(first.length), -1];
  for (const part of rest) {
    // A further number is later; a further word is later or earlier than a release, as its rank says.
    const order = isDigits(part) ? 1 : comparePart(part, '#');
    if (order !== 0) return sign(side * order);
  }
  return 0;
}

function parts(text: string): string[] {
  return (
    text
      .trim()
      .replace(/^[vV]/, '')
      .match(/[0-9]+|[A-Za-z]+|[^0-9A-Za-z._+-]+/g) ?? []
  );
}

/** Order of words: any other word < dev < alpha < beta < RC < # (a number) < pl. */
function rank(part: string): number {
  if (part.startsWith('dev')) return 1;
  if (part.startsWith('a')) return 2;
  if (part.startsWith('b')) return 3;
  if (part.startsWith('RC') || part.startsWith('rc')) return 4;
  if (part === '#' || isDigits(part)) return 5;
  return part.startsWith('p') ? 6 : 0;
}

function comparePart(left: string, right: string): -1 | 0 | 1 {
  return isDigits(left) && isDigits(right) ? compareDigits(left, right) : sign(rank(left) - rank(right));
}
