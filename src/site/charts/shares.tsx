import type { Matrix } from '../../measures/measures.ts';
import { WIDTH } from './frame.ts';

const LEFT = 130;
const ROW = 34;
const HEAD = 26;

/** Each row as one bar of full length, parted by what share its columns have; the number stands in its part where there is room. */
export function Shares({
  matrix: { rows, columns, cells },
  rowLabel,
  labels,
  shades,
}: {
  matrix: Matrix;
  rowLabel: (row: string) => string;
  labels: readonly string[];
  /** Which of the five shades each column has: 4 is for what is unknown, 5 for what is not recorded. */
  shades: readonly number[];
}) {
  const width = WIDTH - LEFT;
  let at = LEFT;
  const legend = labels.map((label, index) => {
    const x = at;
    at += 32 + label.length * 6.4;
    return { label, x, index };
  });
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEAD + rows.length * ROW}`} role="img">
      <title>Shares</title>
      {legend.map(({ label, x, index }) => (
        <>
          <rect class={`share-${shades[index]}`} x={x.toFixed(1)} y="2" width="11" height="11" />
          <text x={(x + 15).toFixed(1)} y="12">
            {label}
          </text>
        </>
      ))}
      {rows.map((row, line) => {
        const total = cells[line]?.reduce((sum, cell) => sum + cell, 0) ?? 0;
        let from = LEFT;
        return (
          <>
            <text x={LEFT - 8} y={HEAD + line * ROW + 20} text-anchor="end">{`${rowLabel(row)} (${total})`}</text>
            {columns.map((_, index) => {
              const cell = cells[line]?.[index] ?? 0;
              if (cell === 0) return null;
              const part = (cell / total) * width;
              const x = from;
              from += part;
              return (
                <>
                  <rect
                    class={`share-${shades[index]}`}
                    x={x.toFixed(1)}
                    y={HEAD + line * ROW + 4}
                    width={Math.max(1, part - 1).toFixed(1)}
                    height="24"
                  >
                    <title>{`${rowLabel(row)}, ${labels[index]}: ${cell}`}</title>
                  </rect>
                  {part > 24 ? (
                    <text class={`on-share-${shades[index]}`} x={(x + part / 2).toFixed(1)} y={HEAD + line * ROW + 20} text-anchor="middle">
                      {cell}
                    </text>
                  ) : null}
                </>
              );
            })}
          </>
        );
      })}
    </svg>
  );
}
