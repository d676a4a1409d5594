import { formatCount } from '../../base/format-count.ts';
import { isExposed } from '../../check/check.ts';
import type { MatchState } from '../../check/match.ts';
import { comparisonLine, HOP_MARKS, headlineOf, missingIndexLine, STATE_LABELS } from '../../check/report/grouping.ts';
import type { CheckAnswer } from './check-engine.ts';
import type { Fetched } from './range-source.ts';

type Report = CheckAnswer['report'];
type Finding = Report['findings'][number];

/** Rows of a table, and incidents, that are shown; the saved report has all. */
const SHOWN = 200;

/** Shows an answer. Everything is set as text: what an input says never becomes markup. */
export function showAnswer(target: HTMLElement, { report, files, fetched }: CheckAnswer, site: string): void {
  const exposed = report.findings.filter(({ state }) => isExposed(state));
  const others = report.findings.filter(({ state }) => !isExposed(state));
  const incidents = groups(exposed.filter((finding) => 'incident' in finding));
  const advisories = exposed.filter((finding) => 'advisory' in finding);
  target.replaceChildren(
    element('h2', { class: exposed.length > 0 ? 'verdict bad' : 'verdict' }, headlineOf(report.summary)),
    element('p', {}, ...summary(report)),
    ...caveats(report),
    savers(files),
    ...incidents.slice(0, SHOWN).map(([id, own]) => group(id, own, site)),
    ...rest(incidents.length, 'incidents'),
    ...(advisories.length > 0 ? [section('Listed as malicious packages', advisories)] : []),
    ...(others.length > 0 ? [section('Not counted as exposure', others)] : []),
    element('h3', {}, 'What was read'),
    coverageTable(report),
    element('h3', {}, 'What it was compared with'),
    comparisonTable(report),
    list([...report.knowledge.flatMap(({ sources }) => sources.map(sourceLine)), ...(fetched ? [fetchLine(fetched)] : [])]),
  );
}

/** Shows that a check failed, and where there is one, another way to go on. */
export function showFailure(target: HTMLElement, message: string, checkCorpusOnly: (() => void) | undefined): void {
  const button = element('button', { type: 'button' }, 'Check with the corpus only');
  button.addEventListener('click', () => checkCorpusOnly?.());
  target.replaceChildren(
    element(
      'div',
      { class: 'check-failure' },
      element('h2', { class: 'verdict' }, 'The check failed'),
      element('p', {}, `${message}.`),
      element('p', {}, 'Nothing was compared: this says nothing about exposure.'),
      ...(checkCorpusOnly ? [element('p', { class: 'check-save' }, button)] : []),
    ),
  );
}

function summary({ summary: { components, inputs, unread } }: Report): (Node | string)[] {
  const words = `${amount(components, 'component')} of ${amount(inputs, 'input')} ${components === 1 ? 'was' : 'were'} looked up.`;
  const warning = `${amount(unread, 'input')} could not be read: nothing is known about ${unread === 1 ? 'it' : 'them'}.`;
  return unread > 0 ? [`${words} `, element('strong', {}, warning)] : [words];
}

/** What a reader must not take for covered. */
function caveats(report: Report): HTMLElement[] {
  const lines = report.comparisons.filter((each) => each.knownThrough !== 'index').map((each) => `${comparisonLine(each)}.`);
  const missing = missingIndexLine(report);
  return lines.length > 0 ? [element('div', { class: 'check-caveats' }, list([...lines, ...(missing ? [missing] : [])]))] : [];
}

function groups(findings: readonly Finding[]): [string, Finding[]][] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) byId.set(idOf(finding), [...(byId.get(idOf(finding)) ?? []), finding]);
  return [...byId];
}

/** One incident: what of it is there, its path, and where to go from here. */
function group(id: string, findings: readonly Finding[], site: string): HTMLElement {
  const [first] = findings;
  const { path = [], lookFor = [], attribution = [], references = [] } = first ?? {};
  const link = element('a', { href: `${site}incidents/${id.toLowerCase()}/` }, (first && about(first)?.title) || id);
  return element(
    'section',
    { class: 'check-group' },
    element('h3', {}, link, ' ', element('code', {}, id)),
    findingTable(findings, false),
    ...(path.length > 0 ? [pathList(path)] : []),
    ...more('Look for next', lookFor, ({ text }) => text),
    ...more('Attribution', attribution, (line) => line),
    ...more('Sources', references, (address) => linkTo(address, address)),
  );
}

/** Findings that have no page here: the advisory is all there is to tell. */
function section(title: string, findings: readonly Finding[]): HTMLElement {
  return element('section', { class: 'check-group' }, element('h3', {}, title), findingTable(findings, true));
}

/** What a reader may want next, folded away. */
function more<T>(title: string, items: readonly T[], show: (item: T) => Node | string): HTMLElement[] {
  if (items.length === 0) return [];
  return [element('details', {}, element('summary', {}, `${title} (${items.length})`), list(items.map(show)))];
}

/** The path stage by stage, each with its hops. */
function pathList(path: Finding['path']): HTMLElement {
  const stages = [...new Set(path.map(({ stage }) => stage))];
  return element(
    'ol',
    { class: 'check-path', 'aria-label': 'Path of the attack' },
    ...stages.map((stage) =>
      element(
        'li',
        {},
        element('small', {}, stage),
        ...path
          .filter((hop) => hop.stage === stage)
          .map(({ label, state }) =>
            element('span', { class: `hop ${state}` }, element('b', {}, label), element('i', {}, `${HOP_MARKS[state] ?? ''} ${state}`)),
          ),
      ),
    ),
  );
}

function findingTable(findings: readonly Finding[], withAdvisory: boolean): HTMLElement {
  const rows = findings.map((finding) => [
    element('code', {}, finding.component.label),
    `${finding.at.input}${finding.at.line ? `:${finding.at.line}` : ''}`,
    finding.chain === undefined ? '–' : finding.chain.length === 0 ? 'direct' : finding.chain.join(' → '),
    `${STATE_LABELS[finding.state as MatchState]}: ${finding.reason}.`,
    ...(withAdvisory ? [linkTo(finding.references[0] ?? '', idOf(finding))] : []),
  ]);
  return table(['Component', 'Where', 'Through', 'Why', ...(withAdvisory ? ['Advisory'] : [])], rows, 'findings');
}

function coverageTable({ coverage }: Report): HTMLElement {
  const rows = coverage.map(({ input, format, formatVersion, components, skipped, failure }) => [
    input,
    `${format ?? 'not recognised'} ${formatVersion ?? ''}`,
    number(components),
    failure
      ? element('strong', {}, `not read: ${failure.message}${failure.line ? ` (line ${failure.line})` : ''}`)
      : skipped.map(({ reason, count }) => `${number(count)} × ${reason}`).join(', ') || '–',
  ]);
  return table(['Input', 'Format', 'Components', 'Not read'], rows);
}

function comparisonTable({ comparisons }: Report): HTMLElement {
  const known = { index: 'malicious packages and corpus', corpus: 'the corpus only', nothing: 'nothing' };
  const rows = comparisons.map(({ type, components, corpusNames, indexNames, knownThrough }) => [
    type,
    number(components),
    knownThrough === 'index' ? known.index : element('strong', {}, known[knownThrough]),
    number(indexNames),
    number(corpusNames),
  ]);
  return table(['Kind', 'Components', 'Known through', 'Names of malicious packages', 'Names in the corpus'], rows);
}

function sourceLine({ name, records, newest }: Report['knowledge'][number]['sources'][number]): string {
  return `${name}: ${amount(records, 'record')}${newest ? `, newest of ${newest.slice(0, 10)}${ageOf(newest)}` : ''}`;
}

/** How old knowledge is today: only a page may ask the clock, a report is the same whenever it is made. */
function ageOf(date: string): string {
  const days = Math.floor((Date.now() - Date.parse(date)) / 86_400_000);
  return days > 0 ? ` (${amount(days, 'day')} ago)` : '';
}

function fetchLine({ bytes, requests, total, isWhole }: Fetched): string {
  const size = (value: number) => (value < 1e6 ? `${Math.ceil(value / 1000)} kB` : `${(value / 1e6).toFixed(1)} MB`);
  if (isWhole) return `This host sends no parts of files: the whole index of malicious packages was fetched, ${size(bytes)}`;
  return `Of the index of malicious packages, ${size(bytes)}${total ? ` of ${size(total)}` : ''} were fetched, in ${amount(requests, 'request')}`;
}

function savers(files: CheckAnswer['files']): HTMLElement {
  const kinds: Readonly<Record<string, readonly [label: string, name: string, type: string]>> = {
    html: ['HTML', 'exposure.html', 'text/html'],
    json: ['JSON', 'exposure.json', 'application/json'],
    markdown: ['Markdown', 'exposure.md', 'text/markdown'],
    sarif: ['SARIF', 'exposure.sarif', 'application/sarif+json'],
    vex: ['CycloneDX VEX', 'exposure.vex.cdx.json', 'application/vnd.cyclonedx+json'],
  };
  const buttons = Object.entries(files).map(([id, text]) => {
    const [label, name, type] = kinds[id] ?? [id, id, 'text/plain'];
    const button = element('button', { type: 'button' }, label);
    button.addEventListener('click', () => {
      const address = URL.createObjectURL(new Blob([text], { type }));
      const link = element('a', { href: address, download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    });
    return button;
  });
  return element('p', { class: 'check-save' }, 'Save the report: ', ...buttons);
}

function idOf(finding: Finding): string {
  return about(finding)?.id ?? '';
}

function about(finding: Finding): { readonly id: string; readonly title?: string } | undefined {
  const { incident, advisory } = finding as { incident?: { id: string; title?: string }; advisory?: { id: string; title?: string } };
  return incident ?? advisory;
}

/** A table that is one on a phone too, where its rows are laid out as blocks: hence the roles, which styles could take away. */
function table(heads: readonly string[], rows: readonly (readonly (Node | string)[])[], name = 'coverage'): HTMLElement {
  const classOf = (index: number) => (/^(Components|Names)/.test(heads[index] ?? '') ? 'number' : '');
  const head = heads.map((text, index) => element('th', { scope: 'col', role: 'columnheader', class: classOf(index) }, text));
  const body = rows
    .slice(0, SHOWN)
    .map((row) =>
      element(
        'tr',
        { role: 'row' },
        ...row.map((cell, index) =>
          element('td', { role: 'cell', class: classOf(index), 'data-label': heads[index] ?? '' }, element('span', {}, cell)),
        ),
      ),
    );
  return element(
    'div',
    {},
    element(
      'table',
      { class: name, role: 'table' },
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...head)),
      element('tbody', { role: 'rowgroup' }, ...body),
    ),
    ...rest(rows.length, 'rows'),
  );
}

function rest(total: number, what: string): HTMLElement[] {
  return total > SHOWN
    ? [element('p', { class: 'check-rest' }, `and ${number(total - SHOWN)} more ${what}: the saved report has all.`)]
    : [];
}

function list(items: readonly (Node | string)[]): HTMLElement {
  return element('ul', {}, ...items.map((item) => element('li', {}, item)));
}

/** Words as a link out, where the address is one of the web; else the words alone. */
function linkTo(address: string, words: string): Node | string {
  return /^https?:\/\//.test(address) ? element('a', { href: address, rel: 'noopener noreferrer external' }, words) : words;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function number(value: number): string {
  return formatCount(value);
}

function amount(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}
