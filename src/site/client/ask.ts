import { edtfWords } from '../../base/edtf-words.ts';
import { countFacet, runQuery } from '../../query/evaluate.ts';
import { type QueryFieldName, queryFields } from '../../query/fields.ts';
import { listDate } from '../../query/list-date.ts';
import { type FieldTest, isQueryFault, type ParsedQuery, parseQuery, type Query } from '../../query/parse.ts';
import { printQuery } from '../../query/print.ts';
import { reinterpretQuery } from '../../query/reinterpret.ts';
import type { IncidentRow } from '../../query/row.ts';
import type { AskData } from '../ask-page.tsx';
import { downloadRows } from './ask-download.ts';
import { ComparePicks } from './compare-picks.ts';

const SHOWN = 100;
const SHOWN_VALUES = 7;
const FACETS = (Object.keys(queryFields) as QueryFieldName[]).filter((name) => 'facet' in queryFields[name]);

document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector<HTMLFormElement>('form[data-ask]');
  const data = (globalThis as { threatpediaIncidents?: AskData }).threatpediaIncidents;
  const table = document.querySelector<HTMLTableElement>('table.incidents');
  if (form && data && table) new AskPage(form, data, table).start();
});

/** The list of incidents that answers while one types. The text is the one state: facets and order rewrite it, and the address holds it. */
class AskPage {
  readonly #form: HTMLFormElement;
  readonly #data: AskData;
  readonly #table: HTMLTableElement;
  readonly #input: HTMLInputElement;
  readonly #order: HTMLSelectElement;
  readonly #fault: HTMLElement;
  readonly #output: HTMLOutputElement;
  readonly #facets: HTMLElement;
  readonly #more: HTMLButtonElement;
  readonly #columns: HTMLElement;
  readonly #printed: HTMLElement;
  #parsed: ParsedQuery = { query: undefined, sort: undefined };
  #found: IncidentRow[] = [];
  #limit = SHOWN;
  readonly #opened = new Set<QueryFieldName>(['vector', 'entry', 'ecosystem']);
  readonly #whole = new Set<QueryFieldName>();
  readonly #picks: ComparePicks;

  constructor(form: HTMLFormElement, data: AskData, table: HTMLTableElement) {
    this.#form = form;
    this.#data = data;
    this.#table = table;
    this.#input = form.querySelector('input') as HTMLInputElement;
    this.#order = form.querySelector('select') as HTMLSelectElement;
    this.#fault = form.querySelector('.ask-fault') as HTMLElement;
    this.#output = form.querySelector('output') as HTMLOutputElement;
    const columns = element('div', 'ask-columns');
    this.#columns = columns;
    this.#printed = element('p', 'ask-printed');
    this.#picks = new ComparePicks(form.querySelector('[data-picked]') as HTMLAnchorElement, table);
    this.#facets = element('div', 'facets');
    this.#facets.setAttribute('role', 'group');
    this.#facets.setAttribute('aria-label', 'Narrow by');
    const frame = table.closest('.table-frame') ?? table;
    frame.before(this.#printed, columns);
    this.#more = document.createElement('button');
    this.#more.type = 'button';
    this.#more.className = 'ask-more';
    const results = element('div', 'ask-results');
    const narrowed = document.createElement('details');
    narrowed.className = 'facets-fold';
    narrowed.open = matchMedia('(min-width: 900px)').matches;
    const summary = document.createElement('summary');
    summary.textContent = 'Narrow by';
    narrowed.append(summary, this.#facets);
    results.append(frame, this.#more);
    columns.append(narrowed, results);
  }

  start(): void {
    for (const pager of document.querySelectorAll<HTMLElement>('.pager')) pager.hidden = true;
    this.#input.addEventListener('input', () => this.#asked(this.#input.value, 'replace'));
    this.#order.addEventListener('change', () => {
      const [key = 'disclosed', turned] = this.#order.value.split('-');
      this.#rewrite({ ...this.#parsed, sort: { key: key as NonNullable<ParsedQuery['sort']>['key'], descending: turned === 'desc' } });
    });
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('reset', (event) => {
      event.preventDefault();
      this.#input.value = '';
      this.#asked('', 'push');
      this.#input.focus();
    });
    for (const button of this.#downloads())
      button.addEventListener('click', () => downloadRows(this.#found, button.dataset.download === 'json' ? 'json' : 'csv'));
    this.#more.addEventListener('click', () => {
      this.#limit += 4 * SHOWN;
      this.#showRows();
    });
    addEventListener('popstate', () => this.#fromAddress());
    // On paper nothing can be opened.
    addEventListener('beforeprint', () => {
      this.#limit = Number.POSITIVE_INFINITY;
      this.#showRows();
    });
    document.querySelector('[data-ask-lede]')?.append(' The URL keeps your query: copy it to share the answer.');
    this.#form.hidden = false;
    this.#asked('', undefined);
    this.#fromAddress();
  }

  #fromAddress(): void {
    this.#input.value = new URLSearchParams(location.search).get('q') ?? '';
    this.#asked(this.#input.value, undefined);
  }

  #rewrite(parsed: ParsedQuery): void {
    this.#input.value = printQuery(parsed);
    this.#asked(this.#input.value, 'push');
  }

  #asked(text: string, address: 'push' | 'replace' | undefined): void {
    const parsed = parseQuery(text, this.#data.values);
    const faulty = isQueryFault(parsed);
    this.#input.setAttribute('aria-invalid', String(faulty));
    this.#fault.hidden = !faulty;
    this.#columns.classList.toggle('stale', faulty);
    for (const button of this.#downloads()) button.disabled = faulty;
    if (faulty) {
      this.#output.textContent = `Showing the previous answer: ${this.#countText()}`;
      const mark = `${' '.repeat(Math.min(parsed.offset, 80))}^`;
      this.#fault.textContent = [...(text.length <= 80 ? [text, mark] : []), parsed.message, parsed.fix].filter(Boolean).join('\n');
      return;
    }
    this.#fault.textContent = '';
    this.#parsed = parsed;
    this.#found = runQuery(this.#data.rows, parsed);
    this.#limit = SHOWN;
    this.#order.value = parsed.sort ? `${parsed.sort.key}${parsed.sort.descending ? '-desc' : ''}` : 'disclosed-desc';
    if (address) {
      const url = new URL(location.href);
      if (text.trim()) url.searchParams.set('q', text);
      else url.searchParams.delete('q');
      if (address === 'push') history.pushState(null, '', url);
      else history.replaceState(null, '', url);
    }
    this.#output.textContent = this.#countText();
    const isNarrowed = parsed.query !== undefined;
    this.#printed.textContent = isNarrowed ? `${this.#countText()}: ${text.trim()}` : '';
    document.querySelector('[data-ask-lede]')?.classList.toggle('unprinted', isNarrowed);
    this.#showRows();
    this.#showFacets();
  }

  #countText(): string {
    const [found, all] = [this.#found.length, this.#data.rows.length];
    if (this.#parsed.query === undefined) return `${all} incidents`;
    return `${found} of ${all} incidents ${found === 1 ? 'matches' : 'match'}`;
  }

  #downloads(): NodeListOf<HTMLButtonElement> {
    return this.#form.querySelectorAll<HTMLButtonElement>('[data-download]');
  }

  #showRows(): void {
    const body = this.#table.tBodies[0] ?? this.#table.createTBody();
    const rows = this.#found.slice(0, this.#limit).map((row) => this.#rowOf(row));
    if (rows.length === 0) rows.push(this.#emptyRow());
    body.replaceChildren(...rows);
    const left = this.#found.length - this.#limit;
    this.#more.hidden = left <= 0;
    this.#more.textContent = `Show ${Math.min(left, 4 * SHOWN)} more`;
  }

  /** That nothing matches, and another query that has an answer where there is one. */
  #emptyRow(): HTMLTableRowElement {
    const empty = document.createElement('tr');
    const cell = empty.insertCell();
    cell.colSpan = 4;
    const instead = reinterpretQuery(this.#data.rows, this.#parsed, this.#data.values);
    if (!instead) {
      cell.className = 'absent';
      const hasValues = FACETS.some((field) => countFacet(this.#data.rows, this.#parsed, field).size > 0);
      cell.textContent = hasValues
        ? 'No incident matches. Remove a filter, or choose values that have a number beside them.'
        : 'No incident matches. Change or remove a part of the query.';
      return empty;
    }
    const link = document.createElement('a');
    const url = new URL(location.href);
    url.searchParams.set('q', instead.text);
    link.href = url.href;
    const code = document.createElement('code');
    code.textContent = instead.text;
    link.append(code);
    link.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.#rewrite(instead.parsed);
      this.#input.focus();
    });
    cell.append(note('No incident matches.'), ' Did you mean ', link, ` (${instead.count})?`);
    return empty;
  }

  #rowOf(row: IncidentRow): HTMLTableRowElement {
    const tr = document.createElement('tr');
    tr.insertCell().append(dateOf(row));
    const title = document.createElement('th');
    title.scope = 'row';
    const link = document.createElement('a');
    link.href = `${this.#form.dataset.incidents}${row.id.toLowerCase()}/${this.#form.dataset.leaf}`;
    link.textContent = row.title;
    const summary = document.createElement('small');
    summary.className = 'row-summary';
    summary.textContent = row.summary;
    title.append(link, summary, this.#picks.boxOf(row));
    tr.append(title);
    const [entry] = row.entry;
    tr.insertCell().append(entry && entry !== 'unknown' ? this.#term('entry-stage', 'entry', entry) : note(entry ?? 'no record'));
    tr.insertCell().append(...row.vector.flatMap((value, index) => [...(index > 0 ? [', '] : []), this.#term('vector', 'vector', value)]));
    return tr;
  }

  #term(vocabulary: string, field: QueryFieldName, value: string): HTMLElement {
    const link = document.createElement('a');
    link.className = 'term';
    link.href = `${this.#form.dataset.vocabulary}${vocabulary}/${value}/${this.#form.dataset.leaf}`;
    link.textContent = this.#label(field, value);
    return link;
  }

  #label(field: QueryFieldName, value: string): string {
    return this.#data.labels[field]?.[value] ?? (value === 'none' ? 'None, by a source' : value === 'unknown' ? 'Unknown' : value);
  }

  #showFacets(): void {
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.dataset.facet : undefined;
    this.#facets.replaceChildren(...FACETS.map((field) => this.#facetOf(field)));
    if (focused) this.#facets.querySelector<HTMLElement>(`[data-facet="${CSS.escape(focused)}"]`)?.focus();
  }

  #facetOf(field: QueryFieldName): HTMLElement {
    const chosen = this.#chosen(field);
    const counts = countFacet(this.#data.rows, this.#parsed, field);
    for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
    const values = [...counts].sort(([left, one], [right, two]) =>
      field === 'year' ? (left < right ? 1 : -1) : two - one || (left < right ? -1 : 1),
    );
    const fold = document.createElement('details');
    fold.open = this.#opened.has(field) || chosen.length > 0;
    fold.addEventListener('toggle', () => {
      if (fold.open) this.#opened.add(field);
      else this.#opened.delete(field);
    });
    const summary = document.createElement('summary');
    summary.textContent = queryFields[field].title;
    const list = document.createElement('ul');
    const shown = this.#whole.has(field) ? values : values.filter(([value], index) => index < SHOWN_VALUES || chosen.includes(value));
    for (const [value, count] of shown) {
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.checked = chosen.includes(value);
      box.dataset.facet = `${field} ${value}`;
      box.addEventListener('change', () => this.#choose(field, value, box.checked));
      const label = document.createElement('label');
      const number = document.createElement('small');
      number.textContent = String(count);
      label.append(box, ` ${this.#label(field, value)} `, number);
      const item = document.createElement('li');
      item.append(label);
      list.append(item);
    }
    fold.append(summary, list);
    if (shown.length < values.length) {
      const all = document.createElement('button');
      all.type = 'button';
      all.textContent = `All ${values.length}`;
      all.setAttribute('aria-label', `All ${values.length} of ${queryFields[field].title}`);
      all.addEventListener('click', () => {
        this.#whole.add(field);
        this.#showFacets();
      });
      fold.append(all);
    }
    return fold;
  }

  /** The parts of the query at its top level. */
  #parts(): readonly Query[] {
    const { query } = this.#parsed;
    return query === undefined ? [] : query.op === 'and' ? query.of : [query];
  }

  #chosen(field: QueryFieldName): string[] {
    return this.#parts().flatMap((part) =>
      part.op === 'field' && part.field === field ? part.values.flatMap((test) => (test.is === 'equal' ? [test.value] : [])) : [],
    );
  }

  #choose(field: QueryFieldName, value: string, wanted: boolean): void {
    const parts = this.#parts();
    const own = parts.find((part) => part.op === 'field' && part.field === field) as Extract<Query, { op: 'field' }> | undefined;
    const kept = (own?.values ?? []).filter((test) => !(test.is === 'equal' && test.value === value));
    const values: readonly FieldTest[] = wanted ? [...kept, { is: 'equal', value }] : kept;
    const rest = parts.filter((part) => part !== own);
    const all: Query[] = values.length > 0 ? [...rest, { op: 'field', field, values }] : [...rest];
    const query = all.length > 1 ? { op: 'and' as const, of: all } : all[0];
    this.#rewrite({ ...this.#parsed, query });
  }
}

/** The date of disclosure; what stands in for it in small type, with what it is the date of. */
function dateOf(row: IncidentRow): HTMLElement {
  const listed = listDate(row);
  if (!listed) return note('undated');
  const time = document.createElement('time');
  for (const [index, word] of edtfWords(listed.date).split(' ').entries()) {
    const unbroken = document.createElement('span');
    unbroken.textContent = word;
    time.append(index > 0 ? ' ' : '', unbroken);
  }
  if (listed.event === 'disclosed') return time;
  const small = element('small', 'other-date');
  small.append(`${listed.event} `, time);
  return small;
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function note(text: string): HTMLElement {
  const made = element('span', 'absent');
  made.textContent = text;
  return made;
}
