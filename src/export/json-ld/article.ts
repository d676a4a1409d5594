import { sourceKey } from '../../graph/evidence-dates.ts';
import { dateOf } from '../../graph/incident-list.ts';
import type { Reference } from '../../schema/evidence.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { pageAddress, pageOf } from '../csv.ts';

/** A node of JSON-LD. */
export type LinkedNode = { readonly '@id': string; readonly '@type': string | readonly string[] } & Readonly<Record<string, unknown>>;

/** An incident as schema.org tells it: an article about an event, with the documents that it cites. */
export interface IncidentArticle {
  /** Without `about` and `citation`, which are the other two. */
  readonly article: LinkedNode;
  readonly event: LinkedNode;
  /** Each address once. */
  readonly documents: readonly LinkedNode[];
}

/** What both the page and the export say of an incident; `site` is the address of the website, with a slash at the end. Without texts where only facts may be told. */
export function incidentArticle(site: string, record: IncidentRecord, factsOnly = false): IncidentArticle {
  const { data } = record;
  const page = pageOf(site, record);
  const start = dateOf(data.firstObserved) ?? dateOf(data.disclosed);
  return {
    article: {
      '@type': 'Article',
      '@id': page,
      identifier: data.id,
      headline: data.title,
      ...(factsOnly ? {} : { description: plainText(data.summary.text) }),
      inLanguage: 'en',
      isAccessibleForFree: true,
      license: 'https://creativecommons.org/licenses/by/4.0/',
    },
    event: {
      '@type': 'Event',
      '@id': eventId(page),
      name: data.title,
      ...(data.aliases?.length ? { alternateName: data.aliases } : {}),
      ...(isCalendarDate(start) ? { startDate: start } : {}),
    },
    documents: [...new Map(data.references.map((reference) => [sourceKey(reference), documentOf(site, reference)])).values()],
  };
}

/** Identifier of the event that an article of this address is about. */
export function eventId(page: string): string {
  return `${page}#event`;
}

/** Identifier of a document: the address of its page here. */
export function documentId(site: string, reference: Reference): string {
  return pageAddress(site, { kind: 'source', key: sourceKey(reference) });
}

function documentOf(site: string, reference: Reference): LinkedNode {
  return {
    '@type': 'CreativeWork',
    '@id': documentId(site, reference),
    name: reference.title,
    url: sourceKey(reference),
    publisher: { '@type': 'Organization', name: reference.publisher },
    ...(isCalendarDate(reference.published) ? { datePublished: reference.published } : {}),
  };
}

/** schema.org takes ISO 8601 dates, not what EDTF has beyond these. */
function isCalendarDate(date: string | undefined): date is string {
  return date !== undefined && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(date);
}
