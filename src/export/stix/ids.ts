import { createHash } from 'node:crypto';

/** An identifier: type, two dashes, UUID. */
export type StixId = `${string}--${string}`;

/** Namespace of the UUIDs (version 5) that our natural keys become. It never changes: exports of all times name the same things alike. */
const NAMESPACE = 'abed551e-7c5d-4c66-85a8-384c63584196';
/** Namespace that STIX 2.1 sets for observables (section 2.9). */
const OBSERVABLE_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/** Identifier of a domain, relationship or meta object: the same for the same natural key, whatever is exported and when. */
export function stixId(type: string, key: string): StixId {
  return `${type}--${uuid5(NAMESPACE, `${type}:${key}`)}`;
}

/**
 * Identifier of an observable from the properties that contribute to it, by the rule of STIX 2.1: UUID version 5 of their canonical JSON (RFC 8785),
 * so that the same observable of any producer is one. Values are texts, or objects of texts.
 */
export function observableId(type: string, contributing: object): StixId {
  return `${type}--${uuid5(OBSERVABLE_NAMESPACE, canonical(contributing))}`;
}

/** The one digest that contributes to a file’s identifier where it has several: the first of these. */
export function contributingHash(hashes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const name = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'].find((each) => hashes[each]) ?? '';
  return { [name]: hashes[name] ?? '' };
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

function uuid5(namespace: string, name: string): string {
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
