import type { Child } from 'hono/jsx';
import { nodeId } from '../graph/graph.ts';
import { itemsOf } from '../schema/cited.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { actorKind } from '../schema/vocabulary/actor-kind.ts';
import { externalIdSource } from '../schema/vocabulary/external-id-source.ts';
import { lineageEvidence } from '../schema/vocabulary/lineage-evidence.ts';
import { lineageRelation } from '../schema/vocabulary/lineage-relation.ts';
import { malwareKind } from '../schema/vocabulary/malware-kind.ts';
import { organizationKind } from '../schema/vocabulary/organization-kind.ts';
import { personKind } from '../schema/vocabulary/person-kind.ts';
import { Drawn } from './charts/chart-section.tsx';
import { LINEAGE_UNIT, lineageAddress, lineagePicture } from './charts/lineage.tsx';
import { When } from './components/dates.tsx';
import { EntityLink } from './components/entity-link.tsx';
import { Cites, ClaimText, Field } from './components/evidence.tsx';
import { Ledger } from './components/ledger.tsx';
import { Section } from './components/section.tsx';
import { TermLink, TermList, termLabel } from './components/terms.tsx';
import type { View } from './view.ts';

interface Props<K extends CorpusRecord['kind']> {
  readonly view: View;
  readonly record: Extract<CorpusRecord, { kind: K }>;
}

/** What an entity's own record says. Incidents have a page of their own. */
export function EntityRecordFacts({ view, record }: { view: View; record: CorpusRecord }) {
  switch (record.kind) {
    case 'incident':
      return null;
    case 'actor':
      return (
        <>
          <Profile
            rows={[
              ['Kind', <TermLink view={view} vocabulary={actorKind} value={record.data.kind} />],
              ['Also called', <Aliases view={view} record={record} />],
              ['Elsewhere', <ExternalIds record={record} />],
            ]}
          />
          <AttributionEvidence view={view} record={record} />
          <Facts view={view} record={record} />
        </>
      );
    case 'campaign':
      return (
        <>
          <Profile
            rows={[
              ['Earliest known activity', <Dated view={view} record={record} fact={record.data.firstObserved} />],
              ['Latest known activity', <Dated view={view} record={record} fact={record.data.lastObserved} />],
              ['Also called', <Aliases view={view} record={record} />],
              ['Elsewhere', <ExternalIds record={record} />],
            ]}
          />
          <AttributionEvidence view={view} record={record} />
          <Facts view={view} record={record} />
        </>
      );
    case 'malware':
      return <MalwareFacts view={view} record={record} />;
    case 'organization':
      return (
        <>
          <Profile
            rows={[
              ['Kind', <TermLink view={view} vocabulary={organizationKind} value={record.data.kind} />],
              ['Also called', record.data.aliases?.join(', ')],
              [
                'Site',
                record.data.homepage ? (
                  <a href={record.data.homepage} rel="noopener noreferrer external">
                    {record.data.homepage.replace(/^https?:\/\//, '').replace(/\/$/, '')}
                  </a>
                ) : undefined,
              ],
            ]}
          />
          <Facts view={view} record={record} />
        </>
      );
    case 'person':
      return (
        <>
          <Profile
            rows={[
              ['Kind', <TermLink view={view} vocabulary={personKind} value={record.data.kind} />],
              ['Also called', record.data.aliases?.join(', ')],
              ['Accounts', record.data.accounts?.join(', ')],
            ]}
          />
          <Facts view={view} record={record} />
        </>
      );
  }
}

function MalwareFacts({ view, record }: Props<'malware'>) {
  const strains = new Map(itemsOf(record.data.strains).map((strain) => [strain.id, strain.name]));
  return (
    <>
      <Profile
        rows={[
          ['Kinds', <TermList view={view} vocabulary={malwareKind} values={record.data.kinds} />],
          ['Also called', <Aliases view={view} record={record} />],
          ['Elsewhere', <ExternalIds record={record} />],
        ]}
      />
      <Facts view={view} record={record} />
      <Section id="strains" title="Strains">
        <Field view={view} record={record} value={record.data.strains}>
          {(items) => (
            <ol class="timeline">
              {items.map((strain) => (
                <li id={`strain-${strain.id}`}>
                  {strain.firstObserved ? <When date={strain.firstObserved} /> : <span class="absent">undated</span>}
                  <div>
                    <b>{strain.name}</b>
                    <p>
                      <ClaimText view={view} record={record} claim={strain} />{' '}
                      {(strain.incidents ?? []).map((id) => (
                        <EntityLink view={view} kind="incident" id={id} />
                      ))}
                    </p>
                  </div>
                </li>
              ))}
            </ol>
          )}
        </Field>
      </Section>
      <Section id="lineage" title="Lineage">
        <LineageFigure view={view} malware={record.data} />
        <Field view={view} record={record} value={record.data.lineage}>
          {(edges) => (
            <ul class="notes">
              {edges.map((edge) => (
                <li>
                  <b>
                    <a href={`#strain-${edge.to}`}>{strains.get(edge.to)}</a> {termLabel(lineageRelation, edge.relation).toLowerCase()}{' '}
                    <a href={`#strain-${edge.from}`}>{strains.get(edge.from)}</a>
                  </b>{' '}
                  (<TermLink view={view} vocabulary={lineageEvidence} value={edge.evidence} />
                  ). <ClaimText view={view} record={record} claim={edge} />
                </li>
              ))}
            </ul>
          )}
        </Field>
      </Section>
    </>
  );
}

function LineageFigure({ view, malware }: { view: View; malware: Extract<CorpusRecord, { kind: 'malware' }>['data'] }) {
  const picture = lineagePicture(malware);
  if (!picture) return null;
  return (
    <figure class="chart-figure">
      <Drawn id="lineage-picture" title={`Lineage of ${malware.name}`} picture={picture} />
      <figcaption>
        <span>{LINEAGE_UNIT}. Dashed marks: the date is approximate or a span.</span>
        <a href={view.href(lineageAddress(malware))}>SVG</a>
      </figcaption>
    </figure>
  );
}

function Profile({ rows }: { rows: readonly (readonly [string, Child])[] }) {
  return (
    <dl class="profile">
      {rows.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value ?? <span class="absent">No structured records.</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

function Aliases({ view, record }: Props<'actor' | 'campaign' | 'malware'>) {
  const { aliases } = record.data;
  if (!aliases?.length) return <span class="absent">No structured records.</span>;
  return (
    <ul class="aliases">
      {aliases.map((alias) => (
        <li>
          {alias.name}
          {alias.by ? (
            <small>
              {' '}
              used by <EntityLink view={view} kind="organization" id={alias.by} />
            </small>
          ) : null}
          <Cites view={view} record={record} cites={alias.cites} />
        </li>
      ))}
    </ul>
  );
}

function ExternalIds({ record }: { record: Extract<CorpusRecord, { kind: 'actor' | 'campaign' | 'malware' }> }) {
  const { externalIds } = record.data;
  if (!externalIds?.length) return <span class="absent">No structured records.</span>;
  return (
    <>
      {externalIds.map(({ source, id, url }, index) => (
        <>
          {index > 0 ? ', ' : ''}
          {termLabel(externalIdSource, source)}{' '}
          {url ? (
            <a href={url} rel="noopener noreferrer external">
              <code>{id}</code>
            </a>
          ) : (
            <code>{id}</code>
          )}
        </>
      ))}
    </>
  );
}

function Dated({
  view,
  record,
  fact,
}: {
  view: View;
  record: CorpusRecord;
  fact: Extract<CorpusRecord, { kind: 'campaign' }>['data']['firstObserved'];
}) {
  if (!fact) return <span class="absent">No structured records.</span>;
  if ('unknown' in fact) return <>Unknown. {fact.unknown.why}</>;
  return (
    <>
      <When date={fact.date} />
      <Cites view={view} record={record} cites={fact.cites} />
    </>
  );
}

function Facts({ view, record }: Props<'actor' | 'campaign' | 'malware' | 'organization' | 'person'>) {
  if (!record.data.facts?.length) return null;
  return (
    <Section id="facts" title="What is known">
      {record.data.facts.map((claim) => (
        <p>
          <ClaimText view={view} record={record} claim={claim} />
        </p>
      ))}
    </Section>
  );
}

/** Claims in the record's own ledger, then those of other records that name it, each in the ledger of its own record. */
function AttributionEvidence({ view, record }: Props<'actor' | 'campaign'>) {
  const { id } = record.data;
  const naming = view.site.graph.edgesTo(nodeId(record.kind, id)).filter(({ relation }) => relation === 'attributed');
  return (
    <Section id="attribution" title="Attribution evidence">
      <Field view={view} record={record} value={record.data.attribution}>
        {(entries) => <Ledger view={view} record={record} entries={entries} />}
      </Field>
      {[...new Set(naming.map((edge) => edge.record))].map((other) => {
        if (!('attribution' in other.data)) return null;
        const entries = itemsOf(other.data.attribution).filter(
          ({ target }) =>
            ('actor' in target ? nodeId('actor', target.actor) : nodeId('campaign', target.campaign)) === nodeId(record.kind, id),
        );
        return (
          <>
            <h3>
              In <EntityLink view={view} kind={other.kind} id={other.data.id} />
            </h3>
            <Ledger view={view} record={other} entries={entries} away />
          </>
        );
      })}
    </Section>
  );
}
