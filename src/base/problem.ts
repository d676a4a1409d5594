import { type ProblemCode, problemCodes } from './problem-codes.ts';

/** A place in a file. Lines and columns count from 1; a column counts Unicode characters as the editor does (UTF-16 units). */
export interface SourcePosition {
  /** Relative to the working folder, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Bad input as data: where, what, and how to mend it. Problems are collected, never thrown. */
export interface Problem {
  readonly code: ProblemCode;
  readonly at: SourcePosition;
  /** What was found and what was expected, one line. */
  readonly message: string;
  /** How to mend it, where that can be said. */
  readonly fix?: string;
  /** The line of the file at `at`, shortened around the column, and where in it the caret belongs (0-based). */
  readonly excerpt?: { readonly text: string; readonly caret: number };
}

/** The codes of {@link AppError}: `docs/compatibility.md` says what each means. They are never changed. */
export const errorCodes = ['usage', 'not-found', 'io', 'busy', 'internal'] as const;

/** The one family of operational failures: the code is stable, the cause is kept. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: (typeof errorCodes)[number];

  constructor(code: AppError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether a problem makes the command fail. Warnings are shown and counted but leave the exit code alone. */
export function severityOf(problem: Problem): 'error' | 'warning' {
  return problemCodes[problem.code].severity;
}

/** Sorts by file, line, column, code — by code point, so that output never depends on the locale. */
export function compareProblems(left: Problem, right: Problem): number {
  return (
    compareText(left.at.file, right.at.file) ||
    left.at.line - right.at.line ||
    left.at.column - right.at.column ||
    compareText(left.code, right.code) ||
    compareText(left.message, right.message)
  );
}

/** Orders two texts by UTF-16 code unit: the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
