import fc from 'fast-check';
import jsonld from 'jsonld';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Selection } from '../src/export/export-format.ts';
import { jsonLd } from '../src/export/json-ld/json-ld.ts';
import { graphAsOf } from '../src/graph/as-of.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { incidentAsOf } from '../src/graph/incident-as-of.ts';
import { citedStatements } from '../src/schema/claims.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { hostileText, withText } from './support/hostile-record.ts';

interface Linked {
  readonly '@context': object;
  readonly '@graph': readonly (Readonly<Record<string, unknown>> & { readonly '@id': string; readonly '@type': string | string[] })[];
}

const SITE = 'https://example.org/';
let all: Selection;

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  all = { graph, incidents: recordsOf(graph, 'incident'), site: SITE, version: '0.0.0' };
});

function known(day: string): Selection {
  return { ...all, graph: graphAsOf(all.graph, day), incidents: all.incidents.flatMap((record) => incidentAsOf(record, day) ?? []) };
}

function parsed(selection: Selection): Linked {
  return JSON.parse([...jsonLd.render(selection)].join('')) as Linked;
}

/** Canonical RDF (RDFC-1.0). Safe: a term without meaning, or an address that is not absolute, is an error, as is any use of the network. */
function canonical(linked: Linked): Promise<string> {
  return jsonld.canonize(linked as object, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader: (url) => Promise.reject(new Error(`asked for ${url}`)),
  });
}

/** Objects that describe something: they have an identifier and more. */
function nodesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const { '@id': id, facts: _facts, ...rest } = value as Record<string, unknown>;
  const own = typeof id === 'string' && Object.keys(rest).length > 0 ? [id] : [];
  return [...own, ...Object.values(rest).flatMap(nodesOf)];
}

const isOf = (node: { readonly '@type': string | string[] }, type: string) => [node['@type']].flat().includes(type);

describe.each([
  ['today', () => all],
  ['as known on 2021-06-01', () => known('2021-06-01')],
] as const)('JSON-LD, %s', (_, selection) => {
  test('describes each thing once, by an address of the site, and refers only to what it describes', () => {
    const linked = parsed(selection());
    const ids = nodesOf(linked['@graph']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !id.startsWith(SITE))).toEqual([]);
    const known = new Set(ids);
    const referring = ['about', 'citation', 'isPartOf', 'wasDerivedFrom', 'wasAttributedTo'];
    const dangling = linked['@graph'].flatMap((node) =>
      referring.flatMap((name) => [node[name] ?? []].flat().filter((id) => !known.has(id as string))),
    );
    expect(dangling).toEqual([]);
  });

  test('says of every claim what it comes from and whose it is', () => {
    const claims = parsed(selection())['@graph'].filter((node) => isOf(node, 'Claim'));
    expect(claims.length).toBeGreaterThan(100);
    for (const claim of claims) {
      expect([claim.wasDerivedFrom].flat().length).toBeGreaterThan(0);
      expect(claim.wasAttributedTo).toMatch(/^https:\/\/example\.org\//);
    }
  });

  test('is canonical RDF without the network, twice the same, every term with a meaning', async () => {
    const { incidents, ...rest } = selection();
    const linked = parsed({ ...rest, incidents: incidents.slice(0, 12) });
    const quads = await canonical(linked);
    expect(quads.split('\n').length).toBeGreaterThan(200);
    expect(quads).not.toContain('_:');
    const reversed = { ...linked, '@graph': [...linked['@graph']].reverse() };
    expect(await canonical(reversed)).toBe(quads);
  });
});

describe('JSON-LD', () => {
  test('tells every cited statement of every record', () => {
    const claims = parsed(all)['@graph'].filter((node) => isOf(node, 'Claim'));
    const statements = all.incidents.flatMap((record) =>
      [...new Set(citedStatements(record).map(({ path }) => path[0]))].map(
        (field) => `${SITE}incidents/${record.data.id.toLowerCase()}/ ${field}`,
      ),
    );
    const told = new Set(claims.map(({ isPartOf, name }) => `${isPartOf as string} ${name as string}`));
    expect(statements.filter((statement) => !told.has(statement))).toEqual([]);
  });

  test('as known on a day says nothing but facts, and the same claims by the same names', () => {
    const then = parsed(known('2021-06-01'))['@graph'];
    expect(then.filter((node) => node.text !== undefined || node.facts !== undefined || node.keywords !== undefined)).toEqual([]);
    const now = new Set(parsed(all)['@graph'].map((node) => node['@id']));
    expect(then.filter((node) => !now.has(node['@id']))).toEqual([]);
  });

  test('an attribution is its claimant’s', () => {
    const attributions = parsed(all)['@graph'].filter((node) => (node.facts as { claimant?: string } | undefined)?.claimant);
    expect(attributions.length).toBeGreaterThan(3);
    expect(attributions.filter(({ wasAttributedTo }) => !(wasAttributedTo as string).includes('/organizations/'))).toEqual([]);
  });

  test('hostile texts stay texts', async () => {
    const record = all.incidents[0];
    if (!record) throw new Error('no record');
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const linked = parsed({ ...all, incidents: [withText(record, text)] });
        expect(linked['@graph'].find((node) => isOf(node, 'Article'))?.headline).toBe(text);
        expect(await canonical(linked)).toMatch(/^</);
      }),
      { numRuns: 20 },
    );
  });
});
