import { addressOf, listAddress } from '../graph/addresses.ts';
import { type Graph, type GraphNode, recordsOf } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { AskForm, AskHelp } from './ask-page.tsx';
import { NodeLink } from './components/entity-link.tsx';
import { IncidentTable } from './components/incident-table.tsx';
import { ALL_FEED } from './feeds.ts';
import type { Page } from './page.ts';
import type { View } from './view.ts';

const PER_PAGE = 500;

/** The pages that list incidents, newest first, with a filter form that the address remembers. */
export function incidentListPages(graph: Graph): Page[] {
  const incidents = recordsOf(graph, 'incident').sort((left, right) => compareByDate(right.data, left.data));
  return pagesOf(incidents, 'incidents/').map(({ address, items, number, count }) => ({
    address,
    frame: (view) => ({
      title: number === 1 ? 'All incidents' : `All incidents, page ${number}`,
      description: `${incidents.length} software supply-chain incidents, to be asked for by vector, stage, ecosystem, actor, date and words.`,
      scripts: [view.site.assets.askData, view.site.assets.ask],
      alternates: [
        { type: 'application/atom+xml', address: `${ALL_FEED}.atom`, title: 'New and changed incidents' },
        { type: 'application/feed+json', address: `${ALL_FEED}.json`, title: 'New and changed incidents' },
      ],
    }),
    content: (view) => (
      <>
        <h1>All incidents</h1>
        <p class="lede quiet">
          {incidents.length} {incidents.length === 1 ? 'incident' : 'incidents'}, newest first. What you ask for stands in the address: copy
          it to share the answer.
        </p>
        <AskHelp />
        <AskForm view={view} />
        <IncidentTable view={view} incidents={items} withSummary />
        <Pager view={view} base="incidents/" number={number} count={count} />
      </>
    ),
  }));
}

/** The pages that list one kind of entity, by name. */
export function entityListPages(graph: Graph, kind: Exclude<GraphNode['kind'], 'incident'>): Page[] {
  const meaning = nodeKinds[kind];
  const nodes = [...graph.nodes.values()].filter((node) => node.kind === kind).sort(byLabel);
  return pagesOf(nodes, listAddress(kind)).map(({ address, items, number, count }) => ({
    address,
    frame: () => ({
      title: number === 1 ? meaning.plural : `${meaning.plural}, page ${number}`,
      description: `${nodes.length} ${meaning.plural.toLowerCase()} of the corpus. ${meaning.definition}`,
    }),
    content: (view) => (
      <>
        <p class="kind-line">
          <a href={view.href('entities/')}>Entities</a>
        </p>
        <h1>{meaning.plural}</h1>
        <p class="lede quiet">{meaning.definition}</p>
        {items.length === 0 ? <p class="absent">No structured records.</p> : <NodeRows view={view} nodes={items} />}
        <Pager view={view} base={listAddress(kind)} number={number} count={count} />
      </>
    ),
  }));
}

function NodeRows({ view, nodes }: { view: View; nodes: readonly GraphNode[] }) {
  return (
    <ul class="node-rows">
      {nodes.map((node) => (
        <li>
          <NodeLink view={view} node={node} />
          {node.key === node.label || node.kind === 'source' ? null : <small class="key">{node.key}</small>}
        </li>
      ))}
    </ul>
  );
}

/** The page that names every kind of thing, with counts. */
export function entitiesPage(graph: Graph): Page {
  const counts = new Map<string, number>();
  for (const { kind } of graph.nodes.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    address: 'entities/',
    frame: () => ({
      title: 'Entities',
      description:
        'Every kind of thing that an attack passes through, each with a page of its own: packages, releases, build systems, channels, accounts, actors and more.',
    }),
    content: (view) => (
      <>
        <h1>Entities</h1>
        <p class="lede quiet">
          An incident is a path through separate things. Each has its own identity, so that the same package, account or document met in two
          incidents is one page.
        </p>
        <dl class="kinds">
          {Object.entries(nodeKinds).map(([kind, meaning]) => (
            <div>
              <dt>
                <a href={view.href(`${meaning.folder}/`)}>{meaning.plural}</a> <span class="count">{counts.get(kind) ?? 0}</span>
              </dt>
              <dd>{meaning.definition}</dd>
            </div>
          ))}
        </dl>
      </>
    ),
  };
}

function Pager({ view, base, number, count }: { view: View; base: string; number: number; count: number }) {
  if (count === 1) return null;
  const at = (page: number) => view.href(page === 1 ? base : `${base}page/${page}/`);
  return (
    <nav class="pager" aria-label="Pages">
      {number > 1 ? (
        <a rel="prev" href={at(number - 1)}>
          ← Previous
        </a>
      ) : null}
      <span>
        Page {number} of {count}
      </span>
      {number < count ? (
        <a rel="next" href={at(number + 1)}>
          Next →
        </a>
      ) : null}
    </nav>
  );
}

function pagesOf<Item>(items: readonly Item[], base: string): { address: string; items: readonly Item[]; number: number; count: number }[] {
  const count = Math.max(1, Math.ceil(items.length / PER_PAGE));
  return Array.from({ length: count }, (_, index) => ({
    address: index === 0 ? base : `${base}page/${index + 1}/`,
    items: items.slice(index * PER_PAGE, (index + 1) * PER_PAGE),
    number: index + 1,
    count,
  }));
}

function byLabel(left: GraphNode, right: GraphNode): number {
  const [a, b] = [left.label.toLowerCase(), right.label.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : addressOf(left) < addressOf(right) ? -1 : 1;
}
