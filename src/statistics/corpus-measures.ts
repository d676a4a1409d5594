import type { IncidentRecord } from '../schema/record.ts';
import { cascades } from './cascades.ts';
import { attributionStates, entryStages, sourceArtifactDivergence } from './classifications.ts';
import { dwellTimes, timeToDisclosure } from './disclosure.ts';
import { evidenceOrigins } from './evidence-origins.ts';
import type { Group } from './measure.ts';
import { vectorFrequency, vectorsByYear } from './vectors.ts';

/** Everything that is measured over incidents, in the order in which people see it. `named`: the vectors with a colour of their own. */
export function measuresOf(records: readonly IncidentRecord[], named?: readonly Group[]) {
  const incidents = records.map(({ data }) => data);
  return {
    vectorsByYear: vectorsByYear(incidents, named),
    vectorFrequency: vectorFrequency(incidents),
    timeToDisclosure: timeToDisclosure(incidents),
    dwellTimes: dwellTimes(incidents),
    entryStages: entryStages(incidents),
    sourceArtifactDivergence: sourceArtifactDivergence(incidents),
    attributionStates: attributionStates(incidents),
    evidenceOrigins: evidenceOrigins(records),
    cascades: cascades(incidents),
  };
}

export type CorpusMeasures = ReturnType<typeof measuresOf>;
