import type { Child } from 'hono/jsx';
import { addressOf, resourceAddress } from '../graph/addresses.ts';
import type { GraphNode, NodeKind } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { plainText } from '../schema/link-markup.ts';
import { CiteThis } from './components/cite-this.tsx';
import { Connected } from './components/connected.tsx';
import { breakable, EntityLink } from './components/entity-link.tsx';
import { ClaimText } from './components/evidence.tsx';
import { History } from './components/history.tsx';
import { IncidentTable } from './components/incident-table.tsx';
import { ReferenceList } from './components/references.tsx';
import { ReleasesOf } from './components/release-tables.tsx';
import { Section } from './components/section.tsx';
import { DeclarationFacts } from './declaration-facts.tsx';
import { EntityRecordFacts } from './entity-facts.tsx';
import { feedOf } from './feeds.ts';
import { incidentsOf } from './incidents-of.ts';
import type { Page } from './page.ts';
import { hasTwoDays } from './public-days.ts';
import { type LeadPiece, leadText, releaseFacts, releaseLead } from './release-facts.ts';
import type { View } from './view.ts';

/** The page of anything but an incident or a source: what it is, which incidents it is part of, what it is tied to, what rests on what. */
export function entityPage(node: GraphNode): Page {
  return {
    address: addressOf(node),
    frame: (view) => ({
      title: `${node.label} (${nodeKinds[node.kind].title.toLowerCase()})`,
      description: describe(node),
      alternates: [
        { type: 'application/json', address: resourceAddress(node), title: 'This entity as JSON' },
        ...feedAlternates(view, node),
      ],
    }),
    content: (view) => <EntityContent view={view} node={node} />,
  };
}

function feedAlternates(view: View, node: GraphNode) {
  const feed = feedOf(view.site.graph, node);
  return feed ? [{ type: 'application/atom+xml', address: `${feed}.atom`, title: `Incidents of ${node.label}` }] : [];
}

function describe(node: GraphNode): string {
  const summary = node.record && 'summary' in node.record.data ? node.record.data.summary : undefined;
  if (summary) return plainText(summary.text);
  const lead = releaseLead(node);
  if (lead) return `${nodeKinds[node.kind].title} ${node.label}. ${leadText(lead)}`;
  const records = new Set(node.declarations.map(({ record }) => record.data.id)).size;
  return `${nodeKinds[node.kind].title} ${node.label}: ${records === 1 ? 'one incident record names' : `${records} incident records name`} it. ${nodeKinds[node.kind].definition}`;
}

function EntityContent({ view, node }: { view: View; node: GraphNode }) {
  const incidents = incidentsOf(view.site.graph, node);
  const { record } = node;
  const releases = releaseFacts(node);
  const shownAsCode: readonly NodeKind[] = ['artifact', 'indicator', 'release'];
  return (
    <article class="entity">
      <p class="kind-line">
        <a href={view.hrefOfList(node.kind)} title={nodeKinds[node.kind].definition}>
          {nodeKinds[node.kind].title}
        </a>{' '}
        · <code>{breakable(node.key)}</code>
        {node.knownSince ? (
          <>
            {' '}
            · in public sources since <time datetime={node.knownSince}>{node.knownSince}</time>
          </>
        ) : null}
      </p>
      <h1 class={shownAsCode.includes(node.kind) ? 'code' : ''}>{breakable(node.label)}</h1>
      <Lede view={view} node={node} />
      {hasTwoDays(node) ? <div data-as-of hidden /> : null}
      <div class="entity-columns">
        <div class="story">
          {releases.length > 0 ? (
            <Section id="releases" title={node.kind === 'release' ? 'This release' : 'Releases'}>
              <ReleasesOf view={view} facts={releases} />
            </Section>
          ) : null}
          {record ? (
            <EntityRecordFacts view={view} record={record} />
          ) : (
            <Section id="facts" title="What records say">
              {node.declarations.map((declaration) => (
                <DeclarationFacts view={view} node={node} declaration={declaration} />
              ))}
            </Section>
          )}
          <Section id="incidents" title="Related incidents">
            {incidents.length === 0 ? <p class="absent">No structured records.</p> : <IncidentTable view={view} incidents={incidents} />}
          </Section>
          <Section id="connected" title="Connected entities">
            <Connected view={view} node={node} without={releases.length > 0 && node.kind !== 'release' ? ['released-as'] : []} />
          </Section>
          {record?.data.references ? (
            <Section id="references" title="References">
              <ReferenceList view={view} record={record} />
            </Section>
          ) : null}
          {record ? (
            <Section id="cite" title="Cite this record">
              <CiteThis view={view} node={node} record={record} />
              <History view={view} record={record} />
            </Section>
          ) : (
            <p class="machine">
              <a href={view.href(resourceAddress(node))} type="application/json">
                This entity with its ties (JSON)
              </a>
            </p>
          )}
        </div>
      </div>
    </article>
  );
}

function Lede({ view, node }: { view: View; node: GraphNode }): Child {
  const { record } = node;
  if (record && 'summary' in record.data && record.data.summary) {
    return (
      <p class="lede">
        <ClaimText view={view} record={record} claim={record.data.summary} />
      </p>
    );
  }
  const pieces = releaseLead(node) ?? namingLead(view, node);
  if (pieces.length === 0) return <p class="lede quiet">{nodeKinds[node.kind].definition}</p>;
  return (
    <p class="lede">
      {pieces.map((piece) =>
        typeof piece === 'string' ? piece : <EntityLink view={view} kind="incident" id={piece.incident} label={piece.incident} />,
      )}
    </p>
  );
}

/** Incidents that a lead names; of more it tells how many. */
const NAMED = 3;

/** Which incidents name a thing of whose releases nothing is recorded. */
function namingLead(view: View, node: GraphNode): LeadPiece[] {
  const ids = incidentsOf(view.site.graph, node).map(({ data }) => data.id);
  if (ids.length === 0) return [];
  const named = ids.slice(0, NAMED).flatMap((incident, index): LeadPiece[] => (index === 0 ? [{ incident }] : [', ', { incident }]));
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  return [ids.length === 1 ? 'One incident record names it: ' : `${ids.length} incident records name it: `, ...named, `${more}.`];
}
