import { textWidth } from '../../base/text-width.ts';
import { type Crosstab, cellQuery } from '../../statistics/measure.ts';
import { inkText, type Picture, ruleLine, softText } from './picture.tsx';
import { type QueryLink, QueryTarget, SMALLEST_TARGET } from './query-target.tsx';
import { round } from './round.ts';

const SIZE = 12;
const ROW = 25;
/** Shades from few to many; each cell also carries its number. */
const SHADES = ['#e3edf6', '#c5daec', '#a3c4e0', '#84b0d6'] as const;

/** Columns that hold no stage: they are not shaded, and left out where they are empty. */
const OPEN: readonly string[] = ['unknown', 'not-recorded'];
const GAP = 8;

/** Rows by columns; a cell is shaded by its count. Column titles stand upright where they do not fit. */
export function layoutHeatMap({ rows: allRows, series: allSeries }: Crosstab, width: number) {
  const shown = allSeries.map(({ key }, index) => !OPEN.includes(key) || allRows.some(({ values }) => (values[index] ?? 0) > 0));
  const series = allSeries.filter((_, index) => shown[index]);
  const rows = allRows.map((row) => ({ ...row, values: row.values.filter((_, index) => shown[index]) }));
  const columns = allSeries.flatMap((_, index) => (shown[index] ? index : []));
  const isOpen = series.map(({ key }) => OPEN.includes(key));
  const labelWidth = 14 + Math.max(0, ...rows.map(({ label }) => textWidth(label, SIZE)));
  const cell = (width - labelWidth - GAP) / Math.max(1, series.length);
  const upright = series.some(({ label }) => textWidth(label, SIZE) + 6 > cell);
  const head = upright ? 10 + Math.max(0, ...series.map(({ label }) => textWidth(label, SIZE))) : 24;
  const most = Math.max(1, ...rows.flatMap(({ values }) => values.filter((_, column) => !isOpen[column])));
  const xOf = (column: number) => labelWidth + column * cell + (isOpen[column] ? GAP : 0);
  return {
    upright,
    heads: series.map(({ label }, column) => ({ text: label, x: xOf(column) + cell / 2, y: head - 7 })),
    rows: rows.map(({ label, values }, index) => ({
      label,
      y: head + index * ROW,
      cells: values.map((value, column) => ({
        value,
        column: columns[column] ?? column,
        x: xOf(column),
        width: cell,
        shade: value === 0 || isOpen[column] ? undefined : Math.min(SHADES.length, Math.ceil((value / most) * SHADES.length)),
      })),
    })),
    height: head + rows.length * ROW + 1,
  };
}

/** A table of counts, shaded. */
export function heatMap(crosstab: Crosstab, hrefOf?: QueryLink): Picture {
  const cells = crosstab.rows.flatMap(({ label, values }) =>
    values.map((value, index) => ({ value, label: `${label}, ${crosstab.series[index]?.label.toLowerCase() ?? ''}` })),
  );
  const most = cells.reduce((best, cell) => (cell.value > best.value ? cell : best), { value: 0, label: '' });
  return {
    description: `A grid of ${crosstab.rows.length} ecosystems by ${crosstab.series.length} entry stages, each cell with its number of incidents; stages that are unknown stand apart. The most are in ${most.label}: ${most.value}. All numbers are in the table.`,
    linked: hrefOf !== undefined,
    draw: ({ width, links }) => {
      const layout = layoutHeatMap(crosstab, width);
      return {
        height: layout.height,
        body: (
          <g font-size={SIZE}>
            {layout.heads.map(({ text, x, y }) =>
              layout.upright ? (
                <text transform={`translate(${round(x + 4)} ${round(y)}) rotate(-90)`} {...softText}>
                  {text}
                </text>
              ) : (
                <text x={round(x)} y={round(y)} text-anchor="middle" {...softText}>
                  {text}
                </text>
              ),
            )}
            {layout.rows.map(({ label, y, cells: drawn }, row) => (
              <>
                <text x="0" y={y + 17} {...inkText}>
                  {label}
                </text>
                {drawn.map(({ value, x, width: cell, shade, column }) => (
                  <QueryTarget
                    href={links && value > 0 && cell >= SMALLEST_TARGET ? hrefOf?.(cellQuery(crosstab, row, column)) : undefined}
                    label={`${label}, ${(crosstab.series[column]?.label ?? '').toLowerCase()}: ${value} ${value === 1 ? 'incident' : 'incidents'}`}
                    area={{ x, y, width: cell, height: ROW }}
                  >
                    <rect
                      class={shade ? `chart-rule shade-${shade}` : 'chart-rule'}
                      x={round(x + 1)}
                      y={y + 1}
                      width={round(cell - 2)}
                      height={ROW - 2}
                      fill={shade ? SHADES[shade - 1] : 'none'}
                      stroke={ruleLine.stroke}
                    />
                    {value > 0 ? (
                      <text x={round(x + cell / 2)} y={y + 17} text-anchor="middle" {...inkText}>
                        {value}
                      </text>
                    ) : null}
                  </QueryTarget>
                ))}
              </>
            ))}
          </g>
        ),
      };
    },
  };
}
