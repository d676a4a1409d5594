import type { Graph } from '../graph/graph.ts';
import { recordsOf } from '../graph/graph.ts';
import { referencesOf } from '../schema/claims.ts';
import { corpusEntries } from './corpus-knowledge.ts';
import { indexPieces } from './index/write-index.ts';

/** The index of a corpus, in pieces: what `check` looks in without any set-up. Its age is that of the newest document that an incident cites. */
export function corpusIndexPieces(graph: Graph): Generator<Uint8Array> {
  const incidents = recordsOf(graph, 'incident');
  const dates = incidents.flatMap((record) =>
    referencesOf(record).flatMap(({ published }) => published?.match(/^\d{4}-\d{2}-\d{2}/)?.[0] ?? []),
  );
  const newest = dates.sort().at(-1);
  const entries = corpusEntries(graph).map(({ key, value }) => ({ key, json: JSON.stringify(value) }));
  return indexPieces(entries, [{ name: 'corpus', records: incidents.length, ...(newest ? { newest } : {}) }]);
}
