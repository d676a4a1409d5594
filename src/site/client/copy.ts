import { defanged } from '../../base/defanged.ts';

/** Puts buttons above tables of observables and code blocks: copy as lines, copy as CSV. */
export function enhanceCopying(page: Document): void {
  for (const table of page.querySelectorAll<HTMLTableElement>('table.observables')) {
    const cells = () => [...table.querySelectorAll<HTMLElement>('[data-value]')];
    const values = (change = (value: string, _: DOMStringMap) => value) =>
      cells()
        .map(({ dataset }) => change(dataset.value ?? '', dataset))
        .join('\n');
    const network = table.querySelector('[data-network]') !== null;
    const bar = copyBar(page, [
      { label: 'Copy values', text: () => values() },
      ...(network
        ? [{ label: 'Copy defanged', text: () => values((value, { network }) => (network === undefined ? value : defanged(value))) }]
        : []),
      { label: 'Copy as CSV', text: () => toCsv(table) },
    ]);
    (table.closest('.table-frame') ?? table).before(bar);
  }
  for (const block of page.querySelectorAll<HTMLElement>('pre.query')) block.before(copyBarOf(block));
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

/** The table as CSV (RFC 4180): digests and values whole; a cell that a spreadsheet would run as a formula gets an apostrophe. */
export function toCsv(table: HTMLTableElement): string {
  return [...table.rows]
    .map((row) =>
      [...row.cells]
        .map((cell) => {
          const values = [...cell.querySelectorAll<HTMLElement>('[data-value]')].map((element) => element.dataset.value ?? '');
          const text = (values.length > 0 ? values.join(' ') : (cell.textContent ?? '')).replace(/[\u200b\u2060]/g, '').trim();
          const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
          return /[",\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
        })
        .join(','),
    )
    .join('\r\n');
}
