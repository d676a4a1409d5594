import { findNearest } from '../base/nearest.ts';
import { AppError } from '../base/problem.ts';
import { valueAt } from '../graph/build-graph.ts';
import { findByName } from '../graph/find-by-name.ts';
import { type Graph, type GraphEdge, type GraphNode, getNode, nodeId } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { relations } from '../graph/relations.ts';
import type { Citation } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import type { DraftStatement } from './answer.ts';
import { citesOfEdge, citing, restsOnPublic } from './citations.ts';
import { defanged, quoted, refanged } from './quoted-text.ts';

/** How a node is called in an answer: a title written with hindsight, and an address that a program could follow, are not told as they are. */
export function nodeLabel({ kind, key, label }: GraphNode, asOf?: string): string {
  if (kind === 'incident' && asOf !== undefined) return key;
  return quoted(kind === 'indicator' && /^(domain|ipv4|ipv6|url|email-address):/.test(key) ? defanged(label) : label);
}

/** A node as one line: its name, kind and id, resting on its summary or on the first record that declares it. */
export function nodeStatement(node: GraphNode): DraftStatement {
  const { record, declarations, knownSince } = node;
  const text = `${nodeLabel(node)} (${nodeKinds[node.kind].title.toLowerCase()}${knownSince ? `, known since ${knownSince}` : ''})`;
  const [first] = declarations;
  const cites = record
    ? 'summary' in record.data && record.data.summary
      ? record.data.summary.cites
      : []
    : first
      ? citesOfEdge(first)
      : [];
  const from = record ?? first?.record;
  if (!from || cites.length === 0) return { text, basis: 'judgement', id: node.id };
  return { text, basis: 'cited', cite: citing(from, cites, undefined), id: node.id };
}

/** An edge as one line, read from one of its ends, with the references that it rests on. As of a day no text is told, and qualifiers only where all of these were public. */
export function edgeStatement(graph: Graph, edge: GraphEdge, direction: 'out' | 'in', asOf: string | undefined): DraftStatement {
  const far = getNode(graph, direction === 'out' ? edge.to : edge.from);
  const cites: readonly Citation[] = citesOfEdge(edge);
  const whole = restsOnPublic(edge.record, cites, asOf);
  const { record } = edge;
  // A claim of attribution is nothing without its claimant, which its qualifier names.
  const qualifier = whole || edge.relation === 'attributed' ? edge.qualifier : undefined;
  const { text } = valueAt(edge.record, edge.path) as { readonly text?: string };
  const { label, inverse } = relations[edge.relation];
  const details = [
    ...(qualifier ? [quoted(qualifier)] : []),
    ...(whole && edge.confidence ? [`confidence ${edge.confidence}`] : []),
    // An earlier document may stand in the record of a later incident.
    ...(graph.nodes.has(nodeId(record.kind, record.data.id)) ? [`said by ${record.data.id}`] : []),
    edge.knownSince ? `known since ${edge.knownSince}` : 'no dated source',
  ];
  const told = whole && asOf === undefined && text ? `. ${quoted(plainText(text))}` : '';
  return {
    text: `${direction === 'out' ? label : inverse}: ${nodeLabel(far, asOf)} (${nodeKinds[far.kind].title.toLowerCase()}; ${details.join('; ')})${told}`,
    basis: 'cited',
    cite: citing(edge.record, cites, asOf),
    id: far.id,
  };
}

/** The one node that a name, id, purl, version, digest or address means. Throws AppError that says what else could be meant. */
export function resolveNode(graph: Graph, name: string, asOf: string | undefined): GraphNode {
  const [node, ...others] = resolveNodes(graph, name, asOf);
  if (node && others.length === 0) return node;
  const ids = [node, ...others].slice(0, 20).map((each) => quoted(each?.id ?? ''));
  throw new AppError('usage', `${others.length + 1} things are called ${JSON.stringify(quoted(name))}; ask for one of ${ids.join(', ')}`);
}

/** Every node that a name means; those whose id or key it is, before those that are called so. Throws AppError where there is none. */
export function resolveNodes(graph: Graph, name: string, asOf: string | undefined): GraphNode[] {
  const wanted = refanged(name.trim());
  const found = findByName(graph, wanted);
  const exact = found.filter(({ id, key }) => id === wanted || key === wanted);
  if (found.length > 0) return exact.length > 0 ? exact : found;
  const nearest = findNearest(
    wanted,
    [...graph.nodes.values()].flatMap((each) => (each.kind === 'incident' && asOf !== undefined ? [each.key] : [each.key, each.label])),
  );
  const where = asOf ? ` in what was publicly known on ${asOf}` : '';
  const perhaps = nearest ? `did you mean ${JSON.stringify(quoted(nearest))}? The` : 'the';
  throw new AppError(
    'not-found',
    `nothing is called ${JSON.stringify(quoted(name).slice(0, 200))}${where}; ${perhaps} tool search finds things by words`,
  );
}
