import { getEdtf } from '../base/edtf.ts';
import { formatCount } from '../base/format-count.ts';
import { osvPackage } from '../base/osv-ecosystems.ts';
import { parsePurl } from '../base/purl.ts';
import { addressOf, listAddress } from '../graph/addresses.ts';
import { valueAt } from '../graph/build-graph.ts';
import { type Graph, type GraphNode, type NodeKind, recordsOf } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import type { Reference } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import { releaseState } from '../schema/vocabulary/release-state.ts';
import { AskForm, AskHelp } from './ask-page.tsx';
import { When } from './components/dates.tsx';
import { breakable, NodeLink } from './components/entity-link.tsx';
import { IncidentTable } from './components/incident-table.tsx';
import { termLabel } from './components/terms.tsx';
import { ALL_FEED, CHANGES_FEED } from './feeds.ts';
import { incidentsOf } from './incidents-of.ts';
import type { Page } from './page.ts';
import { releaseFacts } from './release-facts.ts';
import type { View } from './view.ts';

/** Rows of a list page. */
const PER_PAGE = 250;

/** The pages that list incidents, newest first, with a filter form that the address remembers. */
export function incidentListPages(graph: Graph): Page[] {
  const incidents = recordsOf(graph, 'incident').sort((left, right) => compareByDate(right.data, left.data));
  return pagesOf(incidents, 'incidents/').map(({ address, items, number, count }) => ({
    address,
    frame: (view) => ({
      title: number === 1 ? 'All incidents' : `All incidents, page ${number}`,
      description: `${incidents.length} software supply-chain incidents: search by vector, stage, ecosystem, actor, date and words.`,
      scripts: [view.site.assets.askData, view.site.assets.ask],
      alternates: [
        { type: 'application/atom+xml', address: `${ALL_FEED}.atom`, title: 'New incidents' },
        { type: 'application/feed+json', address: `${ALL_FEED}.json`, title: 'New incidents' },
        { type: 'application/atom+xml', address: `${CHANGES_FEED}.atom`, title: 'Changed incidents' },
      ],
    }),
    content: (view) => (
      <>
        <h1>All incidents</h1>
        <p class="lede quiet" data-ask-lede>
          {incidents.length} {incidents.length === 1 ? 'incident' : 'incidents'}, newest first.
        </p>
        <noscript>
          <p>
            Queries need JavaScript here; the command <code>threatpedia list</code> answers them without it.
          </p>
        </noscript>
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
  const ofKind = [...graph.nodes.values()].filter((node) => node.kind === kind);
  const nodes = kind === 'source' ? latestFirst(ofKind) : ofKind.sort(byLabel);
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
        <p class="lede quiet">
          {meaning.definition}
          {kind === 'source' ? ' The newest first, those without a date last.' : ''}
        </p>
        {items.length === 0 ? (
          <p class="absent">No structured records.</p>
        ) : kind === 'source' ? (
          yearsOf(items).map(([year, documents]) => (
            <section aria-labelledby={`of-${year}`}>
              <h2 id={`of-${year}`}>{year === UNDATED ? 'Without a date' : year}</h2>
              <NodeTable
                view={view}
                kind={kind}
                nodes={documents}
                caption={year === UNDATED ? 'Sources without a date' : `Sources of ${year}`}
              />
            </section>
          ))
        ) : (
          <NodeTable view={view} kind={kind} nodes={items} />
        )}
        <Pager view={view} base={listAddress(kind)} number={number} count={count} />
      </>
    ),
  }));
}

/** Things by name: what each is, and the incidents that it is part of. */
function NodeTable({
  view,
  kind,
  nodes,
  caption = nodeKinds[kind].plural,
}: {
  view: View;
  kind: NodeKind;
  nodes: readonly GraphNode[];
  caption?: string;
}) {
  const isRelease = kind === 'release';
  return (
    <div class="table-frame">
      <table class={isRelease ? 'things versions' : 'things'}>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{nodeKinds[kind].title}</th>
            {isRelease ? <th scope="col">State</th> : null}
            {isRelease ? <th scope="col">Registry</th> : null}
            <th scope="col">{kind === 'source' ? 'Cited in' : 'Incidents'}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr>
              <th scope="row">
                <NodeLink view={view} node={node} />
                <NodeNote node={node} />
              </th>
              {isRelease ? <td data-label="State">{statesOf(node).join(', ')}</td> : null}
              {isRelease ? <td data-label="Registry">{registryOf(node) ?? <span class="absent">none</span>}</td> : null}
              <td>
                <PartOf view={view} node={node} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What records say that a release is, each once. */
function statesOf(node: GraphNode): string[] {
  return [...new Set(releaseFacts(node).map(({ release }) => termLabel(releaseState, release.state)))];
}

/** The registry of a release by its purl; undefined for what comes from none. */
function registryOf({ key }: GraphNode): string | undefined {
  const purl = parsePurl(key);
  return purl && (osvPackage(purl)?.ecosystem ?? purl.type);
}

const UNDATED = 'undated';

/** Documents by the year in which they were published, in their order. */
function yearsOf(nodes: readonly GraphNode[]): [year: string, nodes: GraphNode[]][] {
  const years = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const year = publishedOn(node)?.slice(0, 4) ?? UNDATED;
    const others = years.get(year);
    if (others) others.push(node);
    else years.set(year, [node]);
  }
  return [...years];
}

/** The first day on which a document can have been published, as the first record says that dates it: what has only a year follows what has a day in it. */
function publishedOn({ declarations }: GraphNode): string | undefined {
  for (const { record, path } of declarations) {
    const { published } = valueAt(record, path) as Reference;
    const day = published && getEdtf(published).firstDay;
    if (day) return day;
  }
  return undefined;
}

/** What a list says of a thing: of a record its summary and other names, of a document who published it and when, else its identifier. */
function NodeNote({ node }: { node: GraphNode }) {
  const { record, kind, key, label, declarations } = node;
  if (record && 'summary' in record.data && record.data.summary) {
    const names =
      'aliases' in record.data ? (record.data.aliases ?? []).map((alias) => (typeof alias === 'string' ? alias : alias.name)) : [];
    return (
      <>
        {names.length > 0 ? <small class="row-names">{names.join(' · ')}</small> : null}
        <small class="row-summary">{plainText(record.data.summary.text)}</small>
      </>
    );
  }
  const [declared] = declarations;
  if (kind === 'source' && declared) {
    const { publisher, published } = valueAt(declared.record, declared.path) as Reference;
    return (
      <small class="row-summary">
        {publisher}
        {published ? (
          <>
            , <When date={published} />
          </>
        ) : null}
      </small>
    );
  }
  return key === label ? null : <small class="key">{breakable(key)}</small>;
}

/** Incidents that a row of a list names; of more it tells how many. */
const NAMED = 2;

function PartOf({ view, node }: { view: View; node: GraphNode }) {
  const incidents = incidentsOf(view.site.graph, node);
  if (incidents.length === 0) return <span class="absent">none recorded</span>;
  const shown = incidents.length === NAMED + 1 ? incidents : incidents.slice(0, NAMED);
  return (
    <ul class="part-of">
      {shown.map(({ data }) => (
        <li>
          <a href={view.href(addressOf({ kind: 'incident', key: data.id }))}>{data.title}</a>
        </li>
      ))}
      {incidents.length > shown.length ? <li class="quiet">and {incidents.length - shown.length} more</li> : null}
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
                <a href={view.href(`${meaning.folder}/`)}>{meaning.plural}</a>{' '}
                <span class="count">{formatCount(counts.get(kind) ?? 0)}</span>
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

/** The newest document first, those of a day by title; those without a date last. */
function latestFirst(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes
    .map((node) => ({ node, day: publishedOn(node) ?? '' }))
    .sort((left, right) => (left.day > right.day ? -1 : left.day < right.day ? 1 : byLabel(left.node, right.node)))
    .map(({ node }) => node);
}

function byLabel(left: GraphNode, right: GraphNode): number {
  const [a, b] = [left.label.toLowerCase(), right.label.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : addressOf(left) < addressOf(right) ? -1 : 1;
}
