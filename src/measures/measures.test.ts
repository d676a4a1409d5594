import { describe, expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { recordsOf } from '../graph/graph.ts';
import { incidentYear } from '../graph/incident-list.ts';
import { itemsOf } from '../schema/evidence.ts';
import { type Matrix, measure } from './measures.ts';

const graph = await loadCorpusGraph();
const incidents = recordsOf(graph, 'incident').map(({ data }) => data);
const measures = measure(graph);

function sum({ cells }: Matrix): number {
  return cells.flat().reduce((total, cell) => total + cell, 0);
}

function cell({ rows, columns, cells }: Matrix, row: string, column: string): number {
  return cells[rows.indexOf(row)]?.[columns.indexOf(column)] ?? Number.NaN;
}

describe('measures', () => {
  test('count every incident once by year, by divergence, by attribution and by origins', () => {
    for (const matrix of [measures.byYear, measures.divergence, measures.attribution, measures.origins])
      expect(sum(matrix)).toBe(incidents.length);
    expect(cell(measures.byYear, '2024', 'featured')).toBe(
      incidents.filter((one) => incidentYear(one) === '2024' && one.depth === 'featured').length,
    );
  });

  test('leave out no year between the first and the last', () => {
    const years = measures.byYear.rows.map(Number);
    expect(years).toEqual(years.map((_, index) => (years[0] ?? 0) + index));
  });

  test('count an incident under each of its vectors and ecosystems', () => {
    expect(sum(measures.vectorsByYear)).toBe(incidents.reduce((total, { vectors }) => total + vectors.length, 0));
    const staged = incidents.filter(({ entryStage }) => typeof entryStage === 'string');
    expect(sum(measures.stageByEcosystem)).toBe(staged.reduce((total, { ecosystems }) => total + ecosystems.length, 0));
    expect(cell(measures.stageByEcosystem, 'publish', 'npm')).toBe(
      staged.filter((one) => one.entryStage === 'publish' && one.ecosystems.includes('npm')).length,
    );
  });

  test('count days only where both ends are of a day', () => {
    const byId = new Map(incidents.map((one) => [one.id, one]));
    for (const { id, days } of measures.toDisclosure) {
      const { firstObserved, disclosed } = byId.get(id) ?? {};
      for (const fact of [firstObserved, disclosed]) expect(fact && 'date' in fact ? fact.date : '').toMatch(/^\d{4}-\d{2}-\d{2}(T.*)?$/);
      expect(days).toBeGreaterThanOrEqual(0);
    }
    expect(measures.toDisclosure.find(({ id }) => id === 'SC-2024-XZ-UTILS')?.days).toBe(882);
    for (const { warned, disclosed, contained } of measures.dwell)
      expect([warned, disclosed, contained].some((days) => days !== undefined)).toBe(true);
  });

  test('tell several claimed actors and unknown ones apart', () => {
    const unknown = incidents.filter(({ attribution }) => attribution && 'unknown' in attribution).length;
    expect(measures.attribution.cells.reduce((total, row) => total + (row[measures.attribution.columns.indexOf('unknown')] ?? 0), 0)).toBe(
      unknown,
    );
  });

  test('name every cascade', () => {
    const seeded = incidents.flatMap((one) => itemsOf(one.seededBy).map(({ from }) => `${from.incident} ${one.id}`));
    expect(measures.seedings.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(seeded.sort());
  });
});
