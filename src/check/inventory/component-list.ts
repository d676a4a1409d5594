import type { SkipCounter } from './input-text.ts';
import { type FoundComponent, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';

/** Collects components up to the bound. */
export class ComponentList {
  readonly components: FoundComponent[] = [];

  add(component: FoundComponent): void {
    if (this.components.length >= MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} entries`, component.at);
    this.components.push(component);
  }
}

/** A list that programs write ends with a line break: where it does not, its last entry may be cut, and the coverage says so. */
export function noteMissingEnd(text: string, skipped: SkipCounter): void {
  if (!text.endsWith('\n')) skipped.add('last line without an end: the input may be cut off', undefined, { offset: text.length });
}
