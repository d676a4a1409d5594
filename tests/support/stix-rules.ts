import { EXTENSION, INCIDENT_CORE } from '../../src/export/stix/publisher.ts';

/** An object of a bundle, as read. */
export type Stix = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** An address as RFC 3986 has it. */
export const URI = /^[a-z][a-z\d+.-]*:(?:[\w.~:/?#@!$&'()*+,;=-]|%[\da-f]{2})+$/i;

/**
 * What the strict checks of the OASIS validator ask of each object beyond its schema and the tests below, but for what docs/stix-taxii.md names: a rule,
 * whether an object holds to it, and what does not.
 */
export const RULES: readonly { rule: string; holds: (object: Stix) => unknown; bad: Readonly<Record<string, unknown>> }[] = [
  { rule: 'an identifier names the type of its object', holds: ({ id, type }) => id.startsWith(`${type}--`), bad: { type: 'note' } },
  {
    rule: 'times are of the calendar',
    holds: (object) => TIMES.every((name) => object[name] === undefined || isInstant(object[name])),
    bad: { created: '2021-02-30T00:00:00.000Z' },
  },
  { rule: 'nothing is empty', holds: (object) => !hasEmpty(object), bad: { external_references: [{ source_name: '' }] } },
  {
    rule: 'names of properties have no capitals, but for those of digests',
    holds: (object) => namesIn(object).every((name) => name === name.toLowerCase()),
    bad: { hashes: { MD5: '' }, extensions: { a: { B: 1 } } },
  },
  {
    rule: 'addresses are of RFC 3986',
    holds: (object) => addressesIn(object).every((address) => URI.test(address)),
    bad: { external_references: [{ url: 'https://example.org/ç' }] },
  },
  {
    rule: 'no value has to be of a register elsewhere, and no property is deprecated',
    holds: (object) => REGISTERED.every((name) => object[name] === undefined),
    bad: { mime_type: 'text/plain' },
  },
  {
    rule: 'a marking is TLP, and does not mark itself',
    holds: ({ type, name, object_marking_refs }) =>
      type !== 'marking-definition' || (/^TLP:(?:CLEAR|WHITE)$/.test(String(name)) && object_marking_refs === undefined),
    bad: { type: 'marking-definition', name: 'TLP:CLEAR', object_marking_refs: ['marking-definition--1'] },
  },
  {
    rule: 'an extension is ours, or of OASIS',
    holds: ({ extensions = {} }) => Object.keys(extensions as object).every((key) => EXTENSIONS.includes(key)),
    bad: { extensions: { 'x-other-ext': {} } },
  },
  {
    rule: 'an extension definition says what for, and its version',
    holds: ({ type, description, version }) => type !== 'extension-definition' || (description && /^\d+\.\d+\.\d+$/.test(String(version))),
    bad: { type: 'extension-definition', version: '1.0.0' },
  },
  {
    rule: 'a technique is one of ATT&CK',
    holds: ({ type, external_references }) => type !== 'attack-pattern' || isTechnique((external_references as object[] | undefined)?.[0]),
    bad: { type: 'attack-pattern', external_references: [{ source_name: 'mitre-attack', external_id: 'x' }] },
  },
];

/** Properties that hold instants. */
export const TIMES = ['created', 'modified', 'published', 'valid_from', 'valid_until', 'first_seen', 'last_seen'];
const REGISTERED =
  'account_type country cpe granular_markings kill_chain_phases lang languages mime_type name_enc objects path_enc product protocols'.split(
    ' ',
  );
const EXTENSIONS = [EXTENSION, INCIDENT_CORE, 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'];

function isInstant(time: unknown): boolean {
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) && new Date(time).toISOString() === time;
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...(name === 'hashes' ? [] : namesIn(inner))]);
}

function hasEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === '';
  const inner = Object.values(value);
  return inner.length === 0 || inner.some(hasEmpty);
}

function addressesIn({ external_references, schema }: Stix): string[] {
  const cited = ((external_references ?? []) as { url?: string }[]).map(({ url }) => url);
  return [...cited, schema].filter((address) => typeof address === 'string');
}

function isTechnique(reference: unknown): boolean {
  const { source_name, external_id } = (reference ?? {}) as { source_name?: string; external_id?: string };
  return source_name === 'mitre-attack' && /^T\d{4}(?:\.\d{3})?$/.test(external_id ?? '');
}
