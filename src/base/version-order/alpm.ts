import { compareDigits, compareTexts, isDigits } from './number-text.ts';

/**
 * Arch Linux's order of epoch:version-release (https://man.archlinux.org/man/vercmp.8): as RPM's of old, but a word at the end makes a prerelease, and a release
 * counts only where both have one. Total over all texts.
 */
export function compareAlpm(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [split(left), split(right)];
  return (
    compareDigits(first.epoch, second.epoch) ||
    compareLabel(first.version, second.version) ||
    (first.release === undefined || second.release === undefined ? 0 : compareLabel(first.release, second.release))
  );
}

function split(text: string): { epoch: string; version: string; release: string | undefined } {
  const match = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/s.exec(text.trim().slice(0, 1024));
  return { epoch: match?.[1] ?? '0', version: match?.[2] ?? '', release: match?.[3] };
}

function compareLabel(left: string, right: string): -1 | 0 | 1 {
  const [first, second] = [segments(left), segments(right)];
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const [one, two] = [first[index]?.text ?? '', second[index]?.text ?? ''];
    const [oneIsNumber, twoIsNumber] = [isDigits(one), isDigits(two)];
    if (oneIsNumber !== twoIsNumber) return oneIsNumber ? 1 : -1;
    const order = oneIsNumber ? compareDigits(one, two) : compareTexts(one, two);
    if (order !== 0) return order;
  }
  if (first.length === second.length) return 0;
  // `1.5b` is before `1.5`, `1.5.b` after it: a word that joins the number makes a prerelease.
  const next = (first.length > second.length ? first : second)[Math.min(first.length, second.length)];
  const isPrerelease = next !== undefined && next.joined && !isDigits(next.text);
  return isPrerelease === first.length > second.length ? -1 : 1;
}

function segments(label: string): { readonly text: string; readonly joined: boolean }[] {
  return [...label.matchAll(/([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+)/g)].map(([, separator = '', text = '']) => ({
    text,
    joined: separator === '',
  }));
}
