import { componentLabel, type Finding, isExposed } from '../check.ts';
import { comparisonLine, groupFindings, headlineOf, knownThrough, missingIndexLine, STATE_LABELS, verdictOf } from './grouping.ts';
import type { ReportFormat } from './report.ts';
import { sentence } from './sarif.ts';

/** Markdown for a ticket, a job summary or a chat. Everything from outside is escaped. */
export const markdownReport: ReportFormat = {
  id: 'markdown',
  title: 'Markdown',
  render: (result, { site }) => {
    const verdict = verdictOf(result);
    const { components, compared, corpusOnly, unread } = verdict;
    const lines = [
      `# ${headlineOf(verdict)}`,
      '',
      `${components} components of ${result.coverage.length} inputs were looked up${corpusOnly > 0 ? `, ${corpusOnly === compared ? 'all' : corpusOnly} of them in the corpus only` : ''}${unread > 0 ? `; **${unread} could not be read**` : ''}.`,
    ];
    for (const { id, title, findings } of groupFindings(result.findings.filter(({ state }) => isExposed(state)))) {
      const [first] = findings;
      const heading = first?.incident && site ? `[${text(id)}](${site}incidents/${id.toLowerCase()}/)` : text(id);
      lines.push('', `## ${heading}: ${text(title)}`, '', ...table(findings));
      if (first) lines.push(...context(first));
    }
    const others = result.findings.filter(({ state }) => !isExposed(state));
    if (others.length > 0) {
      lines.push('', '## Not counted as exposure', '', '| state | component | where | advisory |', '|---|---|---|---|');
      for (const finding of others) {
        lines.push(
          `| ${STATE_LABELS[finding.state]} | ${code(componentLabel(finding.component))} | ${code(placeOf(finding))} | ${text(finding.knowledge.id)} |`,
        );
      }
    }
    lines.push('', '## What was read', '', '| input | format | components | skipped |', '|---|---|---|---|');
    for (const { input, format, formatVersion, components: count, skipped, failure } of result.coverage) {
      const left = failure
        ? `**not read:** ${text(failure.message)}`
        : skipped.map(({ reason, count: times }) => `${times} × ${text(reason)}`).join(', ') || '–';
      lines.push(
        `| ${code(input)} | ${format ?? 'not recognised'}${formatVersion ? ` ${text(formatVersion)}` : ''} | ${count} | ${left} |`,
      );
    }
    lines.push('', '## What it was compared with', '');
    for (const comparison of result.comparisons) {
      const line = text(comparisonLine(comparison));
      lines.push(`- ${knownThrough(comparison) === 'index' ? line : `**${line}**`}`);
    }
    const missing = missingIndexLine(result);
    if (missing) lines.push(`- ${missing}`);
    for (const { sources } of result.knowledge) {
      for (const { name, records, newest } of sources) {
        lines.push(`- ${text(name)}: ${records} records${newest ? `, newest of ${newest.slice(0, 10)}` : ''}`);
      }
    }
    return `${lines.join('\n')}\n`;
  },
};

function table(findings: readonly Finding[]): string[] {
  return [
    '| component | where | through | why |',
    '|---|---|---|---|',
    ...findings.map((finding) => {
      const through = finding.chain === undefined ? '' : finding.chain.length === 0 ? 'direct' : finding.chain.map(code).join(' → ');
      return `| ${code(componentLabel(finding.component))} | ${code(placeOf(finding))} | ${through} | ${text(sentence(finding.reason))} |`;
    }),
  ];
}

function context({ knowledge, incident }: Finding): string[] {
  const lines = ['', `Known since ${knowledge.knownSince ?? 'a day that no source dates'}.`];
  if (incident) {
    lines.push('', `Path: ${incident.path.map(({ stage, label, state }) => `${stage}: ${text(label)} (${state})`).join(' → ')}`);
    for (const line of incident.attribution) lines.push('', `Attribution: ${text(line)}`);
    if (incident.lookFor.length > 0) lines.push('', 'Look for:', '', ...incident.lookFor.map((note) => `- ${text(note.text)}`));
  }
  if (knowledge.sources)
    lines.push('', `Sources: ${knowledge.sources.map((url) => `<${url.replace(/[<>\s]/g, encodeURIComponent)}>`).join(', ')}`);
  return lines;
}

function placeOf({ input, line, pointer }: Finding): string {
  return `${input}${line ? `:${line}` : pointer ? ` ${pointer}` : ''}`;
}

/** Text that no Markdown reader takes for markup. */
function text(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~@!]/g, (character) => `\\${character}`);
}

function code(value: string): string {
  return `\`${value.replaceAll('`', 'ʼ').replaceAll('|', '\\|').replace(/\s+/g, ' ')}\``;
}
