import { csvText } from '../../base/csv-text.ts';
import { defanged } from '../../base/defanged.ts';
import { observableColumns } from '../../export/observable-columns.ts';

/** Puts buttons above tables of observables and code blocks: copy as lines, copy as CSV. */
export function enhanceCopying(page: Document): void {
  for (const table of page.querySelectorAll<HTMLTableElement>('table.observables')) {
    const lines = (cells: string, change = (value: string, _: DOMStringMap) => value) =>
      [...table.querySelectorAll<HTMLElement>(cells)].map(({ dataset }) => change(dataset.value ?? '', dataset)).join('\n');
    const has = (cells: string) => table.querySelector(cells) !== null;
    const columns = observableColumns[table.dataset.copy === 'files' ? 'files' : 'indicators'];
    const bar = copyBar(page, [
      { label: 'Copy values', text: () => lines('code[data-value]') },
      ...(has('[data-csv="sha256"]') ? [{ label: 'Copy SHA-256', text: () => lines('[data-csv="sha256"]') }] : []),
      ...(has('[data-network]')
        ? [
            {
              label: 'Copy defanged',
              text: () => lines('code[data-value]', (value, { network }) => (network === undefined ? value : defanged(value))),
            },
          ]
        : []),
      { label: 'Copy as CSV', text: () => csvText([columns, ...rowsOf(table, columns)]) },
    ]);
    if (has('[data-network]')) bar.prepend(defangSwitch(table));
    (table.closest('.table-frame') ?? table).before(bar);
  }
  for (const block of page.querySelectorAll<HTMLElement>('pre.query')) block.before(copyBarOf(block));
}

/** A switch that shows addresses so that no program makes links of them, for those who mark and copy what they see. */
function defangSwitch(table: HTMLTableElement): HTMLButtonElement {
  const shown = [...table.querySelectorAll<HTMLElement>('[data-network]')].map((cell) => ({ cell, whole: [...cell.childNodes] }));
  const button = table.ownerDocument.createElement('button');
  button.type = 'button';
  button.textContent = 'Show defanged';
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => {
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isOn));
    for (const { cell, whole } of shown) cell.replaceChildren(...(isOn ? [defanged(cell.dataset.value ?? '')] : whole));
  });
  return button;
}

/** A button that copies the text of a block. */
export function copyBarOf(block: HTMLElement): HTMLElement {
  return copyBar(block.ownerDocument, [{ label: 'Copy', text: () => block.textContent ?? '' }]);
}

function copyBar(page: Document, actions: readonly { label: string; text: () => string }[]): HTMLElement {
  const bar = page.createElement('div');
  bar.className = 'copy-bar';
  const said = page.createElement('span');
  said.setAttribute('role', 'status');
  for (const { label, text } of actions) {
    const button = page.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', async () => {
      said.textContent = await copy(text()).then(
        () => 'Copied',
        () => 'The browser refused to copy',
      );
    });
    bar.append(button);
  }
  bar.append(said);
  return bar;
}

async function copy(text: string): Promise<void> {
  if (!navigator.clipboard) throw new Error('no clipboard');
  await navigator.clipboard.writeText(text);
}

/** What the rows of a table say, by column: the CSV file beside the page says the same, which no script can read from disk. */
function rowsOf(table: HTMLTableElement, columns: readonly string[]): (string | undefined)[][] {
  return [...(table.tBodies[0]?.rows ?? [])].map((row) => {
    const cells = new Map<string | undefined, string>(
      [...row.querySelectorAll<HTMLElement>('[data-csv]')].map((cell) => [cell.dataset.csv, cell.dataset.value ?? textOf(cell)]),
    );
    const urls = [...row.querySelectorAll<HTMLAnchorElement>('a.cite')].flatMap(
      ({ hash }) => table.ownerDocument.querySelector(`${hash} > a`)?.getAttribute('href') ?? [],
    );
    cells.set('source_urls', [...new Set(urls)].join(' '));
    return columns.map((column) => cells.get(column));
  });
}

/** A text without the places at which it may break. */
function textOf(cell: HTMLElement): string {
  return (cell.textContent ?? '').replaceAll('\u200b', '');
}
