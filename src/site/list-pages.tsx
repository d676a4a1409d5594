import { addressOf, listAddress } from '../graph/addresses.ts';
import { type Graph, type GraphNode, recordsOf } from '../graph/graph.ts';
import { compareByDate, incidentYear } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { itemsOf } from '../schema/evidence.ts';
import { channelKind } from '../schema/vocabulary/channel-kind.ts';
import { depth } from '../schema/vocabulary/depth.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { entryStage } from '../schema/vocabulary/entry-stage.ts';
import { impact } from '../schema/vocabulary/impact.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import { findTerm, type Vocabulary } from '../schema/vocabulary.ts';
import { NodeLink } from './components/entity-link.tsx';
import { IncidentTable } from './components/incident-table.tsx';
import type { Page } from './page.ts';
import type { View } from './view.ts';

const PER_PAGE = 500;

/** The pages that list incidents, newest first, with a filter form that the address remembers. */
export function incidentListPages(graph: Graph): Page[] {
  const incidents = recordsOf(graph, 'incident').sort((left, right) => compareByDate(right.data, left.data));
  const facets = facetsOf(graph);
  return pagesOf(incidents, 'incidents/').map(({ address, items, number, count }) => ({
    address,
    frame: () => ({
      title: number === 1 ? 'All incidents' : `All incidents, page ${number}`,
      description: `${incidents.length} software supply-chain incidents, filterable by year, vector, entry stage, impact, ecosystem, channel, actor and depth.`,
    }),
    content: (view) => (
      <>
        <h1>All incidents</h1>
        <p class="lede quiet">
          {incidents.length} {incidents.length === 1 ? 'incident' : 'incidents'}, newest first. A filtered list has an address of its own:
          copy it from the address bar.
        </p>
        <form class="filters" method="get" data-filters hidden aria-label="Filter incidents">
          {facets.map((facet) => (
            <label>
              <span>{facet.label}</span>
              <select name={facet.name}>
                <option value="">any</option>
                {facet.values.map(({ value, label, count: matching }) => (
                  <option value={value}>
                    {label} ({matching})
                  </option>
                ))}
              </select>
            </label>
          ))}
          <label>
            <span>Words</span>
            <input type="search" name="text" maxlength={100} />
          </label>
          <button type="reset">Clear</button>
          <output aria-live="polite"></output>
        </form>
        <IncidentTable view={view} incidents={items} filterable />
        <Pager view={view} base="incidents/" number={number} count={count} />
      </>
    ),
  }));
}

interface Facet {
  readonly name: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string; readonly count: number }[];
}

function facetsOf(graph: Graph): Facet[] {
  const incidents = recordsOf(graph, 'incident').map(({ data }) => data);
  const facet = (name: string, label: string, values: readonly (readonly string[])[], labelOf: (value: string) => string): Facet => {
    const counts = new Map<string, number>();
    for (const own of values) for (const value of new Set(own)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const sorted = [...counts].sort(([left], [right]) => (labelOf(left) < labelOf(right) ? -1 : 1));
    return { name, label, values: sorted.map(([value, count]) => ({ value, label: labelOf(value), count })) };
  };
  const byTerm = (vocabulary: Vocabulary) => (value: string) => findTerm(vocabulary, value)?.label ?? value;
  const actorName = (id: string) => graph.nodes.get(`actor:${id}` as GraphNode['id'])?.label ?? id;
  return [
    facet(
      'year',
      'Year',
      incidents.map((data) => [incidentYear(data)]),
      (value) => value,
    ),
    facet(
      'vector',
      vector.title,
      incidents.map((data) => data.vectors),
      byTerm(vector),
    ),
    facet(
      'entry-stage',
      entryStage.title,
      incidents.map((data) => (typeof data.entryStage === 'string' ? [data.entryStage] : [])),
      byTerm(entryStage),
    ),
    facet(
      'impact',
      impact.title,
      incidents.map((data) => data.impacts ?? []),
      byTerm(impact),
    ),
    facet(
      'ecosystem',
      ecosystem.title,
      incidents.map((data) => data.ecosystems),
      byTerm(ecosystem),
    ),
    facet(
      'channel-kind',
      channelKind.title,
      incidents.map((data) => itemsOf(data.distributionChannels).map(({ kind }) => kind)),
      byTerm(channelKind),
    ),
    facet(
      'actor',
      'Named actor',
      incidents.map((data) => itemsOf(data.attribution).flatMap(({ target }) => ('actor' in target ? [target.actor] : []))),
      actorName,
    ),
    facet(
      'depth',
      depth.title,
      incidents.map((data) => [data.depth]),
      byTerm(depth),
    ),
  ];
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
