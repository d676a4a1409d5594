import { compareDigits, compareTexts, isDigits, sign } from './number-text.ts';

/**
 * Arch Linux's order of epoch:version-release (https://man.archlinux.org/man/vercmp.8): a word that joins what is before it makes a prerelease. A
 * release counts only where both have one, so `1-1` and `1-2` both equal `1`; apart from that the order is total over all texts.
 */
export function compareAlpm(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [split(left), split(right)];
  return (
    compareDigits(first.epoch, second.epoch) ||
    compareLabels(first.version, second.version) ||
    (first.release === undefined || second.release === undefined ? 0 : compareLabels(first.release, second.release))
  );
}

function split(text: string): { readonly epoch: string; readonly version: string; readonly release: string | undefined } {
  const bare = text.trim();
  const epoch = /^[0-9]*:/.exec(bare)?.[0] ?? '';
  const hyphen = bare.lastIndexOf('-');
  const hasRelease = hyphen >= epoch.length;
  return {
    epoch: epoch.slice(0, -1),
    version: bare.slice(epoch.length, hasRelease ? hyphen : undefined),
    release: hasRelease ? bare.slice(hyphen + 1) : undefined,
  };
}

interface Segment {
  /** Length of the separator before it. */
  readonly distance: number;
  /** Digits, letters, or nothing behind a separator at the end. */
  readonly text: string;
}

const END: Segment = { distance: 0, text: '' };

/** At one place: joined letters < the end < joined digits < separated letters < a separator at the end < separated digits; a longer separator is later. */
function compareLabels(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [segments(left), segments(right)];
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const [one, two] = [first[index] ?? END, second[index] ?? END];
    const order =
      sign(one.distance - two.distance) ||
      sign(rank(one.text) - rank(two.text)) ||
      (isDigits(one.text) ? compareDigits(one.text, two.text) : compareTexts(one.text, two.text));
    if (order !== 0) return order;
  }
  return 0;
}

function segments(label: string): Segment[] {
  return [...label.matchAll(/([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+|$)/g)].map(([, separator = '', text = '']) => ({
    distance: separator.length,
    text,
  }));
}

function rank(text: string): number {
  return text === '' ? 1 : isDigits(text) ? 2 : 0;
}
