import { formatCount } from '../../base/format-count.ts';

/** Rows of a table, and incidents, that are shown; the saved report has all. */
export const SHOWN = 200;

/** A table that is one on a phone too, where its rows are laid out as blocks: hence the roles, which styles could take away. */
export function table(heads: readonly string[], rows: readonly (readonly (Node | string)[])[], name = 'coverage'): HTMLElement {
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

/** Says how many were left out, where some were. */
export function rest(total: number, what: string): HTMLElement[] {
  return total > SHOWN
    ? [element('p', { class: 'check-rest' }, `and ${formatCount(total - SHOWN)} more ${what}: the saved report has all.`)]
    : [];
}

/** A list of texts or elements. */
export function list(items: readonly (Node | string)[]): HTMLElement {
  return element('ul', {}, ...items.map((item) => element('li', {}, item)));
}

/** Words as a link out, where the address is one of the web; else the words alone. */
export function linkTo(address: string, words: string): Node | string {
  return /^https?:\/\//.test(address) ? element('a', { href: address, rel: 'noopener noreferrer external' }, words) : words;
}

/** An element; strings among its children become text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
