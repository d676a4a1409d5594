import MiniSearch from 'minisearch';
import type { SearchData } from '../search-data.ts';

/** A hit, as the page shows it. */
export interface Found {
  readonly label: string;
  readonly kind: string;
  /** Why it was found, where the label does not show it: a key, an alias. */
  readonly detail: string;
  /** Relative to the site's root. */
  readonly address: string;
}

/** What the search script offers to the page. */
export interface SearchModule {
  search(text: string, limit: number): Found[];
}

declare global {
  var threatpediaSearch: SearchData | undefined;
}

/** Kinds that people mostly look for come first among equals. */
const KIND_WEIGHT = [4, 3, 3, 3, 2.4, 2.2, 1.2, 1.6, 1.6, 1.6, 1.6, 2, 1.8, 1, 1.2, 1.6, 1.4, 0.9];

let index: MiniSearch | undefined;

function buildIndex(data: SearchData): MiniSearch {
  const made = new MiniSearch({
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
      fuzzy: (term) => (term.length > 4 && !/^[0-9a-f]{8,}$/.test(term) && !/^[\d.]+$/.test(term) ? 0.2 : false),
      combineWith: 'AND',
      boostDocument: (id) => KIND_WEIGHT[data.entries[Number(id)]?.[1] ?? 0] ?? 1,
    },
  });
  made.addAll(data.entries.map(([label, , , words], id) => ({ id, label, words })));
  return made;
}

const searchModule: SearchModule = {
  search(text, limit) {
    const data = globalThis.threatpediaSearch;
    if (!data) return [];
    index ??= buildIndex(data);
    return index
      .search(refang(text))
      .slice(0, limit)
      .flatMap(({ id }) => {
        const entry = data.entries[Number(id)];
        if (!entry) return [];
        const [label, kind, address, words] = entry;
        return [{ label, kind: data.kinds[kind] ?? '', detail: words.length > 90 ? `${words.slice(0, 88)}…` : words, address }];
      });
  },
};

/** Domains and addresses are often pasted as `evil[.]com` or `hxxp://`. */
function refang(text: string): string {
  return text
    .replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replace(/^hxxp/i, 'http')
    .slice(0, 200);
}

globalThis.threatpediaSearchModule = searchModule;
