import type { Digests } from '../identity.ts';
import type { SkipCounter } from './input-text.ts';
import type { FoundComponent, Place } from './inventory.ts';
import { purlComponent, sourceOfDownload } from './purl-component.ts';

/** What a bill of materials says of a component, in any of its formats. */
export interface SbomFacts {
  readonly purls: readonly string[];
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly vendor: string | undefined;
  readonly digests: Digests | undefined;
  /** Names by the Common Platform Enumeration, 2.2 or 2.3. Tools guess them for packages: they count only where there is no purl. */
  readonly cpes?: readonly string[] | undefined;
  /** Addresses that its file was fetched from. */
  readonly downloads?: readonly string[] | undefined;
}

/** A bill may give many names for one component; more than these are not looked up. */
const MAX_NAMES = 50;

/**
 * The component of a bill of materials: by its purl, else by name, vendor and CPE; its digests are looked up too. Undefined where it has none
 * of them. A purl that is none is noted as skipped.
 */
export function sbomComponent(facts: SbomFacts, at: Place, skipped: SkipCounter): FoundComponent | undefined {
  const { version, digests } = facts;
  const known = digests ? { digests } : {};
  const [found, ...others] = facts.purls.slice(0, MAX_NAMES).flatMap((purl) => {
    const component = purlComponent(purl, at);
    if (!component) skipped.addNotUnderstood('purl that is none', purl, at);
    return component ?? [];
  });
  if (!found) return sbomApplication(facts, at, known);
  const aliases = [found, ...others].flatMap(({ alsoKnownAs = [] }) => alsoKnownAs);
  aliases.push(...others.map((other) => ({ identity: other.identity, version: other.version })));
  const { type } = found.identity.kind === 'package' ? found.identity : { type: '' };
  const fetched = found.source.kind === 'unstated' ? firstOf(facts.downloads, (address) => sourceOfDownload(type, address)) : undefined;
  return {
    ...found,
    version: found.version ?? version,
    ...(fetched ? { source: fetched } : {}),
    ...known,
    ...(aliases.length > 0 ? { alsoKnownAs: aliases } : {}),
  };
}

function sbomApplication(
  { name, version, vendor, cpes = [] }: SbomFacts,
  at: Place,
  known: Pick<FoundComponent, 'digests'>,
): FoundComponent | undefined {
  const named = new Map(
    cpes
      .slice(0, MAX_NAMES)
      .flatMap((cpe) => readCpe(cpe) ?? [])
      .map((each) => [each.product, each] as const),
  );
  const [first, ...rest] = [...named.values()];
  const own = name ?? first?.product;
  if (own === undefined) return undefined;
  const aliases = (name === undefined ? rest : first ? [first, ...rest] : []).map((each) => ({
    identity: { kind: 'application', name: each.product, vendor: vendor ?? each.vendor } as const,
  }));
  return {
    identity: { kind: 'application', name: own, vendor: vendor ?? first?.vendor },
    version: version ?? first?.version,
    source: { kind: 'unstated' },
    at,
    ...known,
    ...(aliases.length > 0 ? { alsoKnownAs: aliases } : {}),
  };
}

/** `cpe:2.3:a:3cx:3cx:18.12.416:*…` or `cpe:/a:3cx:3cx:18.12.416` (https://nvlpubs.nist.gov/nistpubs/Legacy/IR/nistir7695.pdf). */
function readCpe(
  cpe: string,
): { readonly vendor: string | undefined; readonly product: string; readonly version: string | undefined } | undefined {
  const start = /^cpe:(?:2\.3:|\/)[aoh]:/i.exec(cpe)?.[0];
  if (start === undefined || cpe.length > 2000) return undefined;
  const parts = cpe.slice(start.length).match(/(?:^|:)(?:[^\\:]|\\.)*/g) ?? [];
  const [vendor, product, version] = parts.map((part) => plainCpe(part.replace(/^:/, '')));
  return product ? { vendor, product, version } : undefined;
}

/** A part without escapes; undefined where it is any (`*`, nothing) or not applicable (`-`). */
function plainCpe(part: string): string | undefined {
  return part === '' || part === '*' || part === '-' ? undefined : part.replace(/\\(.)/g, '$1').replaceAll('_', ' ');
}

function firstOf<In, Out>(list: readonly In[] | undefined, read: (each: In) => Out | undefined): Out | undefined {
  for (const each of list?.slice(0, MAX_NAMES) ?? []) {
    const value = read(each);
    if (value !== undefined) return value;
  }
  return undefined;
}

const ALGORITHMS: ReadonlyMap<string, keyof Digests> = new Map([
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha512', 'sha512'],
]);
const LENGTHS: Readonly<Record<keyof Digests, number>> = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

/** Digests by the names that formats use: `SHA-256`, `SHA256`, `sha256`. Others, and what is no hexadecimal of their length, are left out. */
export function sbomDigests(pairs: Iterable<readonly [algorithm: string | undefined, value: string | undefined]>): Digests | undefined {
  const digests: { -readonly [K in keyof Digests]: Digests[K] } = {};
  for (const [algorithm, value] of pairs) {
    const name = ALGORITHMS.get((algorithm ?? '').toLowerCase().replace(/[^a-z0-9]/g, ''));
    if (name && value?.length === LENGTHS[name] && /^[0-9a-fA-F]+$/.test(value)) digests[name] = value.toLowerCase();
  }
  return Object.keys(digests).length > 0 ? digests : undefined;
}
