import type { Graph } from '../graph/graph.ts';
import { otherEntries, searchEntry, searchKinds } from '../search/search-entries.ts';
import { dataScript } from './data-script.ts';

/** The search data as a script that sets one global. */
export function searchData(graph: Graph): Generator<string> {
  function* entries() {
    for (const node of graph.nodes.values()) yield searchEntry(node);
    yield* otherEntries();
  }
  return dataScript('threatpediaSearch', { kinds: searchKinds, entries: entries() });
}
