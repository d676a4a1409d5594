import { uuid5, uuidOf } from '../uuid.ts';

/** An identifier: type, two dashes, UUID. */
export type StixId = `${string}--${string}`;

/** Namespace that STIX 2.1 sets for observables (section 2.9). */
const OBSERVABLE_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/** Identifier of a domain, relationship or meta object: the same for the same natural key, whatever is exported and when. */
export function stixId(type: string, key: string): StixId {
  return `${type}--${uuidOf(type, key)}`;
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
