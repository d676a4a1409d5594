import { valueAt } from '../../graph/build-graph.ts';
import { type GraphEdge, getNode, nodeId } from '../../graph/graph.ts';
import { dateOf } from '../../graph/incident-list.ts';
import { itemsOf } from '../../schema/cited.ts';
import { referencesOf } from '../../schema/claims.ts';
import type { Citation } from '../../schema/evidence.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { Indicator } from '../../schema/primitives.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { pageOf } from '../csv.ts';
import { CONFIDENCE_SCALES } from '../uncertainty.ts';
import { addAttribution } from './attribution.ts';
import { capital, type StixBundle } from './bundle.ts';
import { addDetails, addEntity, strainId } from './entities.ts';
import { type StixId, stixId } from './ids.ts';
import { addIncidentNotes, addNote } from './notes.ts';
import { EXTENSION, INCIDENT_CORE } from './publisher.ts';
import { type Cited, stixTime } from './stix-evidence.ts';
import { addFileIndicator, addThing } from './things.ts';

/** The object that stands for an incident: itself in full; in core, whose readers have no incidents, a campaign of its own. */
export function storyId({ profile }: StixBundle, incident: string): StixId {
  return profile === 'full' ? stixId('incident', incident) : stixId('campaign', `incident:${incident}`);
}

/** An incident with all that it is tied to, and the report that wraps it. `chosen` are the ids of all incidents of the export. */
export function addStory(bundle: StixBundle, record: IncidentRecord, chosen: ReadonlySet<string>): void {
  const { data } = record;
  const story = storyId(bundle, data.id);
  const cited: Cited[] = [{ record, cites: data.references.map(({ id }) => id) }];
  const description = bundle.prose(plainText(data.summary.text));
  const about = { name: data.title, description, external_references: [pageReference(bundle, record)] };
  // What rests on no document cannot be dated, so it is not told as known on a day.
  const judged = bundle.factsOnly ? {} : { confidence: CONFIDENCE_SCALES[data.confidence]?.stix, labels: data.vectors };
  const refs = bundle.collect(() => {
    const own = bundle.profile === 'full' ? incidentProperties(record, bundle.factsOnly) : campaignProperties(record);
    bundle.add(bundle.profile === 'full' ? 'incident' : 'campaign', story, cited, { ...about, ...judged, ...own });
    for (const edge of bundle.graph.edgesFrom(nodeId('incident', data.id))) addTie(bundle, story, edge, chosen);
    addAttribution(bundle, nodeId('incident', data.id), story);
    addIncidentNotes(bundle, record, story);
  });
  bundle.add('report', stixId('report', data.id), cited, {
    ...about,
    report_types: ['threat-report'],
    published: bundle.evidence.recordDates(record).modified,
    confidence: judged.confidence,
    object_refs: refs,
  });
  // Outside of the report: what an entity is itself tied to is the same whichever incident names it first.
  for (let fresh = bundle.nextFresh(); fresh; fresh = bundle.nextFresh()) {
    const [node, id] = fresh;
    addAttribution(bundle, node.id, id);
    addDetails(bundle, node, id);
  }
}

function pageReference({ site }: StixBundle, record: IncidentRecord): object {
  return { source_name: 'Threatpedia', url: pageOf(site, record), external_id: record.data.id };
}

function campaignProperties({ data }: IncidentRecord): object {
  return { aliases: data.aliases, first_seen: stixTime(dateOf(data.firstObserved)) };
}

/** Terms of the Incident Core extension for how settled an incident is. */
const DETERMINATION = {
  confirmed: 'successful-attempt',
  reported: 'suspected',
  disputed: 'suspected',
  retracted: 'false-positive',
} as const;

function incidentProperties({ data }: IncidentRecord, factsOnly: boolean): object {
  if (factsOnly) return { extensions: { [EXTENSION]: { extension_type: 'property-extension', key: data.id } } };
  const own = {
    extension_type: 'property-extension',
    key: data.id,
    depth: data.depth,
    status: data.status,
    evidence_level: data.evidenceLevel,
    entry_stage: typeof data.entryStage === 'string' ? data.entryStage : undefined,
    source_artifact_divergence: data.sourceArtifactDivergence?.value,
    vectors: data.vectors,
    ecosystems: listed(data.ecosystems),
    impacts: listed(data.impacts),
    slsa_threats: listed(itemsOf(data.slsaThreats).map(({ id }) => id)),
  };
  const core = {
    extension_type: 'property-extension',
    determination: DETERMINATION[data.status],
    investigation_status: dateOf(data.contained) === undefined ? 'open' : 'closed',
  };
  return { extensions: { [INCIDENT_CORE]: core, [EXTENSION]: own } };
}

function listed(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && values.length > 0 ? values : undefined;
}

interface Statement {
  readonly text?: string;
  readonly cites: readonly Citation[];
  readonly control?: string;
  readonly malware?: string;
  readonly strain?: string;
}

/** What an edge of an incident becomes. Attribution has a ledger of its own; hops of the path are notes; sources come in external references. */
function addTie(bundle: StixBundle, story: StixId, edge: GraphEdge, chosen: ReadonlySet<string>): void {
  const node = getNode(bundle.graph, edge.to);
  const { text, cites, control, malware, strain } = valueAt(edge.record, edge.path) as Statement;
  const cited: Cited[] = [{ record: edge.record, cites }];
  // Of an account the tie says in whose hands it was: a claim about the incident, no property of the account.
  const word = control ?? edge.qualifier;
  const description = [word && `${capital(word)}.`, bundle.prose(plainText(text ?? ''))].filter(Boolean).join(' ');
  const tie = (to: StixId | undefined, type: string) => to && bundle.relate({ from: story, to, type, description, cited });
  switch (edge.relation) {
    case 'affects':
    case 'bad-release':
    case 'clean-release':
    case 'unclear-release':
    case 'involves-repository':
    case 'built-by':
    case 'distributed-through':
    case 'used-account':
    case 'has-vulnerability':
      tie(addThing(bundle, node), 'related-to');
      return;
    case 'uses-technique':
      tie(addThing(bundle, node), 'uses');
      return;
    case 'has-artifact': {
      const file = addThing(bundle, node);
      tie(file, 'related-to');
      if (!file || (edge.qualifier !== 'malicious' && edge.qualifier !== 'affected')) return;
      const indicator = addFileIndicator(bundle, node);
      bundle.relate({ from: indicator, to: story, type: 'indicates', cited });
      bundle.relate({ from: indicator, to: file, type: 'related-to', cited });
      const family = malware === undefined ? undefined : bundle.graph.nodes.get(nodeId('malware', malware));
      const sample = family && addEntity(bundle, family);
      if (sample) bundle.relate({ from: indicator, to: sample, type: 'indicates', cited });
      return;
    }
    case 'has-indicator': {
      const indicator = addThing(bundle, node);
      const observable = valueAt(edge.record, edge.path) as Indicator;
      if (indicator)
        bundle.relate({ from: indicator, to: story, type: 'indicates', description: bundle.prose(plainText(text ?? '')), cited });
      else addNote(bundle, story, `Indicator: ${observable.type}`, [observable.value, description].filter(Boolean).join('\n'), cited);
      return;
    }
    case 'used-malware': {
      const family = addEntity(bundle, node);
      tie(strain && !bundle.factsOnly ? bundle.touch(strainId(node.key, strain)) : family, 'uses');
      return;
    }
    case 'part-of':
    case 'involves-person':
    case 'examined-by':
      tie(addEntity(bundle, node), 'related-to');
      return;
    case 'involves-organization':
      tie(addEntity(bundle, node), edge.qualifier === 'victim' ? 'targets' : 'related-to');
      return;
    case 'seeded':
      if (chosen.has(node.key)) tie(storyId(bundle, node.key), 'led-to');
      return;
    case 'related-to':
      if (chosen.has(node.key)) tie(storyId(bundle, node.key), 'related-to');
      return;
    default:
      return;
  }
}

/** In full, each dated document as a report about the incidents that cite it. Undated ones stand in external references only. */
export function addSources(bundle: StixBundle, incidents: readonly IncidentRecord[]): void {
  const citing = new Map<string, { stories: Set<StixId>; cited: Cited[]; title: string; published: string; kind: string }>();
  for (const record of incidents) {
    for (const { id, url, title, published, kind } of referencesOf(record)) {
      const time = stixTime(published);
      if (!time) continue;
      const known = citing.get(url) ?? { stories: new Set<StixId>(), cited: [], title, published: time, kind };
      citing.set(url, known);
      known.stories.add(storyId(bundle, record.data.id));
      known.cited.push({ record, cites: [id] });
    }
  }
  for (const [url, { stories, cited, title, published, kind }] of citing) {
    bundle.add('report', stixId('report', url), cited, {
      name: title,
      report_types: ['threat-report'],
      labels: [kind],
      published,
      object_refs: [...stories].sort(),
    });
  }
}
