import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';

/** Where a command writes, and how: colours only on a terminal that wants them (NO_COLOR, FORCE_COLOR and --no-color are honoured). */
export interface Terminal {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** Columns to fill; 80 where the output is no terminal. */
  readonly width: number;
  /** Result, to standard output. */
  print(text: string): void;
  /** Remark, to standard error. */
  note(text: string): void;
  /** A line of progress that overwrites itself; nothing where standard error is no terminal. An empty text clears it. */
  progress(text: string): void;
}

/** The process's own terminal. */
export function processTerminal(): Terminal {
  const width = process.stdout.columns || 80;
  return {
    colors: picocolors.createColors(picocolors.isColorSupported && (Boolean(process.stdout.isTTY) || Boolean(process.env.FORCE_COLOR))),
    width,
    print: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${text}\n`),
    progress: (text) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
    },
  };
}

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
  return stripVTControlCharacters(text).length;
}
