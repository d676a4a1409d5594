import { describe, expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { drawStatements } from './audit-draw.ts';

describe('statements drawn for an audit', async () => {
  const graph = await loadCorpusGraph();

  test('are the same for a seed and others for another', () => {
    expect(drawStatements(graph, 60, 7)).toEqual(drawStatements(graph, 60, 7));
    expect(drawStatements(graph, 60, 7)).not.toEqual(drawStatements(graph, 60, 8));
  });

  test('come once each, with what they say and every source they cite', () => {
    const drawn = drawStatements(graph, 300, 7);
    expect(new Set(drawn.map(({ record, field }) => `${record} ${field}`)).size).toBe(300);
    for (const { says, sources } of drawn) {
      expect(says).toHaveProperty('cites');
      expect(sources.length).toBeGreaterThan(0);
    }
  });

  test('are spread over the records: a long list of versions weighs no more than a short one', () => {
    const counts = new Map<string, number>();
    for (const { record } of drawStatements(graph, 300, 7)) counts.set(record, (counts.get(record) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThan(8);
  });

  test('are at most what there is', () => {
    const all = drawStatements(graph, 1_000_000, 7);
    expect(drawStatements(graph, 2_000_000, 8)).toHaveLength(all.length);
  });
});
