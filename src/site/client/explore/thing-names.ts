import { findNearest } from '../../../base/nearest.ts';
import type { MapModel } from '../../explore/map-model.ts';

const SUGGESTIONS = 12;

/** The id of a thing that is called so: by its id, its label in any case, else the first that begins so. Empty where there is none. */
export function idCalled(model: MapModel, text: string): string {
  if (!text) return '';
  if (model.find(text) !== undefined) return text;
  const [best] = thingsCalled(model, text);
  return best === undefined ? '' : model.idOf(best);
}

/** The name nearest to one that nothing has. */
export function nearestName(model: MapModel, text: string): string | undefined {
  return findNearest(
    text,
    [...model.data.nodes.keys()].filter((node) => model.isKnown(node)).map((node) => model.labelOf(node)),
  );
}

/** Offers things by name while somebody types. `model` is asked each time: it changes with the day. */
export function suggestThings(input: HTMLInputElement, model: () => MapModel): void {
  const list = document.createElement('datalist');
  list.id = `explore-${input.name}`;
  input.setAttribute('list', list.id);
  input.after(list);
  input.addEventListener('input', () => {
    const [known, text] = [model(), input.value.trim()];
    const found = text.length < 2 ? [] : thingsCalled(known, text).slice(0, SUGGESTIONS);
    list.replaceChildren(
      ...found.map((node) => {
        const option = document.createElement('option');
        option.value = known.labelOf(node);
        option.label = known.data.kinds[known.kindOf(node)]?.title ?? '';
        return option;
      }),
    );
  });
}

/** Known things whose name or key is the text, begins with it or holds it, in this order. */
function thingsCalled(model: MapModel, text: string): number[] {
  const wanted = text.toLowerCase();
  const found: { node: number; order: number }[] = [];
  for (const [node, [kind, label, key]] of model.data.nodes.entries()) {
    const [name, id] = [label.toLowerCase(), key.toLowerCase()];
    const order =
      name === wanted || id === wanted ? 0 : name.startsWith(wanted) || id.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3;
    if (order < 3 && model.isKnown(node)) found.push({ node, order: order * 100 + kind });
  }
  return found.sort((left, right) => left.order - right.order || left.node - right.node).map(({ node }) => node);
}
