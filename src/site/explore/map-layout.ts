import { laneOrder } from './lane-order.ts';

/** A node of the drawing. */
export interface Box {
  readonly node: number;
  /** Its place in {@link MapLayout.lanes}. */
  readonly lane: number;
  readonly x: number;
  readonly y: number;
}

/** Where the things of one kind begin, and how many they are. */
export interface Lane {
  readonly kind: number;
  readonly x: number;
  readonly y: number;
  readonly count: number;
  /** What they are called together, where they are of several kinds. */
  readonly title?: string | undefined;
  /** A further head of a lane that goes on in this column; its boxes are those of the first. */
  readonly continued?: boolean;
  /** They are tied to nothing else that is drawn. */
  readonly untied?: boolean;
}

export interface MapLayout {
  readonly boxes: readonly Box[];
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
}

/** Most things that are drawn by their ties: of more nobody sees the ties, and an even page is easier to look through. */
export const MOST_BY_TIES = 1_000;

/** Measures of the drawing at its own size. A row is a box with the space below it; a head takes two. */
export const CELL = { width: 210, height: 24, gap: 64 } as const;
const HEAD_ROWS = 2;

interface Placed {
  readonly node: number;
  readonly kind: number;
  readonly rank: number;
}

/**
 * Things of a kind under a head, kind after kind, in columns like the lines of a newspaper. `aspect`: width over height that the whole shall have,
 * about. The order within a kind is that of `rank`. `first`, where it is given, has a column of its own before all others.
 */
export function layoutMap(nodes: readonly Placed[], aspect: number, first?: number): MapLayout {
  const head = nodes.filter(({ node }) => node === first);
  const lanes = [
    ...head.map((one): [number, Placed[]] => [one.kind, [one]]),
    ...byKindOf(head.length > 0 ? nodes.filter(({ node }) => node !== first) : nodes),
  ];
  const rows = rowsFor(
    lanes.map(([, members]) => members.length),
    aspect,
  );
  const boxes: Box[] = [];
  const heads: Lane[] = [];
  let [column, row] = [0, 0];
  const at = () => ({ x: column * (CELL.width + CELL.gap), y: row * CELL.height });
  for (const [lane, [kind, members]] of lanes.entries()) {
    // A head never stands alone at the end of a column, and kinds stand apart.
    if (row > 0) row++;
    if (lane === 1 && head.length > 0) [column, row] = [column + 1, 0];
    if (row + HEAD_ROWS + Math.min(2, members.length) > rows) [column, row] = [row === 0 ? column : column + 1, 0];
    const place = heads.push({ kind, ...at(), count: members.length }) - 1;
    row += HEAD_ROWS;
    for (const { node } of members) {
      if (row >= rows) {
        [column, row] = [column + 1, 0];
        heads.push({ kind, ...at(), count: 0, continued: true });
        row = HEAD_ROWS;
      }
      boxes.push({ node, lane: place, ...at() });
      row++;
    }
  }
  return sized(boxes, heads);
}

/** A thing with the column in which it stands. */
interface InColumn extends Placed {
  readonly column: number;
}

/**
 * Things in columns, and across them what belongs together: a group that ties hold together stands apart from the next, the largest first, its things in an order
 * that keeps ties short. Things without any tie follow below, kind by kind. `titleOf` names columns that hold several kinds.
 */
export function layoutByTies(
  nodes: readonly InColumn[],
  ties: readonly Tie[],
  titleOf: (column: number) => string | undefined = () => undefined,
): MapLayout {
  const groups = tiedGroups(nodes, ties);
  const members = groups.flatMap(({ members: all }) => all);
  const columns = [...new Set(members.map(({ column }) => column))].sort((left, right) => left - right);
  const boxes: Omit<Box, 'lane'>[][] = columns.map(() => []);
  let row = HEAD_ROWS;
  for (const group of groups) {
    const inOrder = ordered(group);
    const lanes = columns.map((column) => inOrder.filter((one) => one.column === column));
    const rows = Math.max(...lanes.map(({ length }) => length));
    for (const [at, lane] of lanes.entries()) {
      const top = row + (rows - lane.length) / 2;
      for (const [index, { node }] of lane.entries())
        boxes[at]?.push({ node, x: at * (CELL.width + CELL.gap), y: (top + index) * CELL.height });
    }
    row += rows + 0.6;
  }
  const heads: Lane[] = columns.map((column, at) => ({
    kind: members.find((one) => one.column === column)?.kind ?? 0,
    x: at * (CELL.width + CELL.gap),
    y: 0,
    count: boxes[at]?.length ?? 0,
    title: titleOf(column),
  }));
  const tied = new Set(members.map(({ node }) => node));
  const untied = byKindOf(nodes.filter(({ node }) => !tied.has(node)));
  const across = Math.max(4, columns.length);
  for (const [kind, members] of untied) {
    if (row > HEAD_ROWS) row++;
    else row = 0;
    heads.push({ kind, x: 0, y: row * CELL.height, count: members.length, untied: true });
    row += HEAD_ROWS;
    const rows = Math.ceil(members.length / across);
    boxes.push(
      members.map(({ node }, index) => ({
        node,
        x: Math.floor(index / rows) * (CELL.width + CELL.gap),
        y: (row + (index % rows)) * CELL.height,
      })),
    );
    row += rows;
  }
  return sized(
    boxes.flatMap((lane, index) => lane.map((box) => ({ ...box, lane: index }))),
    heads,
  );
}

interface Tie {
  readonly from: number;
  readonly to: number;
}

/** Things that ties hold together, and these ties. */
interface TiedGroup {
  readonly members: InColumn[];
  readonly ties: Tie[];
}

/** Groups of two and more that ties hold together, the largest first. */
function tiedGroups(nodes: readonly InColumn[], ties: readonly Tie[]): TiedGroup[] {
  const leader = new Map(nodes.map(({ node }) => [node, node]));
  const above = (node: number) => leader.get(node) ?? node;
  /** The leader of a node's group. Ways to it are halved as they are gone (Tarjan and van Leeuwen 1984). */
  const find = (node: number): number => {
    let at = node;
    for (let next = above(at); next !== at; next = above(at)) {
      leader.set(at, above(next));
      at = next;
    }
    return at;
  };
  const drawn = ties.filter(({ from, to }) => leader.has(from) && leader.has(to));
  for (const { from, to } of drawn) leader.set(find(from), find(to));
  const groups = new Map<number, TiedGroup>();
  for (const one of nodes) {
    const group = groups.get(find(one.node));
    if (group) group.members.push(one);
    else groups.set(find(one.node), { members: [one], ties: [] });
  }
  for (const tie of drawn) groups.get(find(tie.from))?.ties.push(tie);
  return [...groups.values()]
    .filter(({ members: { length } }) => length > 1)
    .sort(({ members: left }, { members: right }) => right.length - left.length || (left[0]?.node ?? 0) - (right[0]?.node ?? 0));
}

/** A group in an order in which its ties are short. */
function ordered({ members, ties }: TiedGroup): InColumn[] {
  const places = new Map(members.map(({ node }, place) => [node, place]));
  const ranks = laneOrder(
    members.map(({ column }) => column),
    Uint32Array.from(ties.flatMap(({ from, to }) => [places.get(from) ?? 0, places.get(to) ?? 0])),
  );
  return members
    .map((one, place) => ({ one, rank: ranks[place] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

/** What stands over a lane: its title or kind, with how many there are where there are several. */
export function headOf({ kind, count, title, continued, untied }: Lane, kinds: readonly { title: string; plural: string }[]): string {
  const { title: one = '', plural = '' } = kinds[kind] ?? {};
  if (continued) return `${plural}, continued`;
  const head = title ? `${title} ${count}` : count === 1 ? one : `${plural} ${count}`;
  return untied ? `${head}, tied to nothing that is drawn` : head;
}

/** A way from left to right, each thing under its kind. */
export function layoutWay(nodes: readonly Placed[], width: number): MapLayout {
  const perRow = Math.max(1, Math.floor((width - 32 + CELL.gap) / (CELL.width + CELL.gap)));
  const place = (index: number) => ({ x: (index % perRow) * (CELL.width + CELL.gap), y: Math.floor(index / perRow) * CELL.height * 5 });
  return sized(
    nodes.map(({ node }, index) => ({ node, lane: index, x: place(index).x, y: place(index).y + HEAD_ROWS * CELL.height })),
    nodes.map(({ kind }, index) => ({ kind, ...place(index), count: 1 })),
  );
}

/** Kinds in their order, the things of each in theirs. */
function byKindOf<Node extends Placed>(nodes: readonly Node[]): [number, Node[]][] {
  const byKind = new Map<number, Node[]>();
  for (const node of nodes) {
    const members = byKind.get(node.kind);
    if (members) members.push(node);
    else byKind.set(node.kind, [node]);
  }
  for (const members of byKind.values()) members.sort((left, right) => left.rank - right.rank || left.node - right.node);
  return [...byKind].sort(([left], [right]) => left - right);
}

function sized(boxes: readonly Box[], lanes: readonly Lane[]): MapLayout {
  return {
    boxes,
    lanes,
    width: boxes.reduce((most, { x }) => Math.max(most, x), 0) + CELL.width,
    height: boxes.reduce((most, { y }) => Math.max(most, y), 0) + CELL.height,
  };
}

/** Rows of a column with which the whole comes nearest to the shape. */
function rowsFor(counts: readonly number[], aspect: number): number {
  const lines = counts.reduce((sum, count) => sum + count + HEAD_ROWS + 1, 0);
  let best = HEAD_ROWS + 2;
  let bestOff = Number.POSITIVE_INFINITY;
  for (let columns = 1; columns <= 400; columns++) {
    const rows = Math.max(HEAD_ROWS + 2, Math.ceil(lines / columns));
    const off = Math.abs(Math.log((columns * (CELL.width + CELL.gap)) / (rows * CELL.height) / aspect));
    if (off < bestOff) [best, bestOff] = [rows, off];
  }
  return best;
}
