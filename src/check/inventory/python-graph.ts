import { foldPackageName } from '../identity.ts';
import { chainFinder } from './dependency-chain.ts';
import type { SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';

/** A package of a Python lock, and the names of what it asks for. */
export interface LockedPackage {
  readonly component: FoundComponent;
  readonly uses: readonly string[];
}

/** A lock holds a package several times only where platforms differ. */
const MAX_SAME_NAME = 64;

/**
 * The inventory of a lock whose packages refer to each other by name.
 *
 * @param roots Names of what the project asks for itself; without them, only what no package asks for is surely that.
 */
export function lockedInventory(
  formatVersion: string | undefined,
  packages: readonly LockedPackage[],
  skipped: SkipCounter,
  roots?: readonly string[],
): Inventory {
  if (packages.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} packages`);
  const byName = new Map<string, LockedPackage[]>();
  for (const locked of packages) {
    const key = keyOf(nameOf(locked.component));
    const same = byName.get(key) ?? [];
    if (same.length < MAX_SAME_NAME) byName.set(key, [...same, locked]);
  }
  const find = (names: readonly string[]): LockedPackage[] => names.flatMap((name) => byName.get(keyOf(name)) ?? []);
  const used = new Set(packages.flatMap(({ uses }) => uses.map(keyOf)));
  const tells = roots !== undefined || used.size > 0;
  const direct = new Set(roots ? find(roots) : packages.filter(({ component }) => !used.has(keyOf(nameOf(component)))));
  const lockedOf = new Map<FoundComponent, LockedPackage>();
  const components = packages.map((locked) => {
    const relation = !tells ? undefined : direct.has(locked) ? 'direct' : roots ? 'transitive' : undefined;
    const component: FoundComponent = relation ? { ...locked.component, relation } : locked.component;
    lockedOf.set(component, locked);
    return component;
  });
  const chainTo = chainFinder<LockedPackage>({
    roots: () => direct,
    next: ({ uses }) => find(uses),
    label: ({ component }) => `${nameOf(component)}@${component.version ?? '?'}`,
  });
  return {
    formatVersion,
    components,
    skipped: skipped.list(),
    chainTo: (component) => {
      const locked = lockedOf.get(component);
      return locked && tells ? chainTo(locked) : undefined;
    },
  };
}

function nameOf({ identity }: FoundComponent): string {
  return identity.kind === 'package' ? identity.name : '';
}

function keyOf(name: string): string {
  return foldPackageName('pypi', name);
}
