import { addressOf } from '../../graph/addresses.ts';
import { dateOf } from '../../graph/incident-list.ts';
import { type ListDate, listDate } from '../../query/list-date.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { entryStage } from '../../schema/vocabulary/entry-stage.ts';
import { vector } from '../../schema/vocabulary/vector.ts';
import type { View } from '../view.ts';
import { When } from './dates.tsx';
import { TermLink, TermList } from './terms.tsx';

/** Incidents as rows. */
export function IncidentTable({
  view,
  incidents,
  withSummary = false,
}: {
  view: View;
  incidents: readonly IncidentRecord[];
  withSummary?: boolean;
}) {
  return (
    <div class="table-frame">
      <table class="incidents">
        <caption class="hidden">Incidents</caption>
        <thead>
          <tr>
            <th scope="col">Disclosed</th>
            <th scope="col">Incident</th>
            <th scope="col">Entry</th>
            <th scope="col">Vectors</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map(({ data }) => {
            const listed = listDate({
              disclosed: dateOf(data.disclosed),
              warned: dateOf(data.firstPublicWarning),
              observed: dateOf(data.firstObserved),
            });
            return (
              <tr>
                <td>
                  <ListedDate listed={listed} />
                </td>
                <th scope="row">
                  <a href={view.href(addressOf({ kind: 'incident', key: data.id }))}>{data.title}</a>
                  {withSummary ? <small class="row-summary">{plainText(data.summary.text)}</small> : null}
                </th>
                <td>
                  {typeof data.entryStage === 'string' ? (
                    <TermLink view={view} vocabulary={entryStage} value={data.entryStage} />
                  ) : (
                    <span class="absent">{data.entryStage ? 'unknown' : 'no record'}</span>
                  )}
                </td>
                <td>
                  <TermList view={view} vocabulary={vector} values={data.vectors} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The date of disclosure; what stands in for it in small type, with what it is the date of. */
function ListedDate({ listed }: { listed: ListDate | undefined }) {
  if (!listed) return <span class="absent">undated</span>;
  const { date, event } = listed;
  if (event === 'disclosed') return <When date={date} unbroken />;
  return (
    <small class="other-date">
      {event} <When date={date} unbroken />
    </small>
  );
}
