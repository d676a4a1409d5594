import { componentLabel } from '../check.ts';
import { cleanLine } from './advice.ts';
import { comparisonLine } from './grouping.ts';
import { stateLabel } from './labels.ts';
import type { ReportFormat } from './report.ts';
import { sentence } from './sarif.ts';
import { amountLine, gapList, headlineOf, toldBy, verdictOf } from './verdict.ts';

/** Annotations of a GitHub workflow run (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). */
export const githubReport: ReportFormat = {
  id: 'github',
  title: 'GitHub workflow annotations',
  render: (result) => {
    const { findings, coverage, comparisons } = result;
    const lines = findings.flatMap((finding) => {
      const { state, exposure, component, reason, input, line, knowledge, cleanReleases } = finding;
      const level = exposure === 'definite' ? 'error' : exposure === 'possible' || state === 'could-resolve' ? 'warning' : undefined;
      if (!level) return [];
      const clean = cleanLine(cleanReleases);
      const place = `file=${property(input)}${line ? `,line=${line}` : ''},title=${property(`${stateLabel(finding)}: ${knowledge.id}`)}`;
      return [`::${level} ${place}::${data(`${componentLabel(component)}: ${sentence(reason)}${clean ? ` ${clean}.` : ''}`)}`];
    });
    const unread = coverage.flatMap(({ input, failure }) =>
      failure
        ? [`::error file=${property(input)}${failure.line ? `,line=${failure.line}` : ''},title=Not read::${data(failure.message)}`]
        : [],
    );
    const gaps = coverage.flatMap((read) => {
      const [at] = read.skipped.flatMap(({ notUnderstood = [] }) => notUnderstood);
      const place = `file=${property(read.input)}${at?.line ? `,line=${at.line}` : ''},title=Not understood`;
      return at ? [`::error ${place}::${data(gapList([read]).join('\n'))}`] : [];
    });
    const summary = [headlineOf(toldBy(result)), amountLine(verdictOf(result)), ...comparisons.map(comparisonLine)].join('\n');
    return `${[...lines, ...unread, ...gaps, `::notice title=threatpedia check::${data(summary)}`].join('\n')}\n`;
  },
};

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
