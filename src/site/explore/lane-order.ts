import { inRows } from '../../base/rows.ts';

/** Sweeps of the order in the lanes: after a few it hardly changes. */
const SWEEPS = 6;

/**
 * The place of each node in its lane, from 0: by the mean place of what it is tied to, over and over (the barycentre method of layered drawings,
 * Sugiyama 1981). Nodes are numbered as in `lanes`; `edges` holds two of them an edge. Ties in the mean keep their order.
 */
export function laneOrder(lanes: readonly number[], edges: Uint32Array): readonly number[] {
  const members: number[][] = [];
  for (const [node, lane] of lanes.entries()) {
    members[lane] ??= [];
    members[lane].push(node);
  }
  const { begins, items } = inRows(edges, lanes.length);
  // Places are shares of the lane, so that long and short lanes pull alike.
  const places = lanes.map(() => 0);
  const means = lanes.map(() => 0);
  const place = (lane: readonly number[]) => {
    for (const [rank, node] of lane.entries()) places[node] = (rank + 0.5) / lane.length;
  };
  for (const lane of members) if (lane) place(lane);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const lane of members) {
      if (!lane) continue;
      for (const node of lane) {
        const [begin = 0, end = 0] = [begins[node], begins[node + 1]];
        let sum = 0;
        for (let at = begin; at < end; at++) sum += places[edges[(items[at] ?? 0) ^ 1] ?? 0] ?? 0;
        means[node] = end > begin ? sum / (end - begin) : (places[node] ?? 0);
      }
      lane.sort((left, right) => (means[left] ?? 0) - (means[right] ?? 0) || left - right);
      place(lane);
    }
  }
  const ranks = lanes.map(() => 0);
  for (const lane of members) if (lane) for (const [rank, node] of lane.entries()) ranks[node] = rank;
  return ranks;
}
