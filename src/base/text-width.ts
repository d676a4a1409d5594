/**
 * Upper estimate of the width of a text in a sans-serif system font, in pixels. Pictures are drawn before anybody knows the reader's font,
 * so the widths are those of the widest common ones (DejaVu Sans, Verdana): text stays in its box everywhere.
 */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let ems = 0;
  for (const character of text) ems += (bold ? boldWidth : regularWidth)(character);
  return ems * fontSize;
}

function regularWidth(character: string): number {
  if (/[ijl.,:;'’‘|!\u00a0·]/.test(character)) return 0.34;
  if (/[ frt()[\]/\\-]/.test(character)) return 0.42;
  if (/[mwMW@%]/.test(character)) return 0.98;
  if (/[A-Z]/.test(character)) return 0.73;
  if (/[a-z0-9_]/.test(character)) return 0.635;
  return character.charCodeAt(0) < 0x2000 ? 0.84 : 1.05;
}

function boldWidth(character: string): number {
  if (/[ijl.,:;'’‘|!\u00a0·]/.test(character)) return 0.4;
  if (/[ frt()[\]/\\-]/.test(character)) return 0.49;
  if (/[mwMW@%]/.test(character)) return 1.11;
  if (/[A-Z]/.test(character)) return 0.81;
  if (/[a-z0-9_]/.test(character)) return 0.712;
  return character.charCodeAt(0) < 0x2000 ? 0.9 : 1.1;
}

/**
 * Breaks a text into lines no wider than `width` pixels: at spaces, else after / - . _ @ : , else anywhere. At most `maxLines`; the last one
 * then ends in an ellipsis.
 */
export function wrapText(text: string, width: number, fontSize: number, options: { bold?: boolean; maxLines?: number } = {}): string[] {
  const { bold = false, maxLines = 4 } = options;
  const fits = (line: string) => textWidth(line, fontSize, bold) <= width;
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=[ /\-._@:])/)) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (line.trim()) lines.push(line.trim());
    line = '';
    for (const character of piece) {
      if (!fits((line + character).trimEnd()) && line) {
        lines.push(line.trim());
        line = '';
      }
      line += character;
    }
  }
  if (line.trim()) lines.push(line.trim());
  if (lines.length <= maxLines) return lines;
  let last = `${lines[maxLines - 1] ?? ''}…`;
  while (last.length > 1 && !fits(last)) last = `${last.slice(0, -2)}…`;
  return [...lines.slice(0, maxLines - 1), last];
}
