import { inOnePiece } from '../base/one-piece.ts';
import type { Attribution } from '../schema/attribution.ts';
import { itemsOf } from '../schema/cited.ts';
import { citedIds, citedStatements, referencesOf } from '../schema/claims.ts';
import type { Citation } from '../schema/evidence.ts';
import type { Incident } from '../schema/incident.ts';
import {
  artifactKey,
  componentKey,
  componentLabel,
  componentNodeKind,
  componentsByHandle,
  type DeclaredPrimitive,
  indicatorKey,
  primitivesOf,
  releaseKey,
} from '../schema/primitive-keys.ts';
import type { Component } from '../schema/primitives.ts';
import type { CorpusRecord, RecordKind } from '../schema/record.ts';
import { platform } from '../schema/vocabulary/platform.ts';
import { knownSince, sourceKey } from './evidence-dates.ts';
import { type Declaration, type Graph, type GraphEdge, type GraphNode, makeGraph, type NodeId, type NodeKind, nodeId } from './graph.ts';
import { pathEdges } from './path-hops.ts';
import { organizationRelation, type Relation, releaseRelations } from './relations.ts';

type Path = readonly (string | number)[];

/**
 * Builds the graph of records that passed validation. Nodes meet by natural key; every edge keeps the record and the place in it that says
 * so. The order of nodes and edges follows the records, so the same corpus gives the same graph.
 */
export function buildGraph(records: readonly CorpusRecord[]): Graph {
  const builder = new GraphBuilder(records);
  for (const record of records) builder.addRecord(record);
  return builder.finish();
}

interface NodeDraft {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly key: string;
  label: string;
  readonly record: CorpusRecord | undefined;
  readonly variety: string | undefined;
  readonly declarations: Declaration[];
  knownSince: string | undefined;
}

class GraphBuilder {
  readonly #drafts = new Map<NodeId, NodeDraft>();
  readonly #edges: GraphEdge[] = [];
  readonly #places = new Map<string, Path>();
  readonly #incidents = new Map<string, CorpusRecord & { kind: 'incident' }>();
  /** Of the record being added: the key of each reference, and the list of keys behind each set of citations, shared by its edges. */
  readonly #sourceKeys = new Map<string, string>();
  readonly #sourceLists = new Map<string, readonly string[]>();

  constructor(records: readonly CorpusRecord[]) {
    for (const record of records) {
      const label = record.kind === 'incident' ? record.data.title : record.data.name;
      const id = nodeId(record.kind, record.data.id);
      this.#drafts.set(id, {
        id,
        kind: record.kind,
        key: record.data.id,
        label,
        record,
        variety: 'kind' in record.data ? record.data.kind : undefined,
        declarations: [],
        knownSince: undefined,
      });
      if (record.kind === 'incident') this.#incidents.set(record.data.id, record);
    }
  }

  addRecord(record: CorpusRecord): void {
    const id = nodeId(record.kind, record.data.id);
    this.#addSources(record, id);
    if ('attribution' in record.data) this.#addLedger(record, id, itemsOf(record.data.attribution));
    if (record.kind === 'incident') this.#addIncident(record, id);
  }

  finish(): Graph {
    const nodes = new Map<NodeId, GraphNode>();
    for (const [id, draft] of this.#drafts) nodes.set(id, Object.freeze(draft));
    return makeGraph(nodes, this.#edges);
  }

  #addSources(record: CorpusRecord, id: NodeId): void {
    const used = new Set<string>();
    for (const { cites } of citedStatements(record)) for (const cited of citedIds(cites)) used.add(cited);
    this.#sourceKeys.clear();
    this.#sourceLists.clear();
    for (const [index, reference] of referencesOf(record).entries()) {
      const path = this.#place('references', index);
      const source = this.#declare('source', sourceKey(reference), reference.title, record, path, [reference.id]);
      this.#sourceKeys.set(reference.id, this.#drafts.get(source)?.key ?? '');
      this.#connect(record, id, source, 'cites', path, [reference.id], reference.kind);
    }
    this.#noteKnown(id, knownSince(record, [...used]));
  }

  #addLedger(record: CorpusRecord, id: NodeId, entries: readonly Attribution[]): void {
    for (const [index, entry] of entries.entries()) {
      const path = this.#place('attribution', index);
      const target = 'actor' in entry.target ? nodeId('actor', entry.target.actor) : nodeId('campaign', entry.target.campaign);
      this.#connect(record, id, target, 'attributed', path, entry.cites, `${entry.relation} (${entry.claimant})`, entry.confidence.code);
      this.#connect(
        record,
        nodeId('organization', entry.claimant),
        target,
        'claimed-by',
        path,
        entry.cites,
        entry.relation,
        entry.confidence.code,
      );
    }
  }

  #addIncident(record: CorpusRecord & { kind: 'incident' }, id: NodeId): void {
    const incident = record.data;
    const primitives = primitivesOf(incident);
    this.#addPrimitives(record, id, primitives);
    this.#addReleases(record, id, incident);
    this.#addFiles(record, id, incident);
    this.#addFacts(record, id, incident);
    this.#addSeeds(record, id, incident, primitives);
    for (const { from, to, path, cites, state } of pathEdges(incident, primitives))
      this.#connect(record, from, to, 'leads-to', path, cites, state);
  }

  #addPrimitives(record: CorpusRecord, id: NodeId, primitives: readonly DeclaredPrimitive[]): void {
    const relationOf = {
      package: 'affects',
      component: 'affects',
      repository: 'involves-repository',
      'build-system': 'built-by',
      channel: 'distributed-through',
      account: 'used-account',
    } as const satisfies Record<DeclaredPrimitive['kind'], Relation>;
    for (const { kind, key, label, path } of primitives) {
      const { cites, owner, kind: qualifier } = valueAt(record, path) as { cites: Citation[]; owner?: string; kind?: string };
      const node = this.#declare(kind, key, inOnePiece(label), record, path, cites);
      this.#connect(record, id, node, relationOf[kind], path, cites, qualifier);
      if (owner) this.#connect(record, nodeId('organization', owner), node, 'owns', path, cites);
    }
  }

  #addReleases(record: CorpusRecord, id: NodeId, incident: Incident): void {
    const components = componentsByHandle(incident);
    for (const [index, release] of itemsOf(incident.releases).entries()) {
      const component = components.get(release.component);
      if (!component) continue;
      const path = this.#place('releases', index);
      for (const version of release.versions ?? (release.version ? [release.version] : [])) {
        const label = inOnePiece(
          `${componentLabel(component)} ${version}${release.platform ? ` (${platform.terms[release.platform].label})` : ''}`,
        );
        const node = this.#declare('release', releaseKey(component, version, release.platform), label, record, path, release.cites);
        this.#connect(record, id, node, releaseRelations[release.state], path, release.cites, release.state);
        this.#connect(record, componentId(component), node, 'released-as', path, release.cites, release.state);
      }
    }
  }

  #addFiles(record: CorpusRecord, id: NodeId, incident: Incident): void {
    const components = componentsByHandle(incident);
    for (const [index, artifact] of itemsOf(incident.artifacts).entries()) {
      const path = this.#place('artifacts', index);
      const node = this.#declare('artifact', artifactKey(artifact), artifact.name, record, path, artifact.cites);
      this.#connect(record, id, node, 'has-artifact', path, artifact.cites, artifact.state);
      const component = artifact.component ? components.get(artifact.component) : undefined;
      if (component) {
        const release = artifact.version ? nodeId('release', releaseKey(component, artifact.version, artifact.platform)) : undefined;
        const target = release && this.#drafts.has(release) ? release : componentId(component);
        this.#connect(record, node, target, 'file-of', path, artifact.cites, artifact.state);
      }
      if (artifact.malware) this.#connect(record, node, nodeId('malware', artifact.malware), 'sample-of', path, artifact.cites);
    }
    for (const [index, indicator] of itemsOf(incident.indicators).entries()) {
      const path = this.#place('indicators', index);
      const node = this.#declare('indicator', indicatorKey(indicator), indicator.value, record, path, indicator.cites);
      this.#connect(record, id, node, 'has-indicator', path, indicator.cites, indicator.type);
    }
  }

  #addFacts(record: CorpusRecord, id: NodeId, incident: Incident): void {
    for (const [index, { id: advisory, cites }] of itemsOf(incident.vulnerabilities).entries()) {
      const path = this.#place('vulnerabilities', index);
      this.#connect(record, id, this.#declare('vulnerability', advisory, advisory, record, path, cites), 'has-vulnerability', path, cites);
    }
    for (const [index, technique] of itemsOf(incident.techniques).entries()) {
      const path = this.#place('techniques', index);
      const node = this.#declare('technique', technique.id, inOnePiece(`${technique.id} ${technique.name}`), record, path, technique.cites);
      this.#connect(record, id, node, 'uses-technique', path, technique.cites);
    }
    const link = (field: 'organizations' | 'people' | 'campaigns' | 'malware' | 'related', kind: RecordKind, relation: Relation) => {
      for (const [index, value] of itemsOf<{ id: string; role?: string; strain?: string | undefined; cites: Citation[] }>(
        incident[field],
      ).entries()) {
        const tie = field === 'organizations' ? organizationRelation(value.role ?? '') : relation;
        this.#connect(record, id, nodeId(kind, value.id), tie, this.#place(field, index), value.cites, value.role ?? value.strain);
      }
    };
    link('organizations', 'organization', 'involves-organization');
    link('people', 'person', 'involves-person');
    link('campaigns', 'campaign', 'part-of');
    link('malware', 'malware', 'used-malware');
    link('related', 'incident', 'related-to');
  }

  #addSeeds(record: CorpusRecord, id: NodeId, incident: Incident, primitives: readonly DeclaredPrimitive[]): void {
    for (const [index, seed] of itemsOf(incident.seededBy).entries()) {
      const path = this.#place('seededBy', index);
      this.#connect(record, nodeId('incident', seed.from.incident), id, 'seeded', path, seed.cites, seed.tier);
      const earlier = this.#incidents.get(seed.from.incident);
      const source = earlier && primitivesOf(earlier.data).find((primitive) => primitive.handle === seed.from.component);
      const target = primitives.find((primitive) => primitive.handle === seed.to);
      if (source && target)
        this.#connect(record, nodeId(source.kind, source.key), nodeId(target.kind, target.key), 'seeded', path, seed.cites, seed.tier);
    }
  }

  /** The place of an item of a list. Thousands of records have something at the same place: one path serves all. */
  #place(field: string, index: number): Path {
    const name = `${field} ${index}`;
    const known = this.#places.get(name) ?? Object.freeze([field, index]);
    this.#places.set(name, known);
    return known;
  }

  #declare(kind: NodeKind, key: string, label: string, record: CorpusRecord, path: Path, cites: readonly Citation[]): NodeId {
    const id = nodeId(kind, key);
    const draft = this.#drafts.get(id);
    if (draft) draft.declarations.push({ record, path });
    else {
      const whole = inOnePiece(id);
      this.#drafts.set(whole, {
        id: whole,
        kind,
        key: whole.slice(kind.length + 1),
        label,
        record: undefined,
        variety: undefined,
        declarations: [{ record, path }],
        knownSince: undefined,
      });
    }
    this.#noteKnown(id, knownSince(record, cites));
    return id;
  }

  #noteKnown(id: NodeId, day: string | undefined): void {
    const draft = this.#drafts.get(id);
    if (draft && day && (!draft.knownSince || day < draft.knownSince)) draft.knownSince = day;
  }

  #sourcesOf(cites: readonly Citation[]): readonly string[] {
    const ids = citedIds(cites);
    const name = ids.join();
    const known = this.#sourceLists.get(name);
    if (known) return known;
    const sources = ids.map((id) => this.#sourceKeys.get(id)).filter((key) => key !== undefined);
    this.#sourceLists.set(name, sources);
    return sources;
  }

  #connect(
    record: CorpusRecord,
    from: NodeId,
    to: NodeId,
    relation: Relation,
    path: Path,
    cites: readonly Citation[],
    qualifier?: string,
    confidence?: string,
  ): void {
    const [start, end] = [this.#drafts.get(from), this.#drafts.get(to)];
    if (!start || !end) return;
    const { claimed } = valueAt(record, path) as { claimed?: string };
    const day = knownSince(record, cites, claimed);
    const sources = this.#sourcesOf(cites);
    // Edges hold the ids of their nodes, not equal strings: there are many more edges than nodes.
    this.#edges.push({ from: start.id, to: end.id, relation, record, path, qualifier, confidence, sources, knownSince: day });
    // An incident is known from its own sources only; everything else also from what ties it to others.
    for (const { id, kind } of [start, end]) if (kind !== 'incident') this.#noteKnown(id, day);
  }
}

function componentId(component: Component): NodeId {
  return nodeId(componentNodeKind(component), componentKey(component));
}

/** The statement of a record at a path that the graph itself recorded. */
export function valueAt(record: CorpusRecord, path: Path): unknown {
  return path.reduce<unknown>((value, step) => Reflect.get(value as object, step), record.data);
}
