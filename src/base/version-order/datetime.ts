import { compareTexts, sign } from './number-text.ts';

/**
 * Versions that are points in time, as VERS has them (https://github.com/package-url/vers-spec): RFC 3339, ordered by instant, with fractions of a
 * second of any length. Undefined for what is no such time.
 */
export function compareDatetime(left: string, right: string): -1 | 0 | 1 | undefined {
  const [first, second] = [parse(left), parse(right)];
  if (!first || !second) return undefined;
  return sign(first.seconds - second.seconds) || compareTexts(first.fraction, second.fraction);
}

const PATTERN = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

function parse(text: string): { readonly seconds: number; readonly fraction: string } | undefined {
  const [, time = '', fraction = '', zone = ''] = PATTERN.exec(text.trim()) ?? [];
  const seconds = Date.parse(`${time}${zone}`);
  return Number.isNaN(seconds) ? undefined : { seconds, fraction: withoutZeros(fraction) };
}

function withoutZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}
