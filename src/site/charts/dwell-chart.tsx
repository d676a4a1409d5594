import type { DaySpan } from '../../base/edtf.ts';
import { wrapText } from '../../base/text-width.ts';
import { DWELL_EVENTS, type Dwell, type DwellEvent } from '../../statistics/disclosure.ts';
import { DaysAxisMarks, daysAxis } from './days-axis.tsx';
import { daysText } from './delay-strip.tsx';
import { inkText, type Picture, ruleLine, softText } from './picture.tsx';
import { round } from './round.ts';

const SIZE = 11.5;
const SPLIT = 560;
const LANE = 8;
const HEAD = 48;
/** More rows than this are no picture any more. */
export const MOST_DWELLS_DRAWN = 100;

/** Every event has a lane, a shape and a colour of its own, so that two on one day stay apart. */
const MARKS: Readonly<Record<DwellEvent, { label: string; colour: string; shape: (x: number, y: number) => string }>> = {
  firstPublicWarning: { label: 'warned', colour: '#b35309', shape: (x, y) => `M${round(x - 4.5)} ${round(y + 3.5)}h9l-4.5 -7.5z` },
  disclosed: { label: 'disclosed', colour: '#1f5fa8', shape: (x, y) => `M${round(x - 4)} ${round(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z` },
  contained: { label: 'contained', colour: '#1b7a68', shape: (x, y) => `M${round(x - 3.5)} ${round(y - 3.5)}h7v7h-7z` },
};

/** Rows of three lanes over a common axis of days. Below {@link SPLIT} pixels titles stand above their lanes. */
export function layoutDwells(dwells: readonly Dwell[], width: number) {
  const above = width < SPLIT;
  const left = above ? 8 : 300;
  const longest = dwells.reduce(
    (most, { spans }) => DWELL_EVENTS.reduce((high, event) => Math.max(high, spans[event]?.most ?? 0), most),
    1,
  );
  const axis = daysAxis(longest, left, width - 30);
  const titleRoom = above ? 17 : 0;
  const rowHeight = titleRoom + 3 * LANE + 9;
  return {
    axis,
    rows: dwells.map((dwell, index) => {
      const y = HEAD + index * rowHeight;
      const lines = wrapText(dwell.title, above ? width - 4 : left - 22, SIZE, { maxLines: above ? 1 : 2 });
      const first = above ? y + 13 : y + rowHeight / 2 + 4 - (lines.length - 1) * 7;
      return {
        dwell,
        bottom: y + rowHeight,
        lines: lines.map((text, line) => ({ text, y: first + line * 14 })),
        lanesTop: y + titleRoom + 3,
        lanesBottom: y + rowHeight - 3,
        events: DWELL_EVENTS.flatMap((event, lane) => {
          const span = dwell.spans[event];
          if (!span) return [];
          const exact = span.least === span.most && !span.doubtful;
          return [{ event, span, exact, from: axis.x(span.least), to: axis.x(span.most), y: y + titleRoom + 4.5 + (lane + 0.5) * LANE }];
        }),
      };
    }),
    left,
    height: HEAD + dwells.length * rowHeight + 1,
  };
}

/** Each incident from its first known activity, at the left edge, to warning, disclosure and containment; of many those that took the longest. */
export function dwellChart(all: readonly Dwell[]): Picture {
  const dwells = all.slice(0, MOST_DWELLS_DRAWN);
  return {
    description: `${dwells.length} rows, one an incident, on a logarithmic axis of days since the first known activity; the longest time to disclosure first. Shapes mark warning, disclosure and containment; dashed spans show what dates leave open. All dates are in the table.`,
    draw: ({ width }) => {
      const layout = layoutDwells(dwells, width);
      return {
        height: layout.height,
        body: (
          <g font-size={SIZE}>
            <Key />
            <DaysAxisMarks axis={layout.axis} y={HEAD - 12} bottom={layout.height} />
            <path d={layout.rows.map(({ bottom }) => `M0 ${bottom}H${width}`).join('')} {...ruleLine} />
            <g {...inkText}>
              {layout.rows.flatMap(({ lines }) =>
                lines.map(({ text, y }) => (
                  <text x="0" y={round(y)}>
                    {text}
                  </text>
                )),
              )}
            </g>
            <path
              class="dwell-start"
              d={layout.rows.map(({ lanesTop, lanesBottom }) => `M${layout.left} ${lanesTop}V${lanesBottom}`).join('')}
              stroke="#1c1e21"
              stroke-width="2"
            />
            {DWELL_EVENTS.map((event) => (
              <EventMarks event={event} left={layout.left} rows={layout.rows} />
            ))}
          </g>
        ),
      };
    },
  };
}

/** All marks of one event: many share a path, since a page of thousands of elements is slow to open. */
function EventMarks({ event, left, rows }: { event: DwellEvent; left: number; rows: ReturnType<typeof layoutDwells>['rows'] }) {
  const { label, colour, shape } = MARKS[event];
  const marks = rows.flatMap(({ dwell: { title }, events }) =>
    events.filter((mark) => mark.event === event).map((mark) => ({ ...mark, title })),
  );
  return (
    <g class={`event ${event}`} fill={colour} stroke-width="1">
      <path class="lead" d={marks.map(({ y, from }) => `M${left} ${round(y)}H${round(from)}`).join('')} fill="none" stroke={colour} />
      <path
        class="lead"
        d={marks.map(({ exact, y, from, to }) => (exact ? '' : `M${round(from)} ${round(y)}H${round(to)}`)).join('')}
        fill="none"
        stroke={colour}
        stroke-width="1.6"
        stroke-dasharray="3 2.5"
      />
      {marks.map(({ title, span, exact, from, to, y }) => {
        const told = <title>{`${title}: ${label} after ${spanText(span, exact)}`}</title>;
        return exact ? (
          <path class="mark-shape" d={shape(from, y)}>
            {told}
          </path>
        ) : (
          <path class="mark-hollow" d={shape(to, y)} fill="#fbfaf6" stroke={colour} stroke-width="1.4">
            {told}
          </path>
        );
      })}
    </g>
  );
}

function spanText({ least, most, doubtful }: DaySpan, exact: boolean): string {
  return exact ? daysText(least) : `${doubtful ? 'about ' : ''}${least}–${daysText(most)}`;
}

const KEY_PLACES: Readonly<Record<DwellEvent, number>> = { firstPublicWarning: 5, disclosed: 75, contained: 158 };

function Key() {
  return (
    <g>
      {DWELL_EVENTS.map((event) => (
        <g class={`event ${event}`}>
          <path class="mark-shape" d={MARKS[event].shape(KEY_PLACES[event], 6)} fill={MARKS[event].colour} />
          <text x={KEY_PLACES[event] + 9} y="10" {...inkText}>
            {MARKS[event].label}
          </text>
        </g>
      ))}
      <text x="238" y="10" {...softText}>
        hollow: open
      </text>
    </g>
  );
}
