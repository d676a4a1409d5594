import { textWidth } from '../../base/text-width.ts';
import { areaOf, type Role } from './paint.tsx';
import { inkText } from './picture.tsx';

const SIZE = 12;
const SWATCH = 13;
const LEADING = 21;

/** A label with the area that it explains. */
export interface LegendItem {
  readonly label: string;
  readonly role: Role;
}

/** Places items from left to right in as many lines as the width needs. `height` includes a gap below. */
export function layoutLegend(items: readonly LegendItem[], width: number) {
  let [x, line] = [0, 0];
  const places = items.map(({ label }) => {
    const needed = SWATCH + 6 + textWidth(label, SIZE);
    if (x > 0 && x + needed > width) [x, line] = [0, line + 1];
    const place = { x, y: line * LEADING };
    x += needed + 16;
    return place;
  });
  return { places, height: items.length === 0 ? 0 : (line + 1) * LEADING + 8 };
}

/** The legend at the top of a picture. */
export function Legend({ id, items, width }: { id: string; items: readonly LegendItem[]; width: number }) {
  const { places } = layoutLegend(items, width);
  return (
    <g class="legend">
      {items.map(({ label, role }, index) => (
        <>
          <rect x={(places[index]?.x ?? 0) + 0.5} y={(places[index]?.y ?? 0) + 1.5} width={SWATCH} height={SWATCH} {...areaOf(id, role)} />
          <text x={(places[index]?.x ?? 0) + SWATCH + 6} y={(places[index]?.y ?? 0) + 12} font-size={SIZE} {...inkText}>
            {label}
          </text>
        </>
      ))}
    </g>
  );
}
