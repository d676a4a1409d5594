import { formatCount } from '../../base/format-count.ts';
import type { MatchState } from '../../check/match.ts';
import { type Advised, adviceOf, adviceSentences } from '../../check/report/advice.ts';
import { comparisonLine, missingIndexLine } from '../../check/report/grouping.ts';
import { count, formatLabel, HOP_MARKS, kindLabel, stateLabel, timesOf } from '../../check/report/labels.ts';
import { amountLine, gapList, headlineOf } from '../../check/report/verdict.ts';
import { element, linkTo, list, rest, SHOWN, table } from './check-elements.ts';
import type { CheckAnswer } from './check-engine.ts';
import { copyBarOf } from './copy.ts';
import type { Fetched } from './range-source.ts';
import { saveFile } from './save-file.ts';

type Report = CheckAnswer['report'];
type Finding = Report['findings'][number];

/** Shows an answer: the verdict, every match, what could not be read, then the rest. Everything is set as text: what an input says never becomes markup. */
export function showAnswer(target: HTMLElement, { report, files, fetched }: CheckAnswer, site: string): void {
  const { summary, options } = report;
  const exposed = report.findings.filter(({ exposure }) => exposure);
  const others = report.findings.filter(({ exposure }) => !exposure);
  const incidents = groups(exposed.filter((finding) => 'incident' in finding));
  const advisories = exposed.filter((finding) => 'advisory' in finding);
  const verdict = summary.definite > 0 ? 'verdict bad' : summary.possible > 0 ? 'verdict maybe' : 'verdict';
  target.replaceChildren(
    element('h2', { class: verdict }, headlineOf({ findings: report.findings, summary, coverage: report.coverage, asOf: options.asOf })),
    element('p', {}, ...summaryOf(report)),
    ...(exposed.length > 0 ? [matchTable(exposed, site)] : []),
    ...unread(report),
    ...notUnderstood(report),
    ...caveats(report),
    savers(files),
    ...incidents.slice(0, SHOWN).map(([id, own]) => group(id, own, site, options)),
    ...rest(incidents.length, 'incidents'),
    ...(advisories.length > 0 ? [section('Listed as malicious packages', advisories)] : []),
    ...(others.length > 0 ? [section('Not counted as exposure', others)] : []),
    ...(report.coverage.length > 0 ? [element('h3', {}, 'What was read'), coverageTable(report)] : []),
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

function summaryOf({ summary, findings, options }: Report): (Node | string)[] {
  const hint =
    findings.some(({ exposure, window }) => exposure === 'possible' && window) && !options.installedBetween
      ? ' “Installed or run between”, above, decides what is only possible.'
      : '';
  return [`${amountLine(summary)}${hint}`];
}

/** Every match of the verdict, once: what, where, of which incident, how surely, and when it was bad. */
function matchTable(findings: readonly Finding[], site: string): HTMLElement {
  const rows = findings.map((finding) => [
    element('code', {}, finding.component.label),
    placeOf(finding),
    'incident' in finding
      ? element('a', { href: incidentAddress(idOf(finding), site) }, idOf(finding))
      : linkTo(finding.references[0] ?? '', idOf(finding)),
    element('b', { class: finding.exposure === 'definite' ? 'bad' : 'maybe' }, stateLabel(labelled(finding))),
    finding.window ? timesOf(finding.window) : '–',
  ]);
  return table(['Match', 'Where', 'Incident', 'State', 'Window'], rows, 'matches');
}

/** The inputs that this says nothing about. */
function unread({ coverage }: Report): HTMLElement[] {
  const failed = coverage.flatMap(({ input, failure }) => (failure ? [{ input, ...failure }] : []));
  if (failed.length === 0) return [];
  const title = `${count(failed.length, 'input')} could not be read: nothing is known about ${failed.length === 1 ? 'it' : 'them'}`;
  const items = failed.slice(0, SHOWN).map(({ input, message, line }) => `${input}: not read: ${message}${line ? ` (line ${line})` : ''}`);
  return [element('div', { class: 'check-unread' }, element('h3', {}, title), list(items), ...rest(failed.length, 'inputs'))];
}

/** The lines and entries that this says nothing about. */
function notUnderstood({ coverage }: Report): HTMLElement[] {
  const gaps = gapList(coverage);
  if (gaps.length === 0) return [];
  return [
    element(
      'div',
      { class: 'check-unread' },
      element('h3', {}, 'Not understood, so nothing is known about it'),
      list(gaps.slice(0, SHOWN)),
      ...rest(gaps.length, 'lines and entries'),
    ),
  ];
}

/** What a reader must not take for covered: a sentence, with the numbers behind it. */
function caveats(report: Report): HTMLElement[] {
  const partly = report.comparisons.filter((each) => each.knownThrough !== 'index');
  if (partly.length === 0) return [];
  const kinds = (through: string) => partly.filter((each) => each.knownThrough === through).map(({ type }) => kindLabel(type));
  const [corpus, nothing] = [kinds('corpus'), kinds('nothing')];
  const sentences = [
    ...(corpus.length > 0 ? [`Compared only with what this corpus records: ${corpus.join(', ')}.`] : []),
    ...(nothing.length > 0 ? [`Compared with nothing: ${nothing.join(', ')}.`] : []),
  ];
  const missing = missingIndexLine(report);
  const lines = [...partly.map((each) => `${comparisonLine(each)}.`), ...(missing ? [missing] : [])];
  return [
    element(
      'div',
      { class: 'check-caveats' },
      element('p', {}, sentences.join(' ')),
      element('details', {}, element('summary', {}, 'How much that is'), list(lines)),
    ),
  ];
}

function groups(findings: readonly Finding[]): [string, Finding[]][] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) byId.set(idOf(finding), [...(byId.get(idOf(finding)) ?? []), finding]);
  return [...byId];
}

/** One incident: what to do about it, why it is told, its path, and where to go from here. */
function group(id: string, findings: readonly Finding[], site: string, options: Report['options']): HTMLElement {
  const [first] = findings;
  const { path = [], lookFor = [], attribution = [], references = [], exposure } = first ?? {};
  const link = element('a', { href: incidentAddress(id, site) }, (first && about(first)?.title) || id);
  const { shared, own } = adviceOf(findings, advisedBy, options);
  const advice = [...(shared.clean ? [element('b', {}, shared.clean), '.'] : []), adviceSentences({ clean: undefined, when: shared.when })];
  return element(
    'section',
    { class: 'check-group' },
    element('h3', {}, link, ' ', element('code', {}, id)),
    element('p', {}, ...advice),
    ...more('Look for', lookFor, noteOf, exposure === 'definite'),
    reasonTable(findings, false, (finding) => adviceSentences(own(finding))),
    ...(path.length > 0 ? [pathList(path)] : []),
    ...more('Attribution', attribution, (line) => line),
    ...more('Sources', references, (address) => linkTo(address, address)),
  );
}

/** What to look for, and its query to copy. */
function noteOf({ text, query }: Finding['lookFor'][number]): Node {
  if (!query) return element('span', {}, text);
  const attributes = { class: 'query', tabindex: '0', role: 'group', 'aria-label': `Query in ${query.language}` };
  const block = element('pre', attributes, element('code', {}, query.text.trimEnd()));
  return element('div', {}, text, copyBarOf(block), block);
}

/** Findings that have no page here: the advisory is all there is to tell. */
function section(title: string, findings: readonly Finding[]): HTMLElement {
  return element('section', { class: 'check-group' }, element('h3', {}, title), reasonTable(findings, true));
}

/** What a reader may want next, folded away where it is not wanted at once. */
function more<T>(title: string, items: readonly T[], show: (item: T) => Node | string, isOpen = false): HTMLElement[] {
  if (items.length === 0) return [];
  return [element('details', isOpen ? { open: '' } : {}, element('summary', {}, `${title} (${items.length})`), list(items.map(show)))];
}

/** The path hop by hop, in the order of the record: a stage may come twice, and hops may be parallel. */
function pathList(path: Finding['path']): HTMLElement {
  return element(
    'ol',
    { class: 'check-path', 'aria-label': 'Path of the attack' },
    ...path.map(({ stage, label, state, after }, index) => {
      // Whether it comes after the hop that stands before it, and after no other.
      const isNext = after.length === 1 && after[0] === index - 1;
      const earlier = isNext ? [] : after.flatMap((position) => path[position]?.label ?? []);
      const from = earlier.length > 0 ? `, after ${earlier.join(', ')}` : '';
      return element(
        'li',
        isNext ? { class: 'next' } : {},
        element('small', {}, stage),
        element('span', { class: `hop ${state}` }, element('b', {}, label), element('i', {}, `${HOP_MARKS[state] ?? ''} ${state}`), from),
      );
    }),
  );
}

function reasonTable(findings: readonly Finding[], withAdvisory: boolean, adviceOn: (finding: Finding) => string = () => ''): HTMLElement {
  const rows = findings.map((finding) => [
    element('code', {}, finding.component.label),
    placeOf(finding),
    finding.chain === undefined ? '–' : finding.chain.length === 0 ? 'direct' : finding.chain.join(' → '),
    `${stateLabel(labelled(finding))}: ${finding.reason}.${adviceOn(finding)}`,
    ...(withAdvisory ? [linkTo(finding.references[0] ?? '', idOf(finding))] : []),
  ]);
  return table(['Match', 'Where', 'Through', 'Why', ...(withAdvisory ? ['Advisory'] : [])], rows, 'findings');
}

function placeOf({ at: { input, line } }: Finding): string {
  return `${input}${line ? `:${line}` : ''}`;
}

function labelled({ state, exposure }: Finding) {
  return { state: state as MatchState, exposure };
}

function incidentAddress(id: string, site: string): string {
  return `${site}incidents/${id.toLowerCase()}/`;
}

/** The window of a report as data is that of the release, where it has one. */
function advisedBy({ cleanReleases, release, window, knownSince }: Finding): Advised {
  const times = release ? { available: { from: release.published, to: release.withdrawn } } : { window };
  return { cleanReleases, knownSince, ...times };
}

function coverageTable({ coverage }: Report): HTMLElement {
  const rows = coverage.map(({ input, components, skipped, failure, ...read }) => [
    input,
    formatLabel(read),
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
    kindLabel(type),
    number(components),
    knownThrough === 'index' ? known.index : element('strong', {}, known[knownThrough]),
    number(indexNames),
    number(corpusNames),
  ]);
  return table(['Kind', 'Components', 'Known through', 'Names of malicious packages', 'Names in the corpus'], rows);
}

function sourceLine({ name, records, newest }: Report['knowledge'][number]['sources'][number]): string {
  return `${name}: ${count(records, 'record')}${newest ? `, newest of ${newest.slice(0, 10)}${ageOf(newest)}` : ''}`;
}

/** How old knowledge is today: only a page may ask the clock, a report is the same whenever it is made. */
function ageOf(date: string): string {
  const days = Math.floor((Date.now() - Date.parse(date)) / 86_400_000);
  return days > 0 ? ` (${count(days, 'day')} ago)` : '';
}

function fetchLine({ bytes, requests, total, isWhole }: Fetched): string {
  const size = (value: number) => (value < 1e6 ? `${Math.ceil(value / 1000)} kB` : `${(value / 1e6).toFixed(1)} MB`);
  if (isWhole) return `This host sends no parts of files: the whole index of malicious packages was fetched, ${size(bytes)}`;
  return `Of the index of malicious packages, ${size(bytes)}${total ? ` of ${size(total)}` : ''} were fetched, in ${count(requests, 'request')}`;
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
    button.addEventListener('click', () => saveFile(new Blob([text], { type }), name));
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

function number(value: number): string {
  return formatCount(value);
}
