/** A node of the drawing. */
export interface Box {
  readonly node: number;
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
}

export interface MapLayout {
  readonly boxes: readonly Box[];
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number;
}

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
 * about. The order within a kind is that of `rank`.
 */
export function layoutMap(nodes: readonly Placed[], aspect: number): MapLayout {
  const byKind = new Map<number, Placed[]>();
  for (const node of nodes) byKind.set(node.kind, [...(byKind.get(node.kind) ?? []), node]);
  const lanes = [...byKind].sort(([left], [right]) => left - right);
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
    if (row + HEAD_ROWS + Math.min(2, members.length) > rows) [column, row] = [row === 0 ? column : column + 1, 0];
    heads.push({ kind, ...at(), count: members.length });
    row += HEAD_ROWS;
    for (const { node } of members.sort((left, right) => left.rank - right.rank || left.node - right.node)) {
      if (row >= rows) [column, row] = [column + 1, HEAD_ROWS];
      boxes.push({ node, lane, ...at() });
      row++;
    }
  }
  return sized(boxes, heads);
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
