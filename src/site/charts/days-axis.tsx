import { textWidth } from '../../base/text-width.ts';
import { ruleLine, softText } from './picture.tsx';
import { round } from './round.ts';

const SIZE = 11.5;
const TICKS: readonly (readonly [days: number, label: string])[] = [
  [0, '0'],
  [1, '1 day'],
  [7, '1 week'],
  [30, '1 month'],
  [91, '3 months'],
  [365, '1 year'],
  [1095, '3 years'],
  [3652, '10 years'],
];

/** A logarithmic axis of days that begins at none: hours after and years after are both to be seen. */
export interface DaysAxis {
  readonly x: (days: number) => number;
  readonly ticks: readonly { readonly x: number; readonly label: string | undefined }[];
}

/** The axis between two edges, in pixels. Labels that would touch the one before are left out. */
export function daysAxis(longest: number, left: number, right: number): DaysAxis {
  const x = (days: number) => left + ((right - left) * Math.log1p(days)) / Math.log1p(Math.max(1, longest));
  let free = Number.NEGATIVE_INFINITY;
  const ticks = TICKS.filter(([days]) => days <= longest).map(([days, label]) => {
    const half = textWidth(label, SIZE) / 2;
    const at = x(days);
    if (at - half < free || at + half > right + 24) return { x: at, label: undefined };
    free = at + half + 8;
    return { x: at, label };
  });
  return { x, ticks };
}

/** The labels at `y`, and a line from each down to `bottom`. */
export function DaysAxisMarks({ axis, y, bottom }: { axis: DaysAxis; y: number; bottom: number }) {
  return (
    <g font-size={SIZE}>
      {axis.ticks.map(({ x, label }) => (
        <>
          <path d={`M${round(x)} ${y + 6}V${round(bottom)}`} {...ruleLine} />
          {label ? (
            <text x={round(x)} y={y} text-anchor="middle" {...softText}>
              {label}
            </text>
          ) : null}
        </>
      ))}
    </g>
  );
}
