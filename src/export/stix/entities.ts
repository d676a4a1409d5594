import type { GraphNode } from '../../graph/graph.ts';
import { nodeId } from '../../graph/graph.ts';
import { dateOf } from '../../graph/incident-list.ts';
import { itemsOf } from '../../schema/cited.ts';
import { referencesOf } from '../../schema/claims.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { CorpusRecord, RecordData } from '../../schema/record.ts';
import { malwareKind } from '../../schema/vocabulary/malware-kind.ts';
import { findTerm } from '../../schema/vocabulary.ts';
import type { StixBundle } from './bundle.ts';
import { type StixId, stixId } from './ids.ts';
import { addFactNotes } from './notes.ts';
import { type Cited, stixTime } from './stix-evidence.ts';

type EntityKind = Exclude<CorpusRecord['kind'], 'incident'>;

/** MITRE’s identifiers of the campaigns in ATT&CK v18 that the corpus knows, so that ours meet theirs. */
const ATTACK_CAMPAIGNS: Readonly<Record<string, StixId>> = {
  C0024: 'campaign--808d6b30-df4e-4341-8248-724da4bac650',
  C0057: 'campaign--4fd53ccc-c6b1-4e3c-abe8-a456d46d789e',
};

/** How a catalogue is called where STIX objects name it. */
const CATALOGUES: Readonly<Record<string, string>> = { attack: 'mitre-attack', 'mitre-cve': 'cve' };

/**
 * The object of an actor, a campaign, a malware family, an organization or a person; what it is itself tied to follows. As known on a day it has its name
 * only.
 */
export function addEntity(bundle: StixBundle, node: GraphNode): StixId | undefined {
  const { kind, key, label, record } = node;
  if (kind !== 'actor' && kind !== 'campaign' && kind !== 'malware' && kind !== 'organization' && kind !== 'person') return undefined;
  return bundle.once(node.id, () => {
    const type = stixTypeOf(node);
    const external = externalIdsOf(record);
    const attackId = external.find(({ source }) => source === 'attack')?.id ?? '';
    const id = (kind === 'campaign' ? ATTACK_CAMPAIGNS[attackId] : undefined) ?? stixId(type, key);
    const cited: Cited[] = record ? [{ record, cites: referencesOf(record).map((reference) => reference.id) }] : [];
    bundle.add(type, id, cited, {
      name: label,
      description: record?.data && 'summary' in record.data ? plainText(record.data.summary?.text ?? '') || undefined : undefined,
      ...(record ? aliasesOf(record) : {}),
      ...ownProperties[kind](node),
      external_references: external.map(({ source, id: external_id }) => ({ source_name: CATALOGUES[source] ?? source, external_id })),
      ...(record && referencesOf(record).some(({ published }) => published) ? {} : datesFrom(node.knownSince)),
    });
    bundle.addFresh(node, id);
    return id;
  });
}

/** What an entity’s own record says of it beyond itself: facts, strains and their descent. */
export function addDetails(bundle: StixBundle, { record }: GraphNode, id: StixId): void {
  if (record) addFactNotes(bundle, record, id);
  if (record?.kind === 'malware') addStrains(bundle, record, id);
}

/** A strain is a family of its own that is a variant of its family. */
export function strainId(family: string, strain: string): StixId {
  return stixId('malware', `${family}/${strain}`);
}

function addStrains(bundle: StixBundle, record: CorpusRecord & { kind: 'malware' }, family: StixId): void {
  const { id, strains, lineage } = record.data;
  for (const { id: strain, name, firstObserved, text, cites } of itemsOf(strains)) {
    const cited = [{ record, cites }];
    const variant = bundle.add('malware', strainId(id, strain), cited, {
      name,
      description: plainText(text),
      malware_types: malwareTypes(record.data),
      is_family: true,
      first_seen: stixTime(firstObserved),
    });
    bundle.relate({ from: variant, to: family, type: 'variant-of', cited });
  }
  for (const { from, to, relation, text, cites } of itemsOf(lineage)) {
    const description = `${relation.replaceAll('-', ' ')}. ${plainText(text)}`;
    bundle.relate({ from: strainId(id, to), to: strainId(id, from), type: 'variant-of', description, cited: [{ record, cites }] });
  }
}

function stixTypeOf({ kind, variety }: GraphNode): string {
  if (kind === 'actor') return variety === 'activity-cluster' ? 'intrusion-set' : 'threat-actor';
  return kind === 'organization' || kind === 'person' ? 'identity' : kind;
}

const ownProperties: Readonly<Record<EntityKind, (node: GraphNode) => object>> = {
  actor: ({ variety }) => (variety === 'activity-cluster' ? {} : { threat_actor_types: ['unknown'] }),
  campaign: ({ record }) => {
    if (record?.kind !== 'campaign') return {};
    const [first_seen, last_seen] = [stixTime(dateOf(record.data.firstObserved)), stixTime(dateOf(record.data.lastObserved))];
    return { first_seen, last_seen: first_seen && last_seen && last_seen < first_seen ? undefined : last_seen };
  },
  malware: ({ record }) => ({ malware_types: record?.kind === 'malware' ? malwareTypes(record.data) : ['unknown'], is_family: true }),
  organization: ({ variety, record }) => ({
    identity_class: 'organization',
    labels: variety ? [variety] : undefined,
    contact_information: record?.kind === 'organization' ? record.data.homepage : undefined,
  }),
  person: ({ variety }) => ({ identity_class: 'individual', labels: variety ? [variety] : undefined }),
};

function malwareTypes({ kinds }: RecordData['malware']): string[] {
  const types = new Set(kinds.flatMap((kind) => findTerm(malwareKind, kind)?.mapping?.stix ?? []));
  return types.size > 0 ? [...types].sort() : ['unknown'];
}

function externalIdsOf(record: CorpusRecord | undefined): readonly { source: string; id: string }[] {
  return (record && 'externalIds' in record.data ? record.data.externalIds : undefined) ?? [];
}

/** Identities have no aliases in STIX. */
function aliasesOf({ kind, data }: CorpusRecord): object {
  if (kind === 'incident' || kind === 'organization' || kind === 'person') return {};
  const names = new Set((data.aliases ?? []).map(({ name }) => name));
  names.delete(data.name);
  return { aliases: [...names] };
}

/** Dates of what has no dated document of its own: those of the first that ties it to others. */
function datesFrom(day: string | undefined): object {
  return day === undefined ? {} : { created: `${day}T00:00:00.000Z`, modified: `${day}T00:00:00.000Z` };
}

/** Identity of an organization or person by id. */
export function identityOf(bundle: StixBundle, organization: string): StixId | undefined {
  const node = bundle.graph.nodes.get(nodeId('organization', organization));
  return node && addEntity(bundle, node);
}
