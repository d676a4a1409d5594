import { daysBetween, getEdtf } from '../../base/edtf.ts';
import { edtfWords } from '../../base/edtf-words.ts';
import { formatCount } from '../../base/format-count.ts';
import { dateOf } from '../../graph/incident-list.ts';
import type { Citation, DatedFact } from '../../schema/evidence.ts';
import { plainText } from '../../schema/link-markup.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import type { View } from '../view.ts';
import { Cites } from './evidence.tsx';

/** A date as written, machine-readable, its doubt in words. `unbroken`: in a narrow column, lines break between words only. */
export function When({ date, unbroken = false }: { date: string; unbroken?: boolean }) {
  const { uncertain, precision } = getEdtf(date);
  const machine = precision === 'interval' ? undefined : date.replace(/[?~%]/g, '');
  return (
    <time datetime={machine}>
      {unbroken
        ? edtfWords(date)
            .split(' ')
            .map((word, index) => [index > 0 ? ' ' : '', <span>{word}</span>])
        : edtfWords(date)}
      {uncertain ? <span title="uncertain">?</span> : null}
    </time>
  );
}

interface DateStripProps {
  readonly view: View;
  readonly record: CorpusRecord;
  readonly facts: readonly { readonly label: string; readonly fact: DatedFact | undefined }[];
}

/** The dates of an incident from left to right, with the days between. */
export function DateStrip({ view, record, facts }: DateStripProps) {
  return (
    <dl class="dates">
      {facts.map(({ label, fact }, index) => {
        const before = facts
          .slice(0, index)
          .map((earlier) => dateOf(earlier.fact))
          .findLast((date) => date !== undefined);
        const here = dateOf(fact);
        const days = before && here ? daysBetween(before, here) : undefined;
        return (
          <div class={here ? '' : 'open'}>
            <dt>{label}</dt>
            <dd>
              {fact && 'date' in fact ? (
                <>
                  <When date={fact.date} />
                  <Cites view={view} record={record} cites={fact.cites as Citation[]} />
                  {days !== undefined && days > 0 ? <small>{days === 1 ? '1 day' : `${formatCount(days)} days`} later</small> : null}
                  {fact.text ? <small class="reason">{plainText(fact.text)}</small> : null}
                </>
              ) : fact ? (
                <>
                  <span class="unknown-word">Unknown</span>
                  <small class="reason">{plainText(fact.unknown.why)}</small>
                </>
              ) : (
                <span class="absent">No record</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
