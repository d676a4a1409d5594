import type { Graph, GraphEdge, NodeId } from './graph.ts';
import { type Relation, relations } from './relations.ts';

/** One step of a path: an edge, and whether it is walked against its direction. */
export interface PathStep {
  readonly edge: GraphEdge;
  readonly reversed: boolean;
}

export interface PathOptions {
  /** Relations that the path may use; default all that are inspectable, so not shared documents or techniques. */
  readonly relations?: ReadonlySet<Relation>;
  /** Longest path to look for, in steps; default 12. */
  readonly maxSteps?: number;
}

/**
 * A shortest path between two nodes along inspectable relations, in either direction; among equals the one whose edges come first in the
 * corpus. Undefined where there is none within the bound. Breadth first, each node once.
 */
export function findPath(graph: Graph, from: NodeId, to: NodeId, options: PathOptions = {}): readonly PathStep[] | undefined {
  if (!graph.nodes.has(from) || !graph.nodes.has(to)) return undefined;
  if (from === to) return [];
  const allowed = (relation: Relation) => (options.relations ? options.relations.has(relation) : relations[relation].inspectable);
  const cameBy = new Map<NodeId, { step: PathStep; previous: NodeId } | undefined>([[from, undefined]]);
  let frontier: NodeId[] = [from];
  for (let steps = 0; steps < (options.maxSteps ?? 12) && frontier.length > 0; steps++) {
    const next: NodeId[] = [];
    for (const id of frontier) {
      for (const { step, far } of stepsFrom(graph, id)) {
        if (!allowed(step.edge.relation) || cameBy.has(far)) continue;
        cameBy.set(far, { step, previous: id });
        if (far === to) return traceBack(cameBy, to);
        next.push(far);
      }
    }
    frontier = next;
  }
  return undefined;
}

function* stepsFrom(graph: Graph, id: NodeId): Generator<{ step: PathStep; far: NodeId }> {
  for (const edge of graph.edgesFrom(id)) yield { step: { edge, reversed: false }, far: edge.to };
  for (const edge of graph.edgesTo(id)) yield { step: { edge, reversed: true }, far: edge.from };
}

function traceBack(cameBy: ReadonlyMap<NodeId, { step: PathStep; previous: NodeId } | undefined>, to: NodeId): PathStep[] {
  const path: PathStep[] = [];
  for (let arrival = cameBy.get(to); arrival; arrival = cameBy.get(arrival.previous)) path.unshift(arrival.step);
  return path;
}

/** The ties of a node, grouped by relation and direction, in the order of the relations. */
export function neighbours(graph: Graph, id: NodeId): { relation: Relation; direction: 'out' | 'in'; edges: readonly GraphEdge[] }[] {
  const groups = Object.keys(relations).flatMap((name) => {
    const relation = name as Relation;
    return (['out', 'in'] as const).map((direction) => ({
      relation,
      direction,
      edges: (direction === 'out' ? graph.edgesFrom(id) : graph.edgesTo(id)).filter((edge) => edge.relation === relation),
    }));
  });
  return groups.filter((group) => group.edges.length > 0);
}

/** An incident of a cascade, with the edges that lead to it from the one asked about. */
export interface CascadeStep {
  readonly incident: NodeId;
  /** 1 for directly seeded. */
  readonly distance: number;
  readonly edge: GraphEdge;
}

/** The incidents that an incident seeded (`downstream`) or that led to it (`upstream`), transitively, nearest first. */
export function cascade(graph: Graph, incident: NodeId, direction: 'upstream' | 'downstream'): CascadeStep[] {
  const found: CascadeStep[] = [];
  const seen = new Set<NodeId>([incident]);
  let frontier: NodeId[] = [incident];
  for (let distance = 1; frontier.length > 0; distance++) {
    const next: NodeId[] = [];
    for (const id of frontier) {
      for (const edge of direction === 'downstream' ? graph.edgesFrom(id) : graph.edgesTo(id)) {
        const far = direction === 'downstream' ? edge.to : edge.from;
        if (edge.relation !== 'seeded' || seen.has(far)) continue;
        seen.add(far);
        found.push({ incident: far, distance, edge });
        next.push(far);
      }
    }
    frontier = next;
  }
  return found;
}
