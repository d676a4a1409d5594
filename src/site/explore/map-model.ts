import type { NodeKind } from '../../graph/graph.ts';
import type { ExploreData, ExploreNode } from './explore-data.ts';

/** Kinds of thing that the overview shows unless others are asked for. */
export const OVERVIEW_KINDS: readonly NodeKind[] = ['incident', 'actor', 'campaign', 'malware'];

/** A tie of the map. */
export interface MapEdge {
  readonly from: number;
  readonly to: number;
  /** Index of the relation. */
  readonly relation: number;
  /** The node of the record that says so; -1 where it is none of the map. */
  readonly record: number;
}

/** A step of a way: a tie, and whether it is walked against its direction. */
export interface MapStep {
  readonly edge: MapEdge;
  readonly reversed: boolean;
}

const LONGEST_WAY = 12;

/** The map of the browser: nodes by number, ties at each, ways between two; as known on a day. */
export class MapModel {
  readonly data: ExploreData;
  readonly edges: readonly MapEdge[];
  readonly #from: readonly (readonly number[])[];
  readonly #to: readonly (readonly number[])[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #known: (node: number) => boolean;

  /** `asOf`: a day (YYYY-MM-DD); only what was public at its end is there. */
  constructor(data: ExploreData, asOf?: string) {
    this.data = data;
    const last = asOf === undefined ? Number.POSITIVE_INFINITY : data.days.findLastIndex((day) => day <= asOf);
    const isKnown = (since: number) => asOf === undefined || (since >= 0 && since <= last);
    this.#known = (node) => isKnown(data.nodes[node]?.[5] ?? -1);
    const edges: MapEdge[] = [];
    const [from, to] = [data.nodes.map((): number[] => []), data.nodes.map((): number[] => [])];
    for (let at = 0; at < data.edges.length; at += 5) {
      const part = (offset: number) => data.edges[at + offset] ?? -1;
      const [a, b, since] = [part(0), part(1), part(4)];
      if (!isKnown(since) || !this.#known(a) || !this.#known(b)) continue;
      from[a]?.push(edges.length);
      to[b]?.push(edges.length);
      edges.push({ from: a, to: b, relation: part(2), record: part(3) });
    }
    this.edges = edges;
    this.#from = from;
    this.#to = to;
    this.#byId = new Map(data.nodes.map((node, index) => [this.#idOf(node), index]));
  }

  #idOf([kind, , key]: ExploreNode): string {
    return `${this.data.kinds[kind]?.kind}:${key}`;
  }

  /** `kind:key` of a node. */
  idOf(node: number): string {
    const found = this.data.nodes[node];
    return found ? this.#idOf(found) : '';
  }

  /** The node of an id; undefined where there is none, or it was not known yet. */
  find(id: string): number | undefined {
    const node = this.#byId.get(id);
    return node !== undefined && this.#known(node) ? node : undefined;
  }

  isKnown(node: number): boolean {
    return this.#known(node);
  }

  labelOf(node: number): string {
    return this.data.nodes[node]?.[1] ?? '';
  }

  kindOf(node: number): number {
    return this.data.nodes[node]?.[0] ?? 0;
  }

  /** The name of a node’s kind, as ids have it. */
  kindNameOf(node: number): string {
    return this.data.kinds[this.kindOf(node)]?.kind ?? '';
  }

  /** Ties at a node, in the order of the corpus: those that leave it, then those that arrive. */
  *stepsFrom(node: number): Generator<MapStep & { readonly far: number }> {
    for (const index of this.#from[node] ?? []) {
      const edge = this.edges[index];
      if (edge) yield { edge, reversed: false, far: edge.to };
    }
    for (const index of this.#to[node] ?? []) {
      const edge = this.edges[index];
      if (edge) yield { edge, reversed: true, far: edge.from };
    }
  }

  /** What a node is tied to, by relation and direction, each neighbour once. */
  neighbours(node: number): { readonly relation: number; readonly reversed: boolean; readonly far: readonly number[] }[] {
    const groups = new Map<string, { relation: number; reversed: boolean; far: Set<number> }>();
    for (const { edge, reversed, far } of this.stepsFrom(node)) {
      const key = `${edge.relation} ${reversed}`;
      const group = groups.get(key) ?? { relation: edge.relation, reversed, far: new Set() };
      group.far.add(far);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ relation, reversed, far }) => ({ relation, reversed, far: [...far] }));
  }

  /** A shortest way along ties that can be inspected: the same that `threatpedia path` finds. */
  findWay(start: number, end: number): readonly MapStep[] | undefined {
    if (start === end) return [];
    const cameBy = new Map<number, { step: MapStep; previous: number } | undefined>([[start, undefined]]);
    let frontier = [start];
    for (let steps = 0; steps < LONGEST_WAY && frontier.length > 0; steps++) {
      const next: number[] = [];
      for (const node of frontier) {
        for (const { edge, reversed, far } of this.stepsFrom(node)) {
          if (!this.data.relations[edge.relation]?.inspectable || cameBy.has(far)) continue;
          cameBy.set(far, { step: { edge, reversed }, previous: node });
          if (far === end) return traceBack(cameBy, end);
          next.push(far);
        }
      }
      frontier = next;
    }
    return undefined;
  }

  /** Ties between nodes that are drawn. */
  edgesWithin(drawn: ReadonlySet<number>): MapEdge[] {
    const found: MapEdge[] = [];
    for (const node of drawn) {
      for (const index of this.#from[node] ?? []) {
        const edge = this.edges[index];
        if (edge && drawn.has(edge.to)) found.push(edge);
      }
    }
    return found;
  }

  /** Incidents tied by seeding, transitively: all cascades, or the one of an incident. */
  cascade(incident?: number): Set<number> {
    const seeded = this.data.relations.findIndex(({ id }) => id === 'seeded');
    const all = this.edges.filter(({ relation }) => relation === seeded);
    if (incident === undefined) return new Set(all.flatMap(({ from, to }) => [from, to]));
    const found = new Set([incident]);
    for (let before = 0; before !== found.size; ) {
      before = found.size;
      for (const { from, to } of all) if (found.has(from) || found.has(to)) found.add(from).add(to);
    }
    return found;
  }

  /** How many seedings lead to each incident of a cascade at most: 0 where one began. What is no part of it is left out. */
  cascadeSteps(drawn: ReadonlySet<number>): ReadonlyMap<number, number> {
    const seeded = this.data.relations.findIndex(({ id }) => id === 'seeded');
    const seedings = this.edgesWithin(drawn).filter(({ relation }) => relation === seeded);
    const steps = new Map(seedings.flatMap(({ from, to }) => [from, to]).map((node) => [node, 0]));
    // Seeding has no circles (the corpus is held to that), so this ends; the bound is for what should not be.
    for (let pass = 0, changed = true; changed && pass <= steps.size; pass++) {
      changed = false;
      for (const { from, to } of seedings) {
        const step = (steps.get(from) ?? 0) + 1;
        if (step <= (steps.get(to) ?? 0)) continue;
        steps.set(to, step);
        changed = true;
      }
    }
    return steps;
  }
}

function traceBack(cameBy: ReadonlyMap<number, { step: MapStep; previous: number } | undefined>, end: number): MapStep[] {
  const way: MapStep[] = [];
  for (let arrival = cameBy.get(end); arrival; arrival = cameBy.get(arrival.previous)) way.unshift(arrival.step);
  return way;
}
