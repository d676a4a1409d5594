import type { Graph } from '../graph/graph.ts';
import { recordsOf } from '../graph/graph.ts';
import { channelKind } from '../schema/vocabulary/channel-kind.ts';
import { componentKind } from '../schema/vocabulary/component-kind.ts';
import { confidence } from '../schema/vocabulary/confidence.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import { evidenceLevel } from '../schema/vocabulary/evidence-level.ts';
import { impact } from '../schema/vocabulary/impact.ts';
import { nexus } from '../schema/vocabulary/nexus.ts';
import { recordStatus } from '../schema/vocabulary/record-status.ts';
import { slsaThreat } from '../schema/vocabulary/slsa-threat.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import type { Vocabulary } from '../schema/vocabulary.ts';
import type { QueryFieldName } from './fields.ts';
import { actorNames } from './incident-row.ts';
import type { ValueTable } from './parse.ts';

const VOCABULARIES: { readonly [F in QueryFieldName]?: Vocabulary } = {
  vector,
  entry: entryStage,
  impact,
  ecosystem,
  component: componentKind,
  channel: channelKind,
  depth,
  confidence,
  evidence: evidenceLevel,
  status: recordStatus,
  slsa: slsaThreat,
  nexus,
};

/**
 * The values that fields can have in a corpus: those of vocabularies under label and synonyms, too, and the records of actors, malware, campaigns and
 * organizations under all their names.
 */
export function valueTable(graph: Graph): ValueTable {
  const table: Partial<Record<QueryFieldName, Record<string, string>>> = { divergence: { yes: 'yes', no: 'no' } };
  for (const [field, { terms }] of vocabularyFields()) {
    table[field] = Object.fromEntries(
      Object.entries(terms).flatMap(([value, { label, synonyms = [] }]) =>
        [value, label, ...synonyms].map((spelling) => [spelling, value]),
      ),
    );
  }
  table.actor = Object.fromEntries(
    recordsOf(graph, 'actor').flatMap(({ data }) => actorNames(graph, data.id).map((name): [string, string] => [name, data.id])),
  );
  for (const kind of ['malware', 'campaign', 'organization'] as const) {
    table[kind] = Object.fromEntries(
      recordsOf(graph, kind).flatMap(({ data }): [string, string][] => [
        [data.name, data.id],
        [data.id, data.id],
      ]),
    );
  }
  return table;
}

/** What people read for the values of a field. */
export function valueLabels(graph: Graph): { readonly [F in QueryFieldName]?: Readonly<Record<string, string>> } {
  const labels: Partial<Record<QueryFieldName, Record<string, string>>> = { divergence: { yes: 'Yes', no: 'No' } };
  for (const [field, { terms }] of vocabularyFields())
    labels[field] = Object.fromEntries(Object.entries(terms).map(([value, { label }]) => [value, label]));
  labels.actor = Object.fromEntries(recordsOf(graph, 'actor').map(({ data }) => [data.id, data.name]));
  return labels;
}

function vocabularyFields(): [QueryFieldName, Vocabulary][] {
  return Object.entries(VOCABULARIES) as [QueryFieldName, Vocabulary][];
}
