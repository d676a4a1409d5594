import { prettyJson, prettyJsonObject } from '../base/canonical-json.ts';
import type { OutputFile } from '../base/output-file.ts';
import { compareText } from '../base/problem.ts';
import { addressOf, listAddress, resourceAddress } from '../graph/addresses.ts';
import { type Graph, type GraphNode, type NodeKind, recordsOf } from '../graph/graph.ts';
import { compareByDate, incidentSummary } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { relations } from '../graph/relations.ts';
import { statisticsOf } from '../graph/statistics.ts';
import { recordKindNames, recordKinds } from '../schema/record.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import { openApiDocument } from './openapi.ts';
import { toResource } from './resource.ts';

const ROOT = 'api/v1';

/**
 * The API as files, one at a time, in a fixed order: nodes by id, edges in the order of their records. Lists are `index.json` in their folder; the
 * two that hold everything are given in pieces, so that neither has to be held as one string.
 */
export function* apiFiles(graph: Graph): Generator<OutputFile> {
  const kinds = Object.keys(nodeKinds) as NodeKind[];
  yield json('index', {
    name: 'Threatpedia API',
    version: 'v1',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    description: addressIn('openapi'),
    corpus: addressIn('corpus'),
    graph: addressIn('graph'),
    statistics: addressIn('statistics'),
    vocabularies: addressIn('vocabularies'),
    relations: addressIn('relations'),
    kinds: addressIn('entities/index'),
    lists: Object.fromEntries(kinds.map((kind) => [kind, listIn(kind)])),
  });
  yield json('openapi', openApiDocument());
  yield json('statistics', statisticsOf(graph));
  yield json('vocabularies', { vocabularies });
  yield json('relations', { relations });
  const nodes = [...graph.nodes.values()].sort((left, right) => compareText(left.id, right.id));
  yield* lists(graph, kinds, nodes);
  for (const node of nodes) yield { path: resourceAddress(node), content: prettyJson(toResource(graph, node)) };
  yield { path: addressIn('graph'), content: graphPieces(graph, nodes) };
  yield { path: addressIn('corpus'), content: corpusPieces(graph) };
}

function json(name: string, value: unknown): OutputFile {
  return { path: addressIn(name), content: prettyJson(value) };
}

/** Address of a file of the API. Like all addresses in it, relative to the site’s root. */
function addressIn(name: string): string {
  return `${ROOT}/${name}.json`;
}

function listIn(kind: NodeKind): string {
  return addressIn(`${listAddress(kind)}index`);
}

function* lists(graph: Graph, kinds: readonly NodeKind[], nodes: readonly GraphNode[]): Generator<OutputFile> {
  const byKind = new Map<NodeKind, GraphNode[]>(kinds.map((kind) => [kind, []]));
  for (const node of nodes) byKind.get(node.kind)?.push(node);
  yield json('entities/index', {
    kinds: kinds.map((kind) => ({
      kind,
      title: nodeKinds[kind].title,
      definition: nodeKinds[kind].definition,
      count: byKind.get(kind)?.length ?? 0,
      list: listIn(kind),
    })),
  });
  for (const kind of kinds) {
    const content = kind === 'incident' ? { incidents: summaries(graph) } : { kind, entities: listed(graph, byKind.get(kind) ?? []) };
    yield { path: listIn(kind), content: prettyJsonObject(content) };
  }
}

function* summaries(graph: Graph) {
  const incidents = recordsOf(graph, 'incident').sort((left, right) => compareByDate(left.data, right.data));
  for (const record of incidents) yield { ...incidentSummary(record), ...links({ kind: 'incident', key: record.data.id }) };
}

function* listed(graph: Graph, nodes: readonly GraphNode[]) {
  for (const node of nodes) {
    const { id, key, label, knownSince = null } = node;
    yield { id, key, label, knownSince, incidents: incidentsNaming(graph, node), ...links(node) };
  }
}

function incidentsNaming(graph: Graph, { id, declarations }: GraphNode): number {
  const statements = [...declarations, ...graph.edgesFrom(id), ...graph.edgesTo(id)];
  return new Set(statements.map(({ record }) => record).filter(({ kind }) => kind === 'incident')).size;
}

function links(node: Pick<GraphNode, 'kind' | 'key'>) {
  return { page: addressOf(node), resource: resourceAddress(node) };
}

function* graphPieces(graph: Graph, nodes: readonly GraphNode[]): Generator<string> {
  yield '{"nodes":[';
  yield* lines(nodes, ({ id, kind, key, label, knownSince }) => ({
    id,
    kind,
    key,
    label,
    knownSince: knownSince ?? null,
    page: addressOf({ kind, key }),
  }));
  yield '],"edges":[';
  yield* lines(graph.edges, ({ from, to, relation, record, qualifier, confidence, sources, knownSince }) => ({
    from,
    to,
    relation,
    in: record.data.id,
    qualifier: qualifier ?? null,
    confidence: confidence ?? null,
    sources,
    knownSince: knownSince ?? null,
  }));
  yield ']}\n';
}

function* corpusPieces(graph: Graph): Generator<string> {
  yield '{';
  for (const [index, kind] of recordKindNames.entries()) {
    yield `${index > 0 ? ',' : ''}${JSON.stringify(recordKinds[kind].folder)}:[`;
    yield* lines(recordsOf(graph, kind), (record) => record.data);
    yield ']';
  }
  yield '}\n';
}

/** Items as JSON, one a line. */
function* lines<Item>(items: Iterable<Item>, view: (item: Item) => unknown): Generator<string> {
  let before = '';
  for (const item of items) {
    yield `${before}${JSON.stringify(view(item))}`;
    before = ',\n';
  }
}
