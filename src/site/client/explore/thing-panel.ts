import type { MapModel, MapStep } from '../../explore/map-model.ts';

/** What can be done with a thing. */
interface PanelActions {
  /** Address of the site's root, and what addresses of folders end in. */
  readonly root: string;
  readonly leaf: string;
  start(node: number): void;
  open(node: number): void;
  select(node: number): void;
  add(nodes: readonly number[]): void;
}

const NAMED = 8;

/** Beside the map: the chosen thing with its ties by relation, and the way where one was asked for, step by step with the record that states each. */
export class ThingPanel {
  readonly #host: HTMLElement;
  readonly #actions: PanelActions;

  constructor(host: HTMLElement, actions: PanelActions) {
    this.#host = host;
    this.#actions = actions;
  }

  show(model: MapModel, node: number | undefined, way: readonly MapStep[] | undefined): void {
    this.#host.replaceChildren(
      ...(way && way.length > 0 ? this.#way(model, way) : []),
      ...(node === undefined ? [hint()] : this.#thing(model, node)),
    );
  }

  #way(model: MapModel, way: readonly MapStep[]): Node[] {
    const list = made('ol', '');
    list.className = 'way';
    const [first] = way;
    const begin = made('li', '');
    if (first) begin.append(nodeButton(model, first.reversed ? first.edge.to : first.edge.from, (node) => this.#actions.select(node)));
    list.append(begin);
    for (const { edge, reversed } of way) {
      const { label = '', inverse = '' } = model.data.relations[edge.relation] ?? {};
      const item = made('li', `${(reversed ? inverse : label).toLowerCase()}: `);
      item.append(nodeButton(model, reversed ? edge.from : edge.to, (node) => this.#actions.select(node)));
      if (edge.record >= 0) {
        item.append(' (');
        item.append(this.#link(model, edge.record, `source: ${model.data.nodes[edge.record]?.[2]}`));
        item.append(')');
      }
      list.append(item);
    }
    return [made('h2', 'Path'), list];
  }

  #thing(model: MapModel, node: number): Node[] {
    const kind = model.data.kinds[model.kindOf(node)];
    const heading = made('h2', '');
    heading.append(this.#link(model, node, model.labelOf(node)));
    const buttons = made('p', '');
    buttons.append(
      action('Start here', () => this.#actions.start(node)),
      ' ',
      action('Open', () => this.#actions.open(node)),
    );
    return [heading, made('p', kind?.title ?? ''), buttons, ...model.neighbours(node).flatMap((group) => this.#ties(model, group))];
  }

  #ties(model: MapModel, { relation, reversed, far }: ReturnType<MapModel['neighbours']>[number]): Node[] {
    const { label = '', inverse = '' } = model.data.relations[relation] ?? {};
    const heading = made('h3', `${reversed ? inverse : label} (${far.length})`);
    const list = made('ul', '');
    for (const node of far.slice(0, NAMED)) {
      const item = made('li', '');
      item.append(nodeButton(model, node, () => this.#actions.add([node])));
      list.append(item);
    }
    const rest = far.slice(NAMED, NAMED + 40);
    if (rest.length > 0) {
      const item = made('li', '');
      item.append(action(`${far.length - NAMED} more`, () => this.#more(list, item, model, rest, far.length - NAMED - rest.length)));
      list.append(item);
    }
    return [heading, list];
  }

  #more(list: HTMLElement, button: HTMLElement, model: MapModel, rest: readonly number[], left: number): void {
    button.remove();
    for (const node of rest) {
      const item = made('li', '');
      item.append(nodeButton(model, node, () => this.#actions.add([node])));
      list.append(item);
    }
    if (left > 0) list.append(made('li', `${left} more stand on its page`));
    list.querySelector<HTMLButtonElement>(`li:nth-child(${NAMED + 1}) button`)?.focus();
  }

  #link(model: MapModel, node: number, text: string): HTMLAnchorElement {
    const link = document.createElement('a');
    const address = model.data.nodes[node]?.[3] ?? '';
    link.href = `${this.#actions.root}${address.split('/').map(encodeURIComponent).join('/')}${this.#actions.leaf}`;
    link.textContent = text;
    return link;
  }
}

/** A button that is a thing: its label, and its kind for those who do not see the lane. */
export function nodeButton(model: MapModel, node: number, press: (node: number) => void): HTMLButtonElement {
  const button = action(model.labelOf(node), () => press(node));
  button.className = 'thing';
  button.title = model.data.kinds[model.kindOf(node)]?.title ?? '';
  return button;
}

function action(text: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', press);
  return button;
}

function hint(): HTMLElement {
  return made(
    'p',
    'Choose something on the map: its ties appear here and can be opened one by one. Drag to move the map; + and −, two fingers, or Ctrl and the wheel zoom.',
  );
}

function made<K extends keyof HTMLElementTagNameMap>(name: K, text: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
