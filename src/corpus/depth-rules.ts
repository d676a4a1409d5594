import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import type { RuleFault } from './record-rules.ts';

type Field = keyof Incident;

/** Fields that must be said at each depth: filled, `none` or `unknown`; and how many entries a list needs where it is a list. */
const PROMISES: Record<Incident['depth'], readonly (readonly [Field, number])[]> = {
  indexed: [],
  structured: [
    ['firstObserved', 0],
    ['disclosed', 0],
    ['entryStage', 0],
    ['components', 1],
    ['distributionChannels', 1],
    ['path', 2],
  ],
  featured: [
    ['firstObserved', 0],
    ['firstPublicWarning', 0],
    ['disclosed', 0],
    ['contained', 0],
    ['impacts', 1],
    ['entryStage', 0],
    ['sourceArtifactDivergence', 0],
    ['executiveSummary', 2],
    ['timeline', 3],
    ['attackChain', 3],
    ['affectedEcosystem', 1],
    ['impact', 1],
    ['defensiveLessons', 2],
    ['detectionNotes', 3],
    ['openQuestions', 1],
    ['components', 1],
    ['organizations', 1],
    ['distributionChannels', 1],
    ['path', 4],
    ['attribution', 1],
    ['techniques', 1],
    ['slsaThreats', 1],
  ],
};

const REFERENCES = { indexed: 1, structured: 2, featured: 3 } as const;

/** What a record promises by its `depth` and does not hold. */
export function depthFaults(incident: Incident): RuleFault[] {
  const { depth } = incident;
  const faults: RuleFault[] = [];
  const missing = (message: string) =>
    faults.push({ code: 'depth-not-met', path: ['depth'], message: `depth "${depth}" promises ${message}` });
  for (const [field, least] of PROMISES[depth]) {
    const value = incident[field];
    if (value === undefined) missing(`\`${field}\`, which is absent`);
    else if (Array.isArray(value) && value.length < least) missing(`at least ${least} entries in \`${field}\`, which has ${value.length}`);
  }
  if (depth === 'indexed' && !['firstObserved', 'firstPublicWarning', 'disclosed'].some((field) => incident[field as Field])) {
    missing('a date: firstObserved, firstPublicWarning or disclosed');
  }
  if (
    depth !== 'indexed' &&
    itemsOf(incident.releases).length === 0 &&
    itemsOf(incident.windows).length === 0 &&
    incident.releases === undefined
  ) {
    missing('`releases` or `windows`, or an explicit `releases: { unknown: { why } }`');
  }
  if (incident.references.length < REFERENCES[depth] && !incident.singleReference) {
    missing(`at least ${REFERENCES[depth]} references, or a \`singleReference\` that says why there are fewer`);
  }
  return faults;
}
