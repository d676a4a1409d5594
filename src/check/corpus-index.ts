import type { Graph } from '../graph/graph.ts';
import { recordsOf } from '../graph/graph.ts';
import { referencesOf } from '../schema/claims.ts';
import { corpusEntries } from './corpus-knowledge.ts';
import { CORPUS_SOURCE, type IndexSource } from './index/index-format.ts';
import { IndexEntries } from './index/write-index.ts';

/** The index of a corpus, in pieces: what `check` looks in without any set-up. */
export function corpusIndexPieces(graph: Graph): Generator<Uint8Array> {
  const entries = new IndexEntries();
  for (const { key, value } of corpusEntries(graph)) entries.add(key, JSON.stringify(value));
  return entries.pieces([corpusSource(graph)]);
}

/** A corpus as a source of knowledge: its incidents, and as its age the newest document that one cites. */
export function corpusSource(graph: Graph): IndexSource {
  const incidents = recordsOf(graph, 'incident');
  const dates = incidents.flatMap((record) =>
    referencesOf(record).flatMap(({ published }) => published?.match(/^\d{4}-\d{2}-\d{2}/)?.[0] ?? []),
  );
  const newest = dates.sort().at(-1);
  return { name: CORPUS_SOURCE, records: incidents.length, ...(newest ? { newest } : {}) };
}
