import { PackageURL } from 'packageurl-js';
import type { FoundComponent } from './inventory/inventory.ts';

/** The purl of a found package, with its version where one is known; undefined for everything that is no package. */
export function componentPurl({ identity, version }: FoundComponent): string | undefined {
  if (identity.kind !== 'package') return undefined;
  const slash = identity.name.lastIndexOf('/');
  const namespace = slash < 0 ? undefined : identity.name.slice(0, slash);
  try {
    return new PackageURL(identity.type, namespace, identity.name.slice(slash + 1), version, undefined, undefined).toString();
  } catch {
    return undefined;
  }
}
