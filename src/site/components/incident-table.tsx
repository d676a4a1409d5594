import { addressOf } from '../../graph/addresses.ts';
import { dateOf } from '../../graph/incident-list.ts';
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
            const date = dateOf(data.disclosed) ?? dateOf(data.firstPublicWarning) ?? dateOf(data.firstObserved);
            return (
              <tr>
                <td>{date ? <When date={dayOf(date)} /> : <span class="absent">undated</span>}</td>
                <th scope="row">
                  <a href={view.href(addressOf({ kind: 'incident', key: data.id }))}>{data.title}</a>
                  {withSummary ? <small class="row-summary">{plainText(data.summary.text)}</small> : null}
                </th>
                <td>
                  {typeof data.entryStage === 'string' ? (
                    <TermLink view={view} vocabulary={entryStage} value={data.entryStage} />
                  ) : (
                    <span class="absent">unknown</span>
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

/** A list has room for the day: of a date to the minute, or from one minute to another, that of its beginning. */
function dayOf(date: string): string {
  return date.includes('T') ? date.replace(/[T/].*$/, '') : date;
}
