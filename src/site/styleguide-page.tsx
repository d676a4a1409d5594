import type { Graph } from '../graph/graph.ts';
import { recordsOf } from '../graph/graph.ts';
import { itemsOf } from '../schema/cited.ts';
import { pathState } from '../schema/vocabulary/path-state.ts';
import { ClaimText, Field } from './components/evidence.tsx';
import { IncidentTable } from './components/incident-table.tsx';
import { Ledger } from './components/ledger.tsx';
import { Section } from './components/section.tsx';
import { TermLink, termLabel } from './components/terms.tsx';
import type { Page } from './page.ts';
import { PathPicture, pictureHops, STATES } from './path-picture.tsx';
import type { View } from './view.ts';

/** Names of the colours, and what each is for. Their values stand in the style sheet alone. */
const COLOURS = [
  ['paper', 'the page'],
  ['raise', 'what stands on it: boxes, fields'],
  ['mark', 'heads of tables and boxes'],
  ['ink', 'text'],
  ['soft', 'text that explains'],
  ['rule', 'lines'],
  ['rule-strong', 'edges of what can be used'],
  ['link', 'links and focus'],
  ['bad', 'compromised'],
  ['bad-ground', 'ground of compromised'],
  ['abused', 'abused'],
  ['abused-ground', 'ground of abused'],
  ['good', 'intact'],
] as const;

/** The parts that pages are made of, shown with real records: whoever changes one sees here what changes. */
export function styleguidePage(graph: Graph): Page {
  return {
    address: 'styleguide/',
    unlisted: true,
    frame: () => ({
      title: 'Parts of the pages',
      description: 'Colours, type, states and components of the site, shown with real records.',
      noIndex: true,
    }),
    content: (view) => <Styleguide view={view} graph={graph} />,
  };
}

function Styleguide({ view, graph }: { view: View; graph: Graph }) {
  const incidents = recordsOf(graph, 'incident');
  const record = incidents.find(({ data }) => data.depth === 'featured' && itemsOf(data.attribution).length > 1) ?? incidents[0];
  return (
    <article class="styleguide">
      <h1>Parts of the pages</h1>
      <p class="lede">
        Paper, ink, one serif for headings, one sans for text, one mono for what must be copied exactly. Colour is spent on one thing only:
        the state of a hop. Everything is shown with records as they are.
      </p>
      <Section id="colours" title="Colours">
        <ul class="swatches">
          {COLOURS.map(([name, use]) => (
            <li>
              <span class={`swatch swatch-${name}`} />
              <code>--{name}</code> <small>{use}</small>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="type" title="Type">
        <p class="lede">The lead of a page: what it is about, in the serif.</p>
        <h3>A heading of the third order</h3>
        <p>
          Text of the page, with a <a href={view.href('about/')}>link to how evidence works</a>, a <code>sha256:62ee164b…</code> that must
          be copied exactly, and <small>what is said aside</small>.
        </p>
        <pre class="query" tabindex={0} role="group" aria-label="A query">
          <code>process_name:"3CXDesktopApp.exe" AND dns.query:*.akamaicontainer.com</code>
        </pre>
      </Section>
      <Section id="controls" title="Controls">
        <p>
          <button type="button">Button</button>{' '}
          <button type="button" disabled>
            Not now
          </button>{' '}
          <label>
            Field <input type="search" placeholder="what to write" />
          </label>
        </p>
        <p>Whatever has the focus has a ring of 2.5 pixels in the colour of links.</p>
      </Section>
      <Section id="states" title="States of a hop">
        <ol class="path-list always">
          {Object.entries(STATES).map(([state, { mark }]) => (
            <li class={state}>
              <span class="stage">Build</span>
              <span>A hop</span>
              <span class="state">
                {mark} {termLabel(pathState, state)}
              </span>
            </li>
          ))}
        </ol>
        <p>Each state has a mark, an edge and a ground of its own; none depends on colour alone.</p>
        {record ? (
          <figure class="path-figure">
            <div class="path-scroll">
              <PathPicture incident={record.data} hops={pictureHops(graph, record.data)} hrefOf={(target) => view.hrefOf(target)} />
            </div>
          </figure>
        ) : null}
      </Section>
      <Section id="missing" title="Unknown, none, no record">
        {record ? (
          <>
            <Field view={view} record={record} value={undefined}>
              {() => null}
            </Field>
            <Field view={view} record={record} value={{ unknown: { why: 'The sources were looked at and leave it open.' } }}>
              {() => null}
            </Field>
            <p class="evidenced-none">
              <b>None.</b> A source says that there is none, and is cited.
            </p>
          </>
        ) : null}
      </Section>
      {record ? (
        <>
          <Section id="claims" title="A claim">
            <p>
              <ClaimText view={view} record={record} claim={record.data.summary} away />
            </p>
            <p>
              A term leads to its definition: <TermLink view={view} vocabulary={pathState} value="abused" />.
            </p>
          </Section>
          <Section id="ledger" title="The ledger">
            <Ledger view={view} record={record} entries={itemsOf(record.data.attribution).slice(0, 2)} away />
          </Section>
        </>
      ) : null}
      <Section id="rows" title="Rows">
        <IncidentTable view={view} incidents={incidents.slice(0, 3)} />
      </Section>
    </article>
  );
}
