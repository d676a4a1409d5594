import { textWidth } from '../../base/text-width.ts';
import { type Crosstab, rowQuery } from '../../statistics/measure.ts';
import { Legend, layoutLegend } from './legend.tsx';
import { areaOf, Patterns, rolesOf } from './paint.tsx';
import { inkText, type Picture, ruleLine, softText } from './picture.tsx';
import { type QueryLink, QueryTarget, rowText, SMALLEST_TARGET } from './query-target.tsx';
import { round } from './round.ts';
import { stackedBars } from './stacked-bars.tsx';

const PLOT = 220;
const RIGHT = 10;
const TOP = 18;
const FOOT = 24;
const SIZE = 11.5;

/** Between the columns and those that stand apart. */
const GAP = 14;
const LEADING = 13;

/** Counts of rows as columns from left to right, series stacked from below; rows that hold what is not known stand apart at the end. */
export function layoutColumns({ rows, series }: Crosstab, width: number) {
  const highest = Math.max(1, ...rows.map(({ values }) => sum(values)));
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => highest / size <= 5) ?? highest;
  const top = Math.ceil(highest / step) * step;
  const scale = PLOT / top;
  const left = 12 + textWidth(String(top), SIZE);
  const known = rows.filter(({ apart }) => !apart).length;
  const wordsOf = (label: string) => label.split(' ');
  const words = rows.flatMap(({ label, apart }) => (apart ? wordsOf(label) : []));
  const wideWord = Math.max(0, ...words.map((word) => textWidth(word, SIZE)));
  const room = width - left - RIGHT - (rows.length > known ? GAP : 0);
  const apartBand = Math.max(wideWord + 4, room / Math.max(1, rows.length));
  const band = (room - (rows.length - known) * apartBand) / Math.max(1, known);
  const barWidth = Math.min(40, band * 0.74);
  // Labels of which not all fit are shown at every second, third, … column, and always at the last.
  const widest = Math.max(0, ...rows.map(({ label, apart }) => (apart ? 0 : textWidth(label, SIZE))));
  const every = Math.max(1, Math.ceil((widest + 6) / band));
  return {
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
      value: index * step,
      y: TOP + PLOT - index * step * scale,
    })),
    columns: rows.map(({ label, values, apart }, index) => {
      const own = apart ? apartBand : band;
      const start = left + (apart ? known * band + GAP + (index - known) * apartBand : index * band);
      const x = start + (own - barWidth) / 2;
      let base = TOP + PLOT;
      const areas = series.flatMap((_, at) => {
        const value = values[at] ?? 0;
        if (value === 0) return [];
        base -= value * scale;
        return [{ series: at, x, y: base, width: barWidth, height: value * scale }];
      });
      const total = sum(values);
      return {
        start,
        band: own,
        middle: x + barWidth / 2,
        areas,
        total: total > 0 && textWidth(String(total), SIZE) <= own ? { text: String(total), y: base - 5 } : undefined,
        label: apart
          ? { lines: wordsOf(label), middle: x + barWidth / 2 }
          : (known - 1 - index) % every === 0
            ? { lines: [label], middle: Math.min(width - textWidth(label, SIZE) / 2, x + barWidth / 2) }
            : undefined,
      };
    }),
    left,
    height: TOP + PLOT + FOOT + LEADING * Math.max(0, ...rows.map(({ label, apart }) => (apart ? wordsOf(label).length - 1 : 0))),
  };
}

/** Stacked columns with a legend, few grid lines and the total on each column; bars where the totals would not fit. */
export function stackedColumns(crosstab: Crosstab, hrefOf?: QueryLink): Picture {
  const roles = rolesOf(crosstab.series.map(({ key }) => key));
  const items = crosstab.series.map(({ label }, index) => ({ label, role: roles[index] ?? 's1' }));
  const most = crosstab.rows.reduce((best, row) => (row.incidents > best.incidents ? row : best), crosstab.rows[0] ?? NO_ROW);
  return {
    description: `Stacked columns, or bars where there is little room: ${crosstab.rowTitle.toLowerCase()} ${crosstab.rows[0]?.label ?? ''} to ${crosstab.rows.findLast(({ apart }) => !apart)?.label ?? ''}. The highest is ${most.label} with ${most.incidents} incidents. All numbers are in the table.`,
    linked: hrefOf !== undefined,
    draw: (frame) => {
      const { width, id, links } = frame;
      const layout = layoutColumns(crosstab, width);
      if (layout.columns.some(({ areas, total }) => areas.length > 0 && !total)) return stackedBars(crosstab, { hrefOf }).draw(frame);
      const legend = layoutLegend(items, width);
      return {
        height: legend.height + layout.height,
        body: (
          <>
            <Patterns id={id} roles={roles} />
            <Legend id={id} items={items} width={width} />
            <g transform={`translate(0 ${legend.height})`} font-size={SIZE}>
              {layout.ticks.map(({ value, y }) => (
                <>
                  <path d={`M${round(layout.left)} ${round(y)}H${width}`} {...ruleLine} />
                  <text x={round(layout.left - 6)} y={round(y + 4)} text-anchor="end" {...softText}>
                    {value}
                  </text>
                </>
              ))}
              {layout.columns.map(({ start, band, middle, areas, total, label }, index) => (
                <QueryTarget
                  href={links && total && band >= SMALLEST_TARGET ? hrefOf?.(rowQuery(crosstab, index)) : undefined}
                  label={rowText(crosstab, index)}
                  area={{ x: start, y: TOP, width: band, height: PLOT }}
                >
                  {areas.map((area) => (
                    <rect
                      x={round(area.x)}
                      y={round(area.y + 0.5)}
                      width={round(area.width)}
                      height={round(Math.max(0.5, area.height - 1))}
                      {...areaOf(id, roles[area.series] ?? 's1')}
                    />
                  ))}
                  {total ? (
                    <text x={round(middle)} y={round(total.y)} text-anchor="middle" {...inkText}>
                      {total.text}
                    </text>
                  ) : null}
                  {label?.lines.map((line, at) => (
                    <text x={round(label.middle)} y={TOP + PLOT + 17 + at * LEADING} text-anchor="middle" {...softText}>
                      {line}
                    </text>
                  ))}
                </QueryTarget>
              ))}
            </g>
          </>
        ),
      };
    },
  };
}

const NO_ROW = { label: '', incidents: 0 };

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
