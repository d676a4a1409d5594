import { daysBetween } from '../../base/edtf.ts';
import { edtfWords } from '../../base/edtf-words.ts';
import { formatCount } from '../../base/format-count.ts';
import type { QueryFieldName } from '../../query/fields.ts';
import type { IncidentRow } from '../../query/row.ts';
import type { AskData } from '../ask-page.tsx';
import type { CompareData, ComparedCites, ComparedIncident, ComparedName } from '../compare-page.tsx';

const DEFAULTS = ['SC-2020-SOLARWINDS-ORION', 'SC-2023-3CX-DESKTOPAPP'];

/** Rows of terms: what people read, the field, and the vocabulary that explains its values. */
const TERM_ROWS = [
  ['Vectors', 'vector', 'vector'],
  ['Entry stage', 'entry', 'entry-stage'],
  ['Impact', 'impact', 'impact'],
  ['Ecosystems', 'ecosystem', 'ecosystem'],
  ['Channels', 'channel', 'channel-kind'],
] as const;

const DATE_ROWS = [
  ['Earliest known activity', 'observed'],
  ['First public warning', 'warned'],
  ['Disclosed', 'disclosed'],
  ['Contained', 'contained'],
] as const;

document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector<HTMLFormElement>('form[data-compare]');
  const place = document.querySelector<HTMLElement>('[data-comparison]');
  const globals = globalThis as { threatpediaIncidents?: AskData; threatpediaCompared?: CompareData };
  if (form && place && globals.threatpediaIncidents && globals.threatpediaCompared)
    start(form, place, globals.threatpediaIncidents, globals.threatpediaCompared);
});

function start(form: HTMLFormElement, place: HTMLElement, data: AskData, compared: CompareData): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[list]')];
  const options = new Map(
    [...form.querySelectorAll('option')].map(({ value }) => [value.slice(value.lastIndexOf(' ') + 1), value] as const),
  );
  const rows = new Map(data.rows.map((row) => [row.id, row]));
  const site = new SiteLinks(form);
  let chosen: (string | undefined)[] = [];
  const show = (): void => {
    const found = chosen.flatMap((id) => (id === undefined ? [] : (rows.get(id) ?? [])));
    place.replaceChildren(...(found.length > 1 ? [comparison(found, site, data, compared)] : [note('Choose two incidents.')]));
  };
  const read = (): void => {
    const asked = new URLSearchParams(location.search).getAll('i').filter(Boolean);
    const ids = (asked.length > 0 ? asked : DEFAULTS).filter((id) => rows.has(id));
    const unknown = asked.filter((id) => !rows.has(id));
    chosen = inputs.map((_, index) => ids[index]);
    for (const [index, input] of inputs.entries()) {
      input.value = options.get(ids[index] ?? '') ?? '';
      input.removeAttribute('aria-invalid');
    }
    show();
    place.prepend(...unknown.slice(0, inputs.length).map(unknownId));
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.type === 'checkbox') {
      place.classList.toggle('only-differences', target.checked);
      return;
    }
    const index = inputs.indexOf(target);
    const id = idMeant(target.value, options);
    target.setAttribute('aria-invalid', String(id === undefined && target.value.trim() !== ''));
    if (id === undefined && target.value.trim() !== '') {
      place.replaceChildren(note('Choose an incident of the list: more than one, or none, fits what is typed.'));
      return;
    }
    chosen[index] = id;
    if (id !== undefined) target.value = options.get(id) ?? id;
    const url = new URL(location.href);
    url.searchParams.delete('i');
    for (const one of chosen) if (one !== undefined) url.searchParams.append('i', one);
    history.pushState(null, '', url);
    show();
  });
  addEventListener('popstate', read);
  form.hidden = false;
  read();
}

/** That the address asks for an incident that is not there. */
function unknownId(id: string): HTMLElement {
  const line = document.createElement('p');
  line.append(note(`No incident has the id “${id.length > 80 ? `${id.slice(0, 80)}…` : id}”.`));
  return line;
}

/** The incident that a text names: by its id, or as the only one whose title, year and id hold every word of it. */
function idMeant(text: string, options: ReadonlyMap<string, string>): string | undefined {
  const typed = text.trim();
  const last = typed.slice(typed.lastIndexOf(' ') + 1).toUpperCase();
  if (options.has(last)) return last;
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const [only, second] = [...options].filter(([, value]) => words.every((word) => value.toLowerCase().includes(word)));
  return second ? undefined : only?.[0];
}

/** Addresses of pages, seen from this one. */
class SiteLinks {
  readonly #root: string;
  readonly #leaf: string;

  constructor({ dataset }: HTMLFormElement) {
    this.#root = dataset.root ?? '';
    this.#leaf = dataset.leaf ?? '';
  }

  to([label, address]: ComparedName): Node | string {
    if (address === '') return label;
    const link = document.createElement('a');
    link.href = `${this.#root}${address}${this.#leaf}`;
    link.textContent = label;
    return link;
  }

  incident({ id }: IncidentRow): ComparedName {
    return [id, `incidents/${id.toLowerCase()}/`];
  }

  /** Numbers of references, which lead to the list on the incident’s page. */
  cites(row: IncidentRow, numbers: ComparedCites): Node[] {
    if (numbers.length === 0) return [];
    const cites = document.createElement('span');
    cites.className = 'cites';
    for (const number of numbers) {
      const link = document.createElement('a');
      link.className = 'cite';
      link.href = `${this.#root}${this.incident(row)[1]}${this.#leaf}#ref-${number}`;
      link.textContent = `[${number}]`;
      link.setAttribute('aria-label', `Reference ${number} of ${row.id}`);
      cites.append(link);
    }
    return [cites];
  }
}

type CellParts = readonly (Node | string)[];

function comparison(rows: readonly IncidentRow[], site: SiteLinks, data: AskData, compared: CompareData): HTMLElement {
  const table = document.createElement('table');
  const caption = table.createCaption();
  caption.className = 'hidden';
  caption.textContent = rows.map(({ title }) => title).join(' beside ');
  const head = table.createTHead().insertRow();
  head.append(headCell('What is compared', 'col'));
  for (const row of rows) {
    const cell = headCell('', 'col');
    cell.append(site.to([row.title, site.incident(row)[1]]));
    head.append(cell);
  }
  const body = table.createTBody();
  const of = ({ id }: IncidentRow): ComparedIncident | undefined => compared.incidents[id];
  /** Citations differ between any two records; what they support decides whether a row is the same. */
  const line = (name: string, cells: readonly CellParts[]): void => {
    const tr = body.insertRow();
    tr.append(headCell(name, 'row'));
    for (const [index, parts] of cells.entries()) {
      const cell = tr.insertCell();
      cell.dataset.of = rows[index]?.title ?? '';
      cell.append(...(parts.length > 0 ? parts : [note('no record')]));
    }
    if (new Set([...tr.cells].slice(1).map(textWithoutCites)).size === 1) tr.className = 'same';
  };

  for (const [at, [name, field]] of DATE_ROWS.entries())
    line(
      name,
      rows.map((row) => {
        const before = DATE_ROWS.slice(0, at).map(([, earlier]) => row[earlier]);
        const parts = dated(
          row[field],
          before.findLast((date) => date !== '' && date !== 'unknown'),
        );
        return parts.length > 0 ? [...parts, ...site.cites(row, of(row)?.dates[at] ?? [])] : parts;
      }),
    );
  for (const [name, field, vocabulary] of TERM_ROWS)
    line(
      name,
      rows.map((row) => {
        const items = row[field].map((value): CellParts => [termOf(data, site, field, vocabulary, value)]);
        return items.length > 0 ? [listOf(items)] : [];
      }),
    );
  line(
    'Artifact differs from source',
    rows.map(({ divergence }) =>
      divergence === '' ? [] : [divergence === 'unknown' ? note('unknown') : (data.labels.divergence?.[divergence] ?? divergence)],
    ),
  );
  for (const stage of compared.stages) {
    const hops = rows.map((row) => (of(row)?.hops ?? []).filter(([own]) => own === stage));
    if (hops.every(({ length }) => length === 0)) continue;
    line(
      `Path: ${stage.toLowerCase()}`,
      hops.map((own, index) =>
        own.length > 0
          ? [
              listOf(
                own.map(([, mark, state, name, cites]) => [
                  `${mark} `,
                  site.to(name),
                  ` (${state.toLowerCase()})`,
                  ...site.cites(rows[index] as IncidentRow, cites),
                ]),
              ),
            ]
          : [note('—')],
      ),
    );
  }
  line(
    'Claims about who did it',
    rows.map((row) => {
      const claims = (of(row)?.claims ?? []).map(
        ([target, relation, by, how, cites]): CellParts => [
          site.to(target),
          `: ${relation}, by `,
          site.to(by),
          `, ${how}`,
          ...site.cites(row, cites),
        ],
      );
      if (claims.length > 0) return [listOf(claims)];
      return row.actor.includes('unknown') ? [note('unknown')] : row.actor.includes('none') ? [note('none, by a source')] : [];
    }),
  );
  line(
    'Lessons',
    rows.map((row) => {
      const lessons = (of(row)?.lessons ?? []).map(([text, cites]): CellParts => [text, ...site.cites(row, cites)]);
      return lessons.length > 0 ? [listOf(lessons)] : [];
    }),
  );
  line(
    'Evidence',
    rows.map(({ references, origins }) => [
      `${references} references, at most ${origins} origins`,
      ...(origins > references ? [note(': documents that the cited ones repeat count, too')] : []),
    ]),
  );
  const frame = document.createElement('div');
  frame.className = 'table-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Comparison');
  frame.append(table);
  return frame;
}

function termOf(data: AskData, site: SiteLinks, field: QueryFieldName, vocabulary: string, value: string): Node | string {
  if (value === 'unknown') return note('unknown');
  return site.to([data.labels[field]?.[value] ?? value, `vocabulary/${vocabulary}/${value}/`]);
}

function textWithoutCites(cell: HTMLTableCellElement): string {
  const copy = cell.cloneNode(true) as HTMLElement;
  for (const cites of copy.querySelectorAll('.cites')) cites.remove();
  return [...copy.querySelectorAll('li')].map(({ textContent }) => textContent).join('|') || (copy.textContent ?? '');
}

/** A date, with the days since the one before it, as the incident’s page has them, where both are of a day. */
function dated(date: string, before: string | undefined): (Node | string)[] {
  if (date === '') return [];
  if (date === 'unknown') return [note('unknown')];
  const days = before === undefined ? undefined : daysBetween(before, date);
  return [
    edtfWords(date),
    ...(days !== undefined && days > 0 ? [note(` ${days === 1 ? '1 day' : `${formatCount(days)} days`} later`)] : []),
  ];
}

function listOf(items: readonly CellParts[]): HTMLElement {
  const list = document.createElement('ul');
  for (const parts of items) {
    const item = document.createElement('li');
    item.append(...parts);
    list.append(item);
  }
  return list;
}

function headCell(text: string, scope: 'col' | 'row'): HTMLTableCellElement {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}

function note(text: string): HTMLElement {
  const made = document.createElement('span');
  made.className = 'absent';
  made.textContent = text;
  return made;
}
