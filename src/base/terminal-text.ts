// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that colour text begin with one
const COLOUR = /\u001b\[[0-9;]*m/g;

/** Rows as aligned columns, two spaces apart; the last column is wrapped to the width. Control characters of cells are removed first. */
export function alignColumns(rows: readonly (readonly string[])[], width: number): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(0, ...rows.map((row) => visibleLength(row[column] ?? ''))));
  const indent = widths.slice(0, -1).reduce((sum, value) => sum + value + 2, 0);
  return rows
    .map((row) => {
      const head = row.slice(0, -1).map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - visibleLength(cell) + 2));
      const room = Math.max(20, width - indent);
      return head.join('') + wrap(row.at(-1) ?? '', room).join(`\n${' '.repeat(indent)}`);
    })
    .map((text) => text.trimEnd())
    .join('\n');
}

/** Breaks text into lines of at most `width` visible characters at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}

/** Text from outside, fit for a terminal: no control or bidirectional-override characters that could rewrite the screen. */
export function safeForTerminal(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function visibleLength(text: string): number {
  return text.replace(COLOUR, '').length;
}

/** Gives text a colour or weight, or leaves it as it is where colours are not wanted. */
export type Colors = Readonly<Record<keyof typeof STYLES, (text: string) => string>> & { readonly areWanted: boolean };

/** Parameters that begin and end a style (ECMA-48, Select Graphic Rendition). */
const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** Every style, as a function of text. Styles that end alike (`bold` and `dim`, two colours) do not nest. */
export function createColors(areWanted: boolean): Colors {
  const style = (name: keyof typeof STYLES) => {
    const [begin, end] = STYLES[name];
    return areWanted ? (text: string) => `\u001b[${begin}m${text}\u001b[${end}m` : (text: string) => text;
  };
  return {
    areWanted,
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
  };
}
