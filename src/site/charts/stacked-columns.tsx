import { textWidth } from '../../base/text-width.ts';
import type { Crosstab } from '../../statistics/measure.ts';
import { Legend, layoutLegend } from './legend.tsx';
import { areaOf, Patterns, rolesOf } from './paint.tsx';
import { inkText, type Picture, ruleLine, softText } from './picture.tsx';

const PLOT = 220;
const RIGHT = 10;
const TOP = 18;
const FOOT = 24;
const SIZE = 11.5;

/** Counts of rows as columns from left to right, series stacked from below. */
export function layoutColumns({ rows, series }: Crosstab, width: number) {
  const highest = Math.max(1, ...rows.map(({ values }) => sum(values)));
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => highest / size <= 5) ?? highest;
  const top = Math.ceil(highest / step) * step;
  const scale = PLOT / top;
  const left = 12 + textWidth(String(top), SIZE);
  const band = (width - left - RIGHT) / Math.max(1, rows.length);
  const barWidth = Math.min(40, band * 0.74);
  // Labels of which not all fit are shown at every second, third, … column.
  const widest = Math.max(0, ...rows.map(({ label }) => textWidth(label, SIZE)));
  const every = Math.max(1, Math.ceil((widest + 6) / band));
  return {
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
      value: index * step,
      y: TOP + PLOT - index * step * scale,
    })),
    columns: rows.map(({ label, values }, index) => {
      const x = left + index * band + (band - barWidth) / 2;
      let base = TOP + PLOT;
      const areas = series.flatMap((_, at) => {
        const value = values[at] ?? 0;
        if (value === 0) return [];
        base -= value * scale;
        return [{ series: at, x, y: base, width: barWidth, height: value * scale }];
      });
      const total = sum(values);
      return {
        middle: x + barWidth / 2,
        areas,
        total: total > 0 && textWidth(String(total), SIZE) <= band ? { text: String(total), y: base - 5 } : undefined,
        label:
          (rows.length - 1 - index) % every === 0
            ? { text: label, right: Math.min(width, x + barWidth / 2 + textWidth(label, SIZE) / 2) }
            : undefined,
      };
    }),
    left,
    height: TOP + PLOT + FOOT,
  };
}

/** Stacked columns with a legend, few grid lines and the total on each column. */
export function stackedColumns(crosstab: Crosstab): Picture {
  const roles = rolesOf(crosstab.series.map(({ key }) => key));
  const items = crosstab.series.map(({ label }, index) => ({ label, role: roles[index] ?? 's1' }));
  const most = crosstab.rows.reduce((best, row) => (row.incidents > best.incidents ? row : best), crosstab.rows[0] ?? NO_ROW);
  return {
    description: `Stacked columns: ${crosstab.rowTitle.toLowerCase()} ${crosstab.rows[0]?.label ?? ''} to ${crosstab.rows.at(-1)?.label ?? ''}. The highest is ${most.label} with ${most.incidents} incidents. All numbers are in the table.`,
    draw: ({ width, id }) => {
      const legend = layoutLegend(items, width);
      const layout = layoutColumns(crosstab, width);
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
              {layout.columns.map(({ middle, areas, total, label }) => (
                <>
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
                  {label ? (
                    <text x={round(label.right)} y={TOP + PLOT + 17} text-anchor="end" {...softText}>
                      {label.text}
                    </text>
                  ) : null}
                </>
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

/** Two decimals are enough for a screen, and keep the bytes the same. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
