import type { Seeding } from '../../measures/measures.ts';
import { layoutPath, TITLE_LEADING, TITLE_SIZE } from '../path-layout.ts';

/** Which incident led to which, from left to right. */
export function Cascades({
  seedings,
  titleOf,
  hrefOf,
}: {
  seedings: readonly Seeding[];
  titleOf: (id: string) => string;
  hrefOf: (id: string) => string;
}) {
  const ids = inOrder(seedings);
  const lanes = new Map<string, number>();
  for (const id of ids) {
    const before = seedings.filter(({ to }) => to === id).map(({ from }) => lanes.get(from) ?? 0);
    lanes.set(id, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  const layout = layoutPath(
    ids.map((id) => ({
      lane: lanes.get(id) ?? 0,
      title: titleOf(id),
      detail: '',
      after: seedings.filter(({ to }) => to === id).map(({ from }) => ids.indexOf(from)),
    })),
  );
  return (
    <svg class="chart cascades" width={layout.width} viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label="Cascades">
      <title>Which incident led to which</title>
      <defs>
        <marker id="cascade-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path class="tip" d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {layout.arrows.map(({ d }) => (
        <path class="arrow" d={d} marker-end="url(#cascade-tip)" />
      ))}
      {ids.map((id, index) => {
        const box = layout.boxes[index];
        return box ? (
          <a href={hrefOf(id)}>
            <rect class="box" x={box.x} y={box.y} width={box.width} height={box.height} rx="7" />
            <text class="box-title" x={box.x + 9} y={box.y + 9 + TITLE_SIZE} font-size={TITLE_SIZE}>
              {box.titleLines.map((text, line) => (
                <tspan x={box.x + 9} dy={line === 0 ? 0 : TITLE_LEADING}>
                  {`${text} `}
                </tspan>
              ))}
            </text>
          </a>
        ) : null;
      })}
    </svg>
  );
}

/** Every incident of a cascade after those that led to it. A ring, which records forbid, would end the search. */
function inOrder(seedings: readonly Seeding[]): string[] {
  const waiting = new Set(seedings.flatMap(({ from, to }) => [from, to]));
  const ids: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter((id) => seedings.every(({ from, to }) => to !== id || !waiting.has(from)));
    if (ready.length === 0) return ids;
    for (const id of ready) {
      waiting.delete(id);
      ids.push(id);
    }
  }
  return ids;
}
