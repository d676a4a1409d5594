import type { Found } from '../../search/search-index.ts';
import type { SearchModule } from './search.ts';

/** Hits that are looked at; of more the page says that these are the first. */
const MOST = 500;
/** Title of the kind of which there is most and which people look for least. */
const SOURCES = 'Source';

/**
 * The results on the search page, for what its address asks (`?q=`): things first, documents behind a line that opens, and a button for each kind. `hrefOf` makes links
 * from addresses relative to the site's root.
 */
export async function fillResults(
  page: HTMLElement,
  input: HTMLInputElement,
  load: () => Promise<SearchModule | undefined>,
  hrefOf: (address: string) => string,
): Promise<void> {
  const asked = new URLSearchParams(location.search).get('q')?.trim() ?? '';
  input.value = asked;
  if (asked === '') {
    page.textContent = 'Type a name, version, hash or domain above.';
    return;
  }
  const module = await load().catch(() => undefined);
  const status = element('p', module ? '' : 'Search could not be loaded.');
  status.setAttribute('role', 'status');
  page.replaceChildren(status);
  if (!module) return;
  const found = module.search(asked, MOST);
  if (found.length === 0) {
    const check = element('a', 'run the check');
    check.href = hrefOf('check/');
    status.append(`No record for “${asked}”. That does not mean it is safe: `, check, '.');
    return;
  }
  const counts = new Map<string, number>();
  for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const total = `${found.length === MOST ? `The first ${MOST}` : found.length} ${found.length === 1 ? 'result' : 'results'} for “${asked}”`;
  const shown = element('div', '');
  const buttons = element('div', '');
  buttons.className = 'result-kinds';
  buttons.setAttribute('role', 'group');
  buttons.setAttribute('aria-label', 'Kind of result');
  const choose = (kind: string | undefined, button: HTMLButtonElement): void => {
    for (const other of buttons.children) other.setAttribute('aria-pressed', String(other === button));
    status.textContent = kind === undefined ? `${total}.` : `${total}, of which ${counts.get(kind)} shown: ${kind.toLowerCase()}.`;
    shown.replaceChildren(...listsOf(found, kind, hrefOf));
  };
  const add = (text: string, kind: string | undefined): HTMLButtonElement => {
    const button = element('button', text);
    button.type = 'button';
    button.addEventListener('click', () => choose(kind, button));
    buttons.append(button);
    return button;
  };
  const all = add(`All ${found.length}`, undefined);
  for (const [kind, count] of counts) add(`${kind} ${count}`, kind);
  buttons.hidden = counts.size === 1;
  page.append(buttons, shown);
  choose(undefined, all);
}

function listsOf(found: readonly Found[], kind: string | undefined, hrefOf: (address: string) => string): HTMLElement[] {
  if (kind !== undefined)
    return [
      listOf(
        found.filter((hit) => hit.kind === kind),
        hrefOf,
      ),
    ];
  const sources = found.filter((hit) => hit.kind === SOURCES);
  const things = found.filter((hit) => hit.kind !== SOURCES);
  if (sources.length === 0) return [listOf(things, hrefOf)];
  const behind = document.createElement('details');
  behind.open = things.length === 0;
  behind.append(
    element('summary', sources.length === 1 ? '1 source document' : `${sources.length} source documents`),
    listOf(sources, hrefOf),
  );
  return [listOf(things, hrefOf), behind];
}

function listOf(hits: readonly Found[], hrefOf: (address: string) => string): HTMLOListElement {
  const list = document.createElement('ol');
  list.className = 'results';
  for (const { label, kind, about, address } of hits) {
    const item = document.createElement('li');
    const link = element('a', label);
    link.href = hrefOf(address);
    item.append(link, element('small', [kind, about].filter(Boolean).join(' · ')));
    list.append(item);
  }
  return list;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
