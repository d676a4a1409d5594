import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DelayRow } from '../../statistics/disclosure.ts';
import type { Crosstab } from '../../statistics/measure.ts';
import { daysAxis } from './days-axis.tsx';
import { layoutDelays } from './delay-strip.tsx';
import { layoutLegend } from './legend.tsx';
import { layoutBars } from './stacked-bars.tsx';
import { layoutColumns } from './stacked-columns.tsx';
import { layoutTimeTree, timeTicks } from './time-tree-layout.ts';

const widths = fc.constantFrom(328, 760);

const crosstabs = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }))
  .chain(([series, rows]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: series, maxLength: series }), { minLength: rows, maxLength: rows }),
  )
  .map(
    (values): Crosstab => ({
      rowTitle: 'Year',
      series: (values[0] ?? []).map((_, index) => ({ key: `s${index}`, label: `Series ${index}` })),
      rows: values.map((row, index) => ({
        key: String(2000 + index),
        label: String(2000 + index),
        incidents: row.reduce((sum, value) => sum + value, 0),
        values: row,
      })),
    }),
  );

describe('areas', () => {
  test('of columns are as high as their counts, stand on each other and stay within', () => {
    fc.assert(
      fc.property(crosstabs, widths, (crosstab, width) => {
        const { columns, ticks } = layoutColumns(crosstab, width);
        const scale = ((ticks[0]?.y ?? 0) - (ticks.at(-1)?.y ?? 0)) / (ticks.at(-1)?.value || 1);
        for (const [index, { areas }] of columns.entries()) {
          let base = ticks[0]?.y ?? 0;
          for (const area of areas) {
            expect(area.height).toBeCloseTo((crosstab.rows[index]?.values[area.series] ?? 0) * scale, 6);
            expect(area.y + area.height).toBeCloseTo(base, 6);
            expect(area.x).toBeGreaterThanOrEqual(0);
            expect(area.x + area.width).toBeLessThanOrEqual(width);
            base = area.y;
          }
        }
      }),
    );
  });

  test('of columns have a label at the last known row, and what is not known stands apart behind a gap', () => {
    fc.assert(
      fc.property(crosstabs, widths, (crosstab, width) => {
        const rows = [
          ...crosstab.rows,
          { key: 'x', label: 'not known', apart: true as const, incidents: 1, values: crosstab.series.map(() => 1) },
        ];
        const { columns } = layoutColumns({ ...crosstab, rows }, width);
        const [last, apart] = columns.slice(-2);
        expect(last?.label?.lines).toEqual([crosstab.rows.at(-1)?.label]);
        expect(apart?.label?.lines).toEqual(['not', 'known']);
        expect((apart?.start ?? 0) - (last?.start ?? 0) - (last?.band ?? 0)).toBeGreaterThan(10);
        expect((apart?.start ?? 0) + (apart?.band ?? 0)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('of shares fill their row, whatever its number', () => {
    fc.assert(
      fc.property(crosstabs, widths, (crosstab, width) => {
        for (const [index, { areas }] of layoutBars(crosstab, width, true).rows.entries()) {
          const end = areas.reduce((most, area) => Math.max(most, area.x + area.width), 0);
          if ((crosstab.rows[index]?.incidents ?? 0) > 0) expect(end).toBeCloseTo(width, 6);
          else expect(areas).toEqual([]);
        }
      }),
    );
  });
});

describe('the axis of days', () => {
  test('grows, begins at none, and its labels stand apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), widths, (longest, width) => {
        const { x, ticks } = daysAxis(longest, 10, width - 30);
        expect(x(0)).toBe(10);
        expect(x(longest)).toBeCloseTo(width - 30, 6);
        const labelled = ticks.filter(({ label }) => label !== undefined).map((tick) => tick.x);
        for (const [index, at] of labelled.entries()) if (index > 0) expect(at - (labelled[index - 1] ?? 0)).toBeGreaterThan(20);
      }),
    );
  });

  test('marks of one row never lie on each other', () => {
    const spans = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 500 })).map(([least, more]) => ({
        incident: 'SC-2020-A',
        title: 'A',
        span: { least, most: least + more, doubtful: false },
      })),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(spans, widths, (delays, width) => {
        const row: DelayRow = { label: 'All', delays, unmeasured: 0, median: undefined };
        const marks = layoutDelays([row], width).rows[0]?.marks ?? [];
        expect(marks).toHaveLength(delays.length);
        for (const [index, one] of marks.entries())
          for (const other of marks.slice(index + 1))
            if (one.level === other.level) expect(one.to < other.from || other.to < one.from).toBe(true);
      }),
    );
  });
});

describe('a legend', () => {
  test('breaks into lines that fit', () => {
    const items = ['One', 'A label of some length', 'Another label of some length'].map((label) => ({ label, role: 's1' as const }));
    expect(layoutLegend(items, 760).places.map(({ y }) => y)).toEqual([0, 0, 0]);
    expect(new Set(layoutLegend(items, 200).places.map(({ y }) => y)).size).toBe(3);
    expect(layoutLegend([], 200).height).toBe(0);
  });
});

describe('a tree over time', () => {
  const node = (id: string, date?: string) => ({ id, label: id, date });
  const edge = (from: string, to: string) => ({ from, to, style: 'plain', note: `from ${from}` });

  test('has a row each: what came of a thing stands below it, the earliest first', () => {
    const { rows } = layoutTimeTree(
      [node('late', '2022-01-02'), node('root', '2020'), node('early', '2021-05-01'), node('grandchild', '2021-06')],
      [edge('root', 'late'), edge('root', 'early'), edge('early', 'grandchild')],
      760,
    );
    expect(rows.map((row) => row.node.id)).toEqual(['root', 'early', 'grandchild', 'late']);
    expect(rows.map(({ exact }) => exact)).toEqual([false, true, false, true]);
    for (const [index, row] of rows.entries()) if (index > 0) expect(row.y).toBeGreaterThan(rows[index - 1]?.y ?? 0);
  });

  test('what has no date gets none: a lane of its own, and words', () => {
    const { rows, undatedX } = layoutTimeTree([node('a', '2020-01-01'), node('b'), node('c', '2020-03/..')], [edge('a', 'b')], 760);
    const undated = rows.filter(({ dated }) => !dated);
    expect(undated.map((row) => row.node.id)).toEqual(['b', 'c']);
    for (const row of undated) expect([row.from, row.to]).toEqual([undatedX, undatedX]);
    expect(undated[0]?.note).toContain('no date recorded');
    expect(rows[0]?.from).toBeLessThan(undatedX ?? 0);
    expect(layoutTimeTree([node('a')], [], 760).ticks).toEqual([]);
  });

  test('neither a circle nor two parents nor a missing end does harm', () => {
    const all = [node('a', '2020'), node('b', '2021'), node('c', '2022')];
    const { rows, edges } = layoutTimeTree(all, [edge('a', 'b'), edge('b', 'a'), edge('a', 'c'), edge('b', 'c'), edge('x', 'c')], 760);
    expect(rows.map((row) => row.node.id).sort()).toEqual(['a', 'b', 'c']);
    expect(edges).toHaveLength(4);
    for (const { d } of edges) expect(d).not.toMatch(/NaN|Infinity/);
  });

  test('ticks are few, in order, and the first days of months or years', () => {
    const day = (text: string) => Date.parse(text) / 86_400_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 3, max: 9 }),
        (first, span, most) => {
          const ticks = timeTicks(first, first + span, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 2);
          for (const { day: at } of ticks) expect(at >= first && at <= first + span).toBe(true);
          expect([...ticks].sort((left, right) => left.day - right.day)).toEqual(ticks);
        },
      ),
    );
    expect(timeTicks(day('2021-03-01'), day('2024-02-01'), 8).map(({ label }) => label)).toEqual([
      'Jul 2021',
      'Jan 2022',
      'Jul 2022',
      'Jan 2023',
      'Jul 2023',
      'Jan 2024',
    ]);
  });
});
