import { formatCount } from '../base/format-count.ts';
import { addressOf, slugOf } from '../graph/addresses.ts';
import { type Graph, recordsOf } from '../graph/graph.ts';
import { compareByDate, publicYear } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { statisticsOf } from '../graph/statistics.ts';
import { itemsOf } from '../schema/cited.ts';
import { plainText } from '../schema/link-markup.ts';
import { IncidentTable } from './components/incident-table.tsx';
import type { Page } from './page.ts';
import { PathPicture, pictureHops } from './path-picture.tsx';
import type { View } from './view.ts';

/** The front door: what this is, one path drawn, what is in it, and how evidence works. */
export function homePage(graph: Graph): Page {
  return {
    address: '',
    frame: (view) => ({
      title: 'software supply-chain incidents, with their evidence',
      description:
        'An open, evidence-first encyclopedia of software supply-chain incidents: every path drawn hop by hop, every sentence tied to its sources, unknown said as unknown.',
      jsonLd: {
        '@context': 'https://schema.org',
        '@type': 'WebSite',
        name: 'Threatpedia',
        url: `${view.site.origin}/`,
        license: 'https://creativecommons.org/licenses/by/4.0/',
      },
    }),
    content: (view) => <Home view={view} graph={graph} />,
  };
}

function Home({ view, graph }: { view: View; graph: Graph }) {
  const statistics = statisticsOf(graph);
  const incidents = recordsOf(graph, 'incident').sort((left, right) => compareByDate(right.data, left.data));
  const featured = incidents.filter(({ data }) => data.depth === 'featured');
  const shown = featured.find(({ data }) => itemsOf(data.seededBy).length > 0) ?? featured[0];
  const hops = shown ? pictureHops(graph, shown.data) : [];
  const total = incidents.length;
  return (
    <div class="home">
      <h1>An incident is not a story. It is a path.</h1>
      <p class="lede">
        Threatpedia records software supply-chain incidents hop by hop: every sentence is tied to its sources, and what nobody knows is said
        to be unknown.
      </p>
      <nav class="actions" aria-label="What to do here">
        <a href={view.href('check/')}>
          <b>Were we hit?</b> Check a lockfile or SBOM
        </a>
        <a href={view.href('incidents/')}>
          <b>Browse {formatCount(total)} incidents</b> by vector, ecosystem, actor and date
        </a>
        <a href={view.href('data/')}>
          <b>Get the data</b> as JSON, STIX, MISP, OSV, CSV or a feed
        </a>
      </nav>
      {shown ? (
        <figure class="path-figure">
          <div class="path-scroll">
            <PathPicture incident={shown.data} hops={hops} hrefOf={(target) => view.hrefOf(target)} />
          </div>
          <figcaption>
            <span>
              <a href={view.href(addressOf({ kind: 'incident', key: shown.data.id }))}>{shown.data.title}</a> —{' '}
              {plainText(shown.data.summary.text)}
            </span>
            <a href={view.href(`incidents/${slugOf({ kind: 'incident', key: shown.data.id })}/path.svg`)}>SVG</a>
          </figcaption>
        </figure>
      ) : null}
      <dl class="counts">
        <Count view={view} label="incidents" number={total} address="incidents/" />
        {(['package', 'release', 'build-system', 'channel', 'account', 'artifact', 'indicator', 'actor', 'organization'] as const).map(
          (kind) => (
            <Count
              view={view}
              label={nodeKinds[kind].plural.toLowerCase()}
              number={statistics.entities[kind]}
              address={`${nodeKinds[kind].folder}/`}
            />
          ),
        )}
        <Count view={view} label="source documents" number={statistics.references} address="sources/" />
        <Count view={view} label="cited statements" number={statistics.claims} address="about/" />
      </dl>
      <section aria-labelledby="newest">
        <h2 id="newest">Newest incidents</h2>
        <IncidentTable view={view} incidents={incidents.slice(0, 8)} />
        <p>
          <a href={view.href('incidents/')}>All {formatCount(total)} incidents, with filters</a>
        </p>
      </section>
      <section aria-labelledby="featured">
        <h2 id="featured">Told in full</h2>
        <ul class="told">
          {featured.map(({ data }) => (
            <li>
              <a href={view.href(addressOf({ kind: 'incident', key: data.id }))}>{data.title}</a>{' '}
              <small>{publicYear(data) ?? 'undated'}</small>
            </li>
          ))}
        </ul>
      </section>
      <section class="principles" aria-labelledby="evidence">
        <h2 id="evidence">How evidence works here</h2>
        <div>
          <p>
            <b>Every sentence is a claim with citations.</b> The small numbers lead to documents; each document has a page with every
            statement that rests on it. Articles that repeat one report count as one origin.
          </p>
          <p>
            <b>The path is made of separate things.</b> Source, build system, signature, channel, account and release each have an identity
            of their own, so that what was bad and what was not stays apart.
          </p>
          <p>
            <b>Attribution has a claimant.</b> Who says it, when, and how sure they are stand side by side. Disagreement is shown, never
            averaged.
          </p>
          <p>
            <b>Unknown, none and missing are three things.</b> “No structured records” means that nobody has written one. “None” comes with
            evidence. “Unknown” says what was looked at and why it does not settle the matter.
          </p>
          <p>
            <b>No scores.</b> There is no severity number and no generated verdict. A statement is as good as its sources, and you can read
            them. <a href={view.href('about/')}>More on how this is made</a>.
          </p>
        </div>
      </section>
    </div>
  );
}

function Count({ view, label, number, address }: { view: View; label: string; number: number; address: string }) {
  return (
    <div>
      <dt>
        <a href={view.href(address)}>{label}</a>
      </dt>
      <dd>{formatCount(number)}</dd>
    </div>
  );
}
