import type { ReportFormat } from './report.ts';

/** Every form of report by the name that `--format` takes, loaded when it is asked for. */
export const reportFormats = {
  terminal: async () => (await import('./terminal.ts')).terminalReport,
  json: async () => (await import('./json.ts')).jsonReport,
  sarif: async () => (await import('./sarif.ts')).sarifReport,
  vex: async () => (await import('./vex.ts')).vexReport,
  markdown: async () => (await import('./markdown.ts')).markdownReport,
  html: async () => (await import('./html.tsx')).htmlReport,
  junit: async () => (await import('./junit.ts')).junitReport,
  github: async () => (await import('./github.ts')).githubReport,
} as const satisfies Record<string, () => Promise<ReportFormat>>;
