import { formatCount } from '../../../base/format-count.ts';
import type { ExploreData } from '../../explore/explore-data.ts';
import { MapModel, type MapStep } from '../../explore/map-model.ts';
import { dayIn, parseDay } from '../day.ts';
import { saveFile } from '../save-file.ts';
import { listenToCanvas } from './canvas-input.ts';
import { drawnOf, layoutDrawn, wantedFor } from './drawn.ts';
import { type FormTexts, requestOf } from './form-request.ts';
import { MapData, type Wanted } from './map-data.ts';
import { mapGraphml, mapSvg, pngOf } from './map-files.ts';
import { drawnList } from './map-list.ts';
import { MapPainter, type Scene } from './map-painter.ts';
import { nextThing } from './next-thing.ts';
import { idCalled, suggestThings } from './thing-names.ts';
import { ThingPanel } from './thing-panel.ts';

document.addEventListener('DOMContentLoaded', () => {
  const host = document.querySelector<HTMLElement>('[data-explore]');
  const source = host && new MapData(host.dataset);
  const map = source?.map;
  // The words of the page are painted first.
  if (host && source && map) requestAnimationFrame(() => setTimeout(() => new Explorer(host, source, map).start()));
});

/** The explorer. The address is its one state: every control rewrites it, and what is drawn follows. */
class Explorer {
  readonly #host: HTMLElement;
  readonly #source: MapData;
  readonly #painter: MapPainter;
  readonly #canvas: HTMLCanvasElement;
  readonly #panel: ThingPanel;
  /** The overview until more is needed. */
  #data: ExploreData;
  #model: MapModel;
  /** The day whose map it is; undefined for today. */
  #day: string | undefined;
  #scene: Scene | undefined;
  #selected: number | undefined;
  #way: readonly MapStep[] | undefined;
  /** Kinds that are drawn, where they can be chosen. */
  #kinds: ReadonlySet<string> = new Set();

  constructor(host: HTMLElement, source: MapData, data: ExploreData) {
    this.#host = host;
    this.#source = source;
    this.#data = data;
    this.#model = new MapModel(data);
    this.#canvas = this.#part('canvas');
    this.#painter = new MapPainter(this.#canvas);
    this.#panel = new ThingPanel(this.#part('[data-panel]'), {
      root: host.dataset.root ?? '',
      leaf: host.dataset.leaf ?? '',
      start: (node) => this.#go({ focus: this.#model.idOf(node), open: [], from: '', to: '', view: '' }),
      open: (node) => this.#open([node]),
      select: (node) => this.#select(node),
      add: (nodes) => {
        this.#selected = nodes.at(-1);
        this.#open(nodes);
      },
    });
  }

  #part<E extends Element>(selector: string): E {
    const found = this.#host.querySelector<E>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  }

  start(): void {
    this.#host.hidden = false;
    // On a phone the list is what can be read.
    if (matchMedia('(max-width: 600px)').matches) this.#part<HTMLDetailsElement>('details[data-list]').open = true;
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
    const isOverview = !['focus', 'from', 'view'].some((name) => url.searchParams.has(name));
    this.#show(!('open' in changes) || 'focus' in changes || isOverview);
  }

  #open(nodes: readonly number[]): void {
    const open = new Set([...this.#state.getAll('open'), ...nodes.map((node) => this.#model.idOf(node))]);
    this.#go({ open: [...open].slice(-40) });
  }

  /** Does something once data is at hand: at once where it is, else the page says that it waits. */
  #with(wanted: Wanted, act: () => void): void {
    const coming = this.#source.need(wanted);
    if (!coming) {
      act();
      return;
    }
    this.#part('output').textContent = 'Loading more of the map …';
    coming.then(act, () => {
      this.#part('output').textContent = 'The rest of the map could not be loaded. Try again, or read the lists on this page.';
    });
  }

  /** Goes over to the whole map where it has come, which tells whether it did. What is chosen stays chosen. */
  #adopt(): boolean {
    const { map } = this.#source;
    if (!map || map === this.#data) return false;
    const chosen = this.#selected === undefined ? '' : this.#model.idOf(this.#selected);
    this.#data = map;
    this.#model = new MapModel(map, this.#day);
    this.#selected = this.#model.find(chosen);
    return true;
  }

  /** Shows what the address asks for, once all that it takes is there. */
  #show(fit: boolean): void {
    const wanted = wantedFor(this.#state);
    if (this.#source.need(wanted)) {
      this.#with(wanted, () => this.#show(fit));
      return;
    }
    this.#adopt();
    this.#draw(fit);
    this.#fillForm();
  }

  /** The form says what the address asks for. Not done when more of the map has come: by then somebody may be typing. */
  #fillForm(): void {
    const state = this.#state;
    for (const name of ['q', 'as-of'] as const) this.#part<HTMLInputElement>(`[name="${name}"]`).value = state.get(name) ?? '';
    for (const name of ['from', 'to'] as const) {
      const node = this.#model.find(idCalled(this.#model, state.get(name) ?? ''));
      this.#part<HTMLInputElement>(`[name="${name}"]`).value = node === undefined ? (state.get(name) ?? '') : this.#model.labelOf(node);
    }
  }

  #draw(fit: boolean): void {
    const state = this.#state;
    const asked = parseDay(state.get('as-of') ?? '');
    const asOf = 'day' in asked ? asked.day : undefined;
    if (asOf !== this.#day) [this.#day, this.#model] = [asOf, new MapModel(this.#data, asOf)];
    const drawn = drawnOf(state, this.#model, this.#source.incidents);
    const { nodes, strong, say, kinds, fault = 'fault' in asked ? asked.fault : '' } = drawn;
    this.#way = drawn.way;
    this.#complain(fault);
    const edges = this.#model.edgesWithin(nodes);
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const layout = layoutDrawn(state, this.#model, drawn, edges, { width, height });
    if (this.#selected !== undefined && !nodes.has(this.#selected)) this.#selected = undefined;
    const focus = this.#model.find(idCalled(this.#model, state.get('focus') ?? ''));
    if (this.#selected === undefined && focus !== undefined) this.#selected = focus;
    this.#scene = { model: this.#model, layout, edges, strong, selected: this.#selected, focus };
    this.#painter.show(this.#scene);
    if (fit) this.#painter.begin();
    this.#part('output').textContent = `${say} ${formatCount(nodes.size)} things and ${formatCount(edges.length)} ties are drawn.`;
    this.#kinds = kinds ?? new Set();
    this.#part<HTMLElement>('[data-kinds]').hidden = kinds === undefined;
    this.#panel.show(this.#model, this.#selected, this.#way);
    this.#list();
    for (const button of this.#host.querySelectorAll<HTMLButtonElement>('[data-kind]'))
      button.setAttribute('aria-pressed', String(this.#kinds.has(button.dataset.kind ?? '')));
  }

  #complain(fault: string): void {
    const told = this.#part<HTMLElement>('[data-fault]');
    told.hidden = !fault;
    told.textContent = fault;
  }

  #select(node: number | undefined): void {
    this.#selected = node;
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, selected: node };
    this.#painter.show(this.#scene);
    if (node !== undefined) this.#painter.reveal(node);
    this.#part('[data-said]').textContent =
      node === undefined ? 'Nothing is chosen' : `${this.#model.labelOf(node)}, ${this.#data.kinds[this.#model.kindOf(node)]?.title}`;
    // Beside it stands all that it is tied to.
    this.#with({ whole: node !== undefined, incidents: false }, () => {
      if (this.#adopt()) this.#draw(false);
      else this.#panel.show(this.#model, this.#selected, this.#way);
    });
  }

  /** The list of what is drawn: made when it is opened. */
  #list(): void {
    const { open } = this.#part<HTMLDetailsElement>('details[data-list]');
    this.#part('[data-list-body]').replaceChildren(...(open && this.#scene ? drawnList(this.#scene, (node) => this.#select(node)) : []));
  }

  #listen(): void {
    const form = this.#part<HTMLFormElement>('form');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const value = (name: string) => this.#part<HTMLInputElement>(`[name="${name}"]`).value.trim();
      const [from, to, focus] = [value('from'), value('to'), value('focus')];
      this.#with({ whole: [from, to, focus].some(Boolean), incidents: false }, () => {
        this.#adopt();
        this.#submit({ from, to, focus, question: value('q'), day: value('as-of') });
      });
    });
    for (const name of ['focus', 'from', 'to']) {
      const input = this.#part<HTMLInputElement>(`[name="${name}"]`);
      suggestThings(input, () => this.#model);
      input.addEventListener('focus', () => this.#with({ whole: true, incidents: false }, () => this.#adopt() && this.#draw(false)));
    }
    const day = this.#part<HTMLInputElement>('[name="as-of"]');
    day.addEventListener('change', () => dayIn(day) && form.requestSubmit());
    this.#host.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-do], button[data-kind]') : null;
      if (button?.dataset.kind !== undefined) this.#toggleKind(button.dataset.kind);
      else if (button?.dataset.do) this.#do(button.dataset.do);
    });
    this.#part('details[data-list]').addEventListener('toggle', () => this.#list());
    listenToCanvas(this.#canvas, this.#painter, {
      told: (node) => `${this.#data.kinds[this.#model.kindOf(node)]?.title}: ${this.#model.labelOf(node)}`,
      select: (node) => this.#select(node),
      open: (node) => this.#open([node]),
      key: (key, shift) => this.#key(key, shift),
    });
  }

  /** What the form asks for. What it names and nobody knows stays in it, with a word of why. */
  #submit(form: FormTexts): void {
    const asked = requestOf(form, this.#state, this.#model);
    if ('fault' in asked) {
      this.#complain(asked.fault);
      return;
    }
    this.#part<HTMLInputElement>('[name="focus"]').value = '';
    this.#go(asked.changes);
  }

  #toggleKind(kind: string): void {
    const kinds = new Set(this.#kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    this.#go({ kind: [...kinds] });
  }

  #do(what: string): void {
    const state = this.#state;
    const asked = ['focus', 'from', 'to', 'view', 'as-of'].map((part) => state.get(part) ?? '').filter(Boolean);
    const name = ['threatpedia-map', ...asked]
      .join('-')
      .replace(/[^A-Za-z0-9.-]+/g, '-')
      .slice(0, 120);
    const caption = `${this.#part('output').textContent?.trim()} ${location.href}`;
    if (what === 'fit') this.#painter.fit();
    else if (what === 'in') this.#painter.zoom(1.3);
    else if (what === 'out') this.#painter.zoom(1 / 1.3);
    else if (what === 'all') this.#go({ focus: '', open: [], from: '', to: '', view: '', q: '', kind: [] });
    else if (what === 'cascades') this.#go({ view: 'cascades', focus: '', open: [], from: '', to: '' });
    else if (what === 'svg' && this.#scene) saveFile(new Blob([mapSvg(this.#scene, caption)], { type: 'image/svg+xml' }), `${name}.svg`);
    else if (what === 'graphml' && this.#scene)
      saveFile(new Blob([mapGraphml(this.#scene)], { type: 'application/xml' }), `${name}.graphml`);
    else if (what === 'png' && this.#scene)
      pngOf(mapSvg(this.#scene, caption)).then(
        (blob) => saveFile(blob, `${name}.png`),
        () => this.#complain('This browser cannot make a PNG of the drawing; the SVG holds the same'),
      );
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
    else if (arrow && this.#scene) this.#select(nextThing(this.#scene, ...arrow) ?? this.#selected);
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
}
