import { prettyJson, prettyJsonObject } from '../../base/canonical-json.ts';
import type { OutputFile } from '../../base/output-file.ts';
import { valueAt } from '../../graph/build-graph.ts';
import { type Graph, type GraphNode, getNode, nodeId } from '../../graph/graph.ts';
import type { Attribution } from '../../schema/attribution.ts';
import { referencesOf } from '../../schema/claims.ts';
import { plainText } from '../../schema/link-markup.ts';
import { pageAddress } from '../csv.ts';
import { allBut, type FolderFormat, isFactsOnly, type Selection } from '../export-format.ts';
import { INCIDENT_FIELDS } from '../fields.ts';
import { uuidOf } from '../uuid.ts';
import { clusterValue, confidenceTags, GALAXY_TYPES, type GalaxyKind, isGalaxyNode, machineTag } from './tags.ts';

const ABOUT: Readonly<Record<GalaxyKind, { name: string; description: string; category: string; icon: string }>> = {
  incident: {
    name: 'Threatpedia incident',
    description: 'Software supply-chain incidents, as Threatpedia records them.',
    category: 'incident',
    icon: 'link',
  },
  actor: {
    name: 'Threatpedia actor',
    description: 'Activity clusters, units and persons to whom claimants attribute software supply-chain incidents.',
    category: 'actor',
    icon: 'user-secret',
  },
  malware: {
    name: 'Threatpedia malware',
    description: 'Families of malicious code that were used in software supply-chain incidents.',
    category: 'tool',
    icon: 'optin-monster',
  },
};

/** Galaxies and clusters as the repository of MISP’s galaxies has them (https://www.misp-standard.org/rfc/misp-standard-galaxy-format.html). */
export const mispGalaxy: FolderFormat = {
  id: 'misp-galaxy',
  title: 'MISP galaxies of incidents, actors and malware',
  mediaType: 'application/json',
  folder: 'misp-galaxy',
  entries: [
    { path: `clusters/${GALAXY_TYPES.incident}.json`, title: 'MISP galaxy of incidents' },
    { path: `clusters/${GALAXY_TYPES.actor}.json`, title: 'MISP galaxy of threat actors' },
    { path: `clusters/${GALAXY_TYPES.malware}.json`, title: 'MISP galaxy of malware families' },
  ],
  asOf: true,
  gathers: true,
  losses: [
    ...allBut(
      INCIDENT_FIELDS,
      ['id', 'title', 'summary', 'aliases', 'attribution', 'malware', 'related', 'seededBy', 'references'],
      'a cluster names a thing and what it is related to',
    ),
    {
      field: 'attribution',
      why: 'layer, date, claimant and text: a relation a claim, with its confidence; denials and campaigns are left out',
    },
    { field: 'malware', why: 'strains and texts' },
    { field: 'related', why: 'texts: what connects them is not said' },
    { field: 'seededBy', why: 'which component carried the seed, what it reached, and how firm the link is' },
    { field: 'references', why: 'only addresses' },
    { field: '*', why: 'citations and anchors; as known on a day all texts and other names' },
  ],
  *files(selection) {
    const nodes = galaxyNodes(selection);
    for (const kind of Object.keys(GALAXY_TYPES) as GalaxyKind[]) {
      const type = GALAXY_TYPES[kind];
      const { name, description, category, icon } = ABOUT[kind];
      const uuid = uuidOf('misp-galaxy', type);
      const own = nodes.filter((node) => node.kind === kind);
      const version = versionOf(selection, own);
      yield {
        path: `galaxies/${type}.json`,
        content: prettyJson({ description, icon, name, namespace: 'threatpedia', type, uuid, version }),
      } satisfies OutputFile;
      yield {
        path: `clusters/${type}.json`,
        content: prettyJsonObject({
          authors: ['Threatpedia'],
          category,
          description,
          name,
          source: selection.site,
          type,
          uuid,
          values: clusters(selection, own, new Set(nodes.map(({ id }) => id))),
          version,
        }),
      } satisfies OutputFile;
    }
  },
};

/** The chosen incidents, and the actors and malware that they name, sorted. */
function galaxyNodes({ graph, incidents }: Selection): GraphNode[] {
  const found = new Map<string, GraphNode>();
  for (const { data } of incidents) {
    const id = nodeId('incident', data.id);
    const own = graph.nodes.get(id);
    if (own) found.set(id, own);
    for (const { to } of graph.edgesFrom(id)) {
      const node = getNode(graph, to);
      if (node.kind === 'actor' || node.kind === 'malware') found.set(to, node);
    }
  }
  return [...found.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** The day of the newest document as a number: instances take a galaxy again only where this has grown. */
function versionOf({ graph }: Selection, nodes: readonly GraphNode[]): number {
  const days = nodes.flatMap((node) => [node.knownSince, ...graph.edgesFrom(node.id).map(({ knownSince }) => knownSince)]);
  const newest =
    days
      .filter((day) => day !== undefined)
      .sort()
      .at(-1) ?? '0000-00-01';
  return Number(newest.replaceAll('-', ''));
}

function* clusters(selection: Selection, nodes: readonly GraphNode[], present: ReadonlySet<string>): Generator<object> {
  const factsOnly = isFactsOnly(selection);
  for (const node of nodes) {
    const record = factsOnly ? undefined : node.record;
    const summary = record && 'summary' in record.data ? record.data.summary?.text : undefined;
    const refs = new Set([pageAddress(selection.site, node), ...sourcesOf(selection.graph, node, factsOnly)]);
    const synonyms = namesOf(node);
    const related = relatedOf(selection.graph, node, present);
    yield {
      ...(summary ? { description: plainText(summary) } : {}),
      meta: { refs: [...refs], ...(synonyms.length > 0 && !factsOnly ? { synonyms } : {}) },
      ...(related.length > 0 ? { related } : {}),
      uuid: clusterUuid(node),
      value: clusterValue(node),
    };
  }
}

/** Documents behind a node: those of its record; as known on a day those of its ties, which the graph of that day holds. */
function sourcesOf(graph: Graph, { id, record }: GraphNode, factsOnly: boolean): string[] {
  if (record && !factsOnly) return referencesOf(record).map(({ url }) => url);
  const cited = graph.edgesFrom(id).flatMap(({ relation, sources }) => (relation === 'cites' ? sources : []));
  return [...new Set(cited)].sort();
}

/** Other names, each once. */
function namesOf({ label, record }: GraphNode): string[] {
  const aliases = record && 'aliases' in record.data ? (record.data.aliases ?? []) : [];
  return [...new Set([label, ...aliases.map((alias) => (typeof alias === 'string' ? alias : alias.name))])];
}

/** The UUID that STIX has for it, so that both are seen to be one. */
function clusterUuid({ kind, key, variety }: GraphNode): string {
  return uuidOf(kind === 'actor' ? (variety === 'activity-cluster' ? 'intrusion-set' : 'threat-actor') : kind, key);
}

/** What a cluster is related to, in the words of MISP’s list of relationships, with how sure each claimant is. Denials are no relations. */
function relatedOf(graph: Graph, node: GraphNode, present: ReadonlySet<string>): object[] {
  const related = new Map<string, object>();
  for (const edge of graph.edgesFrom(node.id)) {
    const target = getNode(graph, edge.to);
    if (!isGalaxyNode(target) || !present.has(target.id) || target.id === node.id) continue;
    const claim = edge.relation === 'attributed' ? (valueAt(edge.record, edge.path) as Attribution) : undefined;
    const type = RELATIONS[edge.relation];
    if (!type || claim?.relation === 'disputed') continue;
    const likely = claim?.likelihood && claim.likelihood !== 'not-stated' ? claim.likelihood : undefined;
    const tags = claim
      ? [
          ...confidenceTags(claim.confidence.code),
          ...(likely ? [machineTag('estimative-language', 'likelihood-probability', likely)] : []),
        ].sort()
      : [];
    const made = { 'dest-uuid': clusterUuid(target), ...(tags.length > 0 ? { tags } : {}), type };
    related.set(JSON.stringify(made), made);
  }
  return [...related].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, made]) => made);
}

const RELATIONS: Readonly<Record<string, string | undefined>> = {
  attributed: 'attributed-to',
  'used-malware': 'uses',
  'related-to': 'related-to',
  seeded: 'followed-by',
};
