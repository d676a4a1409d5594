import { type Box, CELL, headOf, type MapLayout } from '../../explore/map-layout.ts';
import type { MapEdge, MapModel } from '../../explore/map-model.ts';
import { CutTexts } from './cut-text.ts';
import { type Colours, coloursOf } from './page-colours.ts';

/** What is drawn, and what of it stands out. */
export interface Scene {
  readonly model: MapModel;
  readonly layout: MapLayout;
  readonly edges: readonly MapEdge[];
  /** Nodes that stand out; where there are any, all others are faint. */
  readonly strong: ReadonlySet<number>;
  readonly selected: number | undefined;
  /** The thing around which all stands: its own ties are faint, since everything has one. */
  readonly focus: number | undefined;
}

const [LEAST_SCALE, MOST_SCALE] = [0.02, 3];
/** Below this height of a row on the screen words are left out. */
const READABLE = 9.5;
/** Up to this width of the canvas, in pixels, a whole drawing says nothing. */
const NARROW = 600;

/** Draws the map on a canvas of two dimensions: no WebGL, so there is nothing to fall back from. */
export class MapPainter {
  readonly #canvas: HTMLCanvasElement;
  #scene: Scene | undefined;
  #places = new Map<number, Box>();
  #colours: Colours | undefined;
  readonly #texts = new CutTexts();
  #scale = 1;
  #x = 0;
  #y = 0;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    new ResizeObserver(() => {
      if (canvas.width !== pixels(canvas.clientWidth) || canvas.height !== pixels(canvas.clientHeight)) this.#ask();
    }).observe(canvas);
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'])
      matchMedia(query).addEventListener('change', () => {
        this.#colours = undefined;
        this.#ask();
      });
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#places = new Map(scene.layout.boxes.map((box) => [box.node, box]));
    this.#ask();
  }

  /** The head of the drawing in its whole width where its words can be read so; else all of it, on a phone its readable beginning. */
  begin(): void {
    const { layout } = this.#scene ?? {};
    if (!layout) return;
    const scale = Math.min(1.15, (this.#canvas.clientWidth - 32) / layout.width);
    if (scale * CELL.height >= READABLE + 1) this.#place(scale, layout);
    else if (this.#canvas.clientWidth > NARROW) this.fit();
    else {
      this.#place((READABLE + 1) / CELL.height, layout);
      this.#x = 12;
    }
  }

  /** The whole drawing in view, but small drawings no larger than life. */
  fit(): void {
    const { layout } = this.#scene ?? {};
    if (!layout) return;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#place(Math.min(1.15, (width - 32) / layout.width, (height - 24) / layout.height), layout);
  }

  #place(scale: number, layout: MapLayout): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    this.#scale = scale;
    this.#x = (width - layout.width * this.#scale) / 2;
    // Small drawings stand near the head of the frame, where one looks first.
    this.#y = Math.max(8, Math.min(28, (height - layout.height * this.#scale) / 2));
    this.#ask();
  }

  pan(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#ask();
  }

  /** Zooms around a point of the canvas, by default its middle. */
  zoom(factor: number, x = this.#canvas.clientWidth / 2, y = this.#canvas.clientHeight / 2): void {
    const scale = Math.max(LEAST_SCALE, Math.min(MOST_SCALE, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#ask();
  }

  /** Brings a node into view without changing the scale. */
  reveal(node: number): void {
    const box = this.#places.get(node);
    if (!box) return;
    const [x, y] = [this.#x + box.x * this.#scale, this.#y + box.y * this.#scale];
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (x < 0 || x + CELL.width * this.#scale > width) this.#x += width / 2 - x;
    if (y < 0 || y + CELL.height * this.#scale > height) this.#y += height / 2 - y;
    this.#ask();
  }

  /** The node at a point of the canvas. */
  nodeAt(x: number, y: number): number | undefined {
    const [left, top] = [(x - this.#x) / this.#scale, (y - this.#y) / this.#scale];
    return this.#scene?.layout.boxes.find(
      (box) => left >= box.x && left <= box.x + CELL.width && top >= box.y && top <= box.y + CELL.height,
    )?.node;
  }

  #ask(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d');
    const scene = this.#scene;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!context || !scene || width === 0) return;
    if (this.#canvas.width !== pixels(width)) this.#canvas.width = pixels(width);
    if (this.#canvas.height !== pixels(height)) this.#canvas.height = pixels(height);
    this.#colours ??= coloursOf(this.#canvas);
    const colours = this.#colours;
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, width, height);
    this.#paintLanes(context, scene, colours);
    this.#paintEdges(context, scene, colours);
    this.#paintBoxes(context, scene, colours, width, height);
  }

  #paintLanes(context: CanvasRenderingContext2D, { layout, model }: Scene, { soft, rule }: Colours): void {
    context.font = '600 12px system-ui, sans-serif';
    context.textBaseline = 'alphabetic';
    for (const lane of layout.lanes) {
      const { x, y, untied } = lane;
      const [left, top] = [this.#x + x * this.#scale, this.#y + (y + CELL.height * 1.2) * this.#scale];
      const width = (untied ? layout.width : CELL.width) * this.#scale;
      context.fillStyle = soft;
      context.fillText(this.#texts.cut(context, headOf(lane, model.data.kinds), width), left, top);
      context.fillStyle = rule;
      context.fillRect(left, top + 5, width, 1);
    }
  }

  #paintEdges(context: CanvasRenderingContext2D, { model, edges, strong, selected, focus }: Scene, { soft, link, bad }: Colours): void {
    const crowd = Math.max(0.06, Math.min(0.5, 90 / (edges.length + 1)));
    const chosen = selected === focus ? undefined : selected;
    const isStrong = ({ from, to }: MapEdge) =>
      (strong.size > 0 ? strong.has(from) && strong.has(to) : false) || from === chosen || to === chosen;
    const seeding = model.data.relations.findIndex(({ id }) => id === 'seeded');
    const passOf = (edge: MapEdge) =>
      isStrong(edge) ? 'strong' : edge.relation === seeding ? 'seeding' : edge.from === focus || edge.to === focus ? 'own' : 'plain';
    const passes = {
      own: { colour: soft, width: 1, alpha: 0.16 },
      plain: { colour: soft, width: 1, alpha: strong.size > 0 || chosen !== undefined ? crowd / 2 : crowd },
      seeding: { colour: bad, width: 1.6, alpha: 0.75 },
      strong: { colour: link, width: 1.8, alpha: 0.9 },
    };
    for (const [pass, { colour, width, alpha }] of Object.entries(passes)) {
      context.strokeStyle = context.fillStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = alpha;
      context.beginPath();
      const heads = new Path2D();
      for (const edge of edges) {
        if (passOf(edge) !== pass) continue;
        const ends = this.#curve(edge);
        if (!ends) continue;
        const [x1, y1, c1, c2, x2, y2] = ends;
        context.moveTo(x1, y1);
        context.bezierCurveTo(c1, y1, c2, y2, x2, y2);
        if (edge.relation === seeding) this.#arrowHead(heads, edge, ends);
      }
      context.stroke();
      context.fill(heads);
    }
    context.globalAlpha = 1;
  }

  /** Where a seeding arrives: at the right side of a box only within a column. */
  #arrowHead(heads: Path2D, { from, to }: MapEdge, [x1, y1, , , x2, y2]: Curve): void {
    const [a, b] = [this.#places.get(from), this.#places.get(to)];
    if (!a || !b) return;
    const [x, y] = b.x < a.x ? [x1, y1] : [x2, y2];
    const back = b.x > a.x ? -7 : 7;
    heads.moveTo(x, y);
    heads.lineTo(x + back, y - 4);
    heads.lineTo(x + back, y + 4);
    heads.closePath();
  }

  /** Both ends of a tie and the bends between, on the screen. */
  #curve({ from, to }: MapEdge): Curve | undefined {
    const [a, b] = [this.#places.get(from), this.#places.get(to)];
    if (!a || !b) return undefined;
    const [x1, y1, c1, c2, x2, y2] = curveOf(a, b);
    const [x, y] = [(value: number) => this.#x + value * this.#scale, (value: number) => this.#y + value * this.#scale];
    return [x(x1), y(y1), x(c1), x(c2), x(x2), y(y2)];
  }

  #paintBoxes(
    context: CanvasRenderingContext2D,
    { layout, model, strong, selected }: Scene,
    colours: Colours,
    width: number,
    height: number,
  ): void {
    const [w, h] = [CELL.width * this.#scale, (CELL.height - 5) * this.#scale];
    const size = Math.max(READABLE, Math.min(13, 12 * this.#scale));
    const words = CELL.height * this.#scale >= READABLE + 1;
    context.font = `${size}px system-ui, sans-serif`;
    context.textBaseline = 'middle';
    for (const { node, x, y } of layout.boxes) {
      const [left, top] = [this.#x + x * this.#scale, this.#y + y * this.#scale];
      if (left > width || top > height || left + w < 0 || top + h < 0) continue;
      const isIncident = model.data.kinds[model.kindOf(node)]?.kind === 'incident';
      context.globalAlpha = strong.size > 0 && !strong.has(node) && node !== selected ? 0.28 : 1;
      context.fillStyle = isIncident ? colours.badGround : colours.raise;
      context.strokeStyle = node === selected ? colours.link : isIncident ? colours.bad : colours.soft;
      context.lineWidth = node === selected ? 2.5 : 1;
      context.beginPath();
      context.roundRect(left, top, Math.max(2, w), Math.max(2, h), Math.min(5, h / 3));
      context.fill();
      context.stroke();
      if (words) {
        context.fillStyle = colours.ink;
        context.fillText(this.#texts.cut(context, model.labelOf(node), w - 10), left + 5, top + h / 2 + 0.5);
      }
    }
    context.globalAlpha = 1;
  }
}

/** A curve from one point to another that leaves and arrives level: x1 y1, where it bends (cx1, cx2), x2 y2. */
type Curve = readonly [x1: number, y1: number, cx1: number, cx2: number, x2: number, y2: number];

/** From the edge of one box to that of another. */
export function curveOf(a: Box, b: Box): Curve {
  const middle = (CELL.height - 5) / 2;
  if (a.x === b.x) {
    // Within a column around its right side.
    const x = Math.max(a.x, b.x) + CELL.width;
    return [a.x + CELL.width, a.y + middle, x + CELL.gap / 2, x + CELL.gap / 2, b.x + CELL.width, b.y + middle];
  }
  const [left, right] = a.x < b.x ? [a, b] : [b, a];
  const [x1, x2] = [left.x + CELL.width, right.x];
  const bend = Math.max(24, (x2 - x1) / 2);
  return [x1, left.y + middle, x1 + bend, x2 - bend, x2, right.y + middle];
}

/** Pixels of the screen to one of the page, at least one. */
function ratio(): number {
  return Math.max(1, devicePixelRatio);
}

function pixels(length: number): number {
  return Math.round(length * ratio());
}
