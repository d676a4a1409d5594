import { type FoundComponent, type Inventory, type InventoryFormat, UnreadableInput } from './inventory.ts';

/** Parses a text as a format, for tests. */
export function parseText(format: InventoryFormat, text: string, path = 'input'): Inventory {
  return format.parse(new TextEncoder().encode(text), { path });
}

/** `name@version`, `name requested` or `name` of each component. */
export function spelled({ components }: Inventory): string[] {
  return components.map(spell);
}

function spell({ identity, version, requested }: FoundComponent): string {
  const name = identity.kind === 'package' ? identity.name : JSON.stringify(identity);
  return version === undefined ? `${name} ${requested ?? '?'}` : `${name}@${version}`;
}

/** Reasons for which entries were skipped, each with its count. */
export function skippedReasons({ skipped }: Inventory): string[] {
  return skipped.map(({ reason, count }) => `${count} ${reason}`);
}

/** The component of a name. */
export function find({ components }: Inventory, name: string): FoundComponent {
  const found = components.find(({ identity }) => identity.kind === 'package' && identity.name === name);
  if (!found) throw new Error(`no component ${name}`);
  return found;
}

/** The message of the UnreadableInput that a parse ends with; any other outcome is an error. */
export function refusal(format: InventoryFormat, text: string, path = 'input'): string {
  try {
    const { components } = parseText(format, text, path);
    throw new Error(`read ${components.length} components`);
  } catch (error) {
    if (error instanceof UnreadableInput) return error.message;
    throw error;
  }
}

/**
 * What every cut of a text gives: the places where the cut was taken for an input, with what it then held. Throws whatever is thrown besides
 * UnreadableInput.
 */
export function readCuts(format: InventoryFormat, text: string, path = 'input'): { readonly cut: number; readonly inventory: Inventory }[] {
  const step = Math.max(1, Math.floor(text.length / 400));
  const read: { cut: number; inventory: Inventory }[] = [];
  for (let cut = 0; cut < text.length; cut += step) {
    try {
      read.push({ cut, inventory: parseText(format, text.slice(0, cut), path) });
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
    }
  }
  return read;
}

/** JSON texts of the wrong shape everywhere: each must be refused or read without another error. */
export const WRONG_SHAPES: readonly string[] = [
  'null',
  '[]',
  '0',
  '"text"',
  '{}',
  '{"__proto__": {"packages": {"x": {"version": "1"}}}}',
  `${'['.repeat(100_000)}`,
  '{"a":'.repeat(5_000),
];

/** A host name of the public npm registry. */
export const NPM_HOST = ['registry', 'npmjs', 'org'].join('.');
