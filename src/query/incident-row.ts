import { countOrigins } from '../graph/evidence-dates.ts';
import type { Graph } from '../graph/graph.ts';
import { findNode } from '../graph/graph.ts';
import { dateOf, listState, namedByClaims, publicYear, yearState } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/cited.ts';
import type { DatedFact, Known } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord } from '../schema/record.ts';
import type { IncidentRow } from './row.ts';

/** What queries compare and lists show of an incident. `graph` gives the names behind ids. */
export function incidentRow(graph: Graph, record: IncidentRecord): IncidentRow {
  const { data } = record;
  const { actors: named, nexus } = namedByClaims(data);
  const year = publicYear(data);
  const nodes = (kind: 'malware' | 'campaign' | 'organization' | 'person', ids: readonly string[]) =>
    ids.map((id) => findNode(graph, kind, id)?.label ?? id);
  const organizations = [...new Set(itemsOf(data.organizations).map(({ id }) => id))];
  const malware = itemsOf(data.malware).map(({ id }) => id);
  const campaigns = itemsOf(data.campaigns).map(({ id }) => id);
  const components = itemsOf(data.components);
  return {
    id: data.id,
    title: data.title,
    summary: plainText(data.summary.text),
    year: year ?? (yearState(data) === 'unknown' ? 'unknown' : ''),
    depth: data.depth,
    status: data.status,
    observed: factDate(data.firstObserved),
    warned: factDate(data.firstPublicWarning),
    disclosed: factDate(data.disclosed),
    contained: factDate(data.contained),
    vector: data.vectors,
    impact: data.impacts ?? [],
    ecosystem: data.ecosystems,
    entry: data.entryStage === undefined ? [] : [typeof data.entryStage === 'string' ? data.entryStage : 'unknown'],
    divergence: data.sourceArtifactDivergence?.value ?? '',
    confidence: data.confidence,
    evidence: data.evidenceLevel,
    actor: valuesOrWhy(data.attribution, named),
    nexus: valuesOrWhy(data.attribution, nexus),
    malware: valuesOrWhy(data.malware, malware),
    campaign: valuesOrWhy(data.campaigns, campaigns),
    organization: organizations,
    component: [...new Set(components.map(({ kind }) => kind))],
    channel: [...new Set(itemsOf(data.distributionChannels).map(({ kind }) => kind))],
    technique: itemsOf(data.techniques).map(({ id }) => id),
    slsa: itemsOf(data.slsaThreats).map(({ id }) => id),
    advisory: itemsOf(data.vulnerabilities).map(({ id }) => id),
    references: data.references.length,
    origins: countOrigins(
      record,
      data.references.map(({ id }) => id),
    ),
    words: [
      ...(data.aliases ?? []),
      ...components.flatMap(({ name }) => name ?? []).slice(0, 40),
      ...nodes('organization', organizations),
      ...nodes('malware', malware),
      ...nodes('campaign', campaigns),
      ...nodes(
        'person',
        itemsOf(data.people).map(({ id }) => id),
      ),
      ...named.flatMap((id) => actorNames(graph, id)),
      ...itemsOf(data.vulnerabilities).map(({ id }) => id),
    ].join(' · '),
  };
}

function factDate(fact: DatedFact | undefined): string {
  return dateOf(fact) ?? (fact ? 'unknown' : '');
}

/** The values; or, of a list that is evidenced as empty or unknown, that word; nothing where there is no record. */
function valuesOrWhy<Item>(list: Known<Item> | undefined, values: readonly string[]): readonly string[] {
  const state = listState(list, values);
  return state === 'none' || state === 'unknown' ? [state] : values;
}

/** Everything under which a corpus knows an actor: id, name, aliases. */
export function actorNames(graph: Graph, id: string): string[] {
  const record = findNode(graph, 'actor', id)?.record;
  if (record?.kind !== 'actor') return [id];
  return [id, record.data.name, ...(record.data.aliases ?? []).map(({ name }) => name)];
}
