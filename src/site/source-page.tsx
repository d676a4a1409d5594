import { addressOf, resourceAddress } from '../graph/addresses.ts';
import { valueAt } from '../graph/build-graph.ts';
import type { GraphNode } from '../graph/graph.ts';
import { citedIds, citedStatements } from '../schema/claims.ts';
import type { Reference } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { referenceKind } from '../schema/vocabulary/reference-kind.ts';
import { When } from './components/dates.tsx';
import { EntityLink } from './components/entity-link.tsx';
import { Section } from './components/section.tsx';
import { TermLink } from './components/terms.tsx';
import type { Page } from './page.ts';
import { sentenceOf } from './statement.ts';
import type { View } from './view.ts';

/** The page of a source document: what it is, and every statement that rests on it, by record. */
export function sourcePage(node: GraphNode): Page {
  return {
    address: addressOf(node),
    frame: () => ({
      title: `${node.label} (source)`,
      description: `Every statement of Threatpedia that rests on “${node.label}”.`,
      alternates: [{ type: 'application/json', address: resourceAddress(node), title: 'This source as JSON' }],
    }),
    content: (view) => <SourceContent view={view} node={node} />,
  };
}

function SourceContent({ view, node }: { view: View; node: GraphNode }) {
  const uses = node.declarations.map(({ record, path }) => ({ record, reference: valueAt(record, path) as Reference }));
  const first = uses[0]?.reference;
  if (!first) return null;
  return (
    <article class="entity">
      <p class="kind-line">
        <a href={view.hrefOfList('source')}>Source</a> · <TermLink view={view} vocabulary={referenceKind} value={first.kind} />
      </p>
      <h1>{node.label}</h1>
      <dl class="profile">
        <div>
          <dt>Publisher</dt>
          <dd>{first.publisher}</dd>
        </div>
        <div>
          <dt>Published</dt>
          <dd>
            {first.published ? (
              <When date={first.published} />
            ) : (
              <span class="absent">The records give no date, so it never counts as available on a day.</span>
            )}
          </dd>
        </div>
        <div>
          <dt>Address</dt>
          <dd>
            <a href={first.url} rel="noopener noreferrer external" class="address">
              {first.url}
            </a>
          </dd>
        </div>
      </dl>
      <Section id="statements" title="Statements that rest on it">
        {uses.map(({ record, reference }) => (
          <RecordStatements view={view} record={record} reference={reference} />
        ))}
      </Section>
    </article>
  );
}

function RecordStatements({ view, record, reference }: { view: View; record: CorpusRecord; reference: Reference }) {
  const statements = citedStatements(record).filter(({ cites }) => citedIds(cites).includes(reference.id));
  const anchors = statements.flatMap(({ cites }) =>
    cites.flatMap((cited) => (typeof cited === 'object' && cited.ref === reference.id ? (cited.anchors ?? []) : [])),
  );
  return (
    <>
      <h3>
        <EntityLink view={view} kind={record.kind} id={record.data.id} />
      </h3>
      <ul class="statements">
        {statements.map((statement) => (
          <li>{plainText(sentenceOf(record, statement))}</li>
        ))}
      </ul>
      {anchors.length > 0 ? (
        <p class="note">
          Strings to find in it:{' '}
          {[...new Set(anchors)].map((anchor) => (
            <>
              <code>{anchor}</code>{' '}
            </>
          ))}
        </p>
      ) : null}
    </>
  );
}
