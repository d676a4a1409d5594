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

/** Pointers, wheel and keys on the map: dragging moves it, a click chooses, two open, the wheel zooms. */
export function listenToCanvas(canvas: HTMLCanvasElement, painter: MapPainter, actions: CanvasActions): void {
  let held: { x: number; y: number; moved: boolean } | undefined;
  canvas.addEventListener('pointerdown', ({ offsetX, offsetY, pointerId }) => {
    held = { x: offsetX, y: offsetY, moved: false };
    canvas.setPointerCapture(pointerId);
  });
  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
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
      if (!event.ctrlKey && document.activeElement !== canvas) return;
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
