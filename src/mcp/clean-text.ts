import { plainText } from '../schema/link-markup.ts';

/** Text of a record for a model: links reduced to their labels; no control, format or private characters that could hide or reorder words, nothing that looks like a footnote of ours. */
export function cleanText(text: string): string {
  return plainText(text)
    .replace(/[^\S ]+/g, ' ')
    .replaceAll('[^', '[ ^')
    .replace(/[\p{Cc}\p{Cf}\p{Co}]/gu, '');
}
