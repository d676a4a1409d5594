import { hash } from 'node:crypto';

/** Namespace of the UUIDs (version 5) that our natural keys become. It never changes: exports of all times name the same things alike. */
const NAMESPACE = 'abed551e-7c5d-4c66-85a8-384c63584196';

/** UUID of a thing of ours: the same for the same sort and natural key, in every format, whatever is exported and when. */
export function uuidOf(sort: string, key: string): string {
  return uuid5(NAMESPACE, `${sort}:${key}`);
}

/** UUID version 5 (RFC 9562) of a name in a namespace, itself a UUID. */
export function uuid5(namespace: string, name: string): string {
  const hex = hash('sha1', Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
