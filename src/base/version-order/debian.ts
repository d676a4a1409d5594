import { compareDigits, sign } from './number-text.ts';

/** Debian's order of versions (Debian Policy 5.6.12, https://www.debian.org/doc/debian-policy/ch-controlfields.html#version). Total over all texts. */
export function compareDebian(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [split(left), split(right)];
  return (
    compareDigits(first.epoch, second.epoch) || comparePart(first.upstream, second.upstream) || comparePart(first.revision, second.revision)
  );
}

function split(text: string): { epoch: string; upstream: string; revision: string } {
  const bare = text.trim();
  const colon = bare.indexOf(':');
  const hasEpoch = colon > 0 && /^\d+$/.test(bare.slice(0, colon));
  const rest = hasEpoch ? bare.slice(colon + 1) : bare;
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: hasEpoch ? bare.slice(0, colon) : '0',
    upstream: hyphen < 0 ? rest : rest.slice(0, hyphen),
    revision: hyphen < 0 ? '' : rest.slice(hyphen + 1),
  };
}

/** Turns of non-digits and digits; `~` is before the end, letters are before everything else. */
function comparePart(left: string, right: string): -1 | 0 | 1 {
  let [first, second] = [0, 0];
  while (first < left.length || second < right.length) {
    while ((first < left.length && !isDigit(left, first)) || (second < right.length && !isDigit(right, second))) {
      const order = sign(weight(left, first) - weight(right, second));
      if (order !== 0) return order;
      first++;
      second++;
    }
    const [firstEnd, secondEnd] = [endOfDigits(left, first), endOfDigits(right, second)];
    const order = compareDigits(left.slice(first, firstEnd), right.slice(second, secondEnd));
    if (order !== 0) return order;
    [first, second] = [firstEnd, secondEnd];
  }
  return 0;
}

function weight(text: string, index: number): number {
  if (index >= text.length || isDigit(text, index)) return 0;
  const code = text.charCodeAt(index);
  if (code === 0x7e) return -1;
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) ? code : code + 256;
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0x30 && code <= 0x39;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text, end)) end++;
  return end;
}
