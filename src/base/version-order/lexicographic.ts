import { sign } from './number-text.ts';

/** Order by code point, which is that of the UTF-8 bytes, without any normalisation (VERS, https://github.com/package-url/vers-spec). Total over all texts. */
export function compareLexicographic(left: string, right: string): -1 | 0 | 1 {
  let index = 0;
  while (index < left.length && left.charCodeAt(index) === right.charCodeAt(index)) index++;
  // Where the first difference is in the second half of a pair, the pairs begin one before.
  const start = index > 0 && isHighSurrogate(left.charCodeAt(index - 1)) ? index - 1 : index;
  return sign((left.codePointAt(start) ?? -1) - (right.codePointAt(start) ?? -1));
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
