import { createHash } from 'node:crypto';
import { valueAt } from '../../graph/build-graph.ts';
import { knownSince, referenceIndex } from '../../graph/evidence-dates.ts';
import type { NodeKind } from '../../graph/graph.ts';
import { type Graph, type GraphNode, getNode, type NodeId, nodeId } from '../../graph/graph.ts';
import { type CitedStatement, citedIds, citedStatements } from '../../schema/claims.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { pageAddress, pageOf } from '../csv.ts';
import { allBut, type ExportFormat, isFactsOnly, type Selection } from '../export-format.ts';
import { documentId, eventId, incidentArticle, type LinkedNode } from './article.ts';
import { CONTEXT } from './context.ts';

/** What each kind of node is in schema.org. Clusters of activity are no organizations. */
const TYPES: Readonly<Record<NodeKind, string>> = {
  incident: 'Event',
  actor: 'Thing',
  campaign: 'Event',
  malware: 'SoftwareApplication',
  package: 'SoftwareApplication',
  component: 'SoftwareApplication',
  release: 'SoftwareApplication',
  repository: 'SoftwareSourceCode',
  'build-system': 'Thing',
  channel: 'Thing',
  account: 'Thing',
  organization: 'Organization',
  person: 'Person',
  artifact: 'MediaObject',
  indicator: 'Thing',
  vulnerability: 'DefinedTerm',
  technique: 'DefinedTerm',
  source: 'CreativeWork',
};

/** Incidents as linked data: schema.org for articles, events and documents, PROV for where each claim comes from. A node a line. */
export const jsonLd: ExportFormat = {
  id: 'jsonld',
  title: 'JSON-LD, schema.org with the provenance of every claim',
  mediaType: 'application/ld+json',
  extension: 'jsonld',
  asOf: true,
  gathers: true,
  losses: [
    ...allBut(['depth', 'confidence', 'evidenceLevel', 'status'], [], 'words among the keywords of an article; as known on a day left out'),
    ...allBut(['ecosystems', 'vectors', 'impacts', 'entryStage'], [], 'words among the keywords; why something is unknown'),
    { field: 'conflicts', why: 'what the sources disagree about: only what each of them says' },
    { field: 'singleReference', why: 'a note to curators' },
    { field: 'references', why: 'kind, what relays what, archived and captured copies; dates that are no calendar dates' },
    { field: '*', why: 'anchors and places within documents; which lists are known to be empty or unknown; as known on a day all texts' },
  ],
  *render(selection) {
    const nodes = new LinkedNodes(selection);
    yield `{"@context":${JSON.stringify(CONTEXT)},\n"@graph":[\n${JSON.stringify(nodes.publisher())}`;
    for (const record of selection.incidents) for (const node of nodes.ofIncident(record)) yield `,\n${JSON.stringify(node)}`;
    for (const node of nodes.named()) yield `,\n${JSON.stringify(node)}`;
    yield '\n]}\n';
  },
};

/** The nodes of an export. What several incidents name is gathered and told once. */
class LinkedNodes {
  readonly #graph: Graph;
  readonly #site: string;
  readonly #factsOnly: boolean;
  readonly #chosen: ReadonlySet<NodeId>;
  readonly #documents = new Map<string, LinkedNode>();
  readonly #things = new Map<string, LinkedNode>();

  constructor(selection: Selection) {
    this.#graph = selection.graph;
    this.#site = selection.site;
    this.#factsOnly = isFactsOnly(selection);
    this.#chosen = new Set(selection.incidents.map(({ data }) => nodeId('incident', data.id)));
  }

  /** Who wrote the claims that no claimant made. */
  publisher(): LinkedNode {
    return { '@id': this.#publisherId(), '@type': ['Organization', 'Agent'], name: 'Threatpedia', url: this.#site };
  }

  /** Article, event and claims of an incident. */
  *ofIncident(record: IncidentRecord): Generator<LinkedNode> {
    const { article, event, documents } = incidentArticle(this.#site, record, this.#factsOnly);
    for (const document of documents) {
      const id = document['@id'];
      // With a name of its own no node is blank: blank ones make canonical forms slow.
      const publisher = { '@id': `${id}#publisher`, ...(document.publisher as object) };
      if (!this.#documents.has(id)) this.#documents.set(id, { ...document, '@type': ['CreativeWork', 'Entity'], publisher });
    }
    yield {
      ...article,
      '@type': ['Article', 'Entity'],
      ...(this.#factsOnly ? {} : { keywords: keywordsOf(record) }),
      publisher: this.#publisherId(),
      about: event['@id'],
      citation: documents.map((document) => document['@id']),
    };
    yield event;
    const told = new Set<string>();
    const about = this.#ties(record);
    for (const statement of citedStatements(record)) {
      const claim = this.#claim(record, statement, about);
      if (!claim || told.has(claim['@id'])) continue;
      told.add(claim['@id']);
      yield claim;
    }
  }

  /** What incidents name: documents, then things, sorted. */
  *named(): Generator<LinkedNode> {
    for (const nodes of [this.#documents, this.#things]) {
      for (const [, node] of [...nodes].sort(([left], [right]) => (left < right ? -1 : 1))) yield node;
    }
  }

  #publisherId(): string {
    return `${this.#site}#threatpedia`;
  }

  /** What each statement of an incident ties it to. Statements are told by being the same object: on an earlier day they stand elsewhere in their lists. */
  #ties({ data }: IncidentRecord): Map<unknown, Set<NodeId>> {
    const ties = new Map<unknown, Set<NodeId>>();
    const id = nodeId('incident', data.id);
    for (const { from, to, record, path } of [...this.#graph.edgesFrom(id), ...this.#graph.edgesTo(id)]) {
      if (record.data.id !== data.id) continue;
      const statement = valueAt(record, path);
      ties.set(statement, (ties.get(statement) ?? new Set()).add(from === id ? to : from));
    }
    return ties;
  }

  /** A claim; undefined where none of its documents was there yet. Its identifier is of its content: it stays when others come before it. */
  #claim(record: IncidentRecord, { path, cites, text }: CitedStatement, ties: ReadonlyMap<unknown, Set<NodeId>>): LinkedNode | undefined {
    const index = referenceIndex(record);
    const sources = citedIds(cites).flatMap((id) => index.get(id) ?? []);
    const since = knownSince(record, cites);
    if (sources.length === 0 || (this.#factsOnly && !since)) return undefined;
    const field = String(path[0]);
    const statement = valueAt(record, path) as Readonly<Record<string, unknown>>;
    const { text: _text, cites: _cites, ...facts } = statement;
    const page = pageOf(this.#site, record);
    const digest = createHash('sha256')
      .update(`${field} ${JSON.stringify(statement)}`)
      .digest('hex');
    const things = [...(ties.get(statement) ?? [])].map((id) => this.#thing(getNode(this.#graph, id))).sort();
    const claimant = typeof facts.claimant === 'string' ? this.#graph.nodes.get(nodeId('organization', facts.claimant)) : undefined;
    return {
      '@id': `${page}#claim-${digest.slice(0, 16)}`,
      '@type': ['Claim', 'Entity'],
      name: field,
      ...(this.#factsOnly || text === undefined ? {} : { text: plainText(text) }),
      ...(this.#factsOnly || Object.keys(facts).length === 0 ? {} : { facts }),
      isPartOf: page,
      about: [...new Set([eventId(page), ...things])],
      wasDerivedFrom: [...new Set(sources.map((reference) => documentId(this.#site, reference)))],
      wasAttributedTo: claimant ? this.#thing(claimant) : this.#publisherId(),
      ...(since ? { generatedAtTime: `${since}T00:00:00Z` } : {}),
    };
  }

  /** Identifier of a thing, which is told later. */
  #thing(node: GraphNode): string {
    const { kind, key, label, variety } = node;
    const page = pageAddress(this.#site, node);
    const id = kind === 'incident' ? eventId(page) : page;
    if (!this.#chosen.has(node.id) && !this.#things.has(id) && !this.#documents.has(id)) {
      const type = kind === 'actor' && variety === 'person' ? 'Person' : TYPES[kind];
      const isAgent = kind === 'actor' || kind === 'organization' || kind === 'person';
      // Titles of incidents are written with hindsight.
      const name = kind === 'incident' && this.#factsOnly ? key : label;
      this.#things.set(id, { '@id': id, '@type': isAgent ? [type, 'Agent'] : type, identifier: key, name, url: page });
    }
    return id;
  }
}

/** The terms of an incident, each with the field that it is of. */
function keywordsOf({ data }: IncidentRecord): string[] {
  const { status, depth, confidence, evidenceLevel, ecosystems, vectors, impacts = [], entryStage } = data;
  const terms = {
    status: [status],
    depth: [depth],
    confidence: [confidence],
    evidenceLevel: [evidenceLevel],
    ecosystems,
    vectors,
    impacts,
    entryStage: typeof entryStage === 'string' ? [entryStage] : [],
  };
  return Object.entries(terms).flatMap(([field, values]) => values.map((value) => `${field}:${value}`));
}
