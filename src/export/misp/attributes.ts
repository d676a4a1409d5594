import { createHash } from 'node:crypto';
import type { Indicator } from '../../schema/primitives.ts';
import { uuidOf } from '../uuid.ts';

/** An attribute of a MISP event (https://www.misp-standard.org/rfc/misp-standard-core.html). */
export interface MispAttribute {
  readonly uuid: string;
  readonly type: string;
  readonly category: string;
  readonly to_ids: boolean;
  readonly timestamp: string;
  readonly comment: string;
  readonly value: string;
  readonly disable_correlation: boolean;
  readonly object_relation?: string;
}

/** What an attribute is: its type, one of the categories that MISP allows for it, and whether a match means that something is bad. */
export interface AttributeKind {
  readonly type: string;
  readonly category: string;
  readonly toIds: boolean;
  /** Whether events with the same value have something to do with each other. Default: where a match means something. */
  readonly correlates?: boolean;
  /** What the value is, where the type does not say. */
  readonly label?: string;
}

const network = (type: string): AttributeKind => ({ type, category: 'Network activity', toIds: true });
const text = (label: string): AttributeKind => ({ type: 'text', category: 'Other', toIds: false, label });

/** Types by our indicators. Only what belongs to the attack alone is for detection: names of files, processes and branches match much that is harmless. */
const INDICATOR_KINDS: Readonly<Record<Indicator['type'], AttributeKind>> = {
  domain: network('domain'),
  ipv4: network('ip-dst'),
  ipv6: network('ip-dst'),
  url: network('url'),
  'email-address': { type: 'email-src', category: 'Payload delivery', toIds: true },
  'file-name': { type: 'filename', category: 'Artifacts dropped', toIds: false },
  'file-path': { type: 'filename', category: 'Artifacts dropped', toIds: false },
  'registry-key': { type: 'regkey', category: 'Persistence mechanism', toIds: true },
  mutex: { type: 'mutex', category: 'Artifacts dropped', toIds: true },
  'user-agent': { type: 'user-agent', category: 'Network activity', toIds: false },
  'repository-name': text('Repository name'),
  'branch-name': text('Branch name'),
  'workflow-name': text('Workflow name'),
  'process-name': text('Process name'),
  'wallet-address': text('Wallet address'),
};

/** What an indicator is in MISP. */
export function indicatorKind({ type, value }: Indicator): AttributeKind {
  const isBitcoin = type === 'wallet-address' && /^(bc1[a-z0-9]{20,80}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/.test(value);
  return isBitcoin ? { type: 'btc', category: 'Financial fraud', toIds: true } : INDICATOR_KINDS[type];
}

export const LINK: AttributeKind = { type: 'link', category: 'External analysis', toIds: false };

/** An attribute of an event. `key` makes it one of its kind in the event; `seconds` is its date as MISP writes it. */
export function attribute(key: string, kind: AttributeKind, value: string, comment: string, seconds: string): MispAttribute {
  return {
    uuid: uuidOf('misp-attribute', `${key} ${kind.type} ${value}`),
    type: kind.type,
    category: kind.category,
    to_ids: kind.toIds,
    timestamp: seconds,
    comment: [kind.label && `${kind.label}.`, comment].filter(Boolean).join(' '),
    value,
    disable_correlation: !(kind.correlates ?? kind.toIds),
  };
}

/** A day (YYYY-MM-DD) as MISP writes times: seconds since 1970, as text. */
export function secondsOf(day: string): string {
  return String(Date.parse(`${day}T00:00:00Z`) / 1000);
}

/** What `hashes.csv` of a feed has for a value, so that instances know what is in it without reading the events. */
export function valueHash(value: string): string {
  return createHash('md5').update(value, 'utf8').digest('hex');
}
