import type { FoundComponent, Place } from './inventory.ts';

/** A package that a system's package manager lists. */
export interface SystemPackage {
  readonly type: 'alpm' | 'apk' | 'deb' | 'rpm';
  /** Distribution whose names it has. A list does not tell: packages are known by their bare names as well. */
  readonly namespace?: 'arch' | 'alpine' | 'debian';
  readonly name: string;
  readonly version: string;
  /** Package that it was built from, where the list tells; advisories mostly speak of that one. */
  readonly source?: { readonly name: string; readonly version?: string | undefined } | undefined;
  readonly installedAt?: string | undefined;
}

/** The component of a package of a system. */
export function systemComponent({ type, namespace, name, version, source, installedAt }: SystemPackage, at: Place): FoundComponent {
  const spellings = (bare: string) => (namespace === undefined ? [bare] : [`${namespace}/${bare}`, bare]);
  const [own = name, ...others] = spellings(name);
  const ofSource = source && source.name !== name ? spellings(source.name) : [];
  const alsoKnownAs = [
    ...others.map((other) => ({ identity: { kind: 'package', type, name: other } as const })),
    ...ofSource.map((other) => ({ identity: { kind: 'package', type, name: other } as const, version: source?.version ?? version })),
  ];
  return {
    identity: { kind: 'package', type, name: own },
    version,
    source: { kind: 'registry' },
    at,
    ...(alsoKnownAs.length > 0 ? { alsoKnownAs } : {}),
    ...(installedAt === undefined ? {} : { installedAt }),
  };
}
