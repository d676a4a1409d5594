import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCorpusGraph } from '../../../tests/support/corpus.ts';
import { graphAsOf } from '../../graph/as-of.ts';
import type { Graph, NodeId } from '../../graph/graph.ts';
import { findPath } from '../../graph/paths.ts';
import { exploreData, mapScript, overviewOf } from './explore-data.ts';
import { laneOrder } from './lane-order.ts';
import { CELL, layoutByTies, layoutMap, layoutWay } from './map-layout.ts';
import { MapModel, OVERVIEW_KINDS } from './map-model.ts';

let graph: Graph;
let model: MapModel;

beforeAll(async () => {
  graph = await loadCorpusGraph();
  model = new MapModel(exploreData(graph));
});

describe('the map', () => {
  test('is the same twice, and reads back from its script', () => {
    const [script, again] = [0, 1].map(() => [...mapScript('threatpediaMap', exploreData(graph))].join(''));
    expect(script).toBe(again);
    const made: { threatpediaMap?: unknown } = {};
    new Function('globalThis', script ?? '')(made);
    expect(made.threatpediaMap).toEqual(JSON.parse(JSON.stringify(exploreData(graph))));
  });

  test('has an overview that shows what the whole shows of its kinds, in the same order', () => {
    const overview = new MapModel(overviewOf(model.data));
    const shown = model.data.nodes.flatMap((_, node) =>
      OVERVIEW_KINDS.some((kind) => model.idOf(node).startsWith(`${kind}:`)) ? [node] : [],
    );
    expect(overview.data.nodes.map((_, node) => overview.idOf(node))).toEqual(shown.map((node) => model.idOf(node)));
    const told = (of: MapModel, nodes: Iterable<number>) =>
      of.edgesWithin(new Set(nodes)).map(({ from, to, relation, record }) => [of.idOf(from), relation, of.idOf(to), of.idOf(record)]);
    expect(told(overview, overview.data.nodes.keys())).toEqual(told(model, shown));
    for (const [node, of] of shown.entries()) expect(overview.data.nodes[node]).toEqual(model.data.nodes[of]);
    expect(overview.data.nodes.length).toBeLessThan(model.data.nodes.length / 3);
  });

  test('holds every node but documents, and every tie between those', () => {
    expect(model.data.nodes.map((_, node) => model.idOf(node)).sort()).toEqual(
      [...graph.nodes.values()]
        .filter(({ kind }) => kind !== 'source')
        .map(({ id }) => id)
        .sort(),
    );
    expect(model.edges.length).toBe(graph.edges.filter(({ relation }) => relation !== 'cites' && relation !== 'claimed-by').length);
  });

  test.each([
    ['organization:trading-technologies', 'organization:3cx'],
    ['incident:SC-2022-X-TRADER', 'incident:SC-2023-3CX-DESKTOPAPP'],
    ['actor:unc4736', 'malware:gopuram'],
    ['incident:SC-2025-REVIEWDOG', 'repository:https://github.com/tj-actions/changed-files'],
  ])('a way from %s to %s is as long as the one that the command finds', (from, to) => {
    const own = model.findWay(model.find(from) ?? -1, model.find(to) ?? -1);
    const theirs = findPath(graph, from as NodeId, to as NodeId);
    expect(own?.map(({ edge }) => [model.idOf(edge.from), model.data.relations[edge.relation]?.id, model.idOf(edge.to)])).toEqual(
      theirs?.map(({ edge }) => [edge.from, edge.relation, edge.to]),
    );
  });

  test.each(['2018-12-01', '2023-03-30', '2024-03-29'])('as known on %s it holds what the graph of that day holds', (day) => {
    const then = new MapModel(model.data, day);
    const known = graphAsOf(graph, day);
    const ids = [...known.nodes.values()].filter(({ kind }) => kind !== 'source').map(({ id }) => id);
    expect(model.data.nodes.flatMap((_, node) => (then.isKnown(node) ? [then.idOf(node)] : [])).sort()).toEqual(ids.sort());
    expect(then.edges.length).toBe(known.edges.filter(({ relation }) => relation !== 'cites' && relation !== 'claimed-by').length);
  });

  test('a cascade leads from X_TRADER to 3CX and to nothing that nobody ties to it', () => {
    const ids = [...model.cascade(model.find('incident:SC-2022-X-TRADER'))].map((node) => model.idOf(node));
    expect(ids).toContain('incident:SC-2023-3CX-DESKTOPAPP');
    expect(ids).not.toContain('incident:SC-2024-XZ-UTILS');
  });
});

describe('the layout', () => {
  const things = fc
    .array(fc.record({ kind: fc.nat(16), rank: fc.nat(5_000) }), { maxLength: 400 })
    .map((list) => list.map((each, node) => ({ ...each, node })));

  test('every thing has a place of its own, and kinds do not mix', () => {
    fc.assert(
      fc.property(things, fc.double({ min: 0.3, max: 4, noNaN: true }), (nodes, aspect) => {
        const { boxes, lanes, width, height } = layoutMap(nodes, aspect);
        expect(boxes.map(({ node }) => node).sort((a, b) => a - b)).toEqual(nodes.map(({ node }) => node));
        expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
        for (const [lane, { kind, count }] of lanes.entries()) {
          const own = boxes.filter((box) => box.lane === lane);
          expect(own).toHaveLength(count);
          for (const { node } of own) expect(nodes[node]?.kind).toBe(kind);
        }
        for (const { x, y } of boxes) {
          expect(x + CELL.width).toBeLessThanOrEqual(width);
          expect(y + CELL.height).toBeLessThanOrEqual(height);
        }
        const heads = new Set(lanes.map(({ x, y }) => `${x} ${y}`));
        expect(boxes.some(({ x, y }) => heads.has(`${x} ${y}`))).toBe(false);
      }),
    );
  });

  test('a way stands in its order', () => {
    const { boxes } = layoutWay(
      [3, 1, 2].map((node) => ({ node, kind: 0, rank: 0 })),
      900,
    );
    expect(boxes.map(({ node, x }) => [node, x])).toEqual([
      [3, 0],
      [1, CELL.width + CELL.gap],
      [2, 2 * (CELL.width + CELL.gap)],
    ]);
  });

  test('by ties every thing has a place of its own, groups do not overlap, and what is tied to nothing is told so', () => {
    const ties = fc.array(fc.record({ from: fc.nat(60), to: fc.nat(60) }), { maxLength: 60 });
    fc.assert(
      fc.property(things, ties, (list, drawn) => {
        const nodes = list.slice(0, 60).map((one) => ({ ...one, column: one.kind % 4 }));
        const { boxes, lanes } = layoutByTies(nodes, drawn);
        expect(boxes.map(({ node }) => node).sort((a, b) => a - b)).toEqual(nodes.map(({ node }) => node));
        expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(boxes.length);
        const tied = new Set(
          drawn.filter(({ from, to }) => from !== to && Math.max(from, to) < nodes.length).flatMap(({ from, to }) => [from, to]),
        );
        const told = boxes.filter(({ lane }) => lanes[lane]?.untied).map(({ node }) => node);
        expect(new Set(told)).toEqual(new Set(nodes.map(({ node }) => node).filter((node) => !tied.has(node))));
        for (const [lane, { count }] of lanes.entries()) expect(boxes.filter((box) => box.lane === lane)).toHaveLength(count);
      }),
    );
  });

  test('a cascade goes from column to column: what was seeded stands right of what seeded it', () => {
    const steps = model.cascadeSteps(model.cascade());
    const seeded = model.data.relations.findIndex(({ id }) => id === 'seeded');
    for (const { from, to, relation } of model.edges) if (relation === seeded) expect(steps.get(to)).toBeGreaterThan(steps.get(from) ?? 0);
  });

  test('the order in lanes puts what is tied side by side', () => {
    expect(laneOrder([0, 0, 0, 1, 1, 1], Uint32Array.of(0, 5, 1, 4, 2, 3))).toHaveLength(6);
    const ranks = laneOrder([0, 0, 1, 1], Uint32Array.of(0, 3, 1, 2));
    expect(Math.sign((ranks[0] ?? 0) - (ranks[1] ?? 0))).toBe(Math.sign((ranks[3] ?? 0) - (ranks[2] ?? 0)));
  });
});
