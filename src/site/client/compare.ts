import { daysBetween, isEdtfFault, parseEdtf } from '../../base/edtf.ts';
import { edtfWords } from '../../base/edtf-words.ts';
import type { QueryFieldName } from '../../query/fields.ts';
import type { IncidentRow } from '../../query/row.ts';
import type { AskData } from '../ask-page.tsx';
import type { CompareData } from '../compare-page.tsx';

const DEFAULTS = ['SC-2020-SOLARWINDS-ORION', 'SC-2023-3CX-DESKTOPAPP'];

document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector<HTMLFormElement>('form[data-compare]');
  const place = document.querySelector<HTMLElement>('[data-comparison]');
  const globals = globalThis as { threatpediaIncidents?: AskData; threatpediaCompared?: CompareData };
  if (form && place && globals.threatpediaIncidents && globals.threatpediaCompared)
    start(form, place, globals.threatpediaIncidents, globals.threatpediaCompared);
});

function start(form: HTMLFormElement, place: HTMLElement, data: AskData, compared: CompareData): void {
  const selects = [...form.querySelectorAll('select')];
  const rows = new Map(data.rows.map((row) => [row.id, row]));
  const show = (): void => {
    const chosen = selects.flatMap(({ value }) => rows.get(value) ?? []);
    place.replaceChildren(...(chosen.length > 1 ? [comparison(chosen, form, data, compared)] : [note('Choose two incidents.')]));
  };
  const read = (): void => {
    const asked = new URLSearchParams(location.search).getAll('i').filter((id) => rows.has(id));
    const ids = asked.length > 0 ? asked : DEFAULTS.filter((id) => rows.has(id));
    for (const [index, select] of selects.entries()) select.value = ids[index] ?? '';
    show();
  };
  form.addEventListener('change', () => {
    const url = new URL(location.href);
    url.searchParams.delete('i');
    for (const { value } of selects) if (value) url.searchParams.append('i', value);
    history.pushState(null, '', url);
    show();
  });
  addEventListener('popstate', read);
  form.hidden = false;
  read();
}

function comparison(rows: readonly IncidentRow[], form: HTMLFormElement, data: AskData, compared: CompareData): HTMLElement {
  const table = document.createElement('table');
  const caption = table.createCaption();
  caption.className = 'hidden';
  caption.textContent = rows.map(({ title }) => title).join(' beside ');
  const head = table.createTHead().insertRow();
  head.append(headCell('What is compared', 'col'));
  for (const row of rows) {
    const cell = headCell('', 'col');
    const link = document.createElement('a');
    link.href = `${form.dataset.incidents}${row.id.toLowerCase()}/${form.dataset.leaf}`;
    link.textContent = row.title;
    cell.append(link);
    head.append(cell);
  }
  const body = table.createTBody();
  const line = (name: string, cells: readonly (Node | string)[][]): void => {
    const tr = body.insertRow();
    tr.append(headCell(name, 'row'));
    const texts = cells.map((cell) => cell.map((part) => (typeof part === 'string' ? part : (part.textContent ?? ''))).join('|'));
    if (new Set(texts).size === 1) tr.className = 'same';
    for (const cell of cells) tr.insertCell().append(...(cell.length > 0 ? cell : [note('no record')]));
  };
  const label = (field: QueryFieldName, value: string) => data.labels[field]?.[value] ?? value;
  const terms = (field: QueryFieldName, of: (row: IncidentRow) => readonly string[]) =>
    rows.map((row) => (of(row).length > 0 ? [listOf(of(row).map((value) => label(field, value)))] : []));

  for (const [name, of] of [
    ['First observed', (row: IncidentRow) => row.observed],
    ['First public warning', (row: IncidentRow) => row.warned],
    ['Disclosed', (row: IncidentRow) => row.disclosed],
    ['Contained', (row: IncidentRow) => row.contained],
  ] as const) {
    line(
      name,
      rows.map((row) => dated(of(row), row.observed, name)),
    );
  }
  line(
    'Vectors',
    terms('vector', ({ vector }) => vector),
  );
  line(
    'Entry stage',
    terms('entry', ({ entry }) => entry),
  );
  line(
    'Impact',
    terms('impact', ({ impact }) => impact),
  );
  line(
    'Ecosystems',
    terms('ecosystem', ({ ecosystem }) => ecosystem),
  );
  line(
    'Channels',
    terms('channel', ({ channel }) => channel),
  );
  line(
    'Artifact differs from source',
    terms('divergence', ({ divergence }) => [divergence]),
  );
  for (const stage of compared.stages) {
    const hops = rows.map((row) => (compared.incidents[row.id]?.hops ?? []).filter(([own]) => own === stage));
    if (hops.every(({ length }) => length === 0)) continue;
    line(
      `Path: ${stage.toLowerCase()}`,
      hops.map((own) =>
        own.length > 0 ? [listOf(own.map(([, mark, state, title]) => `${mark} ${title} (${state.toLowerCase()})`))] : [note('—')],
      ),
    );
  }
  line(
    'Claims about who did it',
    rows.map((row) => {
      const claims = compared.incidents[row.id]?.claims ?? [];
      return claims.length > 0 ? [listOf(claims)] : row.actor.includes('unknown') ? [note('unknown')] : [];
    }),
  );
  line(
    'Lessons',
    rows.map((row) => {
      const lessons = compared.incidents[row.id]?.lessons ?? [];
      return lessons.length > 0 ? [listOf(lessons)] : [];
    }),
  );
  line(
    'Evidence',
    rows.map((row) => [`${row.references} references, at most ${row.origins} origins`]),
  );
  const frame = document.createElement('div');
  frame.className = 'table-frame';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Comparison');
  frame.append(table);
  return frame;
}

/** A date, with the days since the first activity behind it where both are of a day. */
function dated(date: string, observed: string, name: string): (Node | string)[] {
  if (date === '') return [];
  if (date === 'unknown') return [note('unknown')];
  const known = (text: string) => text !== '' && text !== 'unknown' && !isEdtfFault(parseEdtf(text));
  const days = name !== 'First observed' && known(observed) ? daysBetween(observed, date) : undefined;
  return [edtfWords(date), ...(days !== undefined && days >= 0 ? [note(` +${days === 1 ? '1 day' : `${days} days`}`)] : [])];
}

function listOf(texts: readonly string[]): HTMLElement {
  const list = document.createElement('ul');
  list.append(
    ...texts.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }),
  );
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
