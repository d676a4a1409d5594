/** Compares two runs of digits as numbers of any length, without converting them. */
export function compareDigits(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [trimZeros(left), trimZeros(right)];
  return sign(first.length - second.length) || compareTexts(first, second);
}

/** Compares two texts by UTF-16 code unit. */
export function compareTexts(left: string, right: string): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The sign of a difference. */
export function sign(difference: number): -1 | 0 | 1 {
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/** Whether a text is one or more ASCII digits. */
export function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

function trimZeros(digits: string): string {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 0x30) start++;
  return digits.slice(start);
}
