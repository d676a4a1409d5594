import { PackageURL } from 'packageurl-js';

/** A package URL in its parts (https://github.com/package-url/purl-spec). */
export interface Purl {
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly version: string | undefined;
  /** Canonical spelling, without qualifiers and subpath. */
  readonly text: string;
}

/**
 * Parses and canonicalises a purl; undefined where it is none. Qualifiers and subpath are dropped: they locate a file, not a package.
 * packageurl-js 2.0.1 throws other errors than its own on some malformed input, hence the wide catch.
 */
export function parsePurl(text: string): Purl | undefined {
  if (text.length > 1024) return undefined;
  try {
    const parsed = PackageURL.fromString(text);
    const { type, namespace, name, version } = parsed;
    // The specification allows letters, digits, period and dash in a type; the library lets more pass, and then does not read back what it wrote.
    if (!type || !/^[a-z][a-z0-9.-]*$/.test(type) || !name) return undefined;
    const canonical = new PackageURL(type, namespace, name, version, undefined, undefined).toString();
    return { type, namespace: namespace ?? undefined, name, version: version ?? undefined, text: canonical };
  } catch {
    return undefined;
  }
}

/** The purl with a version. */
export function purlWithVersion(purl: Purl, version: string): string {
  return new PackageURL(purl.type, purl.namespace, purl.name, version, undefined, undefined).toString();
}

/** The name as people of that ecosystem write it: `@scope/name`, `owner/repo`. */
export function purlDisplayName(purl: Purl): string {
  return purl.namespace ? `${purl.namespace}/${purl.name}` : purl.name;
}
