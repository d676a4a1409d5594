import type { MapPainter } from './map-painter.ts';

/** What is done on the map. */
interface CanvasActions {
  /** What is told of a thing that is pointed at. */
  told(node: number): string;
  select(node: number | undefined): void;
  open(node: number): void;
  /** What a key does; false where it is none of the map's. */
  key(key: string, shift: boolean): boolean;
}

/** Pointers, wheel and keys on the map: dragging moves it, a click chooses, two open, two fingers and the wheel with Ctrl zoom. */
export function listenToCanvas(canvas: HTMLCanvasElement, painter: MapPainter, actions: CanvasActions): void {
  let held: { x: number; y: number; moved: boolean } | undefined;
  const fingers = new Map<number, { readonly x: number; readonly y: number }>();
  canvas.addEventListener('pointerdown', ({ offsetX, offsetY, pointerId }) => {
    fingers.set(pointerId, { x: offsetX, y: offsetY });
    held = { x: offsetX, y: offsetY, moved: fingers.size > 1 };
    canvas.setPointerCapture(pointerId);
  });
  canvas.addEventListener('pointermove', ({ offsetX, offsetY, pointerId }) => {
    if (fingers.size === 2 && fingers.has(pointerId)) {
      const apart = () => {
        const [one, other] = [...fingers.values()];
        return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
      };
      const before = apart();
      fingers.set(pointerId, { x: offsetX, y: offsetY });
      const [one, other] = [...fingers.values()];
      if (one && other && before > 0) painter.zoom(apart() / before, (one.x + other.x) / 2, (one.y + other.y) / 2);
      return;
    }
    if (!held) {
      const node = painter.nodeAt(offsetX, offsetY);
      canvas.classList.toggle('on-thing', node !== undefined);
      canvas.title = node === undefined ? '' : actions.told(node);
      return;
    }
    const [dx, dy] = [offsetX - held.x, offsetY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    painter.pan(dx, dy);
    held = { x: offsetX, y: offsetY, moved: true };
  });
  canvas.addEventListener('pointerup', ({ offsetX, offsetY }) => {
    if (held && !held.moved) actions.select(painter.nodeAt(offsetX, offsetY));
  });
  for (const type of ['pointerup', 'pointercancel'] as const)
    canvas.addEventListener(type, ({ pointerId }) => {
      fingers.delete(pointerId);
      held = undefined;
    });
  canvas.addEventListener('dblclick', ({ offsetX, offsetY }) => {
    const node = painter.nodeAt(offsetX, offsetY);
    if (node !== undefined) actions.open(node);
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      // A page that is scrolled past the map is not caught in it.
      if (!event.ctrlKey) return;
      event.preventDefault();
      painter.zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
    },
    { passive: false },
  );
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !actions.key(event.key, event.shiftKey)) return;
    event.preventDefault();
  });
}
