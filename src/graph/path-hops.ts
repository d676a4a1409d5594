import { itemsOf } from '../schema/cited.ts';
import type { Citation } from '../schema/evidence.ts';
import type { Hop, Incident } from '../schema/incident.ts';
import type { DeclaredPrimitive } from '../schema/primitive-keys.ts';
import { type NodeId, nodeId } from './graph.ts';

/** A hop with the hops that lead to it. */
export interface LinkedHop {
  readonly hop: Hop;
  readonly index: number;
  /** Indexes of the hops before it. */
  readonly after: readonly number[];
  /** The primitive it stands for; undefined for a hop that is only a label. */
  readonly primitive: DeclaredPrimitive | undefined;
}

/** The hops of an incident, each with its predecessors: those it names in `after`, else all hops of the nearest earlier stage. */
export function linkHops(incident: Incident, primitives: readonly DeclaredPrimitive[]): LinkedHop[] {
  const hops = itemsOf(incident.path);
  const byHandle = new Map(primitives.map((primitive) => [primitive.handle, primitive]));
  return hops.map((hop, index) => ({
    hop,
    index,
    after: predecessors(hops, index),
    primitive: hop.via ? byHandle.get(hop.via) : undefined,
  }));
}

function predecessors(hops: readonly Hop[], index: number): number[] {
  const hop = hops[index];
  if (!hop) return [];
  if (hop.after)
    return hop.after.map((id) => hops.findIndex((earlier) => earlier.id === id)).filter((found) => found >= 0 && found < index);
  let last = index - 1;
  while (last >= 0 && hops[last]?.stage === hop.stage) last--;
  const found: number[] = [];
  for (let earlier = last; earlier >= 0 && hops[earlier]?.stage === hops[last]?.stage; earlier--) found.unshift(earlier);
  return found;
}

/** Edges between the primitives of consecutive hops. A hop that is only a label is bridged, so that the path stays connected. */
export function pathEdges(
  incident: Incident,
  primitives: readonly DeclaredPrimitive[],
): { from: NodeId; to: NodeId; path: (string | number)[]; cites: readonly Citation[]; state: string }[] {
  const linked = linkHops(incident, primitives);
  const sourcesOf = (index: number, seen: ReadonlySet<number>): DeclaredPrimitive[] => {
    const hop = linked[index];
    if (!hop || seen.has(index)) return [];
    return hop.primitive ? [hop.primitive] : hop.after.flatMap((earlier) => sourcesOf(earlier, new Set([...seen, index])));
  };
  return linked.flatMap(({ hop, index, after, primitive }) =>
    primitive
      ? after
          .flatMap((earlier) => sourcesOf(earlier, new Set()))
          .filter((from) => from.key !== primitive.key || from.kind !== primitive.kind)
          .map((from) => ({
            from: nodeId(from.kind, from.key),
            to: nodeId(primitive.kind, primitive.key),
            path: ['path', index],
            cites: hop.cites,
            state: hop.state,
          }))
      : [],
  );
}
