import type { Child } from 'hono/jsx';
import { formatCount } from '../../base/format-count.ts';
import { itemsOf } from '../../schema/cited.ts';
import type { Incident } from '../../schema/incident.ts';
import {
  buildSystemKey,
  channelKey,
  channelLabel,
  componentHandle,
  componentLabel,
  componentsByHandle,
} from '../../schema/primitive-keys.ts';
import type { Component, Release } from '../../schema/primitives.ts';
import type { CorpusRecord } from '../../schema/record.ts';
import { channelKind } from '../../schema/vocabulary/channel-kind.ts';
import { ecosystem } from '../../schema/vocabulary/ecosystem.ts';
import { impact } from '../../schema/vocabulary/impact.ts';
import { vector } from '../../schema/vocabulary/vector.ts';
import type { View } from '../view.ts';
import { ComponentLink, EntityLink } from './entity-link.tsx';
import { TermLink, TermList } from './terms.tsx';

const SHOWN = 6;

/** The box at the edge: what a hurried reader needs, and what to do next. */
export function Glance({ view, record }: { view: View; record: Extract<CorpusRecord, { kind: 'incident' }> }) {
  const incident = record.data;
  const components = mainFirst(incident);
  const owners = [...new Set(components.flatMap(({ owner }) => (owner ? [owner] : [])))];
  const unknowns = unknownFields(incident);
  return (
    <aside class="glance" aria-label="At a glance">
      <WereYouHit view={view} incident={incident} />
      <h2>At a glance</h2>
      <dl>
        <Row
          label="Software"
          items={components.map((value) => <ComponentLink view={view} component={value} />)}
          more="#affected-packages"
        />
        <Row label="Owner" items={owners.map((id) => <EntityLink view={view} kind="organization" id={id} />)} />
        <Row label="Releases" items={releaseLines(incident)} more="#affected-releases" />
        <Row
          label="Build systems"
          items={itemsOf(incident.buildSystems).map((value) => (
            <EntityLink view={view} kind="build-system" id={buildSystemKey(value)} label={value.name} />
          ))}
        />
        <Row
          label="Channels"
          items={itemsOf(incident.distributionChannels).map((value) => (
            <>
              <EntityLink view={view} kind="channel" id={channelKey(value)} label={channelLabel(value)} />{' '}
              <small>
                <TermLink view={view} vocabulary={channelKind} value={value.kind} />
              </small>
            </>
          ))}
        />
        <Row label="Campaigns" items={itemsOf(incident.campaigns).map(({ id }) => <EntityLink view={view} kind="campaign" id={id} />)} />
        <Row
          label="Seeded by"
          items={itemsOf(incident.seededBy).map(({ from }) => <EntityLink view={view} kind="incident" id={from.incident} />)}
        />
        <Row label="Vectors" items={[<TermList view={view} vocabulary={vector} values={incident.vectors} />]} />
        <Row
          label="Impacts"
          items={incident.impacts?.length ? [<TermList view={view} vocabulary={impact} values={incident.impacts} />] : []}
        />
        <Row label="Ecosystems" items={[<TermList view={view} vocabulary={ecosystem} values={incident.ecosystems} />]} />
        <Row
          label="Techniques"
          items={itemsOf(incident.techniques).map(({ id }) => <EntityLink view={view} kind="technique" id={id} label={id} />)}
          more="#techniques"
          inline
        />
        <Row label="Not known" items={unknowns} />
      </dl>
    </aside>
  );
}

/** The components, those first that the path or the summary names: of hundreds the first few are shown. */
function mainFirst(incident: Incident): readonly Component[] {
  const hops = new Set(itemsOf(incident.path).flatMap(({ via }) => via ?? []));
  const isMain = (component: Component) =>
    hops.has(componentHandle(component)) || incident.summary.text.includes(componentLabel(component));
  const components = itemsOf(incident.components);
  return [...components.filter(isMain), ...components.filter((component) => !isMain(component))];
}

/** What can be looked for, and where: a question that somebody who may be affected asks before any other. */
function WereYouHit({ view, incident }: { view: View; incident: Incident }) {
  const releases = (['malicious', 'affected'] as const).map((state) => releaseCount(incident, state));
  const windows = itemsOf(incident.windows).length;
  const files = itemsOf(incident.artifacts).length;
  const domains = itemsOf(incident.indicators).filter(({ type }) => type === 'domain').length;
  const others = itemsOf(incident.indicators).length - domains;
  const isKnownToCheck = releases.some(Boolean) || windows + files + domains + others > 0;
  if (!isKnownToCheck && incident.detectionNotes === undefined) return null;
  return (
    <>
      <h2>Were you hit?</h2>
      <dl>
        {releases.map((counted, index) => (
          <Row
            label={index === 0 ? 'Malicious releases' : 'Affected releases'}
            items={counted ? [<a href="#affected-releases">{counted}</a>] : []}
          />
        ))}
        <Row label="Exposure windows" items={windows > 0 ? [<a href="#windows">{windows}</a>] : []} />
        <Row label="Files" items={files > 0 ? [<a href="#files">{formatCount(files)} by digest</a>] : []} />
        <Row label="Domains" items={domains > 0 ? [<a href="#indicators">{formatCount(domains)}</a>] : []} />
        <Row label="Other" items={others > 0 ? [<a href="#indicators">{count(others, 'indicator')}</a>] : []} />
        <Row label="Look for" items={incident.detectionNotes === undefined ? [] : [<a href="#detection">detection notes</a>]} />
      </dl>
      {isKnownToCheck ? (
        <p class="act">
          <a href={view.href('check/')}>Check your lockfiles and SBOMs</a>
        </p>
      ) : null}
    </>
  );
}

/** "27 versions of 18 packages", of all releases in a state, a version for several platforms once; undefined where there is none. */
function releaseCount(incident: Incident, state: Release['state']): string | undefined {
  const releases = itemsOf(incident.releases).filter((release) => release.state === state);
  const versions = new Set(
    releases.flatMap(({ component, version, versions = version === undefined ? [] : [version] }) =>
      versions.map((each) => `${component} ${each}`),
    ),
  ).size;
  const ranges = new Set(releases.flatMap(({ component, range }) => (range ? `${component} ${range}` : []))).size;
  const platforms = new Set(releases.flatMap(({ platform }) => platform ?? [])).size;
  const counted = [versions > 0 ? count(versions, 'version') : '', ranges > 0 ? count(ranges, 'range') : ''].filter(Boolean).join(' and ');
  const components = new Set(releases.map(({ component }) => component));
  if (components.size === 0) return undefined;
  if (components.size === 1) return platforms > 1 ? `${counted} on ${count(platforms, 'platform')}` : counted;
  const handles = componentsByHandle(incident);
  const isPackages = [...components].every((handle) => handles.get(handle)?.kind === 'package');
  return `${counted} of ${count(components.size, isPackages ? 'package' : 'component')}`;
}

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function Row({ label, items, more, inline = false }: { label: string; items: readonly Child[]; more?: string; inline?: boolean }) {
  if (items.length === 0) return null;
  const limit = inline ? 14 : SHOWN;
  return (
    <div>
      <dt>{label}</dt>
      <dd class={inline ? 'inline' : ''}>
        {items.slice(0, limit).map((item) => (inline ? <span>{item} </span> : <span class="item">{item}</span>))}
        {items.length > limit ? (
          more ? (
            <a href={more}>and {items.length - limit} more</a>
          ) : (
            <span>and {items.length - limit} more</span>
          )
        ) : null}
      </dd>
    </div>
  );
}

/** Bad versions by component and platform; a long list is cut, the table has all. */
function releaseLines(incident: Incident): Child[] {
  const components = componentsByHandle(incident);
  const nameOf = (handle: string) => {
    const component = components.get(handle);
    return component && components.size > 1 ? componentLabel(component) : undefined;
  };
  const groups = new Map<string, string[]>();
  for (const release of itemsOf(incident.releases)) {
    if (release.state === 'clean-fix') continue;
    const head = [nameOf(release.component), release.platform].filter(Boolean).join(' · ');
    const versions = release.versions ?? [release.version ?? release.range ?? ''];
    groups.set(head, [...(groups.get(head) ?? []), ...versions]);
  }
  return [...groups].map(([head, versions]) => (
    <>
      {head ? <small>{head} </small> : null}
      {versions.slice(0, 8).map((version) => (
        <>
          <code>{version}</code>{' '}
        </>
      ))}
      {versions.length > 8 ? `+${versions.length - 8}` : ''}
    </>
  ));
}

const FIELD_NAMES: Partial<Record<keyof Incident, string>> = {
  firstObserved: 'first activity',
  firstPublicWarning: 'first warning',
  disclosed: 'disclosure date',
  contained: 'when it was contained',
  entryStage: 'entry stage',
  sourceArtifactDivergence: 'source against artifact',
  releases: 'releases',
  buildSystems: 'build systems',
  accounts: 'accounts',
  artifacts: 'files',
  indicators: 'indicators',
  attribution: 'who did it',
  impact: 'impact',
  repositories: 'repositories',
  distributionChannels: 'channels',
  campaigns: 'campaigns',
  malware: 'malware',
};

function unknownFields(incident: Incident): string[] {
  return Object.entries(FIELD_NAMES).flatMap(([field, name]) => {
    const value: unknown = incident[field as keyof Incident];
    if (typeof value !== 'object' || value === null) return [];
    return 'unknown' in value || ('value' in value && value.value === 'unknown') ? [name] : [];
  });
}
