/** A piece of claim text: plain, or a link written `[[kind:key|label]]`. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly target: string; readonly key: string; readonly label: string };

const LINK = /\[\[([a-z-]+):([^\]|]{1,300})\|([^\]]{1,200})\]\]/g;

/** Splits claim text into plain pieces and links. Brackets that are no link stay plain text. */
export function parseLinks(text: string): TextPiece[] {
  if (!text.includes('[[')) return [{ kind: 'text', text }];
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    pieces.push({ kind: 'link', target: match[1] ?? '', key: match[2] ?? '', label: match[3] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** The text with links reduced to their labels: for search, feeds and machine formats. */
export function plainText(text: string): string {
  return text.replace(LINK, '$3');
}
