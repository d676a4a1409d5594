import { scriptSafeJson } from '../base/canonical-json.ts';
import type { Graph } from '../graph/graph.ts';
import { searchEntry, searchKinds } from '../search/search-entries.ts';

/** The search data as a classic script that sets one global: it loads from a server under the strictest policy and from plain files alike, in pieces. */
export function* searchData(graph: Graph): Generator<string> {
  yield `globalThis.threatpediaSearch={"kinds":${scriptSafeJson(searchKinds)},"entries":[`;
  let before = '';
  for (const node of graph.nodes.values()) {
    yield `${before}${scriptSafeJson(searchEntry(node))}`;
    before = ',';
  }
  yield ']};\n';
}
