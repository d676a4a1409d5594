import { prettyJson } from '../base/canonical-json.ts';
import type { OutputFile } from '../base/output-file.ts';
import { escapeXml } from '../base/xml-text.ts';
import { addressOf, slugOf } from '../graph/addresses.ts';
import { publicSince } from '../graph/evidence-dates.ts';
import { type Graph, type GraphNode, recordsOf } from '../graph/graph.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord, RecordKind } from '../schema/record.ts';
import { whatChanged } from './components/history.tsx';
import { incidentsOf } from './incidents-of.ts';
import { absolute, type Site } from './view.ts';

/** Entries of a feed; readers that come seldom find older ones in the list. */
const MOST = 50;
/** Kinds of things that have a feed of their own: what somebody may wish to follow. */
const FOLLOWED: readonly RecordKind[] = ['actor', 'campaign', 'malware', 'organization'];

/** The address of the feed of all incidents, without its ending. */
export const ALL_FEED = 'feeds/incidents';

interface Entry {
  readonly record: IncidentRecord;
  /** ISO 8601 in UTC. */
  readonly updated: string;
  readonly published: string;
  readonly note: string;
}

/** The address of a thing’s feed, without its ending; undefined for things that have none. */
export function feedOf(graph: Graph, node: GraphNode): string | undefined {
  const followed = (FOLLOWED as readonly string[]).includes(node.kind) && incidentsOf(graph, node).length > 0;
  return followed ? `feeds/${node.kind}/${slugOf(node)}` : undefined;
}

/**
 * Feeds of new and changed incidents, as Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): of all, and of those of each actor, campaign,
 * malware family and organization. An entry is as new as the last change of its record; without a history, as its newest dated document.
 */
export function* feedFiles(site: Site): Generator<OutputFile> {
  const all = recordsOf(site.graph, 'incident').map((record) => entryOf(site, record));
  yield* feed(site, ALL_FEED, 'Threatpedia: incidents, new and changed', 'incidents/', all);
  const byId = new Map(all.map((entry) => [entry.record.data.id, entry]));
  for (const node of site.graph.nodes.values()) {
    const address = feedOf(site.graph, node);
    if (!address) continue;
    const entries = incidentsOf(site.graph, node).flatMap(({ data }) => byId.get(data.id) ?? []);
    yield* feed(site, address, `Threatpedia: ${node.label}`, addressOf(node), entries);
  }
}

function entryOf(site: Site, record: IncidentRecord): Entry {
  const history = site.history.get(record.file);
  const [last] = history ?? [];
  const first = history?.at(-1);
  if (last && first) {
    const what = whatChanged(last);
    return {
      record,
      updated: last.date,
      published: first.date,
      note: last.isNew ? 'New record.' : what ? `Changed: ${what}.` : 'Changed.',
    };
  }
  const newest =
    record.data.references
      .flatMap((reference) => publicSince(reference) ?? [])
      .sort()
      .at(-1) ?? '1970-01-01';
  return { record, updated: `${newest}T00:00:00Z`, published: `${newest}T00:00:00Z`, note: '' };
}

function* feed(site: Site, address: string, title: string, page: string, entries: readonly Entry[]): Generator<OutputFile> {
  const shown = [...entries]
    .sort((left, right) =>
      left.updated < right.updated ? 1 : left.updated > right.updated ? -1 : left.record.data.id < right.record.data.id ? -1 : 1,
    )
    .slice(0, MOST);
  const link = (record: IncidentRecord) => absolute(site, addressOf({ kind: 'incident', key: record.data.id }));
  const text = ({ record, note }: Entry) => [plainText(record.data.summary.text), note].filter(Boolean).join(' — ');
  const atom = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  <title>${escapeXml(title)}</title>`,
    `  <id>${escapeXml(absolute(site, `${address}.atom`))}</id>`,
    `  <link rel="self" type="application/atom+xml" href="${escapeXml(absolute(site, `${address}.atom`))}"/>`,
    `  <link rel="alternate" type="text/html" href="${escapeXml(absolute(site, page))}"/>`,
    `  <updated>${shown[0]?.updated ?? '1970-01-01T00:00:00Z'}</updated>`,
    '  <author><name>Threatpedia contributors</name></author>',
    '  <rights>CC BY 4.0</rights>',
    ...shown.flatMap((entry) => [
      '  <entry>',
      `    <title>${escapeXml(entry.record.data.title)}</title>`,
      `    <id>${escapeXml(link(entry.record))}</id>`,
      `    <link rel="alternate" type="text/html" href="${escapeXml(link(entry.record))}"/>`,
      `    <published>${entry.published}</published>`,
      `    <updated>${entry.updated}</updated>`,
      ...entry.record.data.vectors.map((vector) => `    <category term="${escapeXml(vector)}"/>`),
      `    <summary>${escapeXml(text(entry))}</summary>`,
      '  </entry>',
    ]),
    '</feed>',
  ];
  yield { path: `${address}.atom`, content: `${atom.join('\n')}\n` };
  yield {
    path: `${address}.json`,
    content: prettyJson({
      version: 'https://jsonfeed.org/version/1.1',
      title,
      home_page_url: absolute(site, page),
      feed_url: absolute(site, `${address}.json`),
      language: 'en',
      authors: [{ name: 'Threatpedia contributors' }],
      items: shown.map((entry) => ({
        id: link(entry.record),
        url: link(entry.record),
        title: entry.record.data.title,
        content_text: text(entry),
        date_published: entry.published,
        date_modified: entry.updated,
        tags: entry.record.data.vectors,
      })),
    }),
  };
}
