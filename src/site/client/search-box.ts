import type { Found } from '../../search/search-index.ts';
import { loadScript } from './load-script.ts';
import type { SearchModule } from './search.ts';
import { fillResults } from './search-results.ts';

declare global {
  var threatpediaSearchModule: SearchModule | undefined;
}

const SHOWN = 12;

/**
 * Turns the search field into a combobox (WAI-ARIA APG): suggestions while typing, arrows and Enter, `/` to get there, Escape to leave. The
 * search code and its data load with the first focus. On the search page the results stand in the page as well.
 */
export function enhanceSearch(data: DOMStringMap): void {
  const input = document.querySelector<HTMLInputElement>('#q');
  const form = input?.form;
  if (!input || !form) return;
  const root = data.root ?? './';
  const hrefOf = (address: string) => `${root}${address}${data.plain ? 'index.html' : ''}`;
  const box = new SuggestionBox(input, ({ address }) => hrefOf(address));
  const load = async () => {
    await Promise.all([loadScript(data.search ?? ''), loadScript(data.searchData ?? '')]);
    return globalThis.threatpediaSearchModule;
  };
  const search = async (text: string) => {
    const asked = text.trim();
    if (asked.length < 2) {
      box.close();
      return;
    }
    const module = await load().catch(() => undefined);
    if (input.value.trim() !== asked) return;
    if (module) box.show(module.search(asked, SHOWN), asked);
    else box.say('Search could not be loaded.');
  };
  input.addEventListener('focus', () => void load().catch(() => undefined), { once: true });
  input.addEventListener('input', () => void search(input.value));
  form.addEventListener('submit', (event) => {
    const chosen = box.chosen();
    if (chosen) {
      event.preventDefault();
      location.assign(chosen);
    }
  });
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  const page = document.querySelector<HTMLElement>('[data-search-results]');
  if (page) void fillResults(page, input, load, hrefOf);
}

/** The list under the field. */
class SuggestionBox {
  readonly #input: HTMLInputElement;
  readonly #list = document.createElement('ul');
  readonly #hrefOf: (found: Found) => string;
  #hits: readonly Found[] = [];
  #active = -1;

  constructor(input: HTMLInputElement, hrefOf: (found: Found) => string) {
    this.#input = input;
    this.#hrefOf = hrefOf;
    this.#list.id = 'suggestions';
    this.#list.className = 'suggestions';
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute('aria-label', 'Suggestions');
    this.#list.hidden = true;
    input.form?.append(this.#list);
    for (const [name, value] of [
      ['role', 'combobox'],
      ['aria-autocomplete', 'list'],
      ['aria-expanded', 'false'],
      ['aria-controls', 'suggestions'],
    ] as const)
      input.setAttribute(name, value);
    input.addEventListener('keydown', (event) => this.#onKey(event));
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const index = event.target instanceof Element ? [...this.#list.children].indexOf(event.target.closest('li') ?? this.#list) : -1;
      const hit = this.#hits[index];
      if (hit) location.assign(this.#hrefOf(hit));
    });
  }

  show(hits: readonly Found[], asked: string): void {
    if (hits.length === 0) {
      this.say(`Nothing in the corpus matches “${asked}”.`);
      return;
    }
    this.#hits = hits;
    this.#active = -1;
    this.#list.replaceChildren(
      ...hits.map((hit, index) => {
        const item = document.createElement('li');
        item.id = `suggestion-${index}`;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.append(hit.label);
        const kind = document.createElement('small');
        kind.textContent = [hit.kind, hit.about || hit.detail].filter(Boolean).join(' · ');
        item.append(kind);
        return item;
      }),
    );
    this.#open();
  }

  say(text: string): void {
    this.#hits = [];
    this.#active = -1;
    const item = document.createElement('li');
    item.className = 'status';
    item.setAttribute('role', 'option');
    item.setAttribute('aria-disabled', 'true');
    item.textContent = text;
    this.#list.replaceChildren(item);
    this.#open();
  }

  close(): void {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#active = -1;
  }

  /** Address of the suggestion that Enter would open; undefined where none is marked. */
  chosen(): string | undefined {
    const hit = this.#list.hidden ? undefined : this.#hits[this.#active];
    return hit && this.#hrefOf(hit);
  }

  #open(): void {
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.close();
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || this.#list.hidden || this.#hits.length === 0) return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    this.#active = (this.#active + step + this.#hits.length + (this.#active < 0 && step < 0 ? 1 : 0)) % this.#hits.length;
    for (const [index, item] of [...this.#list.children].entries()) item.setAttribute('aria-selected', String(index === this.#active));
    this.#input.setAttribute('aria-activedescendant', `suggestion-${this.#active}`);
    this.#list.children[this.#active]?.scrollIntoView({ block: 'nearest' });
  }
}
