import { getEdtf } from '../base/edtf.ts';

/** What stands on the scale: a title and an EDTF date. */
export interface Entry {
  readonly title: string;
  readonly date: string;
}

interface Mark {
  /** 1-based place in the list. */
  readonly number: number;
  readonly title: string;
  /** Left and right end, in units of the picture; equal for a point. */
  readonly from: number;
  readonly to: number;
  /** 0 is next to the axis. */
  readonly row: number;
}

export const WIDTH = 760;
const MARGIN = 16;
const RADIUS = 9;
const ROW = 22;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Places entries on one linear scale from the first to the last instant: points where the date is of a day or finer, bars for what is coarser or an
 * interval. A day without a time stands at its beginning, or at the last of the earlier-numbered entries that begin before the day ends: the list orders
 * what the dates leave open. Marks that would touch are stacked. Undefined where there are fewer than three entries or all are of one instant.
 */
export function layoutTimeline(
  entries: readonly Entry[],
): { marks: Mark[]; ticks: { x: number; label: string }[]; rows: number } | undefined {
  const spans: { number: number; title: string; start: number; end: number }[] = [];
  for (const [index, { title, date }] of entries.entries()) {
    const { earliest, latest, precision } = getEdtf(date);
    const begin = Date.parse(earliest ?? latest ?? '');
    const end = Date.parse(latest ?? earliest ?? '');
    const before = precision === 'day' ? spans.map(({ start }) => start).filter((start) => start <= end) : [];
    const start = Math.max(begin, ...before);
    const isPoint = precision === 'day' || precision === 'time';
    spans.push({ number: index + 1, title, start, end: isPoint ? start : end });
  }
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  if (entries.length < 3 || !(last > first)) return undefined;
  const scale = (instant: number) => MARGIN + ((instant - first) / (last - first)) * (WIDTH - 2 * MARGIN);
  const rowEnds: number[] = [];
  const marks = spans
    .map((span) => ({ ...span, from: scale(span.start), to: scale(span.end) }))
    .sort((left, right) => left.from - right.from || left.number - right.number)
    .map(({ number, title, from, to }) => {
      const free = rowEnds.findIndex((end) => end + 2 * RADIUS + 3 <= from);
      const row = free === -1 ? rowEnds.length : free;
      rowEnds[row] = Math.max(to, from);
      return { number, title, from, to, row };
    });
  return { marks, ticks: ticksBetween(first, last).map(({ at, label }) => ({ x: scale(at), label })), rows: rowEnds.length };
}

/** At most nine round instants between two, in the coarsest unit that gives three or more. */
function ticksBetween(first: number, last: number): { at: number; label: string }[] {
  const days = (last - first) / DAY;
  const found: { at: number; label: string }[] = [];
  const from = new Date(first);
  if (days > 3 * 365) {
    const step = Math.ceil(days / 365 / 8);
    for (let year = from.getUTCFullYear() + 1; Date.UTC(year, 0) <= last; year += step)
      found.push({ at: Date.UTC(year, 0), label: String(year) });
  } else if (days > 90) {
    const step = Math.ceil(days / 30 / 8);
    for (let month = from.getUTCMonth() + 1; Date.UTC(from.getUTCFullYear(), month) <= last; month += step) {
      const at = Date.UTC(from.getUTCFullYear(), month);
      found.push({ at, label: new Date(at).toISOString().slice(0, 7) });
    }
  } else if (days > 2) {
    const step = Math.ceil(days / 8) * DAY;
    for (let at = Math.ceil(first / DAY) * DAY; at <= last; at += step) found.push({ at, label: new Date(at).toISOString().slice(5, 10) });
  } else {
    const step = Math.max(1, Math.ceil((last - first) / HOUR / 8)) * HOUR;
    for (let at = Math.ceil(first / HOUR) * HOUR; at <= last; at += step)
      found.push({ at, label: new Date(at).toISOString().slice(11, 16) });
  }
  return found;
}

/** A timeline drawn to scale above its list. The list beside it holds the same, so it is hidden from screen readers. */
export function TimelineScale({ entries }: { entries: readonly Entry[] }) {
  const layout = layoutTimeline(entries);
  if (!layout) return null;
  const axis = layout.rows * ROW + 8;
  return (
    <svg class="timeline-scale" viewBox={`0 0 ${WIDTH} ${axis + 22}`} aria-hidden="true" focusable="false">
      <path class="axis" d={`M${MARGIN} ${axis}H${WIDTH - MARGIN}`} />
      {layout.ticks.map(({ x, label }) => (
        <>
          <path class="axis" d={`M${x.toFixed(1)} ${axis}v5`} />
          <text class="tick" x={x.toFixed(1)} y={axis + 17} text-anchor="middle">
            {label}
          </text>
        </>
      ))}
      {layout.marks.map(({ number, title, from, to, row }) => {
        const y = axis - 8 - RADIUS - row * ROW;
        return (
          <a href={`#event-${number}`} tabindex={-1} class="event">
            <title>{title}</title>
            {to > from ? (
              <rect
                x={(from - RADIUS).toFixed(1)}
                y={y - RADIUS}
                width={(to - from + 2 * RADIUS).toFixed(1)}
                height={2 * RADIUS}
                rx={RADIUS}
              />
            ) : (
              <circle cx={from.toFixed(1)} cy={y} r={RADIUS} />
            )}
            <text x={((from + to) / 2).toFixed(1)} y={y + 3.5} text-anchor="middle">
              {number}
            </text>
          </a>
        );
      })}
    </svg>
  );
}
