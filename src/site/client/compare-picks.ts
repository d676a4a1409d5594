import type { IncidentRow } from '../../query/row.ts';

/** So many incidents stand side by side at most. */
const MOST = 3;

/** The incidents that are ticked to stand side by side; they stay ticked while the list changes. */
export class ComparePicks {
  readonly #link: HTMLAnchorElement;
  readonly #table: HTMLTableElement;
  readonly #ids = new Set<string>();

  /** `link` leads to the comparison, and shows once there is something to compare. */
  constructor(link: HTMLAnchorElement, table: HTMLTableElement) {
    this.#link = link;
    this.#table = table;
  }

  /** The box of a row. */
  boxOf({ id, title }: IncidentRow): HTMLElement {
    const label = document.createElement('label');
    label.className = 'pick';
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.dataset.pick = id;
    box.setAttribute('aria-label', `Compare ${title}`);
    box.checked = this.#ids.has(id);
    box.disabled = this.#ids.size === MOST && !box.checked;
    box.addEventListener('change', () => {
      if (box.checked) this.#ids.add(id);
      else this.#ids.delete(id);
      this.#show();
    });
    label.append(box, ' Compare');
    return label;
  }

  #show(): void {
    const ids = [...this.#ids];
    this.#link.hidden = ids.length === 0;
    this.#link.textContent = ids.length === 1 ? 'Compare with another' : `Compare ${ids.length} incidents`;
    this.#link.search = new URLSearchParams(ids.map((id) => ['i', id])).toString();
    for (const box of this.#table.querySelectorAll<HTMLInputElement>('[data-pick]')) box.disabled = ids.length === MOST && !box.checked;
  }
}
