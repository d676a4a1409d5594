import { addressOf, termAddress } from '../graph/addresses.ts';
import type { Graph } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { termLabel } from './components/terms.tsx';
import { ALL_FEED, CHANGES_FEED, ecosystemFeed, FOLLOWED, feedOf, followedEcosystems } from './feeds.ts';
import type { Page } from './page.ts';
import type { View } from './view.ts';

interface Feed {
  readonly name: string;
  /** Page of what it is about, relative to the site's root. */
  readonly page: string;
  /** Without its ending. */
  readonly feed: string;
}

/** The page that lists every feed. */
export function feedsPage(graph: Graph): Page {
  const groups: readonly (readonly [title: string, feeds: readonly Feed[]])[] = [
    [
      'Everything',
      [
        { name: 'New incidents', page: 'incidents/', feed: ALL_FEED },
        { name: 'Changed incidents', page: 'incidents/', feed: CHANGES_FEED },
      ],
    ],
    [
      'Ecosystems',
      followedEcosystems(graph).map((value) => ({
        name: termLabel(ecosystem, value),
        page: termAddress(ecosystem, value),
        feed: ecosystemFeed(value),
      })),
    ],
    ...FOLLOWED.map((kind) => [nodeKinds[kind].plural, feedsOfKind(graph, kind)] as const),
  ];
  return {
    address: 'feeds/',
    frame: () => ({
      title: 'Feeds',
      description:
        'New and changed incidents as Atom and JSON Feed: of all, and by ecosystem, actor, campaign, malware family and organization.',
      alternates: [
        { type: 'application/atom+xml', address: `${ALL_FEED}.atom`, title: 'New incidents' },
        { type: 'application/atom+xml', address: `${CHANGES_FEED}.atom`, title: 'Changed incidents' },
      ],
    }),
    content: (view) => (
      <article class="prose">
        <h1>Feeds</h1>
        <p class="lede">
          Put an address into a feed reader to hear of new incidents. An entry says what happened, when and where, and how much is on
          record.
        </p>
        {groups.map(([title, feeds]) => (feeds.length > 0 ? <FeedTable view={view} title={title} feeds={feeds} /> : null))}
      </article>
    ),
  };
}

function feedsOfKind(graph: Graph, kind: (typeof FOLLOWED)[number]): Feed[] {
  return [...graph.nodes.values()]
    .filter((node) => node.kind === kind)
    .flatMap((node) => {
      const feed = feedOf(graph, node);
      return feed ? [{ name: node.label, page: addressOf(node), feed }] : [];
    })
    .sort((left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1));
}

function FeedTable({ view, title, feeds }: { view: View; title: string; feeds: readonly Feed[] }) {
  return (
    <>
      <h2>{title}</h2>
      <div class="table-frame">
        <table class="feeds">
          <caption class="hidden">Feeds: {title.toLowerCase()}</caption>
          <thead>
            <tr>
              <th scope="col">Feed</th>
              <th scope="col">Forms</th>
            </tr>
          </thead>
          <tbody>
            {feeds.map(({ name, page, feed }) => (
              <tr>
                <th scope="row">
                  <a href={view.href(page)}>{name}</a>
                </th>
                <td>
                  <a href={view.href(`${feed}.atom`)} type="application/atom+xml" aria-label={`${name}: Atom`}>
                    Atom
                  </a>
                  {' · '}
                  <a href={view.href(`${feed}.json`)} type="application/feed+json" aria-label={`${name}: JSON Feed`}>
                    JSON Feed
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
