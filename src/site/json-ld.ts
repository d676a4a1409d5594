import { addressOf } from '../graph/addresses.ts';
import { sourceKey } from '../graph/evidence-dates.ts';
import { dateOf } from '../graph/incident-list.ts';
import { referencesOf } from '../schema/claims.ts';
import { plainText } from '../schema/link-markup.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { absolute, type View } from './view.ts';

/** schema.org description of an incident page: an article about an event, with the documents that it cites. */
export function incidentJsonLd(view: View, record: Extract<CorpusRecord, { kind: 'incident' }>): object {
  const { data } = record;
  const start = dateOf(data.firstObserved) ?? dateOf(data.disclosed);
  return {
    '@context': 'https://schema.org',
    '@type': 'Article',
    '@id': absolute(view.site, addressOf({ kind: 'incident', key: data.id })),
    identifier: data.id,
    headline: data.title,
    description: plainText(data.summary.text),
    inLanguage: 'en',
    isAccessibleForFree: true,
    license: 'https://creativecommons.org/licenses/by/4.0/',
    publisher: { '@type': 'Organization', name: 'Threatpedia' },
    about: {
      '@type': 'Event',
      name: data.title,
      ...(data.aliases?.length ? { alternateName: data.aliases } : {}),
      ...(start && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(start) ? { startDate: start } : {}),
    },
    citation: referencesOf(record).map((reference) => ({
      '@type': 'CreativeWork',
      name: reference.title,
      url: sourceKey(reference),
      publisher: { '@type': 'Organization', name: reference.publisher },
      ...(reference.published ? { datePublished: reference.published } : {}),
    })),
  };
}
