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
  for (const block of page.querySelectorAll<HTMLElement>('pre.query')) {
    block.before(copyBar(page, [{ label: 'Copy', text: () => block.textContent ?? '' }]));
  }
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

/** An observable that no program makes a link of: `hxxps://example[.]org/a.js`. Digests and paths stay as they are. */
export function defanged(value: string): string {
  const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)?([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)([:/?#].*)?$/.exec(value) ?? [];
  return host ? `${scheme.replace('http', 'hxxp')}${host.replaceAll('.', '[.]')}${rest}` : value;
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
