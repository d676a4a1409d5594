import { countOrigins, publicSince, type ReferenceIndex, referenceIndex, sourceKey } from '../../graph/evidence-dates.ts';
import { citedIds, citedStatements, referencesOf } from '../../schema/claims.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { referenceKind } from '../../schema/vocabulary/reference-kind.ts';
import type { View } from '../view.ts';
import { When } from './dates.tsx';
import { TermLink } from './terms.tsx';

/** "9 references from at most 5 independent origins": a repetition that nobody has recorded would make them fewer. */
export function originSummary(record: CorpusRecord): string {
  const references = referencesOf(record);
  const origins = countOrigins(
    record,
    references.map((reference) => reference.id),
  );
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return `${count(references.length, 'reference')} from at most ${count(origins, 'independent origin')}`;
}

/** What a document goes back to, where that is not itself. */
function repeated(index: ReferenceIndex, id: string): string | undefined {
  const origins = index.originsOf(id);
  return origins.includes(id) ? undefined : origins.map((origin) => index.numberOf(origin) || origin).join(' ');
}

/** The numbered documents of a record: publisher, date, kind, how many statements rest on each, and what each repeats. */
export function ReferenceList({ view, record }: { view: View; record: CorpusRecord }) {
  const references = referencesOf(record);
  const index = referenceIndex(record);
  const uses = new Map<string, number>();
  for (const { cites } of citedStatements(record)) for (const id of citedIds(cites)) uses.set(id, (uses.get(id) ?? 0) + 1);
  return (
    <>
      <p class="note">{originSummary(record)}. A reference that repeats another is no second witness.</p>
      <ol class="references">
        {references.map((reference, position) => (
          <li id={`ref-${position + 1}`} data-public={publicSince(reference)} data-origins={repeated(index, reference.id)}>
            <a href={reference.url} rel="noopener noreferrer external">
              {reference.title}
            </a>
            {reference.titleFromAddress ? <small> (title read from the address)</small> : null}
            <span class="meta">
              {reference.publisher} · {reference.published ? <When date={reference.published} /> : <span class="absent">undated</span>} ·{' '}
              <TermLink view={view} vocabulary={referenceKind} value={reference.kind} /> ·{' '}
              <a href={view.hrefOf({ kind: 'source', key: sourceKey(reference) })}>
                {uses.get(reference.id) ?? 0} {uses.get(reference.id) === 1 ? 'statement rests' : 'statements rest'} on it
              </a>
              {reference.relays && reference.relays.length > 0 ? (
                <>
                  {' '}
                  · repeats{' '}
                  {reference.relays.map((id) => (
                    <a class="cite" href={`#ref-${index.numberOf(id)}`} aria-label={`Reference ${index.numberOf(id)}`}>
                      [{index.numberOf(id)}]
                    </a>
                  ))}
                </>
              ) : null}
              {reference.archived ? (
                <>
                  {' '}
                  ·{' '}
                  <a href={reference.archived} rel="noopener noreferrer external">
                    archived copy
                  </a>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
