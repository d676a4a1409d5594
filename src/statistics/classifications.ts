import type { Incident } from '../schema/incident.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import {
  BEYOND_INDEXED,
  type Crosstab,
  type CrosstabMeasure,
  crosstabOf,
  crosstabTable,
  depthGroups,
  depthQuery,
  type Group,
  mostFirst,
  ofDepths,
  termGroups,
} from './measure.ts';

const UNKNOWN: Group = { key: 'unknown', label: 'Unknown' };
const NOT_RECORDED: Group = { key: 'not-recorded', label: 'Not recorded' };

/** Where the attacker first gained influence, by ecosystem. */
export function entryStages(incidents: readonly Incident[]): CrosstabMeasure {
  const looked = ofDepths(incidents, BEYOND_INDEXED);
  const crosstab = crosstabOf(looked, {
    rowTitle: 'Ecosystem',
    rows: mostFirst(looked, termGroups(ecosystem, 'ecosystem'), ({ ecosystems }) => ecosystems).map((group) => ({
      ...group,
      query: `${group.query} ${depthQuery(BEYOND_INDEXED)}`,
    })),
    series: [...termGroups(entryStage, 'entry'), { ...UNKNOWN, query: 'entry:unknown' }, { ...NOT_RECORDED, query: 'entry:absent' }],
    rowsOf: ({ ecosystems }) => ecosystems,
    seriesOf: (incident) => [
      typeof incident.entryStage === 'string' ? incident.entryStage : (incident.entryStage ? UNKNOWN : NOT_RECORDED).key,
    ],
  });
  return {
    id: 'entry-stage',
    title: 'Where attackers came in, by ecosystem',
    unit: 'Incidents by entry stage; the stronger the shade, the more',
    definition:
      'The entry stage is the earliest place on the path from source to user at which sources establish that the attacker gained influence. An incident that ran through two ecosystems counts in both rows.',
    unknowns: '“Unknown” means that the sources were looked at and leave the stage open; “not recorded” that the record says nothing.',
    depths: BEYOND_INDEXED,
    incidents: looked.length,
    crosstab,
    table: crosstabTable(crosstab),
  };
}

/** Whether what was distributed differs from the source. */
export function sourceArtifactDivergence(incidents: readonly Incident[]): CrosstabMeasure {
  const looked = ofDepths(incidents, BEYOND_INDEXED);
  const crosstab = byDepth(
    looked,
    [
      { key: 'yes', label: 'Differs', query: 'divergence:yes' },
      { key: 'no', label: 'Does not differ', query: 'divergence:no' },
      { ...UNKNOWN, query: 'divergence:unknown' },
      { ...NOT_RECORDED, query: 'divergence:absent' },
    ],
    (incident) => incident.sourceArtifactDivergence?.value ?? NOT_RECORDED.key,
  );
  return {
    id: 'source-artifact-divergence',
    title: 'What was distributed, against its source',
    unit: 'Share of incidents',
    definition:
      'Whether the distributed artifact differs from the published or internal source from which it is said to be made. “Does not differ” means that what was distributed is what its source says.',
    unknowns: shareSentence(crosstab, 'yes', 'The artifact differs from its source'),
    depths: BEYOND_INDEXED,
    incidents: looked.length,
    crosstab,
    table: crosstabTable(crosstab),
  };
}

/** What the ledgers of attribution hold. */
export function attributionStates(incidents: readonly Incident[]): CrosstabMeasure {
  const looked = ofDepths(incidents, BEYOND_INDEXED);
  const crosstab = byDepth(
    looked,
    [
      { key: 'claimed', label: 'Claimed' },
      { key: 'disputed', label: 'Disputed' },
      { key: 'tie-only', label: 'Only a tie is claimed' },
      { key: 'none', label: 'None', query: 'actor:none' },
      { ...UNKNOWN, query: 'actor:unknown' },
      NOT_RECORDED,
    ],
    attributionState,
  );
  return {
    id: 'attribution',
    title: 'Whether anyone says who did it',
    unit: 'Share of incidents',
    definition:
      '“Claimed”: at least one organization attributes the incident to a cluster, group or campaign, whatever its confidence. “Disputed”: one of the claimants denies a tie that another claims. “Only a tie”: claimants see relations or overlaps and attribute nothing. “None”: sources say that there is no attribution. A claim is a claim, not a finding of ours.',
    unknowns: '“Unknown” means that the sources were looked at and name nobody; “not recorded” that the record says nothing.',
    depths: BEYOND_INDEXED,
    incidents: looked.length,
    crosstab,
    table: crosstabTable(crosstab),
  };
}

/** How the attribution ledger of an incident stands. */
export function attributionState({ attribution }: Incident): string {
  if (attribution === undefined) return NOT_RECORDED.key;
  if ('unknown' in attribution) return UNKNOWN.key;
  if ('none' in attribution) return 'none';
  if (attribution.length === 0) return NOT_RECORDED.key;
  if (attribution.some(({ relation }) => relation === 'disputed')) return 'disputed';
  return attribution.some(({ relation }) => relation === 'attributed-to') ? 'claimed' : 'tie-only';
}

/** All incidents in one row, then each depth. */
function byDepth(incidents: readonly Incident[], series: readonly Group[], stateOf: (incident: Incident) => string): Crosstab {
  return crosstabOf(incidents, {
    rowTitle: 'Records',
    rows: [
      { key: 'all', label: 'all of these', query: depthQuery(BEYOND_INDEXED) },
      ...depthGroups.filter(({ key }) => BEYOND_INDEXED.some((depth) => depth === key)),
    ],
    series,
    rowsOf: ({ depth }) => ['all', depth],
    seriesOf: (incident) => [stateOf(incident)],
  });
}

/** A share as bounds: what is open may be all of one kind or all of the other. */
function shareSentence({ rows: [all], series }: Crosstab, key: string, subject: string): string {
  if (!all || all.incidents === 0) return 'There are no such incidents.';
  const count = (wanted: string) => all.values[series.findIndex((group) => group.key === wanted)] ?? 0;
  const open = count(UNKNOWN.key) + count(NOT_RECORDED.key);
  const percent = (part: number) => Math.round((part / all.incidents) * 100);
  const [least, most] = [percent(count(key)), percent(count(key) + open)];
  return `${subject} in at least ${count(key)} of ${all.incidents} incidents (${least} %); as ${open} are open, the share lies between ${least} and ${most} %. “Unknown” means that the sources leave it open, “not recorded” that the record says nothing.`;
}
