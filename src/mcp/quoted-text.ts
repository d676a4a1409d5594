/** What cannot be seen, or steers a display: control and format characters, tag characters, line separators, lone halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]|[\u{e0100}-\u{e01ef}]/gu;

/** The mark around record content in the text of an answer. */
export const CONTENT_MARK = 'record-content';

/**
 * A text of a record, fit to be quoted to a model: on one line, without characters that cannot be seen, and without anything that could pass for
 * the end of the quotation.
 */
export function quoted(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(UNSEEN, '\ufffd')
    .replace(/<(?=\s*\/?\s*record-content)/gi, '‹');
}

/** An observable that no program makes a link of: `hxxps://example[.]org/a.js`. */
export function defanged(value: string): string {
  return value.replace(/^http/i, 'hxxp').replaceAll('.', '[.]');
}

/** Domains and addresses are often given as `evil[.]com` or `hxxp://`. */
export function refanged(text: string): string {
  return text.replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.').replace(/^hxxp/i, 'http');
}
