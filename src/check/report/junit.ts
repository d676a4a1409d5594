import { componentLabel } from '../check.ts';
import { comparisonLine } from './grouping.ts';
import { count, stateLabel } from './labels.ts';
import type { ReportFormat } from './report.ts';
import { sentence } from './sarif.ts';
import { gapLine, gapList } from './verdict.ts';

/** JUnit XML, as CI servers read it: one test case an input; exposure is a failure, an input that could not be read an error. */
export const junitReport: ReportFormat = {
  id: 'junit',
  title: 'JUnit XML',
  render: ({ findings, coverage, comparisons }) => {
    const exposed = findings.filter(({ exposure }) => exposure);
    const failing = coverage.filter(({ input }) => exposed.some((finding) => finding.input === input)).length;
    const errors = coverage.filter((read) => read.failure || gapLine([read])).length;
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="threatpedia check" tests="${coverage.length}" failures="${failing}" errors="${errors}">`,
      `  <testsuite name="exposure" tests="${coverage.length}" failures="${failing}" errors="${errors}">`,
    ];
    if (comparisons.length > 0) {
      const properties = comparisons.map(
        (comparison) => `      <property name="compared ${xml(comparison.type)}" value="${xml(comparisonLine(comparison))}"/>`,
      );
      lines.push('    <properties>', ...properties, '    </properties>');
    }
    for (const read of coverage) {
      const { input, format, components, failure } = read;
      const gap = gapLine([read]);
      const own = exposed.filter((finding) => finding.input === input);
      lines.push(`    <testcase classname="${xml(format ?? 'unknown')}" name="${xml(input)}">`);
      if (failure) lines.push(`      <error message="${xml(failure.message)}"/>`);
      if (gap) lines.push(`      <error message="${xml(gap)}">${xml(gapList([read]).join('\n'))}</error>`);
      if (own.length > 0) {
        const [first] = own;
        const message = `${count(own.length, 'match')}, first ${first?.knowledge.id}`;
        lines.push(`      <failure type="exposure" message="${xml(message)}">`);
        for (const finding of own) {
          const { knowledge, component, reason, line } = finding;
          const place = line ? ` (line ${line})` : '';
          lines.push(xml(`${knowledge.id} ${stateLabel(finding)}: ${componentLabel(component)}${place}. ${sentence(reason)}`));
        }
        lines.push('      </failure>');
      }
      lines.push(`      <system-out>${count(components, 'component')}</system-out>`, '    </testcase>');
    }
    lines.push('  </testsuite>', '</testsuites>');
    return `${lines.join('\n')}\n`;
  },
};

/** Text for XML 1.0: escaped, and without the characters that no XML document may hold. */
function xml(value: string): string {
  return value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
