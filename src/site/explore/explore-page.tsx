import { addressOf } from '../../graph/addresses.ts';
import { type Graph, type GraphNode, getNode, type NodeKind, nodeId, recordsOf } from '../../graph/graph.ts';
import { nodeKinds } from '../../graph/node-kinds.ts';
import { itemsOf } from '../../schema/cited.ts';
import { seedTier } from '../../schema/vocabulary/seed-tier.ts';
import { termLabel } from '../components/terms.tsx';
import type { Page } from '../page.ts';
import type { View } from '../view.ts';
import { OVERVIEW_KINDS } from './map-model.ts';

const MOST_TIED = 8;

/** The whole graph, and any neighbourhood of it. Without scripts: what seeded what, and what is tied to most. */
export function explorePage(graph: Graph): Page {
  return {
    address: 'explore/',
    frame: ({ site }) => ({
      title: 'Explore',
      description:
        'Incidents, actors, packages, accounts and all that ties them, as a map: neighbourhoods, ways between two things, cascades, as known on a day.',
      scripts: [site.assets.exploreOverview, site.assets.explore],
    }),
    content: (view) => <Explore view={view} graph={graph} />,
  };
}

function Explore({ view, graph }: { view: View; graph: Graph }) {
  return (
    <article class="explore">
      <h1>Explore</h1>
      <p class="lede">
        Everything the corpus holds and what ties it together. Source documents are left out: they would tie everything to everything.
      </p>
      <MapTool view={view} />
      <section aria-labelledby="seeding">
        <h2 id="seeding">What seeded what</h2>
        <ul>
          {recordsOf(graph, 'incident').flatMap(({ data }) =>
            itemsOf(data.seededBy).map(({ from, tier }) => (
              <li>
                <IncidentLink view={view} graph={graph} id={from.incident} /> → <IncidentLink view={view} graph={graph} id={data.id} />{' '}
                <small>({termLabel(seedTier, tier).toLowerCase()})</small>
              </li>
            )),
          )}
        </ul>
      </section>
      <section aria-labelledby="most-tied">
        <h2 id="most-tied">Tied to most</h2>
        <div class="kinds">
          {(['actor', 'malware', 'organization', 'package', 'channel', 'technique'] as const).map((kind) => (
            <div>
              <h3>{nodeKinds[kind].plural}</h3>
              <ol>
                {mostTied(graph, kind).map(({ node, count }) => (
                  <li>
                    <a href={view.hrefOf(node)}>{node.label}</a> <small>{count}</small>
                  </li>
                ))}
              </ol>
            </div>
          ))}
        </div>
      </section>
    </article>
  );
}

function IncidentLink({ view, graph, id }: { view: View; graph: Graph; id: string }) {
  return <a href={view.href(addressOf({ kind: 'incident', key: id }))}>{getNode(graph, nodeId('incident', id)).label}</a>;
}

function mostTied(graph: Graph, kind: NodeKind): { node: GraphNode; count: number }[] {
  const found = [...graph.nodes.values()]
    .filter((node) => node.kind === kind)
    .map((node) => ({
      node,
      count:
        new Set(
          [...graph.edgesFrom(node.id), ...graph.edgesTo(node.id)]
            .filter(({ relation }) => relation !== 'cites' && relation !== 'claimed-by')
            .flatMap(({ from, to }) => [from, to]),
        ).size - 1,
    }));
  return found.sort((left, right) => right.count - left.count || (left.node.key < right.node.key ? -1 : 1)).slice(0, MOST_TIED);
}

function MapTool({ view }: { view: View }) {
  return (
    <div
      data-explore
      class="map"
      data-root={view.href('').replace(/index\.html$/, '')}
      data-leaf={view.site.options.plainFiles ? 'index.html' : ''}
      data-whole={view.href(view.site.assets.exploreData)}
      data-incidents={view.href(view.site.assets.askData)}
      hidden
    >
      <form class="map-form">
        <label>
          Start at <input name="focus" type="search" autocomplete="off" placeholder="a name, package, domain, id" />
        </label>
        <label>
          Path from <input name="from" type="search" autocomplete="off" placeholder="Trading Technologies" />
        </label>
        <label>
          to <input name="to" type="search" autocomplete="off" placeholder="3CX" />
        </label>
        <label>
          Incidents{' '}
          <input
            name="q"
            type="search"
            autocomplete="off"
            placeholder="year:2025.. ecosystem:npm"
            aria-describedby="map-fault"
            maxlength={1000}
          />
        </label>
        <label>
          As known on <input name="as-of" class="day" type="text" autocomplete="off" placeholder="YYYY-MM-DD" maxlength={10} />
        </label>
        <button type="submit">Show</button>
        <p id="map-fault" class="fault" data-fault role="alert" hidden />
      </form>
      <div class="map-bar">
        <div role="group" aria-label="Kinds of thing" data-kinds>
          {(Object.keys(nodeKinds) as NodeKind[])
            .filter((kind) => kind !== 'source')
            .map((kind) => (
              <button type="button" data-kind={kind} aria-pressed={OVERVIEW_KINDS.includes(kind) ? 'true' : 'false'}>
                {nodeKinds[kind].plural}
              </button>
            ))}
        </div>
        <div role="group" aria-label="View">
          <button type="button" data-do="all">
            Overview
          </button>
          <button type="button" data-do="cascades">
            Cascades
          </button>
          <button type="button" data-do="in" aria-label="Zoom in">
            +
          </button>
          <button type="button" data-do="out" aria-label="Zoom out">
            −
          </button>
          <button type="button" data-do="fit">
            Fit
          </button>
          <button type="button" data-do="png">
            PNG
          </button>
          <button type="button" data-do="svg">
            SVG
          </button>
          <button type="button" data-do="graphml">
            GraphML
          </button>
        </div>
      </div>
      <p class="map-said">
        <output aria-live="polite" /> <span data-said class="hidden" role="status" />
      </p>
      <div class="map-frame">
        <canvas
          tabindex={0}
          role="application"
          aria-label="Map. Drag moves it, two fingers zoom. Arrows go through things, Enter opens one, f starts there, + and − zoom, 0 fits, Escape lets go. The list below holds the same."
        />
        <aside data-panel aria-label="The chosen thing" />
      </div>
      <details data-list>
        <summary>The same as a list</summary>
        <div data-list-body />
      </details>
    </div>
  );
}
