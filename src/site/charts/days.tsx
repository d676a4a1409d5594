import type { Dwell, Span } from '../../measures/measures.ts';
import { dayTicks, logDays, median, shortened, WIDTH } from './frame.ts';

const LEFT = 226;
const RIGHT = 16;
const HEAD = 26;

/** How long it took, each incident a dot in the row of each of its vectors, the median a bar. */
export function Strips({ rows }: { rows: readonly { readonly label: string; readonly spans: readonly Span[] }[] }) {
  const most = Math.max(1, ...rows.flatMap(({ spans }) => spans.map(({ days }) => days)));
  const x = scaleTo(most);
  const row = 26;
  const height = HEAD + rows.length * row + 6;
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img">
      <title>Days from first activity to disclosure, by vector</title>
      <Ticks most={most} height={height} />
      {rows.map(({ label, spans }, line) => {
        const y = HEAD + line * row + row / 2;
        const middle = median(spans.map(({ days }) => days));
        return (
          <>
            <text x={LEFT - 10} y={y + 4} text-anchor="end">{`${shortened(label, 28)} (${spans.length})`}</text>
            {spans.map(({ days, title }, index) => (
              <circle class="dot" cx={x(days).toFixed(1)} cy={(y + ((index % 3) - 1) * 4).toFixed(1)} r="4">
                <title>{`${title}: ${days} days`}</title>
              </circle>
            ))}
            {middle === undefined ? null : <path class="median" d={`M${x(middle).toFixed(1)} ${y - 10}v20`} />}
          </>
        );
      })}
    </svg>
  );
}

/** For each incident what followed its first activity: warning, disclosure, containment, each with a mark of its own. */
export function DwellLines({ dwell }: { dwell: readonly Dwell[] }) {
  const most = Math.max(1, ...dwell.flatMap(({ warned, disclosed, contained }) => [warned ?? 0, disclosed ?? 0, contained ?? 0]));
  const x = scaleTo(most);
  const row = 19;
  const height = HEAD + dwell.length * row + 30;
  const marks = [
    {
      name: 'warned',
      label: 'first public warning',
      draw: (at: number, y: number) => <path class="mark-1" d={`M${at} ${y - 5}l5 9h-10z`} />,
    },
    { name: 'disclosed', label: 'disclosed', draw: (at: number, y: number) => <circle class="mark-2" cx={at} cy={y} r="4.5" /> },
    {
      name: 'contained',
      label: 'contained',
      draw: (at: number, y: number) => <rect class="mark-3" x={at - 4} y={y - 4} width="8" height="8" />,
    },
  ] as const;
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${height}`} role="img">
      <title>Days from first activity to warning, disclosure and containment</title>
      <Ticks most={most} height={height - 22} />
      {dwell.map((one, line) => {
        const y = HEAD + line * row + row / 2;
        const last = Math.max(one.warned ?? 0, one.disclosed ?? 0, one.contained ?? 0);
        return (
          <>
            <text x={LEFT - 10} y={y + 4} text-anchor="end">
              {shortened(one.title, 32)}
            </text>
            <path class="span" d={`M${x(0).toFixed(1)} ${y}H${x(last).toFixed(1)}`} />
            {marks.map(({ name, draw }) => {
              const days = one[name];
              return days === undefined ? null : draw(Number(x(days).toFixed(1)), y);
            })}
          </>
        );
      })}
      {marks.map(({ label, draw }, index) => (
        <>
          {draw(LEFT + 8 + index * 160, height - 9)}
          <text x={LEFT + 20 + index * 160} y={height - 5}>
            {label}
          </text>
        </>
      ))}
    </svg>
  );
}

function scaleTo(most: number): (days: number) => number {
  return (days) => LEFT + logDays(days, most) * (WIDTH - LEFT - RIGHT);
}

function Ticks({ most, height }: { most: number; height: number }) {
  const x = scaleTo(most);
  return (
    <>
      {dayTicks(most)
        .filter(({ days }) => days !== 1 || x(1) - x(0) > 50)
        .map(({ days, label }) => (
          <>
            <path class="grid" d={`M${x(days).toFixed(1)} ${HEAD - 6}V${height - 4}`} />
            <text x={x(days).toFixed(1)} y="13" text-anchor="middle">
              {label}
            </text>
          </>
        ))}
    </>
  );
}
