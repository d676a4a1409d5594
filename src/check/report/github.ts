import { componentLabel, isExposed } from '../check.ts';
import { comparisonLine, STATE_LABELS } from './grouping.ts';
import type { ReportFormat } from './report.ts';
import { sentence } from './sarif.ts';

/** Annotations of a GitHub workflow run (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). */
export const githubReport: ReportFormat = {
  id: 'github',
  title: 'GitHub workflow annotations',
  render: ({ findings, coverage, comparisons }) => {
    const lines = findings.flatMap(({ state, component, reason, input, line, knowledge }) => {
      const level = isExposed(state) ? 'error' : state === 'could-resolve' ? 'warning' : undefined;
      if (!level) return [];
      const place = `file=${property(input)}${line ? `,line=${line}` : ''},title=${property(`${STATE_LABELS[state]}: ${knowledge.id}`)}`;
      return [`::${level} ${place}::${data(`${componentLabel(component)}: ${sentence(reason)}`)}`];
    });
    const unread = coverage.flatMap(({ input, failure }) =>
      failure
        ? [`::error file=${property(input)}${failure.line ? `,line=${failure.line}` : ''},title=Not read::${data(failure.message)}`]
        : [],
    );
    const components = coverage.reduce((sum, each) => sum + each.components, 0);
    const summary = [`${components} components of ${coverage.length} inputs looked up`, ...comparisons.map(comparisonLine)].join('\n');
    return `${[...lines, ...unread, `::notice title=threatpedia check::${data(summary)}`].join('\n')}\n`;
  },
};

function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
