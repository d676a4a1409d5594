import type { z } from 'zod';
import { type Actor, actor } from './actor.ts';
import { type Campaign, campaign } from './campaign.ts';
import { type Incident, incident } from './incident.ts';
import { type Malware, malware } from './malware.ts';
import { type Organization, organization } from './organization.ts';
import { type Person, person } from './person.ts';

/** The record kinds. Adding one is a schema file and a row here; the compiler then names every table that must follow. */
export const recordKinds = {
  incident: { schema: incident, folder: 'incidents', title: 'Incident', plural: 'Incidents' },
  actor: { schema: actor, folder: 'actors', title: 'Threat actor', plural: 'Threat actors' },
  campaign: { schema: campaign, folder: 'campaigns', title: 'Campaign', plural: 'Campaigns' },
  malware: { schema: malware, folder: 'malware', title: 'Malware family', plural: 'Malware families' },
  organization: { schema: organization, folder: 'organizations', title: 'Organization', plural: 'Organizations' },
  person: { schema: person, folder: 'people', title: 'Person', plural: 'People' },
} as const satisfies Record<string, { schema: z.ZodType; folder: string; title: string; plural: string }>;

export type RecordKind = keyof typeof recordKinds;

export interface RecordData {
  readonly incident: Incident;
  readonly actor: Actor;
  readonly campaign: Campaign;
  readonly malware: Malware;
  readonly organization: Organization;
  readonly person: Person;
}

/** A record as read: its kind, its data, and the file it came from (relative to the corpus folder, forward slashes). */
export type CorpusRecord = { [K in RecordKind]: { readonly kind: K; readonly file: string; readonly data: RecordData[K] } }[RecordKind];

/** The record of an incident. */
export type IncidentRecord = Extract<CorpusRecord, { kind: 'incident' }>;

/** The kinds in the order in which people see them. */
export const recordKindNames = Object.keys(recordKinds) as readonly RecordKind[];

/** Whether a text names a record kind. */
export function isRecordKind(text: string): text is RecordKind {
  return Object.hasOwn(recordKinds, text);
}
