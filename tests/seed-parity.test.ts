import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { findNode, type Graph } from '../src/graph/graph.ts';
import { incidentPage } from '../src/site/incident-page.tsx';
import { viewAt } from '../src/site/view.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { findShared } from './support/shared.ts';

/** Lines of the seed page that are no headings although they look like some: titles of timeline entries and steps are set off by a dash. */
function seedHeadings(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line, index) => index > 2 && /^[A-Z][a-z]+( [A-Z][a-z]+)?$/.test(line) && lines[index - 1] !== '-');
}

const seed = findShared('seed/3cx-incident-page.txt');

describe.skipIf(!seed)('the 3CX page has every heading of the seed page', () => {
  const headings = seed ? seedHeadings(readFileSync(seed, 'utf8')) : [];
  let shown: string[] = [];
  let graph: Graph;

  beforeAll(async () => {
    graph = await loadCorpusGraph();
    const node = findNode(graph, 'incident', 'SC-2023-3CX-DESKTOPAPP');
    if (node?.record?.kind !== 'incident') throw new Error('the corpus has no 3CX record');
    const page = incidentPage(node, node.record);
    const assets = {
      style: 'a.css',
      script: 'a.js',
      search: 's.js',
      searchData: 'd.js',
      check: 'check.js',
      ask: 'ask.js',
      askData: 'incidents.js',
      compare: 'compare.js',
      compareData: 'compare-data.js',
      explore: 'explore.js',
      exploreOverview: 'map-overview.js',
      exploreData: 'map.js',
      measures: 'measures.js',
      measuresData: 'measured.js',
    };
    const html = String(
      page.content(
        viewAt(
          {
            graph,
            origin: 'https://example.org',
            assets,
            options: { plainFiles: false },
            downloads: [],
            history: new Map(),
            version: undefined,
            written: new Map(),
          },
          page.address,
        ),
      ),
    );
    shown = [...html.matchAll(/<h[23][^>]*>([^<]+)</g)].map((match) => (match[1] ?? '').toLowerCase());
  });

  test('the list of headings was read', () => {
    expect(headings).toHaveLength(20);
  });

  test.each(headings)('%s', (heading) => {
    expect(shown).toContain(heading.toLowerCase());
  });
});
