import type { Problem, SourcePosition } from '../base/problem.ts';
import type { TextFault } from './yaml-text.ts';

/** The text of a file, and the way from offsets to lines and columns. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  positionOf(offset: number): SourcePosition;
  toProblem(fault: TextFault): Problem;
}

const EXCERPT_WIDTH = 110;

/** Wraps a file's text; `file` is what the diagnostics will print. */
export function sourceText(file: string, text: string): SourceText {
  let starts: number[] | undefined;
  const lineStarts = () => {
    if (!starts) {
      starts = [0];
      for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
    }
    return starts;
  };
  const positionOf = (offset: number): SourcePosition => {
    const known = lineStarts();
    let low = 0;
    let high = known.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((known[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - (known[low] ?? 0) + 1 };
  };
  return {
    file,
    text,
    positionOf,
    toProblem: ({ code, offset, message, fix }) => {
      const at = positionOf(offset);
      return { code, at, message, ...(fix ? { fix } : {}), excerpt: excerptOf(text, lineStarts()[at.line - 1] ?? 0, at.column - 1) };
    },
  };
}

/** The line around a column, cut to terminal width; tabs and control characters become spaces so that the caret stays true. */
function excerptOf(text: string, lineStart: number, column: number): { text: string; caret: number } {
  const newline = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, newline === -1 ? undefined : newline).replace(/\r$/, '');
  const from = column > EXCERPT_WIDTH - 20 ? column - 40 : 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  const shown = line.slice(from, from + EXCERPT_WIDTH).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
  return { text: shown, caret: Math.min(column - from, shown.length) };
}
