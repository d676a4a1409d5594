import { type CheckResult, componentLabel, type Finding } from '../check.ts';
import type { IncidentBrief } from '../knowledge.ts';
import { adviceOf, adviceSentences, advisedBy } from './advice.ts';
import { comparisonLine, groupFindings, knownThrough, missingIndexLine } from './grouping.ts';
import { count, formatLabel, STATE_LABELS, stateLabel } from './labels.ts';
import type { ReportFormat } from './report.ts';
import { amountLine, gapList, headlineOf, toldBy, verdictOf } from './verdict.ts';

/** Markdown for a ticket, a job summary or a chat. Everything from outside is escaped. */
export const markdownReport: ReportFormat = {
  id: 'markdown',
  title: 'Markdown',
  render: (result, { site }) => {
    const verdict = verdictOf(result);
    const unread = verdict.unread > 0 ? ` **${count(verdict.unread, 'input')} could not be read.**` : '';
    const lines = [`# ${text(headlineOf(toldBy(result)))}`, '', `${amountLine(verdict)}${unread}`];
    for (const { id, title, findings } of groupFindings(result.findings.filter(({ exposure }) => exposure))) {
      const [first] = findings;
      const heading = first?.incident && site ? `[${text(id)}](${site}incidents/${id.toLowerCase()}/)` : text(id);
      lines.push('', `## ${heading}: ${text(title)}`, '', ...table(findings, result));
      if (first) lines.push(...context(first, findings, result));
    }
    const others = result.findings.filter(({ exposure }) => !exposure);
    if (others.length > 0) {
      lines.push('', '## Not counted as exposure', '', '| state | component | where | advisory |', '|---|---|---|---|');
      for (const finding of others) {
        lines.push(
          `| ${STATE_LABELS[finding.state]} | ${code(componentLabel(finding.component))} | ${code(placeOf(finding))} | ${text(finding.knowledge.id)} |`,
        );
      }
    }
    const gaps = gapList(result.coverage);
    if (gaps.length > 0) lines.push('', '## Not understood', '', ...gaps.map((line) => `- ${text(line)}`));
    if (result.coverage.length > 0)
      lines.push('', '## What was read', '', '| input | format | components | skipped |', '|---|---|---|---|');
    for (const read of result.coverage) {
      const { input, components, skipped, failure } = read;
      const left = failure
        ? `**not read:** ${text(failure.message)}`
        : skipped.map(({ reason, count: times }) => `${times} × ${text(reason)}`).join(', ') || '–';
      lines.push(`| ${code(input)} | ${text(formatLabel(read))} | ${components} | ${left} |`);
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

function table(findings: readonly Finding[], { options }: CheckResult): string[] {
  const advice = adviceOf(findings, advisedBy, options);
  return [
    '| component | where | through | why |',
    '|---|---|---|---|',
    ...findings.map((finding) => {
      const through = finding.chain === undefined ? '' : finding.chain.length === 0 ? 'direct' : finding.chain.map(code).join(' → ');
      return `| ${code(componentLabel(finding.component))} | ${code(placeOf(finding))} | ${through} | ${text(`${stateLabel(finding)}: ${finding.reason}.${adviceSentences(advice.own(finding))}`)} |`;
    }),
  ];
}

function context({ knowledge, incident }: Finding, findings: readonly Finding[], { options }: CheckResult): string[] {
  const { clean, when } = adviceOf(findings, advisedBy, options).shared;
  const lines = [...(when ? ['', `When: ${text(when)}.`] : []), ...(clean ? ['', `**${text(clean)}**`] : [])];
  if (incident) {
    if (incident.lookFor.length > 0) lines.push('', 'Look for:', '', ...incident.lookFor.flatMap(noteLines));
    lines.push('', `Path: ${incident.path.map(({ stage, label, state }) => `${stage}: ${text(label)} (${state})`).join(' → ')}`);
    for (const line of incident.attribution) lines.push('', `Attribution: ${text(line)}`);
  }
  if (knowledge.sources)
    lines.push('', `Sources: ${knowledge.sources.map((url) => `<${url.replace(/[<>\s]/g, encodeURIComponent)}>`).join(', ')}`);
  return lines;
}

/** What to look for; its query as a block, fenced by more ticks than it holds. */
function noteLines({ text: note, query }: IncidentBrief['lookFor'][number]): string[] {
  if (!query) return [`- ${text(note)}`];
  const fence = '`'.repeat(Math.max(3, ...(query.text.match(/`+/g) ?? []).map(({ length }) => length + 1)));
  const block = [fence, ...query.text.trimEnd().split('\n'), fence].map((line) => `  ${line}`);
  return [`- ${text(note)}`, '', ...block, ''];
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
