import type { Matrix } from '../../measures/measures.ts';
import { shortened, WIDTH } from './frame.ts';

const HEIGHT = 260;
const LEFT = 38;
const BOTTOM = 26;
const TOP = 26;

/** Upright bars, one a row of the matrix, stacked by its columns. `labels` are what people read for the columns. */
export function Bars({ matrix: { rows, columns, cells }, labels, xTitle }: { matrix: Matrix; labels: readonly string[]; xTitle: string }) {
  const totals = cells.map((row) => row.reduce((sum, cell) => sum + cell, 0));
  const top = roundUp(Math.max(1, ...totals));
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const step = (WIDTH - LEFT) / Math.max(1, rows.length);
  const every = Math.ceil(rows.length / 14);
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{`Bars by ${xTitle}`}</title>
      {columns.length > 1 ? (
        <g>
          {labels.map((label, index) => (
            <>
              <rect class={`series-${index + 1}`} x={LEFT + index * 150} y="2" width="11" height="11" />
              <text x={LEFT + index * 150 + 16} y="12">
                {shortened(label, 20)}
              </text>
            </>
          ))}
        </g>
      ) : null}
      {[0, 0.5, 1].map((share) => (
        <>
          <path class="grid" d={`M${LEFT} ${y(top * share).toFixed(1)}H${WIDTH}`} />
          <text x={LEFT - 6} y={(y(top * share) + 4).toFixed(1)} text-anchor="end">
            {Math.round(top * share)}
          </text>
        </>
      ))}
      {rows.map((row, at) => {
        const x = LEFT + at * step + step * 0.14;
        let below = 0;
        return (
          <g>
            {cells[at]?.map((cell, series) => {
              if (cell === 0) return null;
              const from = below;
              below += cell;
              return (
                <rect
                  class={`series-${series + 1}`}
                  x={x.toFixed(1)}
                  y={y(below).toFixed(1)}
                  width={(step * 0.72).toFixed(1)}
                  height={(y(from) - y(below)).toFixed(1)}
                >
                  <title>{`${row}: ${cell} ${labels[series] ?? ''}`}</title>
                </rect>
              );
            })}
            {at % every === 0 ? (
              <text x={(x + step * 0.36).toFixed(1)} y={HEIGHT - 9} text-anchor="middle">
                {row}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

/** The next number above that halves evenly. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1) * 2;
  return Math.ceil(value / unit) * unit;
}
