import type { Child } from 'hono/jsx';
import { incidentArticle } from '../export/json-ld/article.ts';
import { addressOf, resourceAddress, slugOf } from '../graph/addresses.ts';
import type { GraphNode } from '../graph/graph.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { confidence } from '../schema/vocabulary/confidence.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import { evidenceLevel } from '../schema/vocabulary/evidence-level.ts';
import { pathState } from '../schema/vocabulary/path-state.ts';
import { recordStatus } from '../schema/vocabulary/record-status.ts';
import { CiteThis } from './components/cite-this.tsx';
import { Connected } from './components/connected.tsx';
import { DateStrip } from './components/dates.tsx';
import { Downloads } from './components/downloads.tsx';
import { ClaimText, Field } from './components/evidence.tsx';
import { Glance } from './components/glance.tsx';
import { History } from './components/history.tsx';
import { originSummary, ReferenceList } from './components/references.tsx';
import { Section } from './components/section.tsx';
import { Similar } from './components/similar.tsx';
import { StructuredRecords } from './components/structured-records.tsx';
import { TermLink, termLabel } from './components/terms.tsx';
import { isShown, NotRecorded, STORY, Story } from './incident-story.tsx';
import type { Page } from './page.ts';
import { PathPicture, type PictureHop, pictureHops, STATES } from './path-picture.tsx';
import { absolute, type View } from './view.ts';

/** More ids of vulnerabilities than this stand among the structured records only. */
const MOST_IDS = 6;

/** The page of an incident. A featured record has every heading, filled or saying why not. */
export function incidentPage(node: GraphNode, record: IncidentRecord): Page {
  const address = `incidents/${slugOf(node)}/`;
  return {
    address,
    frame: (view) => ({
      title: record.data.title,
      description: plainText(record.data.summary.text),
      jsonLd: jsonLdOf(view, record),
      alternates: [{ type: 'application/json', address: resourceAddress(node), title: 'This record as JSON' }],
    }),
    content: (view) => <IncidentContent view={view} node={node} record={record} />,
  };
}

/** schema.org description of the page, as search engines read it. Titles and publishers of what it cites stand in the list of references, and in the export. */
function jsonLdOf(view: View, record: IncidentRecord): object {
  const { article, event, documents } = incidentArticle(`${view.site.origin}/`, record);
  const publisher = { '@type': 'Organization', name: 'Threatpedia' };
  const citation = documents.map(({ '@type': type, '@id': id, url }) => ({ '@type': type, '@id': id, url }));
  return { '@context': 'https://schema.org', ...article, publisher, about: event, citation };
}

interface Props {
  readonly view: View;
  readonly record: IncidentRecord;
}

function IncidentContent({ view, node, record }: Props & { node: GraphNode }) {
  const incident = record.data;
  return (
    <article class="incident">
      <p class="kind-line">
        Supply-chain incident · <code>{incident.id}</code>
        <span class="today">
          {' '}
          · <TermLink view={view} vocabulary={recordStatus} value={incident.status} /> ·{' '}
          <TermLink view={view} vocabulary={depth} value={incident.depth} /> record · <a href="#references">{originSummary(record)}</a>
        </span>
      </p>
      <h1>{incident.title}</h1>
      <OtherNames incident={incident} />
      <p class="lede">
        <ClaimText view={view} record={record} claim={incident.summary} />
      </p>
      <div data-as-of hidden />
      <Facts view={view} record={record} />
      <Downloads view={view} record={record} />
      <Picture view={view} node={node} record={record} />
      <div class="columns">
        <Outline incident={incident} />
        <div class="story">
          <Glance view={view} record={record} />
          <Story view={view} record={record} />
          <NotRecorded incident={incident} />
          <StructuredRecords view={view} record={record} />
          <Appendix id="connected">
            <Connected view={view} node={node} />
          </Appendix>
          <Appendix id="similar">
            <Similar view={view} id={incident.id} />
          </Appendix>
          <Appendix id="references">
            <ReferenceList view={view} record={record} />
          </Appendix>
          <Appendix id="cite">
            <CiteThis view={view} node={node} record={record} />
            <History view={view} record={record} />
          </Appendix>
        </div>
      </div>
    </article>
  );
}

/** What else it is called, and the ids that it goes by in other catalogues. */
function OtherNames({ incident }: { incident: Incident }) {
  const ids = itemsOf(incident.vulnerabilities).map(({ id }) => id);
  const names = (incident.aliases ?? []).filter((name) => !/^(CVE|GHSA|MAL)-/i.test(name));
  if (names.length + ids.length === 0) return null;
  const isCve = (id: string) => id.startsWith('CVE-');
  const shown = [...ids.filter(isCve), ...ids.filter((id) => !isCve(id))].slice(0, MOST_IDS);
  return (
    <p class="other-names">
      {names.length > 0 ? <>Also known as {names.join(', ')}</> : null}
      {names.length > 0 && ids.length > 0 ? ' · ' : ''}
      {shown.join(', ')}
      {ids.length > shown.length ? <> and {ids.length - shown.length} more</> : null}
    </p>
  );
}

function Facts({ view, record }: Props) {
  const incident = record.data;
  const divergence = incident.sourceArtifactDivergence;
  return (
    <div class="facts">
      <DateStrip
        view={view}
        record={record}
        facts={[
          { label: 'Earliest known activity', fact: incident.firstObserved },
          { label: 'First public warning', fact: incident.firstPublicWarning },
          { label: 'Disclosed', fact: incident.disclosed },
          { label: 'Contained', fact: incident.contained },
        ]}
      />
      <dl class="dates">
        <div>
          <dt>Entry stage</dt>
          <dd>
            {incident.entryStage === undefined ? (
              <span class="absent">No record</span>
            ) : typeof incident.entryStage === 'string' ? (
              <TermLink view={view} vocabulary={entryStage} value={incident.entryStage} />
            ) : (
              <span class="unknown-word" title={incident.entryStage.unknown.why}>
                Unknown
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>Source ≠ artifact</dt>
          <dd>
            {divergence ? (
              <a href="#divergence" class={divergence.value === 'unknown' ? 'unknown-word' : ''}>
                {divergence.value === 'yes' ? 'Yes' : divergence.value === 'no' ? 'No' : 'Unknown'}
              </a>
            ) : (
              <span class="absent">No record</span>
            )}
          </dd>
        </div>
        <div>
          <dt>Record confidence</dt>
          <dd>
            <TermLink view={view} vocabulary={confidence} value={incident.confidence} />
          </dd>
        </div>
        <div>
          <dt>Evidence</dt>
          <dd>
            <TermLink view={view} vocabulary={evidenceLevel} value={incident.evidenceLevel} />
          </dd>
        </div>
      </dl>
    </div>
  );
}

function Picture({ view, node, record }: Props & { node: GraphNode }) {
  const hops = pictureHops(view.site.graph, record.data);
  if (hops.length === 0) {
    if (record.data.path === undefined && record.data.depth !== 'featured') return null;
    return (
      <figure class="path-figure empty">
        <Field view={view} record={record} value={record.data.path}>
          {() => null}
        </Field>
        <figcaption>The path from source to run has no structured record.</figcaption>
      </figure>
    );
  }
  return (
    <figure class="path-figure">
      <div class="path-scroll">
        <PathPicture incident={record.data} hops={hops} hrefOf={(target) => view.hrefOf(target)} />
      </div>
      <ol class="path-list">
        {hops.map((hop, index) => (
          <li class={follows(hop, index) ? `${hop.state} next` : hop.state} data-known={hop.knownSince}>
            <span class="stage">{hop.laneLabel}</span>
            {hop.target ? <a href={view.hrefOf(hop.target)}>{hop.title}</a> : <span>{hop.title}</span>}
            <span class="state">
              {STATES[hop.state].mark} {termLabel(pathState, hop.state)}
              {hop.after.length > 0 && !follows(hop, index) ? (
                <span class="from">, after {hop.after.map((earlier) => hops[earlier]?.title).join(', ')}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      <figcaption>
        <span>
          ✕ compromised (hatched) · ! abused while working as designed · ✓ intact · ? unknown (dashed). Each hop opens its entity; the
          evidence stands <a href="#path">hop by hop</a> below.
        </span>
        <a href={view.href(pictureAddress(node))}>SVG</a>
      </figcaption>
      <Embed view={view} node={node} title={record.data.title} />
    </figure>
  );
}

/** Whether a hop comes after the one that stands before it in the list, and after no other. */
function follows({ after }: PictureHop, index: number): boolean {
  return after.length === 1 && after[0] === index - 1;
}

/** The lines that show the picture on another site. */
function Embed({ view, node, title }: { view: View; node: GraphNode; title: string }) {
  const picture = absolute(view.site, pictureAddress(node));
  const page = absolute(view.site, addressOf(node));
  const name = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const lines = `<iframe src="${picture}" title="Path of ${name}" width="100%" height="420" loading="lazy"></iframe>\n<p><a href="${page}">${name.replaceAll('<', '&lt;')}</a>, Threatpedia, <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></p>`;
  return (
    <details class="embed">
      <summary>Show this picture elsewhere</summary>
      <pre class="query" tabindex={0} role="group" aria-label="HTML that embeds the picture">
        <code>{lines}</code>
      </pre>
    </details>
  );
}

function pictureAddress(node: GraphNode): string {
  return `incidents/${slugOf(node)}/path.svg`;
}

const APPENDIX = [
  ['records', 'Structured records'],
  ['connected', 'Connected entities'],
  ['similar', 'Similar incidents'],
  ['references', 'References'],
  ['cite', 'Cite this record'],
] as const;

function Appendix({ id, children }: { id: (typeof APPENDIX)[number][0]; children: Child }) {
  const [, title = ''] = APPENDIX.find(([known]) => known === id) ?? [];
  return (
    <Section id={id} title={title}>
      {children}
    </Section>
  );
}

function Outline({ incident }: { incident: Incident }) {
  return (
    <nav class="outline" aria-label="On this page">
      {[...STORY.filter(([id]) => isShown(incident, id)), ...APPENDIX].map(([id, title]) => (
        <a href={`#${id}`}>{title}</a>
      ))}
    </nav>
  );
}
