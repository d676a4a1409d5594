import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCorpus } from '../src/corpus/read-corpus.ts';
import { stix, stixCore } from '../src/export/stix/stix.ts';
import { buildGraph } from '../src/graph/build-graph.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { writeSyntheticCorpus } from './synthetic-corpus.ts';

/** STIX exports of growing corpora, without reading them: seconds for each profile (best of three), objects, size. Sizes as arguments; default 2,000 and 8,000 records. */
export async function main(root: string, args: readonly string[]): Promise<void> {
  const sizes = args.length > 0 ? args.map(Number) : [2_000, 8_000];
  for (const size of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'threatpedia-bench-'));
    const { files } = await writeSyntheticCorpus(join(root, 'corpus'), folder, size);
    const { records } = await readCorpus(folder);
    const graph = buildGraph(records);
    const selection = { graph, incidents: recordsOf(graph, 'incident'), site: 'https://example.org/', version: '0.0.0' };
    for (const format of [stix, stixCore]) {
      let best = Number.POSITIVE_INFINITY;
      let text = '';
      for (let run = 0; run < 3; run++) {
        const start = performance.now();
        text = [...format.render(selection)].join('');
        best = Math.min(best, performance.now() - start);
      }
      const objects = text.split('\n').length - 3;
      console.log(
        `${files} records  ${format.id.padEnd(9)}  ${(best / 1000).toFixed(2)} s  ${objects} objects  ${(text.length / 1e6).toFixed(1)} MB`,
      );
    }
    await rm(folder, { recursive: true, force: true });
  }
}
