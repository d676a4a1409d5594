import { formatCount } from '../../base/format-count.ts';
import { type Colors, createColors, safeForTerminal, wrap } from '../../base/terminal-text.ts';
import { type CheckResult, componentLabel, type Finding, type InputCoverage, isExposed } from '../check.ts';
import { comparisonLine, type FindingGroup, groupFindings, knownThrough, missingIndexLine, STATE_LABELS, verdictOf } from './grouping.ts';
import type { ReportContext, ReportFormat } from './report.ts';

/** The report for people at a terminal: what was hit and how, then what was not counted, then what was read. */
export const terminalReport: ReportFormat = {
  id: 'terminal',
  title: 'text for a terminal',
  render: (result, context) => new TerminalReport(result, context).render(),
};

/** Findings of one group that are shown; the rest is counted. */
const SHOWN_FINDINGS = 12;
const SHOWN_NOTES = 6;

class TerminalReport {
  readonly #result: CheckResult;
  readonly #context: ReportContext;
  readonly #colors: Colors;
  readonly #lines: string[] = [];

  constructor(result: CheckResult, context: ReportContext) {
    this.#result = result;
    this.#context = context;
    this.#colors = createColors(context.colors);
  }

  render(): string {
    const exposed = groupFindings(this.#result.findings.filter(({ state }) => isExposed(state)));
    const others = groupFindings(this.#result.findings.filter(({ state }) => !isExposed(state)));
    this.#verdict(exposed);
    for (const group of exposed) this.#group(group);
    this.#others(others);
    this.#coverage();
    this.#knowledge();
    return `${this.#lines.join('\n')}\n`;
  }

  #verdict(exposed: readonly FindingGroup[]): void {
    const { bold, red, green, yellow } = this.#colors;
    const { components, compared, corpusOnly, inputs, unread } = verdictOf(this.#result);
    if (exposed.length > 0) {
      const what = exposed.map(({ findings }) => findings.length).reduce((sum, count) => sum + count, 0);
      this.#put(
        bold(
          red(`EXPOSED: ${count(exposed.length, 'incident or advisory', 'incidents or advisories')}, ${count(what, 'match', 'matches')}`),
        ),
      );
    } else if (components === 0) this.#put(bold(yellow('Nothing was looked up: no component was read')));
    else if (compared === 0) this.#put(bold(yellow('Nothing could be compared: nothing is known here about what was read')));
    else {
      const line = bold(`No exposure found among ${count(compared, 'component')} of ${count(inputs - unread, 'input')}`);
      this.#put(corpusOnly > 0 ? line : green(line));
    }
    if (corpusOnly > 0) {
      const types = this.#result.comparisons.filter((each) => knownThrough(each) === 'corpus').map(({ type }) => type);
      this.#wrapped(`Known through the corpus only: ${types.join(', ')}`, 0, yellow);
    }
    if (unread > 0)
      this.#put(
        bold(yellow(`${count(unread, 'input')} could not be read: this report says nothing about ${unread === 1 ? 'it' : 'them'}`)),
      );
  }

  #group({ id, title, findings }: FindingGroup): void {
    const { bold, red, dim } = this.#colors;
    const [first] = findings;
    this.#put('', `${red('■')} ${bold(safeForTerminal(id))}`);
    this.#wrapped(title, 2);
    for (const finding of findings.slice(0, SHOWN_FINDINGS)) this.#finding(finding);
    if (findings.length > SHOWN_FINDINGS) this.#put(dim(`  and ${findings.length - SHOWN_FINDINGS} more; --format json lists all`));
    if (first) this.#about(first);
  }

  #finding(finding: Finding): void {
    const { bold, dim } = this.#colors;
    const { component, chain } = finding;
    const place = `${finding.input}${finding.line ? `:${finding.line}` : finding.pointer ? ` ${finding.pointer}` : ''}`;
    this.#put(`  ${bold(safeForTerminal(componentLabel(component)))}  ${dim(safeForTerminal(place))}`);
    this.#wrapped(finding.reason, 4);
    if (chain && chain.length > 0) this.#wrapped(`through ${chain.join(' → ')}`, 4);
    else if (component.relation === 'direct') this.#wrapped('asked for by the project itself', 4);
    if (finding.knowledge.note) this.#wrapped(finding.knowledge.note, 4, dim);
  }

  #about({ knowledge, incident }: Finding): void {
    const window = knowledge.window ?? knowledge.available;
    const known = knowledge.knownSince ? `known since ${knowledge.knownSince}` : 'not dated by any source';
    this.#field('When', `${window ? `${window.from ?? '…'} to ${window.to ?? '…'}, ` : ''}${known}`);
    if (incident) {
      if (incident.path.length > 0)
        this.#field('Path', incident.path.map(({ stage, label, state }) => `${stage}: ${label} (${state})`).join(' → '));
      for (const line of incident.attribution.slice(0, 3)) this.#field('Who', line);
      for (const { text } of incident.lookFor.slice(0, SHOWN_NOTES)) this.#field('Look for', text);
      if (incident.indicators.length > 0) {
        const shown = incident.indicators.slice(0, SHOWN_NOTES).map(({ value }) => defang(value));
        const rest = incident.indicatorCount - shown.length;
        this.#field('Contacts', `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`);
      }
      if (this.#context.site) this.#field('Page', `${this.#context.site}incidents/${incident.id.toLowerCase()}/`);
    } else if (knowledge.aliases) this.#field('Also', knowledge.aliases.join(', '));
    for (const source of (knowledge.sources ?? []).slice(0, 3)) this.#field('Source', source);
  }

  #others(groups: readonly FindingGroup[]): void {
    if (groups.length === 0) return;
    const { bold, dim } = this.#colors;
    this.#put('', bold('Not counted as exposure'));
    const byState = new Map<string, FindingGroup[]>();
    for (const group of groups) byState.set(STATE_LABELS[group.state], [...(byState.get(STATE_LABELS[group.state]) ?? []), group]);
    for (const [label, own] of byState) {
      this.#put(`  ${label}: ${count(own.flatMap(({ findings }) => findings).length, 'match', 'matches')}`);
      for (const { id, findings } of own.slice(0, this.#context.verbose ? 1000 : 4)) {
        const [first] = findings;
        if (!first) continue;
        this.#put(
          `    ${safeForTerminal(componentLabel(first.component))}  ${dim(safeForTerminal(`${first.input}${first.line ? `:${first.line}` : ''}  ${id}`))}`,
        );
        if (this.#context.verbose) this.#wrapped(first.reason, 6);
      }
      if (!this.#context.verbose && own.length > 4) this.#put(dim(`    and ${own.length - 4} more; --verbose shows them`));
    }
  }

  #coverage(): void {
    const { bold, dim, yellow } = this.#colors;
    const { coverage } = this.#result;
    this.#put('', bold('What was read'));
    const shown = coverage.filter(({ failure }) => failure).concat(coverage.filter(({ failure }) => !failure));
    const limit = this.#context.verbose ? shown.length : 20;
    for (const input of shown.slice(0, limit)) {
      const line = describeInput(input);
      this.#wrapped(`${input.input}  ${line}`, 2, input.failure ? yellow : undefined);
    }
    if (shown.length > limit) this.#put(dim(`  and ${shown.length - limit} more inputs; --verbose shows them`));
  }

  #knowledge(): void {
    const { bold, yellow } = this.#colors;
    this.#put('', bold('What it was compared with'));
    for (const comparison of this.#result.comparisons) {
      this.#wrapped(comparisonLine(comparison), 2, knownThrough(comparison) === 'index' ? undefined : yellow);
    }
    for (const { sources, entries } of this.#result.knowledge) {
      for (const { name, records, newest } of sources) {
        this.#wrapped(`${name}: ${count(records, 'record')}${newest ? `, newest of ${newest.slice(0, 10)}` : ''}`, 2);
      }
      if (sources.length === 0) this.#wrapped(`an index of ${count(entries, 'entry', 'entries')}`, 2);
    }
    const missing = missingIndexLine(this.#result);
    if (missing) this.#wrapped(`${missing} \`threatpedia index update\` fetches one.`, 2, yellow);
    const { asOf, installedBetween } = this.#result.options;
    if (asOf) this.#wrapped(`Only what was public on ${asOf} counts.`, 2);
    if (installedBetween) this.#wrapped(`In use from ${installedBetween.from ?? '…'} to ${installedBetween.to ?? '…'}.`, 2);
  }

  #field(name: string, text: string): void {
    const { dim } = this.#colors;
    const lines = wrap(safeForTerminal(text), Math.max(20, this.#context.width - 12));
    for (const [index, line] of lines.entries()) this.#put(`  ${dim((index === 0 ? name : '').padEnd(10))}${line}`);
  }

  #wrapped(text: string, indent: number, color: (text: string) => string = (plain) => plain): void {
    for (const line of wrap(safeForTerminal(text), Math.max(20, this.#context.width - indent)))
      this.#put(`${' '.repeat(indent)}${color(line)}`);
  }

  #put(...lines: string[]): void {
    this.#lines.push(...lines);
  }
}

function describeInput({ format, formatVersion, components, skipped, failure }: InputCoverage): string {
  const name = `${format ?? 'not recognised'}${formatVersion ? ` ${formatVersion}` : ''}`;
  if (failure) return `${name}: could not be read${failure.line ? ` (line ${failure.line})` : ''}: ${failure.message}`;
  const left = skipped.map(({ reason, count: times }) => `${times} ${reason}`).join(', ');
  return `${name}: ${count(components, 'component')}${left ? `; skipped: ${left}` : ''}`;
}

function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(number)} ${number === 1 ? noun : plural}`;
}

/** An address that no terminal turns into a link. */
function defang(value: string): string {
  return value.replace(/^http/, 'hxxp').replaceAll('.', '[.]');
}
