import { prettyJson } from '../base/canonical-json.ts';
import { edtfWords } from '../base/edtf-words.ts';
import { formatCount } from '../base/format-count.ts';
import type { OutputFile } from '../base/output-file.ts';
import { escapeXml } from '../base/xml-text.ts';
import { addressOf, slugOf, termAddress } from '../graph/addresses.ts';
import { publicSince } from '../graph/evidence-dates.ts';
import { type Graph, type GraphNode, recordsOf } from '../graph/graph.ts';
import { dateOf } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Incident } from '../schema/incident.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord, RecordKind } from '../schema/record.ts';
import { ecosystem } from '../schema/vocabulary/ecosystem.ts';
import { vector } from '../schema/vocabulary/vector.ts';
import { valuesOf } from '../schema/vocabulary.ts';
import { whatChanged } from './components/history.tsx';
import { termLabel } from './components/terms.tsx';
import { incidentsOf } from './incidents-of.ts';
import { absolute, type Site } from './view.ts';

/** Entries of a feed; readers that come seldom find older ones in the list. */
const MOST = 50;
/** Kinds of things that have a feed of their own: what somebody may wish to follow. */
export const FOLLOWED = ['actor', 'campaign', 'malware', 'organization'] as const satisfies readonly RecordKind[];

/** The address of the feed of all incidents as they came in, without its ending. */
export const ALL_FEED = 'feeds/incidents';
/** The address of the feed of records that changed since they came in, without its ending. */
export const CHANGES_FEED = 'feeds/changes';

interface Entry {
  readonly record: IncidentRecord;
  /** When the record came in. ISO 8601 in UTC, as `updated`. */
  readonly published: string;
  /** When its content last changed. */
  readonly updated: string;
  /** What changed then, where that is known. */
  readonly what?: string | undefined;
}

/** The address of a thing’s feed, without its ending; undefined for things that have none. */
export function feedOf(graph: Graph, node: GraphNode): string | undefined {
  const followed = (FOLLOWED as readonly string[]).includes(node.kind) && incidentsOf(graph, node).length > 0;
  return followed ? `feeds/${node.kind}/${slugOf(node)}` : undefined;
}

/** The address of an ecosystem’s feed, without its ending. */
export function ecosystemFeed(value: string): string {
  return `feeds/ecosystem/${value}`;
}

/** The ecosystems of which incidents are recorded, in the order of their vocabulary. */
export function followedEcosystems(graph: Graph): string[] {
  const met = new Set<string>(recordsOf(graph, 'incident').flatMap(({ data }) => data.ecosystems));
  return valuesOf(ecosystem).filter((value) => met.has(value));
}

/**
 * Feeds of incidents, as Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): of all, and of those of each ecosystem, actor, campaign, malware
 * family and organization, the last that came in first; and one of records that changed since, the last change first. A record comes in with the first commit of
 * its file; without a history, with its newest dated document.
 */
export function* feedFiles(site: Site): Generator<OutputFile> {
  const { graph } = site;
  const all = recordsOf(graph, 'incident').map((record) => entryOf(site, record));
  yield* feed(site, ALL_FEED, 'Threatpedia: new incidents', 'incidents/', all.map(newItem).sort(latestFirst));
  const changed = all.filter(({ published, updated }) => updated > published);
  yield* feed(site, CHANGES_FEED, 'Threatpedia: changed incidents', 'incidents/', changed.map(changedItem).sort(latestFirst));
  for (const value of followedEcosystems(graph)) {
    const entries = all.filter(({ record }) => (record.data.ecosystems as readonly string[]).includes(value));
    const title = `Threatpedia: ${termLabel(ecosystem, value)}`;
    yield* feed(site, ecosystemFeed(value), title, termAddress(ecosystem, value), entries.map(newItem).sort(latestFirst));
  }
  const byId = new Map(all.map((entry) => [entry.record.data.id, entry]));
  for (const node of graph.nodes.values()) {
    const address = feedOf(graph, node);
    if (!address) continue;
    const entries = incidentsOf(graph, node).flatMap(({ data }) => byId.get(data.id) ?? []);
    yield* feed(site, address, `Threatpedia: ${node.label}`, addressOf(node), entries.map(newItem).sort(latestFirst));
  }
}

function entryOf(site: Site, record: IncidentRecord): Entry {
  const history = site.history.get(record.file);
  const last = history?.find(({ fields }) => fields?.length !== 0);
  const first = history?.at(-1);
  if (last && first) return { record, published: first.date, updated: last.date, what: last.isNew ? undefined : whatChanged(last) };
  const newest =
    record.data.references
      .flatMap((reference) => publicSince(reference) ?? [])
      .sort()
      .at(-1) ?? '1970-01-01';
  return { record, published: `${newest}T00:00:00Z`, updated: `${newest}T00:00:00Z` };
}

/** What a feed says of an incident. */
interface Item extends Entry {
  /** Behind the address of the incident’s page: what tells a change from the record itself. */
  readonly fragment: string;
  readonly title: string;
  readonly text: string;
  /** By what the feed is ordered. */
  readonly at: string;
}

function newItem(entry: Entry): Item {
  const { data } = entry.record;
  return { ...entry, fragment: '', title: data.title, text: `${plainText(data.summary.text)}\n\n${contentsOf(data)}`, at: entry.published };
}

/** A change is an entry of its own each time, so that readers show it again. */
function changedItem(entry: Entry): Item {
  const item = newItem(entry);
  return {
    ...item,
    published: entry.updated,
    fragment: `#updated-${entry.updated}`,
    title: `Updated: ${item.title}`,
    text: `${entry.what ? `Changed: ${entry.what}.` : 'Record changed.'}\n\n${item.text}`,
    at: entry.updated,
  };
}

/** What is in a record: when, where and how it happened, and how much is recorded of it. */
function contentsOf(incident: Incident): string {
  const dates = [
    ['Earliest known activity', dateOf(incident.firstObserved)],
    ['First public warning', dateOf(incident.firstPublicWarning)],
    ['Disclosed', dateOf(incident.disclosed)],
    ['Contained', dateOf(incident.contained)],
  ] as const;
  const counts = [
    ['release', itemsOf(incident.releases).length],
    ['file', itemsOf(incident.artifacts).length],
    ['indicator', itemsOf(incident.indicators).length],
    ['reference', incident.references.length],
  ] as const;
  return [
    `Vectors: ${incident.vectors.map((value) => termLabel(vector, value)).join(', ')}.`,
    `Ecosystems: ${incident.ecosystems.map((value) => termLabel(ecosystem, value)).join(', ')}.`,
    ...dates.flatMap(([name, date]) => (date ? [`${name}: ${edtfWords(date)}.`] : [])),
    `On record: ${counts.flatMap(([name, count]) => (count > 0 ? [`${formatCount(count)} ${name}${count === 1 ? '' : 's'}`] : [])).join(', ')}.`,
  ].join(' ');
}

function latestFirst(left: Item, right: Item): number {
  return left.at < right.at ? 1 : left.at > right.at ? -1 : left.record.data.id < right.record.data.id ? -1 : 1;
}

function* feed(site: Site, address: string, title: string, page: string, items: readonly Item[]): Generator<OutputFile> {
  const shown = items.slice(0, MOST);
  const link = (record: IncidentRecord) => absolute(site, addressOf({ kind: 'incident', key: record.data.id }));
  const newest = shown
    .map(({ updated }) => updated)
    .sort()
    .at(-1);
  const atom = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `  <title>${escapeXml(title)}</title>`,
    `  <id>${escapeXml(absolute(site, `${address}.atom`))}</id>`,
    `  <link rel="self" type="application/atom+xml" href="${escapeXml(absolute(site, `${address}.atom`))}"/>`,
    `  <link rel="alternate" type="text/html" href="${escapeXml(absolute(site, page))}"/>`,
    `  <updated>${newest ?? '1970-01-01T00:00:00Z'}</updated>`,
    '  <author><name>Threatpedia contributors</name></author>',
    '  <rights>CC BY 4.0</rights>',
    ...shown.flatMap(({ record, fragment, title: name, text, published, updated }) => [
      '  <entry>',
      `    <title>${escapeXml(name)}</title>`,
      `    <id>${escapeXml(`${link(record)}${fragment}`)}</id>`,
      `    <link rel="alternate" type="text/html" href="${escapeXml(link(record))}"/>`,
      `    <published>${published}</published>`,
      `    <updated>${updated}</updated>`,
      ...record.data.vectors.map((value) => `    <category term="${escapeXml(value)}"/>`),
      `    <summary>${escapeXml(plainText(record.data.summary.text))}</summary>`,
      `    <content type="text">${escapeXml(text)}</content>`,
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
      items: shown.map(({ record, fragment, title: name, text, published, updated }) => ({
        id: `${link(record)}${fragment}`,
        url: link(record),
        title: name,
        summary: plainText(record.data.summary.text),
        content_text: text,
        date_published: published,
        date_modified: updated,
        tags: record.data.vectors,
      })),
    }),
  };
}
