import { type Graph, recordsOf } from '../graph/graph.ts';
import { cascades } from './cascades.ts';
import { attributionStates, entryStages, sourceArtifactDivergence } from './classifications.ts';
import { dwellTimes, timeToDisclosure } from './disclosure.ts';
import { evidenceOrigins } from './evidence-origins.ts';
import { sampleOf } from './sample.ts';
import { vectorFrequency, vectorsByYear } from './vectors.ts';

/** Everything that is measured over the corpus, in the order in which people see it. */
export function measuresOf(graph: Graph) {
  const records = recordsOf(graph, 'incident');
  const incidents = records.map(({ data }) => data);
  return {
    sample: sampleOf(incidents),
    vectorsByYear: vectorsByYear(incidents),
    vectorFrequency: vectorFrequency(incidents),
    timeToDisclosure: timeToDisclosure(incidents),
    dwellTimes: dwellTimes(incidents),
    entryStages: entryStages(incidents),
    sourceArtifactDivergence: sourceArtifactDivergence(incidents),
    attributionStates: attributionStates(incidents),
    evidenceOrigins: evidenceOrigins(records),
    cascades: cascades(graph),
  };
}

export type CorpusMeasures = ReturnType<typeof measuresOf>;
