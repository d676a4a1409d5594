import { valueAt } from '../graph/build-graph.ts';
import { publicSince, referenceIndex, sourceKey } from '../graph/evidence-dates.ts';
import type { GraphEdge } from '../graph/graph.ts';
import { citedIds } from '../schema/claims.ts';
import type { Citation } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';
import type { DraftStatement, ReferenceList } from './answer.ts';
import { quoted } from './quoted-text.ts';

/** Whether a document of a record was certainly public at the end of a day; every one is where no day is asked for. */
function wasPublic(record: CorpusRecord, id: string, asOf: string | undefined): boolean {
  if (asOf === undefined) return true;
  const reference = referenceIndex(record).get(id);
  const since = reference && publicSince(reference);
  return since !== undefined && since <= asOf;
}

/** Whether all documents that a statement cites were public at the end of a day: then it tells nothing later. */
export function restsOnPublic(record: CorpusRecord, cites: readonly Citation[], asOf: string | undefined): boolean {
  return asOf === undefined || (cites.length > 0 && citedIds(cites).every((id) => wasPublic(record, id, asOf)));
}

/** Lists the references of citations, as far as they were public on the day, and gives their ids. */
export function citing(record: CorpusRecord, cites: readonly Citation[], asOf: string | undefined): NonNullable<DraftStatement['cite']> {
  return (list) => [
    ...new Set(
      citedIds(cites)
        .filter((id) => wasPublic(record, id, asOf))
        .flatMap((id) => addReference(list, record, id, asOf)),
    ),
  ];
}

function addReference(list: ReferenceList, record: CorpusRecord, id: string, asOf: string | undefined): string[] {
  const index = referenceIndex(record);
  const reference = index.get(id);
  if (!reference) return [];
  const { title, publisher, published, url, kind } = reference;
  const entry = {
    id,
    key: sourceKey(reference),
    title: quoted(title),
    publisher: quoted(publisher),
    published: published ?? null,
    url,
    kind,
  };
  const own = list.add(entry, () =>
    index.originsOf(id).flatMap((origin) => {
      if (origin === id) return [];
      if (origin.startsWith('origin:')) return [origin];
      // An origin whose document is undated or was revised later is not listed for an earlier day.
      return wasPublic(record, origin, asOf) ? addReference(list, record, origin, asOf) : ['origin:undated'];
    }),
  );
  return [own];
}

/** What an edge rests on: the citations of the statement that says so, or the document itself for the tie to a source. */
export function citesOfEdge({ record, path }: Pick<GraphEdge, 'record' | 'path'>): readonly Citation[] {
  const value = valueAt(record, path) as { readonly cites?: readonly Citation[]; readonly id?: string };
  return value.cites ?? (path[0] === 'references' && value.id ? [value.id] : []);
}
