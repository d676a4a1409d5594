import type { CheckResult } from '../check.ts';

/** What a report may know besides the result: everything else would make equal inputs give unequal bytes. */
export interface ReportContext {
  /** Version of the command. */
  readonly version: string;
  /** Where incident pages are, with a slash at the end; undefined where no site is known. */
  readonly site: string | undefined;
  /** Columns to fill, for what is read on a terminal. */
  readonly width: number;
  /** Whether colours are wanted. */
  readonly colors: boolean;
  /** Whether findings that are no exposure are shown one by one, not only counted. */
  readonly verbose: boolean;
  /** When the check ran (ISO date-time), where the caller wants it in the report. */
  readonly ranAt: string | undefined;
}

/** A form of report: one file each, a pure function of the result. */
export interface ReportFormat {
  readonly id: string;
  readonly title: string;
  /** The whole report, with a line end at its end. */
  render(result: CheckResult, context: ReportContext): string;
}
