import { formatCount } from '../../base/format-count.ts';
import { wrapText } from '../../base/text-width.ts';
import type { Delay, DelayRow } from '../../statistics/disclosure.ts';
import { DaysAxisMarks, daysAxis } from './days-axis.tsx';
import { inkText, type Picture, ruleLine, softText } from './picture.tsx';
import { round } from './round.ts';

const SIZE = 12;
const SPLIT = 560;
const RADIUS = 4;
const LEVEL = 9.5;
const HEAD = 44;
/** Of fewer incidents a distribution is not drawn. */
export const FEWEST_DRAWN = 3;

/** Marks of one row without overlaps: exact ones first, each in the lowest level that is free. */
function stack(delays: readonly Delay[], x: (days: number) => number) {
  const taken: [number, number][][] = [];
  const exact = ({ span }: Delay) => span.least === span.most && !span.doubtful;
  return [...delays]
    .sort(
      (left, right) => Number(exact(right)) - Number(exact(left)) || left.span.least - right.span.least || left.span.most - right.span.most,
    )
    .map((delay) => {
      const [from, to] = [x(delay.span.least), x(delay.span.most)];
      const middle = (from + to) / 2;
      const [start, end] = [Math.min(from, middle - RADIUS) - 1, Math.max(to, middle + RADIUS) + 1];
      let level = 0;
      while (taken[level]?.some(([a, b]) => start < b && end > a)) level++;
      const row = taken[level] ?? [];
      taken[level] = row;
      row.push([start, end]);
      return { delay, from, to, level, exact: exact(delay) };
    });
}

/** Rows of marks over a common axis of days. Below {@link SPLIT} pixels labels stand above their marks. */
export function layoutDelays(rows: readonly DelayRow[], width: number) {
  const above = width < SPLIT;
  const left = above ? RADIUS + 4 : 270;
  const longest = rows.reduce((most, { delays }) => delays.reduce((highest, { span }) => Math.max(highest, span.most), most), 1);
  const axis = daysAxis(longest, left, width - 30);
  let y = HEAD;
  const placed = rows.map((row) => {
    const marks = stack(row.delays, axis.x);
    const levels = marks.reduce((most, { level }) => Math.max(most, level + 1), 1);
    const labelRoom = above ? 36 : 0;
    const label = wrapText(row.label, above ? width : left - 14, SIZE, { bold: true, maxLines: 2 });
    const height =
      (above ? (label.length - 1) * 15 : 0) + labelRoom + Math.max(above ? 16 : 23 + label.length * 15, levels * LEVEL + 10) + 6;
    const bottom = y + height - 6;
    const place = {
      row,
      label,
      bottom,
      labelY: y + 13,
      plotTop: y + labelRoom + (above ? (label.length - 1) * 15 : 0),
      marks: marks.map((mark) => ({ ...mark, y: bottom - 6 - RADIUS - mark.level * LEVEL })),
      median: row.median ? { from: axis.x(row.median.least), to: axis.x(row.median.most) } : undefined,
    };
    y += height;
    return place;
  });
  return { axis, left, rows: placed, height: y };
}

/** The number of incidents of a row and their median, in words. */
export function medianText({ delays, median }: DelayRow): string {
  const count = `${delays.length} incidents`;
  if (!median) return `${count}, too few for a median`;
  return median.least === median.most
    ? `${count}, median ${daysText(median.least)}`
    : `${count}, median ${median.least}–${daysText(median.most)}`;
}

export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${formatCount(days)} days`;
}

/** One mark an incident: a dot where the days are known, a dashed span where the dates leave them open. */
export function delayStrip(all: readonly DelayRow[]): Picture {
  const rows = all.filter(({ delays }) => delays.length >= FEWEST_DRAWN);
  return {
    description: `A row for each vector, a mark for each incident, on a logarithmic axis of days. ${rows
      .slice(0, 4)
      .map((row) => `${row.label}: ${medianText(row)}`)
      .join('; ')}. All numbers are in the table.`,
    draw: ({ width }) => {
      const layout = layoutDelays(rows, width);
      return {
        height: layout.height,
        body: (
          <g font-size={SIZE}>
            <Key />
            <DaysAxisMarks axis={layout.axis} y={HEAD - 12} bottom={layout.height} />
            {layout.rows.map(({ row, label, bottom, labelY, plotTop, marks, median }) => (
              <>
                <path d={`M0 ${round(bottom)}H${width}`} {...ruleLine} />
                <text {...inkText} font-weight="600">
                  {label.map((text, line) => (
                    <tspan x="0" y={labelY + line * 15}>
                      {`${text} `}
                    </tspan>
                  ))}
                </text>
                <text y={labelY + label.length * 15} {...softText}>
                  {medianText(row)}
                </text>
                {median ? (
                  <rect
                    class="median"
                    x={round(median.from - 1.25)}
                    y={round(plotTop + 2)}
                    width={round(median.to - median.from + 2.5)}
                    height={round(bottom - plotTop - 2)}
                    fill="#b35309"
                    fill-opacity="0.3"
                  />
                ) : null}
                {marks.map(({ delay, from, to, y, exact }) =>
                  exact ? (
                    <circle class="dot" cx={round(from)} cy={round(y)} r={RADIUS} fill="#1f5fa8">
                      <title>{`${delay.title}: ${daysText(delay.span.least)}`}</title>
                    </circle>
                  ) : (
                    <path
                      class="span"
                      d={to - from < 2 * RADIUS ? hollow((from + to) / 2, y) : `M${round(from)} ${round(y - 3)}v6m0 -3H${round(to)}m0 -3v6`}
                      fill="none"
                      stroke="#1f5fa8"
                      stroke-width="1.6"
                      stroke-dasharray={to - from < 2 * RADIUS ? undefined : '4 2.5'}
                    >
                      <title>{`${delay.title}: ${delay.span.doubtful ? 'about ' : ''}${delay.span.least}–${daysText(delay.span.most)}`}</title>
                    </path>
                  ),
                )}
              </>
            ))}
          </g>
        ),
      };
    },
  };
}

/** A small ring: the dates leave a few days open. */
function hollow(x: number, y: number): string {
  const radius = RADIUS - 0.8;
  return `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}

function Key() {
  const open = { class: 'span', fill: 'none', stroke: '#1f5fa8', 'stroke-width': '1.6' };
  return (
    <g>
      <circle class="dot" cx="5" cy="6" r={RADIUS} fill="#1f5fa8" />
      <text x="13" y="10" {...inkText}>
        to the day
      </text>
      <path {...open} d={hollow(96, 6)} />
      <path {...open} d="M106 3v6m0 -3h24m0 -3v6" stroke-dasharray="4 2.5" />
      <text x="136" y="10" {...inkText}>
        uncertain dates
      </text>
      <rect class="median" x="266" y="0" width="3" height="13" fill="#b35309" fill-opacity="0.3" />
      <text x="274" y="10" {...inkText}>
        median
      </text>
    </g>
  );
}
