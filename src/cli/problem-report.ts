import { prettyJson } from '../base/canonical-json.ts';
import { type Problem, severityOf } from '../base/problem.ts';
import { problemCodes } from '../base/problem-codes.ts';
import { safeForTerminal } from '../base/terminal-text.ts';
import type { Terminal } from './terminal.ts';

/** How `validate` can say what it found. */
export const problemFormats = {
  text: formatText,
  json: (problems: readonly Problem[]) =>
    prettyJson({ problems: problems.map((problem) => ({ severity: severityOf(problem), ...problem })) }).trimEnd(),
  sarif: (problems: readonly Problem[]) => prettyJson(toSarif(problems)).trimEnd(),
  github: (problems: readonly Problem[]) => problems.map(toAnnotation).join('\n'),
} as const satisfies Record<string, (problems: readonly Problem[], terminal: Terminal) => string>;

export type ProblemFormat = keyof typeof problemFormats;

function formatText(problems: readonly Problem[], { colors }: Terminal): string {
  return problems
    .map((problem) => {
      const severity = severityOf(problem);
      const paint = severity === 'error' ? colors.red : colors.yellow;
      const { file, line, column } = problem.at;
      const lines = [
        `${colors.bold(`${safeForTerminal(file)}:${line}:${column}`)} ${paint(`${severity}[${problem.code}]`)} ${safeForTerminal(problem.message)}`,
      ];
      if (problem.excerpt?.text.trim()) {
        const gutter = `${line}`;
        lines.push(`  ${colors.dim(`${gutter} |`)} ${problem.excerpt.text}`);
        lines.push(`  ${' '.repeat(gutter.length)} ${colors.dim('|')} ${' '.repeat(problem.excerpt.caret)}${paint('^')}`);
      }
      if (problem.fix) lines.push(`  ${colors.dim('fix:')} ${safeForTerminal(problem.fix)}`);
      return lines.join('\n');
    })
    .join('\n');
}

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), one run. */
function toSarif(problems: readonly Problem[]) {
  const codes = [...new Set(problems.map((problem) => problem.code))].sort();
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'threatpedia validate',
            rules: codes.map((code) => ({
              id: code,
              shortDescription: { text: problemCodes[code].title },
              fullDescription: { text: problemCodes[code].explanation },
              defaultConfiguration: { level: problemCodes[code].severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => ({
          ruleId: problem.code,
          ruleIndex: codes.indexOf(problem.code),
          level: severityOf(problem),
          message: { text: problem.fix ? `${problem.message} (${problem.fix})` : problem.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: problem.at.file.split('/').map(encodeURIComponent).join('/') },
                region: { startLine: problem.at.line, startColumn: problem.at.column },
              },
            },
          ],
        })),
      },
    ],
  };
}

/** A GitHub Actions workflow command (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). */
function toAnnotation(problem: Problem): string {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const { file, line, column } = problem.at;
  return `::${severityOf(problem)} file=${property(file)},line=${line},col=${column},title=${property(problem.code)}::${data(problem.message)}`;
}
