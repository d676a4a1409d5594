import type { Matrix } from '../../measures/measures.ts';
import { shortened, WIDTH } from './frame.ts';

const LEFT = 186;
const ROW = 24;

/** A table as a picture: the darker the cell, the more; the number stands in it. Rows and columns are named by `rowLabel` and `columnLabel`. */
export function Heat({
  matrix: { rows, columns, cells },
  rowLabel,
  columnLabel,
  slanted,
}: {
  matrix: Matrix;
  rowLabel: (row: string) => string;
  columnLabel: (column: string) => string;
  slanted: boolean;
}) {
  const head = slanted ? 96 : 24;
  const most = Math.max(1, ...cells.flat());
  // Slanted names lean out to the right.
  const width = (WIDTH - LEFT - (slanted ? 52 : 0)) / Math.max(1, columns.length);
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${head + rows.length * ROW + 4}`} role="img">
      <title>Numbers of incidents</title>
      {columns.map((column, at) => {
        const x = LEFT + (at + 0.5) * width;
        return slanted ? (
          <text transform={`translate(${(x + 4).toFixed(1)} ${head - 6}) rotate(-50)`}>{shortened(columnLabel(column), 17)}</text>
        ) : (
          <text x={x.toFixed(1)} y={head - 8} text-anchor="middle">
            {columnLabel(column)}
          </text>
        );
      })}
      {rows.map((row, line) => (
        <>
          <text x={LEFT - 8} y={head + line * ROW + 16} text-anchor="end">
            {shortened(rowLabel(row), 28)}
          </text>
          {columns.map((column, at) => {
            const cell = cells[line]?.[at] ?? 0;
            const level = cell === 0 ? 0 : Math.ceil((cell / most) * 5);
            return (
              <>
                <rect
                  class={`heat-${level}`}
                  x={(LEFT + at * width + 1).toFixed(1)}
                  y={head + line * ROW + 1}
                  width={(width - 2).toFixed(1)}
                  height={ROW - 2}
                >
                  <title>{`${rowLabel(row)}, ${columnLabel(column)}: ${cell}`}</title>
                </rect>
                {cell > 0 ? (
                  <text
                    class={`on-heat-${level}`}
                    x={(LEFT + (at + 0.5) * width).toFixed(1)}
                    y={head + line * ROW + 16}
                    text-anchor="middle"
                  >
                    {cell}
                  </text>
                ) : null}
              </>
            );
          })}
        </>
      ))}
    </svg>
  );
}
