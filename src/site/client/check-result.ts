import { isExposed } from '../../check/check.ts';
import type { MatchState } from '../../check/match.ts';
import { STATE_LABELS } from '../../check/report/grouping.ts';
import type { CheckAnswer } from './check-engine.ts';

type Report = CheckAnswer['report'];
type Finding = Report['findings'][number];

/** Shows an answer. Everything is set as text: what an input says never becomes markup. */
export function showAnswer(target: HTMLElement, { report, files, fetched }: CheckAnswer, site: string): void {
  const exposed = report.findings.filter(({ state }) => isExposed(state));
  const others = report.findings.filter(({ state }) => !isExposed(state));
  const { components, inputs, unread } = report.summary;
  target.replaceChildren(
    element('h2', { class: exposed.length > 0 ? 'verdict bad' : 'verdict' }, verdict(report, exposed)),
    element(
      'p',
      {},
      `${number(components)} components of ${number(inputs)} inputs were looked up.`,
      unread > 0 ? ` ${number(unread)} could not be read: nothing is known about them.` : '',
      fetched > 0 ? ` ${number(Math.ceil(fetched / 1000))} kB of the malicious-package index were fetched.` : '',
    ),
    savers(files),
    ...groups(exposed).map(([id, own]) => group(id, own, site)),
    ...(others.length > 0 ? [element('h3', {}, 'Not counted as exposure'), findingTable(others)] : []),
    element('h3', {}, 'What was read'),
    coverageTable(report),
  );
}

function verdict(report: Report, exposed: readonly Finding[]): string {
  if (exposed.length > 0) return `Exposed: ${exposed.length} ${exposed.length === 1 ? 'match' : 'matches'}`;
  const uncovered = report.uncovered.reduce((sum, { components }) => sum + components, 0);
  return report.summary.components > uncovered
    ? 'No exposure found'
    : 'Nothing could be compared: nothing is known here about what was read';
}

function groups(findings: readonly Finding[]): [string, Finding[]][] {
  const byId = new Map<string, Finding[]>();
  for (const finding of findings) byId.set(idOf(finding), [...(byId.get(idOf(finding)) ?? []), finding]);
  return [...byId];
}

function group(id: string, findings: readonly Finding[], site: string): HTMLElement {
  const [first] = findings;
  const title = titleOf(first);
  const isIncident = first !== undefined && 'incident' in first;
  const heading = isIncident
    ? element('h3', {}, element('a', { href: `${site}incidents/${id.toLowerCase()}/` }, title), ` ${id}`)
    : element('h3', {}, `${title} ${id}`);
  const path = first && first.path.length > 0 ? [pathList(first.path)] : [];
  const look = first && first.lookFor.length > 0 ? [element('h4', {}, 'Look for next'), list(first.lookFor.map(({ text }) => text))] : [];
  const who = first && first.attribution.length > 0 ? [element('h4', {}, 'Attribution'), list(first.attribution)] : [];
  const sources = first && first.references.length > 0 ? [element('h4', {}, 'Sources'), links(first.references)] : [];
  return element('section', { class: 'check-group' }, heading, findingTable(findings), ...path, ...who, ...look, ...sources);
}

function pathList(path: Finding['path']): HTMLElement {
  return element(
    'ol',
    { class: 'check-path', 'aria-label': 'Path of the attack' },
    ...path.map(({ stage, label, state }) =>
      element('li', { class: `state-${state}` }, element('small', {}, stage), element('b', {}, label), element('i', {}, state)),
    ),
  );
}

function findingTable(findings: readonly Finding[]): HTMLElement {
  const rows = findings.map((finding) => [
    finding.component.label,
    `${finding.at.input}${finding.at.line ? `:${finding.at.line}` : ''}`,
    finding.chain === undefined ? '–' : finding.chain.length === 0 ? 'direct' : finding.chain.join(' → '),
    `${STATE_LABELS[finding.state as MatchState]}: ${finding.reason}.`,
    idOf(finding),
  ]);
  return table(['Component', 'Where', 'Through', 'Why', 'Advisory'], rows);
}

function coverageTable({ coverage, uncovered, knowledge }: Report): HTMLElement {
  const rows = coverage.map(({ input, format, formatVersion, components, skipped, failure }) => [
    input,
    `${format ?? 'not recognised'} ${formatVersion ?? ''}`,
    number(components),
    failure ? `not read: ${failure.message}` : skipped.map(({ reason, count }) => `${count} × ${reason}`).join(', ') || '–',
  ]);
  const known = knowledge.flatMap(({ sources }) =>
    sources.map(
      ({ name, records, newest }) =>
        `Compared with ${name}: ${number(records)} records${newest ? `, newest of ${newest.slice(0, 10)}` : ''}`,
    ),
  );
  const gaps = uncovered.map(({ type, components }) => `Nothing is known here about ${type} (${number(components)} components)`);
  return element('div', {}, table(['Input', 'Format', 'Components', 'Skipped'], rows), list([...known, ...gaps]));
}

function savers(files: CheckAnswer['files']): HTMLElement {
  const kinds: Readonly<Record<string, readonly [name: string, type: string]>> = {
    html: ['exposure.html', 'text/html'],
    json: ['exposure.json', 'application/json'],
    markdown: ['exposure.md', 'text/markdown'],
    sarif: ['exposure.sarif', 'application/sarif+json'],
    vex: ['exposure.vex.cdx.json', 'application/vnd.cyclonedx+json'],
  };
  const buttons = Object.entries(files).map(([id, text]) => {
    const [name, type] = kinds[id] ?? [id, 'text/plain'];
    const button = element('button', { type: 'button' }, id === 'vex' ? 'CycloneDX VEX' : id.toUpperCase());
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

function titleOf(finding: Finding | undefined): string {
  return (finding && about(finding)?.title) || `Malicious code in ${finding?.component.label ?? ''}`;
}

function about(finding: Finding): { readonly id: string; readonly title?: string } | undefined {
  const { incident, advisory } = finding as { incident?: { id: string; title?: string }; advisory?: { id: string; title?: string } };
  return incident ?? advisory;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': heads.join(', ') },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell))))),
    ),
  );
}

function list(items: readonly string[]): HTMLElement {
  return element('ul', {}, ...items.map((item) => element('li', {}, item)));
}

function links(addresses: readonly string[]): HTMLElement {
  return element(
    'ul',
    {},
    ...addresses
      .filter((address) => /^https?:\/\//.test(address))
      .map((address) => element('li', {}, element('a', { href: address, rel: 'noopener noreferrer external' }, address))),
  );
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
  return value.toLocaleString('en');
}
