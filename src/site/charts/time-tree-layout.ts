import { getEdtf } from '../../base/edtf.ts';
import { edtfWords } from '../../base/edtf-words.ts';
import { wrapText } from '../../base/text-width.ts';

/** Something with a date, as written, or none. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly date: string | undefined;
  /** More to say of it, beside what ties it. */
  readonly note?: string | undefined;
}

/** A tie from an earlier to a later thing. */
export interface TreeEdge {
  readonly from: string;
  readonly to: string;
  /** How it is drawn: a name of the picture's styles. */
  readonly style: string;
  /** What ties the two, for the row of the later. */
  readonly note: string;
}

export interface TreeRow {
  readonly node: TreeNode;
  readonly y: number;
  readonly label: readonly string[];
  readonly note: readonly string[];
  /** From the first to the last day that the date can mean, in pixels; the same where it is known to the day. Undated things have a lane of their own. */
  readonly from: number;
  readonly to: number;
  readonly dated: boolean;
  /** The date is known to the day or better, without doubt. */
  readonly exact: boolean;
}

export const LABEL_SIZE = 12.5;
export const NOTE_SIZE = 11.5;
export const LEADING = 15;
/** Below this width labels get less room. */
const SPLIT = 560;
const HEAD = 30;
/** Half of a mark, with the gap before a line. */
const MARK = 6;
const RIGHT = 24;
const UNDATED_WIDTH = 58;

/** A dated row each, in the order of descent: a thing, then what came of it, the earliest first. */
export function layoutTimeTree(nodes: readonly TreeNode[], edges: readonly TreeEdge[], width: number) {
  const order = inOrder(nodes, edges);
  const undated = order.some(({ date }) => spanOf(date) === undefined);
  const spans = nodes.map(({ date }) => spanOf(date)).filter((span) => span !== undefined);
  const first = Math.min(...spans.map(([from]) => from));
  const last = Math.max(...spans.map(([, to]) => to));
  const labelWidth = width < SPLIT ? 158 : 270;
  const left = labelWidth + 16;
  const right = width - RIGHT - (undated ? UNDATED_WIDTH : 0);
  const x = (day: number) => left + ((right - left) * (day - first)) / Math.max(1, last - first);
  let y = HEAD;
  const rows = order.map((node): TreeRow => {
    const notes = [
      dateNote(node.date),
      ...edges.filter(({ to }) => to === node.id).map(({ note }) => note),
      ...(node.note ? [node.note] : []),
    ];
    const label = wrapText(node.label, labelWidth, LABEL_SIZE, { bold: true, maxLines: width < SPLIT ? 3 : 2 });
    const note = notes.flatMap((text) => wrapText(text, labelWidth, NOTE_SIZE, { maxLines: 5 }));
    const height = (label.length + note.length) * LEADING + 12;
    const span = spanOf(node.date);
    const row = {
      node,
      y: y + height / 2,
      label,
      note,
      from: span ? x(span[0]) : width - UNDATED_WIDTH / 2,
      to: span ? x(span[1]) : width - UNDATED_WIDTH / 2,
      dated: span !== undefined,
      exact: span !== undefined && span[0] === span[1] && !/[?~%]/.test(node.date ?? ''),
    };
    y += height;
    return row;
  });
  return {
    rows,
    edges: drawEdges(rows, edges, width < SPLIT ? 4 : 6),
    ticks: spans.length > 0 ? timeTicks(first, last, (right - left) / 62).map(({ day, label }) => ({ x: x(day), label })) : [],
    undatedX: undated ? width - UNDATED_WIDTH / 2 : undefined,
    height: y + 4,
  };
}

/** The date in words, or that there is none. */
function dateNote(date: string | undefined): string {
  return date === undefined ? 'no date recorded' : `${edtfWords(date)}${getEdtf(date).uncertain ? ' (uncertain)' : ''}`;
}

/** Days since 1970 of the first and last day that a date can mean; undefined where it is missing or an end is open. */
function spanOf(date: string | undefined): [number, number] | undefined {
  if (date === undefined) return undefined;
  const { earliest, latest } = getEdtf(date);
  return earliest && latest ? [dayOf(earliest), dayOf(latest)] : undefined;
}

function dayOf(instant: string): number {
  return Date.parse(instant.slice(0, 10)) / 86_400_000;
}

/** Depth first from what has no earlier thing; each once, so that a circle or a second parent does no harm. */
function inOrder(nodes: readonly TreeNode[], edges: readonly TreeEdge[]): TreeNode[] {
  const start = ({ date }: TreeNode) => spanOf(date)?.[0] ?? Number.POSITIVE_INFINITY;
  const byDate = (left: TreeNode, right: TreeNode) => {
    const [a, b] = [start(left), start(right)];
    return a === b ? (left.id < right.id ? -1 : 1) : a - b;
  };
  const seen = new Set<string>();
  const order: TreeNode[] = [];
  const visit = (node: TreeNode): void => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    order.push(node);
    const later = new Set(edges.filter(({ from }) => from === node.id).map(({ to }) => to));
    for (const next of nodes.filter(({ id }) => later.has(id)).sort(byDate)) visit(next);
  };
  const targets = new Set(edges.map(({ to }) => to));
  for (const root of nodes.filter(({ id }) => !targets.has(id)).sort(byDate)) visit(root);
  for (const rest of [...nodes].sort(byDate)) visit(rest);
  return order;
}

/**
 * Each edge leaves the earlier thing downwards in a line of its own — the nearest farthest right, so that none crosses another's arm — and ends
 * at the nearest place of the later thing.
 */
function drawEdges(rows: readonly TreeRow[], edges: readonly TreeEdge[], spacing: number) {
  const places = new Map(rows.map((row, index) => [row.node.id, { row, index }]));
  return edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to) return [];
    const siblings = edges
      .filter((other) => other.from === edge.from)
      .sort((left, right) => (places.get(right.to)?.index ?? 0) - (places.get(left.to)?.index ?? 0));
    const trunk = from.row.from + siblings.indexOf(edge) * spacing;
    const down = to.row.y > from.row.y ? 1 : -1;
    const startY = from.row.y + down * MARK;
    const out =
      trunk === from.row.from
        ? `M${near(trunk)} ${near(startY)}`
        : `M${near(from.row.from)} ${near(startY)}Q${near(trunk)} ${near(startY + down * 2)} ${near(trunk)} ${near(startY + down * 10)}`;
    const [left, right] = [to.row.from - MARK, to.row.to + MARK];
    const within = trunk > left && trunk < right;
    const d = within ? `${out}V${near(to.row.y - down * MARK)}` : `${out}V${near(to.row.y)}H${near(trunk < left ? left : right)}`;
    return [{ edge, d }];
  });
}

function near(value: number): number {
  return Math.round(value * 10) / 10;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** First days of months or years between two days, at most `most` of them; days where there is less than two months. */
export function timeTicks(first: number, last: number, most: number): { day: number; label: string }[] {
  const [from, to] = [new Date(first * 86_400_000), new Date(last * 86_400_000)];
  const monthOf = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const months = monthOf(to) - monthOf(from);
  if (months < 2) {
    const step = [1, 2, 7, 14, 28, 56].find((days) => (last - first) / days <= most) ?? 56;
    return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => {
      const date = new Date((first + index * step) * 86_400_000);
      return { day: first + index * step, label: `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` };
    });
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((size) => months / size <= most) ?? 480;
  const ticks: { day: number; label: string }[] = [];
  for (let month = Math.ceil(monthOf(from) / step) * step; month <= monthOf(to); month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12) / 86_400_000;
    const label = step >= 12 ? String(Math.floor(month / 12)) : `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;
    if (day >= first && day <= last) ticks.push({ day, label });
  }
  return ticks;
}
