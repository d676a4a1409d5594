import { addressOf, termAddress } from '../graph/addresses.ts';
import { valueAt } from '../graph/build-graph.ts';
import type { Graph, GraphNode, NodeKind } from '../graph/graph.ts';
import { dateOf } from '../graph/incident-list.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { itemsOf } from '../schema/cited.ts';
import type { Reference } from '../schema/evidence.ts';
import { vocabularies } from '../schema/vocabularies.ts';

/**
 * A thing that can be found: its label, the place of its kind in {@link SearchData.kinds}, its address relative to the site's root, further words, and what tells it from
 * others of its kind where that is known: an id, a date, the incidents that name it.
 */
export type SearchEntry = readonly [label: string, kind: number, address: string, words: string, about?: string];

/** What is searched: titles of kinds, and an entry for each thing. */
export interface SearchData {
  readonly kinds: readonly string[];
  readonly entries: readonly SearchEntry[];
}

const KINDS = Object.keys(nodeKinds) as NodeKind[];
const TERM = KINDS.length;
const PAGE = TERM + 1;

/** Titles of the kinds, in the order that entries count in. */
export const searchKinds: readonly string[] = [...KINDS.map((kind) => nodeKinds[kind].title), 'Vocabulary', 'Page'];

/** Pages that are found by what one does there. */
const PAGES = [
  ['Check: were we hit?', 'check/', 'lockfile SBOM exposure affected scan'],
  ['All incidents', 'incidents/', 'list filter query ask'],
  ['Explore', 'explore/', 'map graph path'],
  ['Compare incidents', 'compare/', 'side by side'],
  ['Measure', 'statistics/', 'statistics charts numbers counts'],
  ['Data and API', 'data/', 'download export JSON STIX TAXII MISP OSV CSV CycloneDX'],
  ['API reference', 'data/api/', 'OpenAPI REST HTTP'],
  ['Feeds', 'feeds/', 'Atom RSS follow news'],
  ['How evidence works', 'about/', 'corrections inclusion criteria sources contributors'],
  ['Record format', 'format/', 'schema fields YAML validator'],
] as const;

/** The entry of a node: releases and files are found by version and digest, records by their other names. */
export function searchEntry(node: GraphNode): SearchEntry {
  const about = aboutOf(node);
  const entry = [node.label, KINDS.indexOf(node.kind), addressOf(node), wordsOf(node)] as const;
  return about ? [...entry, about] : entry;
}

/** The entries of what is no node: terms of vocabularies by label and synonyms, and pages by what they are for. */
export function* otherEntries(): Generator<SearchEntry> {
  for (const vocabulary of vocabularies) {
    for (const [value, { label, synonyms = [], mapping = {} }] of Object.entries(vocabulary.terms))
      yield [
        label,
        TERM,
        termAddress(vocabulary, value),
        [value, ...synonyms, ...Object.values(mapping).flat(), vocabulary.title].join(' '),
        vocabulary.title,
      ];
  }
  for (const [label, address, words] of PAGES) yield [label, PAGE, address, words];
}

/** All that a graph can be searched for, in the order of its nodes. */
export function searchDataOf(graph: Graph): SearchData {
  return { kinds: searchKinds, entries: [...[...graph.nodes.values()].map(searchEntry), ...otherEntries()] };
}

/** Incidents that an entry names; of more it tells how many. */
const NAMED = 2;

function aboutOf({ kind, record, declarations }: GraphNode): string {
  if (record?.kind === 'incident') {
    const { id, disclosed, firstPublicWarning, firstObserved } = record.data;
    const date = dateOf(disclosed) ?? dateOf(firstPublicWarning) ?? dateOf(firstObserved);
    return [id, date?.slice(0, 10)].filter(Boolean).join(' · ');
  }
  const [first] = declarations;
  if (!first) return '';
  if (kind === 'source') {
    const { publisher, published } = valueAt(first.record, first.path) as Reference;
    return [publisher, published?.slice(0, 10)].filter(Boolean).join(' · ');
  }
  const ids = [...new Set(declarations.map((declaration) => declaration.record.data.id))];
  return `${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? ` and ${ids.length - NAMED} more` : ''}`;
}

function wordsOf(node: GraphNode): string {
  const words = new Set<string>();
  if (node.kind !== 'source') words.add(node.key);
  const { record } = node;
  if (record) {
    const { aliases } = record.data;
    for (const alias of aliases ?? []) words.add(typeof alias === 'string' ? alias : alias.name);
    if ('externalIds' in record.data) for (const { id } of record.data.externalIds ?? []) words.add(id);
    if (record.kind === 'incident') {
      for (const { id } of itemsOf(record.data.vulnerabilities)) words.add(id);
      for (const component of itemsOf(record.data.components).slice(0, 20)) if (component.name) words.add(component.name);
    }
  }
  words.delete(node.label);
  return [...words].join(' ');
}
