import { csvText } from '../base/csv-text.ts';
import { addressOf } from '../graph/addresses.ts';
import type { GraphNode } from '../graph/graph.ts';
import { type IncidentSummary, incidentSummary } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/cited.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { allBut, type ExportFormat } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

type Cell = string | number | null | undefined;
type Column = readonly [name: string, value: (record: IncidentRecord, summary: IncidentSummary) => Cell];

const COLUMNS: readonly Column[] = [
  ['id', ({ data }) => data.id],
  ['title', ({ data }) => data.title],
  ['summary', (_, { summary }) => summary],
  ['depth', ({ data }) => data.depth],
  ['status', ({ data }) => data.status],
  ['first_observed', (_, { firstObserved }) => firstObserved],
  ['first_public_warning', (_, { firstPublicWarning }) => firstPublicWarning],
  ['disclosed', (_, { disclosed }) => disclosed],
  ['contained', (_, { contained }) => contained],
  ['ecosystems', ({ data }) => data.ecosystems.join(' ')],
  ['vectors', ({ data }) => data.vectors.join(' ')],
  ['impacts', ({ data }) => data.impacts?.join(' ')],
  ['entry_stage', (_, { entryStage }) => entryStage],
  ['source_artifact_divergence', ({ data }) => data.sourceArtifactDivergence?.value],
  ['confidence', ({ data }) => data.confidence],
  ['evidence_level', ({ data }) => data.evidenceLevel],
  [
    'packages',
    ({ data }) =>
      itemsOf(data.components)
        .flatMap(({ purl }) => purl ?? [])
        .join(' '),
  ],
  [
    'attributed_to',
    ({ data }) => [...new Set(itemsOf(data.attribution).flatMap(({ target }) => ('actor' in target ? target.actor : [])))].join(' '),
  ],
  [
    'techniques',
    ({ data }) =>
      itemsOf(data.techniques)
        .map(({ id }) => id)
        .join(' '),
  ],
  ['references', ({ data }) => data.references.length],
  ['origins', (_, { origins }) => origins],
];

/** One row an incident (RFC 4180). Lists are separated by spaces; what is not known is empty. */
export const csv: ExportFormat = {
  id: 'csv',
  title: 'CSV, one row an incident',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  asOf: false,
  losses: [
    ...allBut(
      INCIDENT_FIELDS,
      [
        'id',
        'title',
        'summary',
        'depth',
        'status',
        'firstObserved',
        'firstPublicWarning',
        'disclosed',
        'contained',
        'ecosystems',
        'vectors',
        'impacts',
        'entryStage',
        'sourceArtifactDivergence',
        'confidence',
        'evidenceLevel',
        'components',
        'attribution',
        'techniques',
        'references',
      ],
      'a row has no room for lists of structured statements',
    ),
    { field: 'components', why: 'only package URLs' },
    { field: 'attribution', why: 'only whom it names: claimant, date and confidence are lost' },
    { field: 'references', why: 'only their number' },
    { field: '*', why: 'citations and anchors; why something is unknown' },
  ],
  *render({ incidents, site }) {
    yield csvText([[...COLUMNS.map(([name]) => name), 'url']]);
    for (const record of incidents) {
      const summary = incidentSummary(record);
      yield csvText([[...COLUMNS.map(([, value]) => value(record, summary)), pageOf(site, record)]]);
    }
  },
};

/** Address of an incident’s page. */
export function pageOf(site: string, { data }: IncidentRecord): string {
  return pageAddress(site, { kind: 'incident', key: data.id });
}

/** Address of the page of anything. */
export function pageAddress(site: string, node: Pick<GraphNode, 'kind' | 'key'>): string {
  return new URL(addressOf(node), site).href;
}
