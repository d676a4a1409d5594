import { textWidth } from '../../base/text-width.ts';
import { type Crosstab, rowQuery } from '../../statistics/measure.ts';
import { Legend, layoutLegend } from './legend.tsx';
import { areaOf, Patterns, rolesOf } from './paint.tsx';
import { inkText, type Picture, softText } from './picture.tsx';
import { type QueryLink, QueryTarget, rowText } from './query-target.tsx';
import { round } from './round.ts';

const SIZE = 12;
const BAR = 15;
const SPLIT = 560;

/** Before a row that stands apart. */
const APART = 12;

/**
 * Rows as bars from left to right. `share`: every bar is as long as the others and each part carries its count above; else lengths are counts
 * and the end carries the total. Below {@link SPLIT} pixels labels that are not short stand above their bars.
 */
export function layoutBars({ rows, series }: Crosstab, width: number, share: boolean) {
  const longest = 16 + Math.max(0, ...rows.map(({ label }) => textWidth(label, SIZE)));
  const above = width < SPLIT && longest > width * 0.3;
  const labelWidth = above ? 0 : Math.min(width * 0.4, longest);
  const tail = share ? 0 : 30;
  const room = width - labelWidth - tail;
  const highest = Math.max(1, ...rows.map(({ values }) => values.reduce((total, value) => total + value, 0)));
  const [labelRoom, countRoom, gap] = [above ? 18 : 0, share ? 17 : 0, above || !share ? 9 : 12];
  const rowHeight = labelRoom + countRoom + BAR + gap;
  const yOf = (index: number) => index * rowHeight + APART * rows.slice(0, index + 1).filter(({ apart }) => apart).length;
  return {
    rows: rows.map(({ label, values }, index) => {
      const y = yOf(index);
      const total = values.reduce((running, value) => running + value, 0);
      const scale = room / (share ? Math.max(1, total) : highest);
      let x = labelWidth;
      const areas = series.flatMap((_, at) => {
        const value = values[at] ?? 0;
        if (value === 0) return [];
        const area = { series: at, x, y: y + labelRoom + countRoom, width: value * scale, height: BAR };
        x += area.width;
        const long = `${value} (${Math.round((value / total) * 100)} %)`;
        const text = [long, String(value)].find((candidate) => textWidth(candidate, SIZE) + 3 <= area.width);
        return [{ ...area, text: share ? text : undefined }];
      });
      return {
        y,
        height: rowHeight,
        label: { text: label, x: 0, y: y + labelRoom + countRoom + (above ? -6 - countRoom : BAR - 3) },
        areas,
        total: share ? undefined : { text: String(total), x: x + 6, y: y + labelRoom + BAR - 3 },
      };
    }),
    height: yOf(rows.length - 1) + rowHeight,
  };
}

/** Stacked bars with a legend; counts, or shares of each row. */
export function stackedBars(
  crosstab: Crosstab,
  { share = false, hrefOf }: { share?: boolean; hrefOf?: QueryLink | undefined } = {},
): Picture {
  const roles = rolesOf(crosstab.series.map(({ key }) => key));
  const items = crosstab.series.flatMap(({ label }, index) =>
    crosstab.rows.some(({ values }) => (values[index] ?? 0) > 0) ? [{ label, role: roles[index] ?? ('s1' as const) }] : [],
  );
  const told = crosstab.rows
    .slice(0, share ? undefined : 5)
    .map(({ label, incidents, values }) =>
      share
        ? `${label}: ${crosstab.series.map((series, index) => `${series.label.toLowerCase()} ${values[index] ?? 0}`).join(', ')} of ${incidents}`
        : `${label} ${incidents}`,
    );
  return {
    description: `${share ? 'Bars of equal length, divided by share' : 'Bars, the longest first'}: ${told.join('; ')}. All numbers are in the table.`,
    linked: hrefOf !== undefined,
    draw: ({ width, id, links }) => {
      const legend = layoutLegend(items, width);
      const layout = layoutBars(crosstab, width, share);
      return {
        height: legend.height + layout.height,
        body: (
          <>
            <Patterns id={id} roles={roles} />
            <Legend id={id} items={items} width={width} />
            <g transform={`translate(0 ${legend.height})`} font-size={SIZE}>
              {layout.rows.map(({ y, height, label, areas, total }, index) => (
                <QueryTarget
                  href={links && areas.length > 0 ? hrefOf?.(rowQuery(crosstab, index)) : undefined}
                  label={rowText(crosstab, index)}
                  area={{ x: 0, y, width, height }}
                >
                  <text x={label.x} y={round(label.y)} {...inkText}>
                    {label.text}
                  </text>
                  {areas.map((area) => (
                    <>
                      <rect
                        x={round(area.x + 0.5)}
                        y={round(area.y)}
                        width={round(Math.max(0.5, area.width - 1))}
                        height={area.height}
                        {...areaOf(id, roles[area.series] ?? 's1')}
                      />
                      {area.text ? (
                        <text x={round(area.x + 1)} y={round(area.y - 4)} {...softText}>
                          {area.text}
                        </text>
                      ) : null}
                    </>
                  ))}
                  {total ? (
                    <text x={round(total.x)} y={round(total.y)} {...softText}>
                      {total.text}
                    </text>
                  ) : null}
                </QueryTarget>
              ))}
            </g>
          </>
        ),
      };
    },
  };
}
