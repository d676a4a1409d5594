import { wrapText } from '../base/text-width.ts';

/** A box to place: which lane it belongs to, its words, and the boxes that lead to it (earlier in the list). */
export interface BoxInput {
  readonly lane: number;
  readonly title: string;
  /** Second line in small type. */
  readonly detail: string;
  readonly after: readonly number[];
}

/** A box placed. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly titleLines: readonly string[];
  readonly detailLines: readonly string[];
}

/** A picture in numbers; units are pixels of the viewBox. */
export interface PathLayout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly { readonly lane: number; readonly x: number; readonly width: number }[];
  readonly boxes: readonly Box[];
  /** One SVG path per arrow, from the right side of a box to the left side of another. */
  readonly arrows: readonly { readonly from: number; readonly to: number; readonly d: string }[];
}

export const TITLE_SIZE = 12.5;
export const DETAIL_SIZE = 11;
export const TITLE_LEADING = 16;
export const DETAIL_LEADING = 14;
const PADDING = 9;
/** Many columns stand closer and narrower, so that the words stay large enough to read when the picture is scaled to the page. */
const CROWDED = [
  { columns: 10, gutter: 18, boxWidth: 117 },
  { columns: 8, gutter: 26, boxWidth: 117 },
  { columns: 0, gutter: 34, boxWidth: 124 },
] as const;
const ROW_GAP = 18;
const TOP = 34;
const CHANNEL = 12;
/** Width of a page’s column. */
export const COMFORTABLE_WIDTH = 1116;

/** Where columns stand. */
interface Grid {
  readonly boxWidth: number;
  readonly gutter: number;
  /** Left edge of a column. */
  x(column: number): number;
}

/** A place in a column: a box, or the passage of an arrow that skips the column. */
interface Slot {
  readonly box: number | undefined;
  readonly height: number;
  readonly sources: Slot[];
  order: number;
  middle: number;
}

/**
 * Lays out a path from left to right: lanes become columns (several where boxes of one lane follow each other), boxes are stacked by the mean
 * height of what leads to them, and arrows that skip a column get a slot of their own in it, so that no arrow crosses a box. Arrows that run
 * back pass below everything. Deterministic; time grows with boxes times columns.
 */
export function layoutPath(inputs: readonly BoxInput[]): PathLayout {
  const columns = assignColumns(inputs);
  const columnCount = Math.max(0, ...columns.map(({ column }) => column)) + 1;
  const { gutter, boxWidth: narrowest } = CROWDED.find(({ columns: least }) => columnCount >= least) ?? CROWDED[2];
  const boxWidth = Math.min(196, Math.max(narrowest, Math.floor((COMFORTABLE_WIDTH - (columnCount - 1) * gutter - 4) / columnCount)));
  const grid: Grid = { boxWidth, gutter, x: (column) => 2 + column * (boxWidth + gutter) };
  const sized = inputs.map((input) => sizeBox(input, boxWidth));
  const { slots, chains, backward } = placeSlots(inputs, columns, sized, columnCount);
  orderSlots(slots);
  const tallest = Math.max(...slots.map(columnHeight));
  for (const column of slots) stack(column, TOP + (tallest - columnHeight(column)) / 2);
  const middles = new Map(slots.flat().flatMap((slot) => (slot.box === undefined ? [] : [[slot.box, slot.middle] as const])));
  const boxes = sized.map((box, index) => ({
    ...box,
    x: grid.x(columns[index]?.column ?? 0),
    y: (middles.get(index) ?? TOP) - box.height / 2,
    width: boxWidth,
  }));
  const bottom = TOP + tallest;
  const arrows = [
    ...chains.map((chain) => forwardArrow(chain, boxes, columns, grid)),
    ...backward.map((edge, index) => backwardArrow(edge, boxes, bottom + 14 + index * CHANNEL, gutter)),
  ];
  return {
    width: columnCount * boxWidth + (columnCount - 1) * gutter + 4,
    height: bottom + (backward.length > 0 ? 10 + backward.length * CHANNEL : 0) + 6,
    lanes: laneSpans(columns, inputs, grid),
    boxes,
    arrows,
  };
}

/** Lanes in order, each as wide as its longest chain of boxes that follow each other within it. */
function assignColumns(inputs: readonly BoxInput[]): { column: number }[] {
  const depth: number[] = [];
  for (const [index, input] of inputs.entries()) {
    const within = input.after.filter((earlier) => inputs[earlier]?.lane === input.lane && earlier < index);
    depth.push(within.length === 0 ? 0 : 1 + Math.max(...within.map((earlier) => depth[earlier] ?? 0)));
  }
  const start = new Map<number, number>();
  let next = 0;
  for (const lane of [...new Set(inputs.map((input) => input.lane))].sort((left, right) => left - right)) {
    start.set(lane, next);
    next += 1 + Math.max(...inputs.map((input, index) => (input.lane === lane ? (depth[index] ?? 0) : 0)));
  }
  return inputs.map((input, index) => ({ column: (start.get(input.lane) ?? 0) + (depth[index] ?? 0) }));
}

function sizeBox(input: BoxInput, width: number): Omit<Box, 'x' | 'y'> {
  const titleLines = wrapText(input.title, width - 2 * PADDING, TITLE_SIZE, { bold: true, maxLines: 5 });
  const detailLines = wrapText(input.detail, width - 2 * PADDING, DETAIL_SIZE, { maxLines: 3 });
  return { width, height: 2 * PADDING + titleLines.length * TITLE_LEADING + detailLines.length * DETAIL_LEADING, titleLines, detailLines };
}

function placeSlots(
  inputs: readonly BoxInput[],
  columns: readonly { column: number }[],
  sized: readonly { height: number }[],
  columnCount: number,
) {
  const slots: Slot[][] = Array.from({ length: columnCount }, () => []);
  const ofBox: Slot[] = [];
  for (const [index, { column }] of columns.entries()) {
    const slot: Slot = { box: index, height: sized[index]?.height ?? 0, sources: [], order: index, middle: 0 };
    ofBox.push(slot);
    slots[column]?.push(slot);
  }
  const chains: { from: number; to: number; via: { column: number; slot: Slot }[] }[] = [];
  const backward: { from: number; to: number }[] = [];
  for (const [to, input] of inputs.entries()) {
    for (const from of input.after) {
      const start = columns[from]?.column ?? 0;
      const end = columns[to]?.column ?? 0;
      if (start >= end) {
        backward.push({ from, to });
        continue;
      }
      const via: { column: number; slot: Slot }[] = [];
      let previous = ofBox[from];
      for (let column = start + 1; column < end; column++) {
        const slot: Slot = { box: undefined, height: CHANNEL, sources: previous ? [previous] : [], order: to, middle: 0 };
        slots[column]?.push(slot);
        via.push({ column, slot });
        previous = slot;
      }
      if (previous) ofBox[to]?.sources.push(previous);
      chains.push({ from, to, via });
    }
  }
  return { slots, chains, backward };
}

/** Within each column, by the mean position of what leads there; what nothing leads to keeps its place in the list. */
function orderSlots(slots: readonly Slot[][]): void {
  const rank = new Map<Slot, number>();
  for (const column of slots) {
    const weight = (slot: Slot, fallback: number) =>
      slot.sources.length === 0 ? fallback : slot.sources.reduce((sum, source) => sum + (rank.get(source) ?? 0), 0) / slot.sources.length;
    const weighted = column.map((slot, index) => ({ slot, weight: weight(slot, column.length === 1 ? 0.5 : index / (column.length - 1)) }));
    weighted.sort((left, right) => left.weight - right.weight || left.slot.order - right.slot.order);
    column.splice(0, column.length, ...weighted.map(({ slot }) => slot));
    for (const [index, slot] of column.entries()) rank.set(slot, column.length === 1 ? 0.5 : index / (column.length - 1));
  }
}

function columnHeight(column: readonly Slot[]): number {
  return column.reduce((sum, slot) => sum + slot.height, 0) + Math.max(0, column.length - 1) * ROW_GAP;
}

function stack(column: readonly Slot[], top: number): void {
  let y = top;
  for (const slot of column) {
    slot.middle = y + slot.height / 2;
    y += slot.height + ROW_GAP;
  }
}

function forwardArrow(
  chain: { from: number; to: number; via: readonly { column: number; slot: Slot }[] },
  boxes: readonly Box[],
  columns: readonly { column: number }[],
  grid: Grid,
): { from: number; to: number; d: string } {
  const start = boxes[chain.from];
  const end = boxes[chain.to];
  if (!start || !end) return { from: chain.from, to: chain.to, d: '' };
  let x = start.x + start.width;
  let y = start.y + start.height / 2;
  let d = `M${round(x)} ${round(y)}`;
  const bendTo = (nextX: number, nextY: number) => {
    const middle = (x + nextX) / 2;
    d +=
      Math.abs(nextY - y) < 0.5
        ? `H${round(nextX)}`
        : `C${round(middle)} ${round(y)} ${round(middle)} ${round(nextY)} ${round(nextX)} ${round(nextY)}`;
    [x, y] = [nextX, nextY];
  };
  for (const { column, slot } of chain.via) {
    bendTo(grid.x(column), slot.middle);
    x += grid.boxWidth;
    d += `H${round(x)}`;
  }
  bendTo(grid.x(columns[chain.to]?.column ?? 0) - 2, end.y + end.height / 2);
  return { from: chain.from, to: chain.to, d };
}

/** Down the gutter after the one box, along below everything, up the gutter before the other. */
function backwardArrow(
  { from, to }: { from: number; to: number },
  boxes: readonly Box[],
  below: number,
  gutter: number,
): { from: number; to: number; d: string } {
  const start = boxes[from];
  const end = boxes[to];
  if (!start || !end) return { from, to, d: '' };
  const right = start.x + start.width + gutter * 0.36;
  const left = Math.max(1, end.x - gutter * 0.5);
  const [startY, endY] = [start.y + start.height / 2, end.y + end.height / 2 + 6];
  const d = `M${round(start.x + start.width)} ${round(startY)}H${round(right)}V${round(below)}H${round(left)}V${round(endY)}H${round(end.x - 2)}`;
  return { from, to, d };
}

function laneSpans(columns: readonly { column: number }[], inputs: readonly BoxInput[], grid: Grid): PathLayout['lanes'] {
  const lanes = [...new Set(inputs.map((input) => input.lane))].sort((left, right) => left - right);
  return lanes.map((lane) => {
    const own = columns.filter((_, index) => inputs[index]?.lane === lane).map(({ column }) => column);
    const [first, last] = [Math.min(...own), Math.max(...own)];
    return { lane, x: grid.x(first), width: grid.x(last) - grid.x(first) + grid.boxWidth };
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
