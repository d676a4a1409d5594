import type { Child } from 'hono/jsx';
import { itemsOf } from '../../schema/cited.ts';
import type { Known } from '../../schema/evidence.ts';
import type { Incident } from '../../schema/incident.ts';
import { accountKey, accountLabel, buildSystemKey, channelKey, channelLabel, repositoryKey } from '../../schema/primitive-keys.ts';
import type { Component } from '../../schema/primitives.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import { accountControl } from '../../schema/vocabulary/account-control.ts';
import { accountKind } from '../../schema/vocabulary/account-kind.ts';
import { buildSystemKind } from '../../schema/vocabulary/build-system-kind.ts';
import { channelKind } from '../../schema/vocabulary/channel-kind.ts';
import { componentKind } from '../../schema/vocabulary/component-kind.ts';
import { organizationRole } from '../../schema/vocabulary/organization-role.ts';
import { personRole } from '../../schema/vocabulary/person-role.ts';
import { platform } from '../../schema/vocabulary/platform.ts';
import { slsaThreat } from '../../schema/vocabulary/slsa-threat.ts';
import type { View } from '../view.ts';
import { BulkPointer, bulkOf } from './bulk-releases.tsx';
import { breakable, ComponentLink, EntityLink } from './entity-link.tsx';
import { Cites, Field, Text } from './evidence.tsx';
import { ReleaseTable, WindowTable } from './release-tables.tsx';
import { TermLink, termLabel } from './terms.tsx';

interface Props {
  readonly view: View;
  readonly record: IncidentRecord;
}

/** The primitives of an incident, each kind under its own heading: filled, or, in a featured record, saying that there is no record. */
export function StructuredRecords({ view, record }: Props) {
  const incident = record.data;
  const isFeatured = incident.depth === 'featured';
  const maintainers = peopleOf(incident.people, ['maintainer', 'persona', 'affected']);
  const finders = itemsOf(incident.people).filter(({ role }) => role === 'discoverer' || role === 'reporter');
  return (
    <section id="records" aria-labelledby="records-title">
      <h2 id="records-title">Structured records</h2>
      {incident.components === undefined && !isFeatured ? null : (
        <Group id="affected-packages" title="Affected packages">
          <ComponentTable view={view} record={record} />
        </Group>
      )}
      {incident.releases === undefined && !isFeatured ? null : (
        <Group id="affected-releases" title="Affected releases">
          <ReleaseTable view={view} record={record} />
        </Group>
      )}
      {incident.windows === undefined ? null : (
        <Group id="windows" title="Exposure windows">
          <WindowTable view={view} record={record} />
        </Group>
      )}
      <Listed view={view} record={record} title="Repositories" value={incident.repositories}>
        {(value) => ({ link: <EntityLink view={view} kind="repository" id={repositoryKey(value)} />, term: null })}
      </Listed>
      <Listed view={view} record={record} title="Organizations" value={incident.organizations}>
        {(value) => ({
          link: <EntityLink view={view} kind="organization" id={value.id} />,
          term: <TermLink view={view} vocabulary={organizationRole} value={value.role} />,
        })}
      </Listed>
      <Listed view={view} record={record} title="Maintainers" value={maintainers}>
        {(value) => ({
          link: <EntityLink view={view} kind="person" id={value.id} />,
          term: <TermLink view={view} vocabulary={personRole} value={value.role} />,
        })}
      </Listed>
      {finders.length > 0 ? (
        <Listed view={view} record={record} title="Discoverers and reporters" value={finders}>
          {(value) => ({
            link: <EntityLink view={view} kind="person" id={value.id} />,
            term: <TermLink view={view} vocabulary={personRole} value={value.role} />,
          })}
        </Listed>
      ) : null}
      {incident.attribution === undefined && !isFeatured ? null : <ThreatActors view={view} record={record} />}
      <Listed view={view} record={record} title="Campaigns" value={incident.campaigns}>
        {(value) => ({ link: <EntityLink view={view} kind="campaign" id={value.id} />, term: null })}
      </Listed>
      <Listed view={view} record={record} title="Malware" value={incident.malware}>
        {(value) => ({
          link: <EntityLink view={view} kind="malware" id={value.id} />,
          term: value.strain ? <>strain {value.strain}</> : null,
        })}
      </Listed>
      <Listed view={view} record={record} title="Build systems" value={incident.buildSystems}>
        {(value) => ({
          link: <EntityLink view={view} kind="build-system" id={buildSystemKey(value)} label={value.name} />,
          term: <TermLink view={view} vocabulary={buildSystemKind} value={value.kind} />,
        })}
      </Listed>
      <Listed view={view} record={record} title="Distribution channels" value={incident.distributionChannels}>
        {(value) => ({
          link: <EntityLink view={view} kind="channel" id={channelKey(value)} label={channelLabel(value)} />,
          term: <TermLink view={view} vocabulary={channelKind} value={value.kind} />,
        })}
      </Listed>
      <Listed view={view} record={record} title="Compromised accounts" value={incident.accounts}>
        {(value) => ({
          link: <EntityLink view={view} kind="account" id={accountKey(value)} label={accountLabel(value)} />,
          term: (
            <>
              <TermLink view={view} vocabulary={accountKind} value={value.kind} />,{' '}
              <TermLink view={view} vocabulary={accountControl} value={value.control} />
            </>
          ),
        })}
      </Listed>
      <Listed view={view} record={record} title="Advisories" value={incident.vulnerabilities}>
        {(value) => ({ link: <EntityLink view={view} kind="vulnerability" id={value.id} />, term: null })}
      </Listed>
      <Listed view={view} record={record} title="Techniques" value={incident.techniques}>
        {(value) => ({ link: <EntityLink view={view} kind="technique" id={value.id} />, term: null })}
      </Listed>
      <Listed view={view} record={record} title="SLSA threats" value={incident.slsaThreats}>
        {(value) => ({ link: <TermLink view={view} vocabulary={slsaThreat} value={value.id} />, term: null })}
      </Listed>
      <Listed view={view} record={record} title="Related incidents" value={incident.related}>
        {(value) => ({ link: <EntityLink view={view} kind="incident" id={value.id} />, term: null })}
      </Listed>
    </section>
  );
}

function Group({ id, title, children }: { id: string; title: string; children: Child }) {
  return (
    <section id={id} class="group" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      {children}
    </section>
  );
}

interface ListedItem {
  readonly text?: string | undefined;
  readonly cites: Incident['summary']['cites'];
}

function Listed<Item extends ListedItem>({
  view,
  record,
  title,
  value,
  children,
}: Props & { title: string; value: Known<Item> | undefined; children: (item: Item) => { link: Child; term: Child } }) {
  if (value === undefined && record.data.depth !== 'featured') return null;
  return (
    <Group id={title.toLowerCase().replaceAll(' ', '-')} title={title}>
      <Field view={view} record={record} value={value}>
        {(items) => (
          <ul class="listed">
            {items.map((item) => {
              const { link, term } = children(item);
              return (
                <li>
                  {link}
                  {term ? <span class="role"> — {term}</span> : null}
                  {item.text ? (
                    <>
                      . <Text view={view} record={record} text={item.text} />
                    </>
                  ) : null}
                  <Cites view={view} record={record} cites={item.cites} />
                </li>
              );
            })}
          </ul>
        )}
      </Field>
    </Group>
  );
}

function peopleOf(people: Incident['people'], roles: readonly string[]): Incident['people'] {
  if (people === undefined || !Array.isArray(people)) return people;
  const found = people.filter(({ role }) => roles.includes(role));
  return found.length > 0 ? found : undefined;
}

function ThreatActors({ view, record }: Props) {
  const { attribution } = record.data;
  const actors = [...new Set(itemsOf(attribution).flatMap(({ target }) => ('actor' in target ? [target.actor] : [])))];
  return (
    <Group id="threat-actors" title="Threat actors">
      {actors.length === 0 ? (
        <Field view={view} record={record} value={Array.isArray(attribution) ? undefined : attribution}>
          {() => null}
        </Field>
      ) : (
        <ul class="listed">
          {actors.map((id) => {
            const claimants = [
              ...new Set(
                itemsOf(attribution).flatMap(({ target, claimant }) => ('actor' in target && target.actor === id ? [claimant] : [])),
              ),
            ];
            return (
              <li>
                <EntityLink view={view} kind="actor" id={id} />
                <span class="role">
                  {' '}
                  — named by{' '}
                  {claimants.map((claimant, index) => (
                    <>
                      {index > 0 ? ', ' : ''}
                      <EntityLink view={view} kind="organization" id={claimant} />
                    </>
                  ))}
                  ; see <a href="#attribution">the ledger</a>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Group>
  );
}

function ComponentTable({ view, record }: Props) {
  const bulk = bulkOf(record.data).components;
  return (
    <Field view={view} record={record} value={record.data.components}>
      {(all) => (
        <>
          <ComponentList view={view} record={record} components={all.filter((component) => !bulk.has(component))} />
          <BulkPointer components={all.filter((component) => bulk.has(component))} />
        </>
      )}
    </Field>
  );
}

function ComponentList({ view, record, components }: Props & { components: readonly Component[] }) {
  return (
    <ul class={components.length > 12 ? 'listed compact' : 'listed'}>
      {components.map((value) => (
        <li>
          <ComponentLink view={view} component={value} />
          <span class="role">
            {' '}
            — <TermLink view={view} vocabulary={componentKind} value={value.kind} />
            {value.platforms?.length ? `, ${value.platforms.map((name) => termLabel(platform, name)).join(', ')}` : ''}
          </span>
          {value.purl ? (
            <>
              {' '}
              <code class="purl">{breakable(value.purl)}</code>
            </>
          ) : null}
          {value.text ? (
            <>
              {' '}
              <Text view={view} record={record} text={value.text} />
            </>
          ) : null}
          <Cites view={view} record={record} cites={value.cites} />
        </li>
      ))}
    </ul>
  );
}
