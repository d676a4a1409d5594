import { defanged } from '../../base/defanged.ts';
import { type Colors, createColors, safeForTerminal, wrap } from '../../base/terminal-text.ts';
import { type CheckResult, componentLabel, type Finding, type InputCoverage } from '../check.ts';
import type { IncidentBrief } from '../knowledge.ts';
import { type Advice, adviceOf, advisedBy } from './advice.ts';
import { comparisonLine, type FindingGroup, groupFindings, knownThrough, missingIndexLine } from './grouping.ts';
import { count, formatLabel, kindLabel, STATE_LABELS, stateLabel } from './labels.ts';
import type { ReportContext, ReportFormat } from './report.ts';
import { gapLine, gapList, headlineOf, toldBy, verdictOf } from './verdict.ts';

/** The report for people at a terminal: what was hit and how, then what was not counted, then what was read. */
export const terminalReport: ReportFormat = {
  id: 'terminal',
  title: 'text for a terminal',
  render: (result, context) => new TerminalReport(result, context).render(),
};

/** Findings of one group that are shown; the rest is counted. */
const SHOWN_FINDINGS = 12;
/** Lines and entries that were not understood and are shown. */
const SHOWN_GAPS = 10;
/** What to look for, of each incident; `--verbose` shows all. */
const SHOWN_NOTES = 2;
const SHOWN_INDICATORS = 6;

/** Where the text of a named field begins. */
const FIELD_INDENT = 12;

/** Indicators that a terminal could make a link of. */
const NETWORK_TYPES: ReadonlySet<string> = new Set(['domain', 'ipv4', 'ipv6', 'url', 'email-address']);

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
    const exposed = groupFindings(this.#result.findings.filter(({ exposure }) => exposure));
    const others = groupFindings(this.#result.findings.filter(({ exposure }) => !exposure));
    this.#verdict();
    for (const group of exposed) this.#group(group);
    this.#others(others);
    this.#coverage();
    this.#knowledge();
    // Again where the eye is when the report has run through.
    this.#put('');
    const { exposed: found, unread } = verdictOf(this.#result);
    const gap = gapLine(this.#result.coverage);
    const gaps = [...(unread > 0 ? [`${count(unread, 'input')} could not be read`] : []), ...(gap ? [gap] : [])];
    this.#headline(found > 0 ? gaps.map((each) => `; ${each}`).join('') : '');
    return `${this.#lines.join('\n')}\n`;
  }

  #headline(rest = ''): void {
    const { bold, red, green, yellow } = this.#colors;
    const { definite, possible, compared, corpusOnly, inputs, unread, notUnderstood } = verdictOf(this.#result);
    const line = headlineOf(toldBy(this.#result));
    const among = `among ${count(compared, 'component')} of ${count(inputs, 'input')}`;
    if (definite + possible > 0) this.#wrapped(line + rest, 0, (text) => bold(definite > 0 ? red(text) : yellow(text)));
    else if (compared === 0 || unread + notUnderstood > 0) this.#wrapped(line, 0, (text) => bold(yellow(text)));
    else this.#wrapped(`${line} ${among}`, 0, corpusOnly > 0 ? bold : (text) => bold(green(text)));
  }

  #verdict(): void {
    const { bold, yellow } = this.#colors;
    this.#headline();
    const { corpusOnly, unread } = verdictOf(this.#result);
    const hasWindow = this.#result.findings.some(({ exposure, knowledge }) => exposure === 'possible' && knowledge.window);
    if (hasWindow && !this.#result.options.installedBetween)
      this.#wrapped('--installed-between FROM..TO says when it was used, and so decides what is only possible.', 0);
    if (corpusOnly > 0) {
      const kinds = this.#result.comparisons.filter((each) => knownThrough(each) === 'corpus').map(({ type }) => kindLabel(type));
      this.#wrapped(`Known through the corpus only: ${kinds.join(', ')}`, 0, yellow);
    }
    if (unread > 0)
      this.#wrapped(
        `${count(unread, 'input')} could not be read: this report says nothing about ${unread === 1 ? 'it' : 'them'}`,
        0,
        (text) => bold(yellow(text)),
      );
    const gaps = gapList(this.#result.coverage);
    const shown = gaps.slice(0, this.#context.verbose ? gaps.length : SHOWN_GAPS);
    if (gaps.length > 0) this.#wrapped('Not understood, so nothing is known about it:', 0, (text) => bold(yellow(text)));
    for (const gap of shown) this.#wrapped(gap, 2, yellow);
    if (gaps.length > shown.length) this.#put(`  and ${gaps.length - shown.length} more; --verbose shows them`);
  }

  #group({ id, title, exposure, findings }: FindingGroup): void {
    const { bold, red, yellow, dim } = this.#colors;
    const [first] = findings;
    this.#put('', `${exposure === 'definite' ? red('■') : yellow('■')} ${bold(safeForTerminal(id))}`);
    this.#wrapped(title, 2);
    const advice = adviceOf(findings, advisedBy, this.#result.options);
    for (const finding of findings.slice(0, SHOWN_FINDINGS)) this.#finding(finding, advice.own(finding));
    if (findings.length > SHOWN_FINDINGS) this.#put(dim(`  and ${findings.length - SHOWN_FINDINGS} more; --format json lists all`));
    if (first) this.#about(first, advice.shared);
  }

  #finding(finding: Finding, { clean, when }: Advice): void {
    const { bold, dim } = this.#colors;
    const { component, chain } = finding;
    const place = `${finding.input}${finding.line ? `:${finding.line}` : finding.pointer ? ` ${finding.pointer}` : ''}`;
    this.#put(`  ${bold(safeForTerminal(componentLabel(component)))}  ${dim(safeForTerminal(place))}`);
    this.#wrapped(`${stateLabel(finding)}: ${finding.reason}`, 4);
    if (chain && chain.length > 0) this.#wrapped(`through ${chain.join(' → ')}`, 4);
    else if (component.relation === 'direct') this.#wrapped('asked for by the project itself', 4);
    if (when) this.#wrapped(when, 4);
    if (clean) this.#wrapped(clean, 4, bold);
    if (finding.knowledge.note && this.#context.verbose) this.#wrapped(finding.knowledge.note, 4, dim);
  }

  #about({ knowledge, incident }: Finding, { clean, when }: Advice): void {
    const { verbose } = this.#context;
    if (when) this.#field('When', when);
    if (clean) this.#wrapped(clean, 2, this.#colors.bold);
    if (incident) {
      this.#lookFor(incident);
      if (verbose) this.#story(incident);
      if (this.#context.site) this.#field('Page', `${this.#context.site}incidents/${incident.id.toLowerCase()}/`);
    } else if (knowledge.aliases) this.#field('Also', knowledge.aliases.join(', '));
    const sources = knowledge.sources ?? [];
    // Of an advisory there is no page: its source is where to read on.
    for (const source of sources.slice(0, verbose ? sources.length : incident ? 0 : 1)) this.#field('Source', source);
  }

  #lookFor({ lookFor }: IncidentBrief): void {
    const { dim } = this.#colors;
    const shown = this.#context.verbose ? lookFor : lookFor.slice(0, SHOWN_NOTES);
    for (const { text, query } of shown) {
      this.#field('Look for', text);
      for (const line of query?.text.trimEnd().split('\n') ?? []) this.#put(`${' '.repeat(FIELD_INDENT)}${safeForTerminal(line)}`);
    }
    const rest = lookFor.length - shown.length;
    if (rest > 0) this.#put(dim(`${' '.repeat(FIELD_INDENT)}and ${rest} more to look for; --verbose shows all`));
  }

  /** What only `--verbose` tells of an incident. */
  #story({ path, attribution, indicators, indicatorCount }: IncidentBrief): void {
    if (path.length > 0) this.#field('Path', path.map(({ stage, label, state }) => `${stage}: ${label} (${state})`).join(' → '));
    for (const line of attribution) this.#field('Who', line);
    const named = (test: (type: string) => boolean, show: (value: string, type: string) => string) => [
      ...new Set(indicators.filter(({ type }) => test(type)).map(({ value, type }) => show(value, type))),
    ];
    const isNetwork = (type: string) => NETWORK_TYPES.has(type);
    const isFile = (type: string) => type.startsWith('file-');
    this.#list('Network', named(isNetwork, defanged));
    this.#list(
      'Files',
      named(isFile, (value) => value),
    );
    this.#list(
      'Other',
      named(
        (type) => !isNetwork(type) && !isFile(type),
        (value, type) => `${type.replaceAll('-', ' ')} ${value}`,
      ),
    );
    if (indicatorCount > indicators.length) this.#field('', `of ${indicatorCount} indicators; --format json has more`);
  }

  #others(groups: readonly FindingGroup[]): void {
    if (groups.length === 0) return;
    const { bold, dim } = this.#colors;
    this.#put('', bold('Not counted as exposure'));
    const byState = new Map<string, FindingGroup[]>();
    for (const group of groups) byState.set(STATE_LABELS[group.state], [...(byState.get(STATE_LABELS[group.state]) ?? []), group]);
    for (const [label, own] of byState) {
      this.#put(`  ${label}: ${count(own.flatMap(({ findings }) => findings).length, 'match')}`);
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
    if (coverage.length === 0) return;
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
      if (sources.length === 0) this.#wrapped(`an index of ${count(entries, 'record')}`, 2);
    }
    const missing = missingIndexLine(this.#result);
    if (missing) this.#wrapped(`${missing} \`threatpedia index update\` fetches one.`, 2, yellow);
    const { asOf, installedBetween } = this.#result.options;
    if (asOf) this.#wrapped(`Only what was public on ${asOf} counts.`, 2);
    if (installedBetween) this.#wrapped(`Installed or run from ${installedBetween.from ?? '…'} to ${installedBetween.to ?? '…'}.`, 2);
  }

  /** One value a line, to be copied. */
  #list(name: string, values: readonly string[]): void {
    for (const [index, value] of values.slice(0, SHOWN_INDICATORS).entries()) this.#field(index === 0 ? name : '', value);
    if (values.length > SHOWN_INDICATORS) this.#field('', `and ${values.length - SHOWN_INDICATORS} more`);
  }

  #field(name: string, text: string): void {
    const { dim } = this.#colors;
    const lines = wrap(safeForTerminal(text), Math.max(20, this.#context.width - FIELD_INDENT));
    for (const [index, line] of lines.entries()) this.#put(`  ${dim((index === 0 ? name : '').padEnd(FIELD_INDENT - 2))}${line}`);
  }

  #wrapped(text: string, indent: number, color: (text: string) => string = (plain) => plain): void {
    for (const line of wrap(safeForTerminal(text), Math.max(20, this.#context.width - indent)))
      this.#put(`${' '.repeat(indent)}${color(line)}`);
  }

  #put(...lines: string[]): void {
    this.#lines.push(...lines);
  }
}

function describeInput(input: InputCoverage): string {
  const { components, skipped, failure } = input;
  const name = formatLabel(input);
  if (failure) return `${name}: could not be read${failure.line ? ` (line ${failure.line})` : ''}: ${failure.message}`;
  const left = skipped.map(({ reason, count: times }) => `${times} ${reason}`).join(', ');
  return `${name}: ${count(components, 'component')}${left ? `; skipped: ${left}` : ''}`;
}
