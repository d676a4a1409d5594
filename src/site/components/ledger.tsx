import { knownSince } from '../../graph/evidence-dates.ts';
import type { Attribution } from '../../schema/attribution.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { attributionLayer } from '../../schema/vocabulary/attribution-layer.ts';
import { attributionRelation } from '../../schema/vocabulary/attribution-relation.ts';
import { confidence } from '../../schema/vocabulary/confidence.ts';
import { likelihood } from '../../schema/vocabulary/likelihood.ts';
import { nexus } from '../../schema/vocabulary/nexus.ts';
import type { View } from '../view.ts';
import { When } from './dates.tsx';
import { EntityLink } from './entity-link.tsx';
import { ClaimText } from './evidence.tsx';
import { TermLink, termLabel } from './terms.tsx';

/** Who claims what, when, how sure. Claims that disagree stand side by side. */
export function Ledger({
  view,
  record,
  entries,
  away,
}: {
  view: View;
  record: CorpusRecord;
  entries: readonly Attribution[];
  away?: boolean;
}) {
  return (
    <div class="table-frame">
      <table class="ledger">
        <caption class="hidden">Attribution claims, each with its claimant, date and confidence</caption>
        <thead>
          <tr>
            <th scope="col">Claimant</th>
            <th scope="col">Claim</th>
            <th scope="col">Confidence</th>
            <th scope="col">Claimed</th>
            <th scope="col">Known since</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const since = knownSince(record, entry.cites, entry.claimed);
            return (
              <tr>
                <th scope="row">
                  <EntityLink view={view} kind="organization" id={entry.claimant} />
                </th>
                <td>
                  <p class="claim-head">
                    <TermLink view={view} vocabulary={attributionRelation} value={entry.relation} />{' '}
                    {'actor' in entry.target ? (
                      <EntityLink view={view} kind="actor" id={entry.target.actor} />
                    ) : (
                      <EntityLink view={view} kind="campaign" id={entry.target.campaign} />
                    )}{' '}
                    <small>
                      ({termLabel(attributionLayer, entry.layer).toLowerCase()}
                      {entry.nexus ? (
                        <>
                          , nexus claimed: <TermLink view={view} vocabulary={nexus} value={entry.nexus} />
                        </>
                      ) : null}
                      )
                    </small>
                  </p>
                  <span class="reason">
                    <ClaimText view={view} record={record} claim={entry} away={away} />
                  </span>
                </td>
                <td data-label="Confidence">
                  {entry.confidence.code === 'not-stated' ? (
                    <span class="absent">not stated</span>
                  ) : (
                    <TermLink view={view} vocabulary={confidence} value={entry.confidence.code} />
                  )}
                  {entry.confidence.word ? <small class="own-word">“{entry.confidence.word}”</small> : null}
                  {entry.likelihood && entry.likelihood !== 'not-stated' ? <small>{termLabel(likelihood, entry.likelihood)}</small> : null}
                </td>
                <td data-label="Claimed">
                  <When date={entry.claimed} />
                </td>
                <td data-label="Known since">{since ? <time datetime={since}>{since}</time> : <span class="absent">undated</span>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
