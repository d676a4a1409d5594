import MiniSearch from 'minisearch';
import type { SearchData } from './search-entries.ts';

/** A hit. */
export interface Found {
  readonly label: string;
  /** Title of its kind. */
  readonly kind: string;
  /** Why it was found, where the label does not show it: a key, an alias. */
  readonly detail: string;
  /** What tells it from others of its kind: an id, a date, the incidents that name it. */
  readonly about: string;
  /** Relative to the site's root. */
  readonly address: string;
}

/** Kinds that people mostly look for come first among equals. */
const KIND_WEIGHT = [4, 3, 3, 3, 2.4, 2.2, 1.2, 1.6, 1.6, 1.6, 1.6, 2, 1.8, 1, 1.2, 1.6, 1.4, 0.9, 2, 1.4];
const MAX_LENGTH = 200;

/** Finds by the beginnings of words, with typos in longer ones but for what holds digits: an identifier is right or another one. Every word must be found. */
export class SearchIndex {
  readonly #data: SearchData;
  readonly #index: MiniSearch;

  constructor(data: SearchData) {
    this.#data = data;
    this.#index = new MiniSearch({
      fields: ['label', 'words'],
      tokenize: (text) =>
        text
          .toLowerCase()
          .split(/[\s/:,;()"'“”@]+/)
          .flatMap((word) => (/[-._]/.test(word) ? [word, ...word.split(/[-._]+/)] : [word]))
          .filter(Boolean),
      searchOptions: {
        boost: { label: 2 },
        prefix: true,
        fuzzy: (term) => (term.length > 4 && !/\d|^[a-f]{8,}$/.test(term) ? 0.2 : false),
        combineWith: 'AND',
        boostDocument: (id) => KIND_WEIGHT[data.entries[Number(id)]?.[1] ?? 0] ?? 1,
      },
    });
    this.#index.addAll(data.entries.map(([label, , , words], id) => ({ id, label, words })));
  }

  /** The best hits for a text, of which the first 200 characters count. `total` of them there are. */
  search(text: string, limit: number): { readonly total: number; readonly found: readonly Found[] } {
    const hits = this.#index.search(refang(text));
    const found = hits.slice(0, limit).flatMap(({ id }) => {
      const entry = this.#data.entries[Number(id)];
      if (!entry) return [];
      const [label, kind, address, words, about = ''] = entry;
      const detail = words.length > 90 ? `${words.slice(0, 88)}…` : words;
      return [{ label, kind: this.#data.kinds[kind] ?? '', detail, about, address }];
    });
    return { total: hits.length, found };
  }
}

/** Domains and addresses are often pasted as `evil[.]com` or `hxxp://`. */
function refang(text: string): string {
  return text
    .replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replace(/^hxxp/i, 'http')
    .slice(0, MAX_LENGTH);
}
