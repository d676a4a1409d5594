import { describe, expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { recordsOf } from './graph.ts';
import { similarIncidents } from './similar.ts';

describe('similar incidents', async () => {
  const graph = await loadCorpusGraph();
  const incidents = recordsOf(graph, 'incident');

  test('share at least two values with the incident, really', () => {
    const byId = new Map(incidents.map((record) => [record.data.id, record.data]));
    for (const { data } of incidents) {
      const found = similarIncidents(graph, data.id);
      expect(found.length).toBeLessThanOrEqual(5);
      for (const { id, shared } of found) {
        expect(id).not.toBe(data.id);
        expect(shared.length).toBeGreaterThan(1);
        const other = byId.get(id);
        for (const { field, value } of shared) {
          if (field !== 'vector') continue;
          expect(data.vectors).toContain(value);
          expect(other?.vectors).toContain(value);
        }
      }
    }
  });

  test('waves of one worm are alike', () => {
    expect(similarIncidents(graph, 'SC-2025-SHAI-HULUD').map(({ id }) => id)).toContain('SC-2025-SHAI-HULUD-2');
  });

  test('an unknown id has none', () => {
    expect(similarIncidents(graph, 'SC-1999-NOTHING')).toEqual([]);
  });
});
