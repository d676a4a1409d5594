import type { Scene } from './map-painter.ts';
import { nodeButton } from './thing-panel.ts';

/** Ties that are named beside a thing. */
const MOST_TOLD = 12;

/** Exactly what is drawn, as lists under headings, each thing with what it is tied to. */
export function drawnList({ layout, edges, model }: Scene, select: (node: number) => void): HTMLElement[] {
  const ties = new Map<number, string[]>();
  const tell = (node: number, text: string) => {
    const told = ties.get(node);
    if (told) told.push(text);
    else ties.set(node, [text]);
  };
  for (const { from, to, relation } of edges) {
    const { label, inverse } = model.data.relations[relation] ?? { label: '', inverse: '' };
    tell(from, `${label.toLowerCase()}: ${model.labelOf(to)}`);
    tell(to, `${inverse.toLowerCase()}: ${model.labelOf(from)}`);
  }
  return layout.lanes.flatMap(({ kind, count, untied, continued }, lane) => {
    if (continued) return [];
    const heading = document.createElement('h2');
    heading.textContent = `${model.data.kinds[kind]?.plural} (${count}${untied ? ', tied to nothing drawn' : ''})`;
    const list = document.createElement('ul');
    for (const box of layout.boxes) {
      if (box.lane !== lane) continue;
      const item = document.createElement('li');
      item.append(nodeButton(model, box.node, () => select(box.node)));
      const told = ties.get(box.node) ?? [];
      if (told.length > 0)
        item.append(` — ${told.slice(0, MOST_TOLD).join('; ')}${told.length > MOST_TOLD ? `; ${told.length - MOST_TOLD} more` : ''}`);
      list.append(item);
    }
    return [heading, list];
  });
}
