import { runQuery } from '../../../query/evaluate.ts';
import { isQueryFault, parseQuery } from '../../../query/parse.ts';
import type { AskData } from '../../ask-page.tsx';
import type { ExploreData } from '../../explore/explore-data.ts';
import { layoutByTies, layoutMap, layoutWay, type MapLayout, MOST_BY_TIES } from '../../explore/map-layout.ts';
import { type MapEdge, MapModel, type MapStep } from '../../explore/map-model.ts';
import { mapGraphml, mapSvg } from './map-files.ts';
import { MapPainter, type Scene } from './map-painter.ts';
import { idCalled, suggestThings } from './thing-names.ts';
import { nodeButton, ThingPanel } from './thing-panel.ts';

/** Neighbours that come along when a thing is opened; more are added from its panel. */
const MOST_AT_ONCE = 60;
const ACTING: readonly string[] = ['actor', 'campaign'];
/** More kinds than this make columns too narrow to read. */
const MOST_COLUMNS = 6;

document.addEventListener('DOMContentLoaded', () => {
  const globals = globalThis as { threatpediaMap?: ExploreData; threatpediaIncidents?: AskData };
  const host = document.querySelector<HTMLElement>('[data-explore]');
  if (host && globals.threatpediaMap && globals.threatpediaIncidents)
    new Explorer(host, globals.threatpediaMap, globals.threatpediaIncidents).start();
});

/** The explorer. The address is its one state: every control rewrites it, and what is drawn follows. */
class Explorer {
  readonly #host: HTMLElement;
  readonly #data: ExploreData;
  readonly #ask: AskData;
  readonly #painter: MapPainter;
  readonly #canvas: HTMLCanvasElement;
  readonly #panel: ThingPanel;
  #model: MapModel;
  /** The day whose map it is; undefined for today. */
  #day: string | undefined;
  #scene: Scene | undefined;
  #selected: number | undefined;
  #way: readonly MapStep[] | undefined;

  constructor(host: HTMLElement, data: ExploreData, ask: AskData) {
    this.#host = host;
    this.#data = data;
    this.#ask = ask;
    this.#model = new MapModel(data);
    this.#canvas = this.#part('canvas');
    this.#painter = new MapPainter(this.#canvas);
    this.#panel = new ThingPanel(this.#part('[data-panel]'), {
      root: host.dataset.root ?? '',
      leaf: host.dataset.leaf ?? '',
      start: (node) => this.#go({ focus: this.#model.idOf(node), open: [], from: '', to: '', view: '' }),
      open: (node) => this.#open([node]),
      select: (node) => this.#select(node),
      add: (nodes) => this.#open(nodes),
    });
  }

  #part<E extends Element>(selector: string): E {
    const found = this.#host.querySelector<E>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  start(): void {
    this.#host.hidden = false;
    this.#listen();
    addEventListener('popstate', () => this.#show(true));
    this.#show(true);
  }

  get #state(): URLSearchParams {
    return new URL(location.href).searchParams;
  }

  /** Writes the state into the address and shows it. Empty values leave it. */
  #go(changes: Readonly<Record<string, string | readonly string[]>>): void {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      url.searchParams.delete(name);
      for (const each of [value].flat()) if (each) url.searchParams.append(name, each);
    }
    if (url.href !== location.href) history.pushState(undefined, '', url);
    this.#show(!('open' in changes) || 'focus' in changes);
  }

  #open(nodes: readonly number[]): void {
    const open = new Set([...this.#state.getAll('open'), ...nodes.map((node) => this.#model.idOf(node))]);
    this.#go({ open: [...open].slice(-40) });
  }

  #show(fit: boolean): void {
    const state = this.#state;
    const asOf = /^\d{4}-\d{2}-\d{2}$/.test(state.get('as-of') ?? '') ? (state.get('as-of') ?? undefined) : undefined;
    if (asOf !== this.#day) [this.#day, this.#model] = [asOf, new MapModel(this.#data, asOf)];
    for (const name of ['q', 'as-of'] as const) this.#part<HTMLInputElement>(`[name="${name}"]`).value = state.get(name) ?? '';
    for (const name of ['from', 'to'] as const) {
      const node = this.#model.find(state.get(name) ?? '');
      this.#part<HTMLInputElement>(`[name="${name}"]`).value = node === undefined ? (state.get(name) ?? '') : this.#model.labelOf(node);
    }
    const { nodes, strong, say } = this.#drawn(state);
    const edges = this.#model.edgesWithin(nodes);
    const layout = this.#layout(state, nodes, edges);
    if (this.#selected !== undefined && !nodes.has(this.#selected)) this.#selected = undefined;
    const focus = this.#model.find(state.get('focus') ?? '');
    if (this.#selected === undefined && focus !== undefined) this.#selected = focus;
    this.#scene = { model: this.#model, layout, edges, strong, selected: this.#selected, focus };
    this.#painter.show(this.#scene);
    if (fit) this.#painter.begin();
    this.#part('output').textContent =
      `${say} ${nodes.size.toLocaleString('en')} things and ${edges.length.toLocaleString('en')} ties are drawn.`;
    this.#panel.show(this.#model, this.#selected, this.#way);
    this.#list();
    for (const button of this.#host.querySelectorAll<HTMLButtonElement>('[data-kind]'))
      button.setAttribute('aria-pressed', String(this.#kinds(state).has(button.dataset.kind ?? '')));
  }

  /** A way step by step, few things by their ties, many in an even page. */
  #layout(state: URLSearchParams, nodes: ReadonlySet<number>, edges: readonly MapEdge[]): MapLayout {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const placed = [...nodes].map((node) => ({ node, kind: this.#model.kindOf(node), rank: this.#data.nodes[node]?.[4] ?? 0 }));
    const aspect = Math.max(0.5, width / Math.max(1, height));
    const focus = this.#model.find(state.get('focus') ?? '');
    if (this.#way !== undefined && state.getAll('open').length === 0) return layoutWay(placed, width);
    const kinds = new Set(placed.map(({ kind }) => kind));
    if (placed.length > MOST_BY_TIES || kinds.size > MOST_COLUMNS) return layoutMap(placed, aspect, focus);
    const steps = state.get('view') === 'cascades' ? this.#model.cascadeSteps(nodes) : undefined;
    const after = steps ? Math.max(0, ...steps.values()) + 1 : 0;
    return layoutByTies(
      placed.map((one) => ({ ...one, column: steps?.get(one.node) ?? after + this.#columnOf(one.kind) })),
      edges,
    );
  }

  /** Who acts stands before the incidents, all else behind them. */
  #columnOf(kind: number): number {
    const before = ACTING.indexOf(this.#data.kinds[kind]?.kind ?? '');
    return before >= 0 ? before : ACTING.length + kind;
  }

  #kinds(state: URLSearchParams): ReadonlySet<string> {
    const named = state.getAll('kind');
    return new Set(named.length > 0 ? named : ['incident', 'actor', 'campaign', 'malware']);
  }

  /** The nodes of a state: a way, a cascade, a neighbourhood, or all things of the chosen kinds. */
  #drawn(state: URLSearchParams): { nodes: Set<number>; strong: ReadonlySet<number>; say: string } {
    const [from, to] = [this.#model.find(state.get('from') ?? ''), this.#model.find(state.get('to') ?? '')];
    const opened = state.getAll('open').flatMap((id) => this.#model.find(id) ?? []);
    this.#way = from !== undefined && to !== undefined ? this.#model.findWay(from, to) : undefined;
    if (this.#way && from !== undefined && to !== undefined) {
      const onWay = new Set([from, ...this.#way.map(({ edge, reversed }) => (reversed ? edge.from : edge.to))]);
      const nodes = new Set([...onWay, ...opened.flatMap((node) => [node, ...this.#around(node)])]);
      return {
        nodes,
        strong: opened.length > 0 ? onWay : new Set(),
        say: `${this.#way.length} steps from ${this.#model.labelOf(from)} to ${this.#model.labelOf(to)}.`,
      };
    }
    if (from !== undefined && to !== undefined)
      return { nodes: new Set([from, to]), strong: new Set(), say: 'There is no way between them along ties that can be inspected.' };
    const focus = this.#model.find(state.get('focus') ?? '');
    if (state.get('view') === 'cascades') {
      const incident = focus !== undefined && this.#data.kinds[this.#model.kindOf(focus)]?.kind === 'incident' ? focus : undefined;
      const nodes = this.#model.cascade(incident);
      for (const node of opened) for (const each of [node, ...this.#around(node)]) nodes.add(each);
      return { nodes, strong: new Set(), say: 'Incidents that seeded others.' };
    }
    if (focus !== undefined) {
      const nodes = new Set([focus, ...this.#around(focus), ...opened.flatMap((node) => [node, ...this.#around(node)])]);
      return { nodes, strong: new Set(), say: `Around ${this.#model.labelOf(focus)}.` };
    }
    return this.#overview(state);
  }

  /** All things of the chosen kinds; with a query, the incidents that it asks for and what they are tied to. */
  #overview(state: URLSearchParams): { nodes: Set<number>; strong: ReadonlySet<number>; say: string } {
    const kinds = this.#kinds(state);
    const text = state.get('q') ?? '';
    const parsed = parseQuery(text, this.#ask.values);
    const fault = this.#part<HTMLElement>('[data-fault]');
    fault.hidden = !isQueryFault(parsed);
    fault.textContent = isQueryFault(parsed) ? `${parsed.message}${parsed.fix ? `; ${parsed.fix}` : ''}` : '';
    const asked = text && !isQueryFault(parsed) ? new Set(runQuery(this.#ask.rows, parsed).map(({ id }) => `incident:${id}`)) : undefined;
    const nodes = new Set<number>();
    for (const node of this.#data.nodes.keys()) {
      const kind = this.#data.kinds[this.#model.kindOf(node)]?.kind ?? '';
      if (kinds.has(kind) && this.#model.isKnown(node) && (!asked || kind !== 'incident' || asked.has(this.#model.idOf(node))))
        nodes.add(node);
    }
    if (asked) {
      for (const node of [...nodes]) {
        if (asked.has(this.#model.idOf(node))) continue;
        const tied = [...this.#model.stepsFrom(node)].some(({ far }) => asked.has(this.#model.idOf(far)));
        if (!tied) nodes.delete(node);
      }
    }
    return { nodes, strong: new Set(), say: asked ? `${asked.size} incidents are asked for.` : '' };
  }

  /** What comes along with a thing: its neighbours by ties that can be inspected, the first of each relation. */
  #around(node: number): number[] {
    const groups = this.#model.neighbours(node).filter(({ relation }) => this.#data.relations[relation]?.inspectable);
    const each = Math.max(3, Math.floor(MOST_AT_ONCE / Math.max(1, groups.length)));
    return groups.flatMap(({ far }) => far.slice(0, each));
  }

  #select(node: number | undefined): void {
    this.#selected = node;
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, selected: node };
    this.#painter.show(this.#scene);
    if (node !== undefined) this.#painter.reveal(node);
    this.#panel.show(this.#model, node, this.#way);
    this.#part('[data-said]').textContent =
      node === undefined ? 'Nothing is chosen' : `${this.#model.labelOf(node)}, ${this.#data.kinds[this.#model.kindOf(node)]?.title}`;
  }

  /** Exactly what is drawn, as a list: made when it is opened. */
  #list(): void {
    const details = this.#part<HTMLDetailsElement>('details[data-list]');
    const body = this.#part<HTMLElement>('[data-list-body]');
    body.replaceChildren();
    if (!details.open || !this.#scene) return;
    const { layout, edges, model } = this.#scene;
    const ties = new Map<number, string[]>();
    for (const { from, to, relation } of edges) {
      const { label, inverse } = this.#data.relations[relation] ?? { label: '', inverse: '' };
      ties.set(from, [...(ties.get(from) ?? []), `${label.toLowerCase()}: ${model.labelOf(to)}`]);
      ties.set(to, [...(ties.get(to) ?? []), `${inverse.toLowerCase()}: ${model.labelOf(from)}`]);
    }
    for (const [lane, { kind, count, untied }] of layout.lanes.entries()) {
      const heading = document.createElement('h3');
      heading.textContent = `${this.#data.kinds[kind]?.plural} (${count}${untied ? ', tied to nothing drawn' : ''})`;
      const list = document.createElement('ul');
      for (const box of layout.boxes) {
        if (box.lane !== lane) continue;
        const item = document.createElement('li');
        item.append(nodeButton(model, box.node, () => this.#select(box.node)));
        const told = ties.get(box.node) ?? [];
        if (told.length > 0) item.append(` — ${told.slice(0, 12).join('; ')}${told.length > 12 ? `; ${told.length - 12} more` : ''}`);
        list.append(item);
      }
      body.append(heading, list);
    }
  }

  #listen(): void {
    const form = this.#part<HTMLFormElement>('form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const value = (name: string) => this.#part<HTMLInputElement>(`[name="${name}"]`).value.trim();
      const named = (text: string) => idCalled(this.#model, text);
      const [from, to, focus] = [named(value('from')), named(value('to')), named(value('focus'))];
      this.#part<HTMLInputElement>('[name="focus"]').value = '';
      const shown: Record<string, string | readonly string[]> = focus
        ? { focus, open: [], from: '', to: '', view: '' }
        : from && to
          ? { from, to, focus: '', open: [], view: '' }
          : {};
      this.#go({ q: value('q'), 'as-of': value('as-of'), ...shown });
    });
    for (const name of ['focus', 'from', 'to']) suggestThings(this.#part<HTMLInputElement>(`[name="${name}"]`), () => this.#model);
    this.#part<HTMLInputElement>('[name="as-of"]').addEventListener('change', () => form.requestSubmit());
    this.#host.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-do], button[data-kind]') : null;
      if (button?.dataset.kind !== undefined) this.#toggleKind(button.dataset.kind);
      else if (button?.dataset.do) this.#do(button.dataset.do);
    });
    this.#part('details[data-list]').addEventListener('toggle', () => this.#list());
    this.#listenToCanvas();
  }

  #toggleKind(kind: string): void {
    const kinds = new Set(this.#kinds(this.#state));
    if (!kinds.delete(kind)) kinds.add(kind);
    this.#go({ kind: [...kinds], focus: '', open: [], from: '', to: '', view: '' });
  }

  #do(what: string): void {
    const name = 'threatpedia-map';
    if (what === 'fit') this.#painter.fit();
    else if (what === 'in') this.#painter.zoom(1.3);
    else if (what === 'out') this.#painter.zoom(1 / 1.3);
    else if (what === 'all') this.#go({ focus: '', open: [], from: '', to: '', view: '', q: '', kind: [] });
    else if (what === 'cascades') this.#go({ view: 'cascades', focus: '', open: [], from: '', to: '' });
    else if (what === 'svg' && this.#scene) save(new Blob([mapSvg(this.#scene)], { type: 'image/svg+xml' }), `${name}.svg`);
    else if (what === 'graphml' && this.#scene) save(new Blob([mapGraphml(this.#scene)], { type: 'application/xml' }), `${name}.graphml`);
    else if (what === 'png') void this.#painter.toBlob().then((blob) => blob && save(blob, `${name}.png`));
  }

  #listenToCanvas(): void {
    const canvas = this.#canvas;
    let held: { x: number; y: number; moved: boolean } | undefined;
    canvas.addEventListener('pointerdown', ({ offsetX, offsetY, pointerId }) => {
      held = { x: offsetX, y: offsetY, moved: false };
      canvas.setPointerCapture(pointerId);
    });
    canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
      if (!held) {
        const node = this.#painter.nodeAt(offsetX, offsetY);
        canvas.classList.toggle('on-thing', node !== undefined);
        canvas.title = node === undefined ? '' : `${this.#data.kinds[this.#model.kindOf(node)]?.title}: ${this.#model.labelOf(node)}`;
        return;
      }
      const [dx, dy] = [offsetX - held.x, offsetY - held.y];
      if (!held.moved && Math.hypot(dx, dy) < 4) return;
      this.#painter.pan(dx, dy);
      held = { x: offsetX, y: offsetY, moved: true };
    });
    canvas.addEventListener('pointerup', ({ offsetX, offsetY }) => {
      if (held && !held.moved) this.#select(this.#painter.nodeAt(offsetX, offsetY));
      held = undefined;
    });
    canvas.addEventListener('dblclick', ({ offsetX, offsetY }) => {
      const node = this.#painter.nodeAt(offsetX, offsetY);
      if (node !== undefined) this.#open([node]);
    });
    canvas.addEventListener(
      'wheel',
      (event) => {
        // A page that is scrolled past the map is not caught in it.
        if (!event.ctrlKey && document.activeElement !== canvas) return;
        event.preventDefault();
        this.#painter.zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
      },
      { passive: false },
    );
    canvas.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.#key(event.key, event.shiftKey)) return;
      event.preventDefault();
    });
  }

  /** What a key does on the map; false where it is none of its keys. */
  #key(key: string, shift: boolean): boolean {
    const arrows: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
    };
    const arrow = arrows[key];
    if (arrow && shift) this.#painter.pan(-arrow[0] * 60, -arrow[1] * 60);
    else if (arrow) this.#step(...arrow);
    else if (key === 'Enter' && this.#selected !== undefined) this.#open([this.#selected]);
    else if (key === 'f' && this.#selected !== undefined)
      this.#go({ focus: this.#model.idOf(this.#selected), open: [], from: '', to: '', view: '' });
    else if (key === '+' || key === '=') this.#painter.zoom(1.3);
    else if (key === '-') this.#painter.zoom(1 / 1.3);
    else if (key === '0') this.#painter.fit();
    else if (key === 'Escape') this.#select(undefined);
    else return false;
    return true;
  }

  /** Up and down goes through a lane and on to the next; left and right to the nearest thing that is tied, else to the nearest of the next lane. */
  #step(x: number, y: number): void {
    const boxes = this.#scene?.layout.boxes ?? [];
    const here = boxes.findIndex(({ node }) => node === this.#selected);
    const current = boxes[here];
    if (!current) {
      this.#select(boxes[0]?.node);
      return;
    }
    if (x === 0) {
      const next = boxes[here + y];
      if (next) this.#select(next.node);
      return;
    }
    const tied = new Set(
      (this.#scene?.edges ?? []).flatMap(({ from, to }: MapEdge) => (from === current.node ? [to] : to === current.node ? [from] : [])),
    );
    const beyond = boxes.filter((box) => (x < 0 ? box.lane < current.lane : box.lane > current.lane));
    const among = beyond.some(({ node }) => tied.has(node)) ? beyond.filter(({ node }) => tied.has(node)) : beyond;
    const nearest = among.sort(
      (a, b) => Math.abs(a.lane - current.lane) - Math.abs(b.lane - current.lane) || Math.abs(a.y - current.y) - Math.abs(b.y - current.y),
    )[0];
    if (nearest) this.#select(nearest.node);
  }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
