import { createHash } from 'node:crypto';

/** Namespace of the UUIDs (version 5) that our natural keys become. It never changes: exports of all times name the same things alike. */
const NAMESPACE = 'abed551e-7c5d-4c66-85a8-384c63584196';

/** UUID of a thing of ours: the same for the same sort and natural key, in every format, whatever is exported and when. */
export function uuidOf(sort: string, key: string): string {
  return uuid5(NAMESPACE, `${sort}:${key}`);
}

/** UUID version 5 (RFC 9562) of a name in a namespace, itself a UUID. */
export function uuid5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
