import { jsonReport } from './json.ts';
import type { ReportFormat } from './report.ts';
import { terminalReport } from './terminal.ts';

/** Every form of report, by the name that `--format` takes. */
export const reportFormats = {
  terminal: terminalReport,
  json: jsonReport,
} as const satisfies Record<string, ReportFormat>;
