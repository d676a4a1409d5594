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
  const { begins, others } = tiesOf(lanes.length, edges);
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
        for (let at = begin; at < end; at++) sum += places[others[at] ?? 0] ?? 0;
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

/** What each of so many nodes is tied to, one after the other, and where each node’s begin: lists of their own would take ten times the memory. */
function tiesOf(nodes: number, edges: Uint32Array): { begins: Uint32Array; others: Uint32Array } {
  const begins = new Uint32Array(nodes + 1);
  for (const end of edges) begins[end + 1] = (begins[end + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node++) begins[node + 1] = (begins[node + 1] ?? 0) + (begins[node] ?? 0);
  const others = new Uint32Array(edges.length);
  const free = begins.slice();
  for (const [at, end] of edges.entries()) {
    const place = free[end] ?? 0;
    others[place] = edges[at ^ 1] ?? 0;
    free[end] = place + 1;
  }
  return { begins, others };
}
