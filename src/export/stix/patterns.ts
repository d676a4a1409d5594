import type { Artifact, Indicator } from '../../schema/primitives.ts';

/** Names of digests in STIX (hash-algorithm-ov). */
const HASH_NAMES = { sha256: 'SHA-256', sha1: 'SHA-1', md5: 'MD5', sha512: 'SHA-512' } as const;

/** The digests of a file as STIX names them. */
export function hashesOf(artifacts: readonly Artifact[]): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const [field, name] of Object.entries(HASH_NAMES) as [keyof typeof HASH_NAMES, string][]) {
    const digest = artifacts.map((artifact) => artifact[field]).find(Boolean);
    if (digest) hashes[name] = digest;
  }
  return hashes;
}

/** A pattern that any of the digests matches. */
export function filePattern(hashes: Readonly<Record<string, string>>): string {
  return `[${Object.entries(hashes)
    .map(([name, digest]) => `file:hashes.'${name}' = ${quote(digest)}`)
    .join(' OR ')}]`;
}

/** The STIX pattern of an indicator; undefined for what STIX has no observable for: names of repositories, branches and workflows, wallets. */
export function indicatorPattern({ type, value }: Indicator): string | undefined {
  switch (type) {
    case 'domain':
      return `[domain-name:value = ${quote(value.toLowerCase())}]`;
    case 'ipv4':
      return `[ipv4-addr:value = ${quote(value)}]`;
    case 'ipv6':
      return `[ipv6-addr:value = ${quote(value.toLowerCase())}]`;
    case 'url':
      return `[url:value = ${quote(value)}]`;
    case 'email-address':
      return `[email-addr:value = ${quote(value.toLowerCase())}]`;
    case 'file-name':
      return `[file:name = ${quote(value)}]`;
    case 'file-path':
      return pathPattern(value);
    case 'registry-key':
      return `[windows-registry-key:key = ${quote(value)}]`;
    case 'mutex':
      return `[mutex:name = ${quote(value)}]`;
    case 'user-agent':
      return `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = ${quote(value)}]`;
    case 'process-name':
      return `[process:image_ref.name = ${quote(value)}]`;
    default:
      return undefined;
  }
}

/** A file by name and folder, split at the last separator. */
function pathPattern(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const name = path.slice(cut + 1);
  const folder = path.slice(0, cut) || path.slice(0, 1);
  if (cut < 0) return `[file:name = ${quote(path)}]`;
  if (!name) return `[directory:path = ${quote(folder)}]`;
  return `[file:name = ${quote(name)} AND file:parent_directory_ref.path = ${quote(folder)}]`;
}

/** A string constant of the patterning language: backslash and apostrophe escaped, on one line. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
