import { addressOf, resourceAddress } from '../../graph/addresses.ts';
import type { GraphNode } from '../../graph/graph.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { absolute, type View } from '../view.ts';
import { shortCommit } from './history.tsx';

/** How to cite a record, in the version that is shown where its history is known, and its machine-readable forms. */
export function CiteThis({ view, node, record }: { view: View; node: GraphNode; record: CorpusRecord }) {
  const address = absolute(view.site, addressOf(node));
  const title = record.kind === 'incident' ? record.data.title : record.data.name;
  const { corrections } = view.site.options;
  const key = record.data.id.toLowerCase().replace(/[^a-z0-9]+/g, '');
  const [last] = view.site.history.get(record.file) ?? [];
  const day = last?.date.slice(0, 10);
  const bibtex = bibtexEntry(`threatpedia-${key}`, [
    ['author', '{Threatpedia contributors}'],
    ['title', `{${title.replace(/[{}\\]/g, '')}}`],
    ...(last && day
      ? [
          ['year', day.slice(0, 4)],
          ['month', String(Number(day.slice(5, 7)))],
          ['version', shortCommit(last)],
        ]
      : []),
    ['note', `Record ${record.data.id}${day ? `, version of ${day}` : ''}`],
    ['url', address],
  ]);
  return (
    <>
      <p>
        Threatpedia contributors{day ? ` (${day.slice(0, 4)})` : ''}: “{title}”, record <code>{record.data.id}</code>
        {last && day ? (
          <>
            , version of <time datetime={day}>{day}</time> (<code>{shortCommit(last)}</code>)
          </>
        ) : null}
        . <span class="address">{address}</span>
      </p>
      <pre class="query" tabindex={0} role="group" aria-label="BibTeX entry">
        <code>{bibtex}</code>
      </pre>
      <p class="machine">
        Machine-readable:{' '}
        <a href={view.href(resourceAddress(node))} type="application/json">
          this record with its ties (JSON)
        </a>
        {' · '}
        <a href={view.href('api/v1/openapi.json')} type="application/json">
          API description
        </a>
        {' · '}
        <a href={view.href('data/')}>all data</a>. The record’s source is <code>corpus/{record.file}</code>.
        {corrections ? (
          <>
            {' '}
            <a href={correctionAddress(corrections, record, address)} rel="nofollow">
              Suggest a correction
            </a>
          </>
        ) : null}
      </p>
    </>
  );
}

function bibtexEntry(key: string, fields: readonly (readonly string[])[]): string {
  return `@misc{${key},\n${fields.map(([name = '', value]) => `  ${name.padEnd(7)} = {${value}}`).join(',\n')}\n}`;
}

/** The form, with what a curator needs to know filled in. */
function correctionAddress(form: string, record: CorpusRecord, page: string): string {
  const url = new URL(form);
  url.searchParams.set('title', `${record.data.id}: `);
  url.searchParams.set(
    'body',
    `Record: ${record.data.id}\nPage: ${page}\nFile: corpus/${record.file}\n\nWhat is wrong or missing:\n\nSource (address, and the words in it):\n`,
  );
  return url.href;
}
