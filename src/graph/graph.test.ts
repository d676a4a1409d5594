import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecord } from '../corpus/parse-record.ts';
import { primitivesOf } from '../schema/primitive-keys.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { addressOf, slugOf } from './addresses.ts';
import { graphAsOf } from './as-of.ts';
import { buildGraph } from './build-graph.ts';
import { findNode, type Graph, type NodeKind, nodeId } from './graph.ts';
import { linkHops } from './path-hops.ts';
import { cascade, findPath, neighbours } from './paths.ts';
import { statisticsOf } from './statistics.ts';

/** A small incident: a vendor's application with its own update channel and a path; more YAML may follow. */
function incident(id: string, owner: string, more = '', sharesRegistry = true): CorpusRecord {
  const name = id.slice(8).toLowerCase();
  const text = `schema: incident/1
id: ${id}
title: ${owner} was compromised
summary: { text: It happened., cites: [report] }
status: confirmed
depth: indexed
disclosed: { date: 2023-04-20, cites: [report] }
ecosystems: [windows]
vectors: [build-system-compromise]
confidence: high
evidenceLevel: multiple-reports
components:
  - { id: app, kind: application, name: Application, owner: ${owner}, cites: [early] }
buildSystems:
  - { id: build, name: Build, owner: ${owner}, kind: vendor-build-pipeline, cites: [report] }
distributionChannels:
  - { id: updates, name: Signed updates, owner: ${owner}, kind: vendor-signed-update, cites: [early] }
${sharesRegistry ? '  - { id: registry, shared: npm, kind: public-package-registry, cites: [undated] }\n' : ''}path:
  - { id: b, stage: build, via: build, state: compromised, text: Built., cites: [report] }
  - { stage: deliver, via: updates, state: abused, text: Delivered., cites: [report] }
  - { stage: run, via: app, state: compromised, text: Ran., cites: [report] }
${more}references:
  - { id: early, title: Early word, publisher: P, url: "http://www.example.com/early/?utm_source=x", published: 2023-03-29, kind: vendor }
  - { id: report, title: Report, publisher: P, url: "https://example.com/report", published: 2023-04-20, kind: researcher }
  - { id: undated, title: Undated, publisher: P, url: "https://example.com/undated", kind: media }
`;
  const { record, problems } = parseRecord(new TextEncoder().encode(text), `incidents/${id.slice(3, 7)}/${name}.yaml`);
  if (!record) throw new Error(JSON.stringify(problems));
  return record;
}

function organization(id: string): CorpusRecord {
  const { record } = parseRecord(
    new TextEncoder().encode(`schema: organization/1\nid: ${id}\nname: ${id}\nkind: software-vendor\n`),
    `organizations/${id}.yaml`,
  );
  if (!record) throw new Error(`no organization ${id}`);
  return record;
}

const seededBy = (...ids: string[]) =>
  `seededBy:\n${ids.map((id) => `  - { from: { incident: ${id}, component: app }, to: build, tier: causal, text: One led to the other., cites: [report] }\n`).join('')}`;

const first = incident('SC-2022-FIRST', 'acme');
const second = incident('SC-2023-SECOND', 'globex', seededBy('SC-2022-FIRST'));
const third = incident('SC-2023-THIRD', 'initech', seededBy('SC-2022-FIRST'));
const fourth = incident('SC-2024-FOURTH', 'umbrella', seededBy('SC-2023-SECOND', 'SC-2023-THIRD'));
const records = [first, second, third, fourth, ...['acme', 'globex', 'initech', 'umbrella'].map(organization)];
const graph = buildGraph(records);
const of = (kind: NodeKind, key: string) => nodeId(kind, key);

describe('identity', () => {
  test('two vendors’ update channels of one name are two nodes', () => {
    expect(findNode(graph, 'channel', 'acme/updates')).toBeDefined();
    expect(findNode(graph, 'channel', 'globex/updates')).toBeDefined();
    expect(findNode(graph, 'channel', 'acme/updates')?.declarations).toHaveLength(1);
  });

  test('a shared public channel is one node for all', () => {
    expect(findNode(graph, 'channel', 'npm')?.declarations).toHaveLength(4);
  });

  test('one report cited by four incidents, whatever its spelling, is one node', () => {
    expect(findNode(graph, 'source', 'https://example.com/early')?.declarations).toHaveLength(4);
    expect(statisticsOf(graph).references).toBe(3);
  });

  test('build systems meet only under one owner', () => {
    expect(statisticsOf(graph).entities['build-system']).toBe(4);
  });

  test('nodes and edges cannot be changed', () => {
    expect(Object.isFrozen(graph)).toBe(true);
    expect(Object.isFrozen(graph.edges)).toBe(true);
    expect([...graph.nodes.values()].every(Object.isFrozen)).toBe(true);
    expect(graph.edges.every(Object.isFrozen)).toBe(true);
  });

  test('the same records give the same graph', () => {
    expect(
      JSON.stringify([
        ...buildGraph(records).nodes.keys(),
        ...buildGraph(records).edges.map(({ from, to, relation }) => [from, to, relation]),
      ]),
    ).toBe(JSON.stringify([...graph.nodes.keys(), ...graph.edges.map(({ from, to, relation }) => [from, to, relation])]));
  });
});

describe('queries', () => {
  test('neighbours come by relation and direction', () => {
    const found = neighbours(graph, of('channel', 'acme/updates')).map(
      ({ relation, direction, edges }) => `${direction} ${relation} ${edges.length}`,
    );
    expect(found).toEqual(['out leads-to 1', 'in leads-to 1', 'in distributed-through 1', 'in owns 1']);
  });

  test('the way from one vendor’s application to the next one’s runs through the seed', () => {
    const way = findPath(graph, of('component', 'acme/app'), of('component', 'globex/app'));
    expect(way?.map(({ edge, reversed }) => `${reversed ? '<' : '>'}${edge.relation}`)).toEqual(['>seeded', '>leads-to', '>leads-to']);
    expect(way?.every(({ edge }) => edge.sources.length > 0)).toBe(true);
  });

  test('a shared document is a tie, but no way between two incidents', () => {
    const apart = buildGraph([
      incident('SC-2022-ONE', 'acme', '', false),
      incident('SC-2023-TWO', 'globex', '', false),
      organization('acme'),
      organization('globex'),
    ]);
    const [from, to] = [of('component', 'acme/app'), of('component', 'globex/app')];
    expect(findPath(apart, from, to)).toBeUndefined();
    expect(findPath(apart, from, to, { relations: new Set(['affects', 'cites']) })?.map(({ edge }) => edge.relation)).toEqual([
      'affects',
      'cites',
      'cites',
      'affects',
    ]);
  });

  test('a way from a thing to itself has no steps, and none leads to what does not exist', () => {
    expect(findPath(graph, of('component', 'acme/app'), of('component', 'acme/app'))).toEqual([]);
    expect(findPath(graph, of('component', 'acme/app'), of('component', 'nobody/app'))).toBeUndefined();
  });

  test('no shorter way exists than the one found', () => {
    const ids = [...graph.nodes.keys()];
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.constantFrom(...ids), (from, to) => {
        const way = findPath(graph, from, to);
        expect(findPath(graph, to, from)?.length).toBe(way?.length);
        if (way && way.length > 0) expect(findPath(graph, from, to, { maxSteps: way.length - 1 })).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test('cascades are transitive, in both directions, and meet a diamond once', () => {
    const keys = (direction: 'upstream' | 'downstream', id: string) =>
      cascade(graph, of('incident', id), direction).map(({ incident, distance }) => `${distance} ${incident}`);
    expect(keys('downstream', 'SC-2022-FIRST')).toEqual([
      '1 incident:SC-2023-SECOND',
      '1 incident:SC-2023-THIRD',
      '2 incident:SC-2024-FOURTH',
    ]);
    expect(keys('upstream', 'SC-2024-FOURTH')).toEqual([
      '1 incident:SC-2023-SECOND',
      '1 incident:SC-2023-THIRD',
      '2 incident:SC-2022-FIRST',
    ]);
  });
});

describe('hops', () => {
  const predecessors = (path: string): number[][] => {
    const record = incident('SC-2025-HOPS', 'acme', '');
    if (record.kind !== 'incident') throw new Error('no incident');
    const hops = path.split(' ').map((text) => {
      const [stage = '', id, after] = text.split('/');
      return {
        stage,
        label: text,
        state: 'unknown',
        text,
        cites: [],
        ...(id ? { id } : {}),
        ...(after ? { after: after.split(',') } : {}),
      };
    });
    const data = { ...record.data, path: hops } as typeof record.data;
    return linkHops(data, primitivesOf(data)).map(({ after }) => [...after]);
  };
  const cases: readonly (readonly [name: string, path: string, after: number[][]])[] = [
    ['stages follow each other', 'source build run', [[], [0], [1]]],
    ['hops of one stage in a row are parallel', 'source build build sign', [[], [0], [0], [1, 2]]],
    ['a hop that names its predecessors follows only them', 'build/a build/b sign/c/b run', [[], [], [1], [2]]],
    ['a hop may follow one of its own stage', 'build/a build/b/a run', [[], [0], [0, 1]]],
    ['a path may return to an earlier stage', 'publish run publish', [[], [0], [1]]],
  ];
  test.each(cases)('%s', (_, path, after) => {
    expect(predecessors(path)).toEqual(after);
  });
});

describe('as known on a day', () => {
  const on = (date: string): Graph => graphAsOf(graph, date);

  test('nothing of the later report is there before it', () => {
    const before = on('2023-03-30');
    expect(findNode(before, 'component', 'acme/app')).toBeDefined();
    expect(findNode(before, 'build-system', 'acme/build')).toBeUndefined();
    expect(before.edges.some(({ relation }) => relation === 'seeded')).toBe(false);
    expect(findNode(before, 'source', 'https://example.com/report')).toBeUndefined();
  });

  test('what has no dated source never counts as known', () => {
    expect(findNode(on('2099'), 'channel', 'npm')).toBeUndefined();
    expect(findNode(on('2099'), 'source', 'https://example.com/undated')).toBeUndefined();
  });

  test('no record with its later story is within reach', () => {
    expect([...on('2023-03-30').nodes.values()].some(({ record }) => record)).toBe(false);
  });

  test('what was known stays known', () => {
    const days = ['2023', '2023-03-28', '2023-03-29', '2023-04-19', '2023-04-20', '2024'];
    for (const [index, day] of days.entries()) {
      if (index === 0) continue;
      const [earlier, later] = [on(days[index - 1] === '2023' ? '2022' : (days[index - 1] ?? '')), on(day)];
      expect([...earlier.nodes.keys()].filter((id) => !later.nodes.has(id))).toEqual([]);
      expect(earlier.edges.length).toBeLessThanOrEqual(later.edges.length);
    }
  });
});

describe('addresses', () => {
  const cases: readonly (readonly [kind: NodeKind, key: string, address: string])[] = [
    ['incident', 'SC-2023-3CX-DESKTOPAPP', 'incidents/sc-2023-3cx-desktopapp/'],
    ['package', 'pkg:npm/%40ctrl/tinycolor', 'packages/npm/@ctrl/tinycolor/'],
    ['release', 'pkg:npm/event-stream@3.3.6', 'releases/pkg/npm/event-stream@3.3.6/'],
    ['channel', '3cx/desktopapp-updates', 'channels/3cx/desktopapp-updates/'],
    ['indicator', 'domain:akamaicontainer.com', 'indicators/domain/akamaicontainer.com/'],
    ['artifact', `sha256:${'ab'.repeat(32)}`, `artifacts/${'ab'.repeat(32)}/`],
  ];
  test.each(cases)('%s %s stands at %s', (kind, key, address) => {
    expect(addressOf({ kind, key })).toBe(address);
  });

  test.each([
    ['actor', 'index'],
    ['component', 'page/2'],
  ] as const)('%s %s does not stand where its list does', (kind, key) => {
    expect(slugOf({ kind, key })).toMatch(/-[0-9a-f]{8}$/);
  });

  test('any key gives a safe address, and different keys different ones', () => {
    const keys = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
    const tricky = fc.constantFrom(
      '..',
      '../..',
      '/',
      '//a',
      'a/../b',
      'A',
      'a',
      'a b',
      'a-b',
      'a?b',
      'a#b',
      'a%2fb',
      'a%2Fb',
      '%',
      'index.html',
      `${'x'.repeat(120)}1`,
      `${'x'.repeat(120)}2`,
    );
    fc.assert(
      fc.property(fc.oneof(keys, tricky), fc.oneof(keys, tricky), (left, right) => {
        for (const key of [left, right]) {
          const slug = slugOf({ kind: 'component', key });
          expect(slug).toMatch(/^[a-z0-9@_+][a-z0-9.@_+/-]*$|^-?[0-9a-f]{8}$/);
          expect(slug.split('/')).not.toContain('..');
          expect(slug.length).toBeLessThan(110);
        }
        if (left !== right) expect(slugOf({ kind: 'component', key: left })).not.toBe(slugOf({ kind: 'component', key: right }));
      }),
      { numRuns: 1_000 },
    );
  });
});
