import type { Scene } from './map-painter.ts';

/**
 * Where an arrow leads from the chosen thing: up and down (`y` -1, 1) through a lane and on to the next; left and right (`x` -1, 1) to the nearest thing that is
 * tied, else to the nearest of the next lane. The first thing where none is chosen; undefined where there is nothing that way.
 */
export function nextThing({ layout: { boxes }, edges, selected }: Scene, x: number, y: number): number | undefined {
  const here = boxes.findIndex(({ node }) => node === selected);
  const current = boxes[here];
  if (!current) return boxes[0]?.node;
  if (x === 0) return boxes[here + y]?.node;
  const tied = new Set(edges.flatMap(({ from, to }) => (from === current.node ? [to] : to === current.node ? [from] : [])));
  const beyond = boxes.filter((box) => (x < 0 ? box.lane < current.lane : box.lane > current.lane));
  const among = beyond.some(({ node }) => tied.has(node)) ? beyond.filter(({ node }) => tied.has(node)) : beyond;
  const [nearest] = among.sort(
    (a, b) => Math.abs(a.lane - current.lane) - Math.abs(b.lane - current.lane) || Math.abs(a.y - current.y) - Math.abs(b.y - current.y),
  );
  return nearest?.node;
}
