import type { SearchData } from '../../search/search-entries.ts';
import { type Found, SearchIndex } from '../../search/search-index.ts';

/** What the search script offers to the page. */
export interface SearchModule {
  search(text: string, limit: number): readonly Found[];
}

declare global {
  var threatpediaSearch: SearchData | undefined;
}

let index: SearchIndex | undefined;

const searchModule: SearchModule = {
  search(text, limit) {
    const data = globalThis.threatpediaSearch;
    if (!data) return [];
    index ??= new SearchIndex(data);
    return index.search(text, limit).found;
  },
};

globalThis.threatpediaSearchModule = searchModule;
