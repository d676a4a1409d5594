import { compareDigits, isDigits, sign } from './number-text.ts';

/**
 * Composer's order of releases: PHP's `version_compare` (https://www.php.net/version_compare) without a leading `v` and build metadata
 * (https://getcomposer.org/doc/articles/versions.md). Total over all texts that begin with a number; undefined for branches such as `dev-main`, which have no
 * order. As in PHP, words that it does not know, `ALPHA` among them, are before all others and equal to each other.
 */
export function comparePackagist(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parts(left), parts(right)];
  if (!first || !second) return undefined;
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const order = compareParts(first[index] ?? END, second[index] ?? END);
    if (order !== 0) return order;
  }
  return 0;
}

/** What the end of a version counts as, beside a part of a longer one. */
const END = '#';

function parts(text: string): readonly string[] | undefined {
  const bare = text.trim().replace(/^[vV]/, '');
  const plus = bare.indexOf('+');
  const found = (plus < 0 ? bare : bare.slice(0, plus)).match(/[0-9]+|[A-Za-z]+|[^0-9A-Za-z._+-]+/g);
  return found && isDigits(found[0]) ? found : undefined;
}

/** Any other word < dev < alpha < beta < RC < the end < a number < patch. */
function rank(part: string): number {
  if (isDigits(part)) return 6;
  if (part.startsWith('#')) return 5;
  if (part.startsWith('RC') || part.startsWith('rc')) return 4;
  if (part.startsWith('b')) return 3;
  if (part.startsWith('a')) return 2;
  if (part.startsWith('dev')) return 1;
  return part.startsWith('p') ? 7 : 0;
}

function compareParts(left: string, right: string): -1 | 0 | 1 {
  return sign(rank(left) - rank(right)) || (isDigits(left) ? compareDigits(left, right) : 0);
}
