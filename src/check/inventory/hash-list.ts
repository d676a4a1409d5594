import type { Digests } from '../identity.ts';
import { decodeText, linesOf, SkipCounter } from './input-text.ts';
import { type FoundComponent, type Inventory, type InventoryFormat, MAX_COMPONENTS, UnreadableInput } from './inventory.ts';

/**
 * Digests of files: what sha256sum, sha1sum, md5sum and sha512sum print, the BSD form `SHA256 (file) = …`, and bare digests, one a line
 * (https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html).
 */
export const hashList: InventoryFormat = {
  id: 'hash-list',
  title: 'sha256sum, sha1sum, md5sum or sha512sum list',
  types: [],
  parse: parseHashList,
};

const NAMES: Readonly<Record<number, keyof Digests>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' };

function parseHashList(bytes: Uint8Array): Inventory {
  const components: FoundComponent[] = [];
  const skipped = new SkipCounter();
  let first: number | undefined;
  for (const { line, text } of linesOf(decodeText(bytes))) {
    if (text.trim() === '' || text.startsWith('#')) continue;
    const file = readDigestLine(text);
    if (!file) {
      first ??= line;
      skipped.addNotUnderstood('line without a digest', text.trim(), { line });
      continue;
    }
    components.push({ ...file, at: { line } });
    if (components.length > MAX_COMPONENTS) throw new UnreadableInput(`expected at most ${MAX_COMPONENTS} lines`, { line });
  }
  if (components.length === 0) {
    throw new UnreadableInput('expected digests in hexadecimal (MD5, SHA-1, SHA-256 or SHA-512), one a line, found none', {
      line: first ?? 1,
    });
  }
  return { components, skipped: skipped.list() };
}

/** The file of a line with a digest; undefined where it has none. */
export function readDigestLine(text: string): Omit<FoundComponent, 'at'> | undefined {
  const entry = readLine(text);
  const algorithm = entry && NAMES[entry.digest.length];
  if (!entry || !algorithm) return undefined;
  const digests: Digests = { [algorithm]: entry.digest.toLowerCase() };
  return { identity: { kind: 'file', name: entry.name, digests }, source: { kind: 'path', path: entry.name } };
}

function readLine(text: string): { readonly digest: string; readonly name: string } | undefined {
  // A leading backslash says that the name is escaped; the digest is the same.
  const plain = /^\\?([0-9a-fA-F]{32,128})(?:[ \t]+[ *]?(.*))?$/.exec(text.trim().replace(/^(?:md5|sha-?1|sha-?256|sha-?512):/i, ''));
  if (plain?.[1]) return { digest: plain[1], name: plain[2]?.trim() ?? '' };
  const tagged = /^(?:MD5|SHA1|SHA256|SHA512|SHA2-256|SHA2-512) ?\((.*)\) ?= ?([0-9a-fA-F]{32,128})$/.exec(text.trim());
  return tagged?.[1] !== undefined && tagged[2] ? { digest: tagged[2], name: tagged[1] } : undefined;
}
