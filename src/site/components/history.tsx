import type { CorpusRecord } from '../../schema/record.ts';
import type { Change, View } from '../view.ts';

const SHOWN = 8;

/** What became of a record: when it was added and changed, and what changed in it. Nothing where no history is at hand. */
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
        {changes.slice(0, SHOWN).map((change) => (
          <li>
            <time datetime={change.date}>{change.date.slice(0, 10)}</time> <code>{shortCommit(change)}</code>{' '}
            {change.isNew ? <b>added</b> : (whatChanged(change) ?? 'changed')}
            {change.subject && (change.isNew || change.fields) ? <small> — {change.subject}</small> : null}
          </li>
        ))}
        {changes.length > SHOWN ? <li class="absent">and {changes.length - SHOWN} earlier</li> : null}
      </ol>
    </details>
  );
}

/** What a change did to a record: by field where that is known, else what its commit says, where that is about records. */
export function whatChanged({ fields, subject }: Change): string | undefined {
  return fields?.length === 0 ? 'comments and layout only' : (fields?.join('; ') ?? subject);
}

/** The commit as people quote it. */
export function shortCommit({ commit }: Change): string {
  return commit.slice(0, 10);
}
