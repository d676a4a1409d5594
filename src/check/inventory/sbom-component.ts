import type { Digests } from '../identity.ts';
import type { FoundComponent, Place } from './inventory.ts';
import { purlComponent } from './purl-component.ts';

/** What a bill of materials says of a component, in any of its formats. */
export interface SbomFacts {
  readonly purls: readonly string[];
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly vendor: string | undefined;
  readonly digests: Digests | undefined;
  /** `platform` by the operating system that the bill names, where it does. */
  readonly platform?: 'windows' | 'macos' | 'linux' | 'android' | 'ios' | undefined;
}

/** The component of a bill of materials: by its purl, else by name and vendor; its digests are looked up too. Undefined where there is neither. */
export function sbomComponent({ purls, name, version, vendor, digests, platform }: SbomFacts, at: Place): FoundComponent | undefined {
  const [found, ...others] = purls.flatMap((purl) => purlComponent(purl, at) ?? []);
  const known = digests && Object.keys(digests).length > 0 ? { digests } : {};
  if (found) {
    const aliases = [...(found.alsoKnownAs ?? []), ...others.map((other) => ({ identity: other.identity, version: other.version }))];
    return { ...found, version: found.version ?? version, ...known, ...(aliases.length > 0 ? { alsoKnownAs: aliases } : {}) };
  }
  if (name === undefined) return undefined;
  return { identity: { kind: 'application', name, vendor, platform }, version, source: { kind: 'unstated' }, at, ...known };
}

const ALGORITHMS: Readonly<Record<string, keyof Digests>> = { md5: 'md5', sha1: 'sha1', sha256: 'sha256', sha512: 'sha512' };

/** Digests by the names that formats use: `SHA-256`, `SHA256`, `sha256`. Others, and what is no hexadecimal, are left out. */
export function sbomDigests(pairs: Iterable<readonly [algorithm: string | undefined, value: string | undefined]>): Digests | undefined {
  const digests: { -readonly [K in keyof Digests]: Digests[K] } = {};
  for (const [algorithm, value] of pairs) {
    const name = ALGORITHMS[(algorithm ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')];
    if (name && value && /^[0-9a-fA-F]{32,128}$/.test(value)) digests[name] = value.toLowerCase();
  }
  return Object.keys(digests).length > 0 ? digests : undefined;
}
