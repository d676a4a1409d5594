import type { CorpusRecord } from '../../schema/record.ts';
import type { View } from '../view.ts';

const SHOWN = 8;

/** What became of a record: when it was added and changed, and why. Nothing where no history is at hand. */
export function History({ view, record }: { view: View; record: CorpusRecord }) {
  const changes = view.site.history.get(record.file);
  if (!changes || changes.length === 0) return null;
  return (
    <details class="history">
      <summary>
        {changes.length === 1 ? 'Added' : `${changes.length} changes, the last`} on{' '}
        <time datetime={changes[0]?.date}>{changes[0]?.date.slice(0, 10)}</time>
      </summary>
      <ol>
        {changes.slice(0, SHOWN).map(({ date, subject, isNew }) => (
          <li>
            <time datetime={date}>{date.slice(0, 10)}</time> {isNew ? <b>added</b> : 'changed'}: {subject}
          </li>
        ))}
        {changes.length > SHOWN ? <li class="absent">and {changes.length - SHOWN} earlier</li> : null}
      </ol>
    </details>
  );
}
