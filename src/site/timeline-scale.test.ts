import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getEdtf } from '../base/edtf.ts';
import { layoutTimeline, WIDTH } from './timeline-scale.tsx';

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const date = fc.oneof(
  day,
  day.map((text) => text.slice(0, 7)),
  day.map((text) => text.slice(0, 4)),
  day.map((text) => `${text}~`),
  day.map((text) => `${text}T10:30Z`),
  fc.tuple(day, day).map((days) => days.sort().join('/')),
  day.map((text) => `${text}/..`),
);

describe('the timeline to scale', () => {
  test('keeps the order and the proportions of time, in the picture, without marks over marks', () => {
    fc.assert(
      fc.property(fc.array(date, { minLength: 3, maxLength: 14 }), (dates) => {
        const layout = layoutTimeline(dates.map((text, index) => ({ title: String(index), date: text })));
        if (!layout) return;
        for (const { from, to } of layout.marks) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(WIDTH);
          expect(to).toBeGreaterThanOrEqual(from);
        }
        for (const [index, one] of layout.marks.entries()) {
          for (const other of layout.marks.slice(index + 1)) {
            expect(other.from).toBeGreaterThanOrEqual(one.from);
            if (other.row === one.row) expect(other.from - one.to).toBeGreaterThanOrEqual(18);
          }
        }
        const byNumber = layout.marks.toSorted((left, right) => left.number - right.number);
        for (const [index, text] of dates.entries()) {
          if (!/^\d{4}-\d\d-\d\d~?$/.test(text)) continue;
          for (const [earlier, other] of dates.slice(0, index).entries())
            if (!other.includes('..') && (getEdtf(other).firstDay ?? '') <= text.slice(0, 10))
              expect(byNumber[index]?.from).toBeGreaterThanOrEqual(byNumber[earlier]?.from ?? 0);
        }
        expect(layout.ticks.length).toBeLessThanOrEqual(10);
      }),
    );
  });

  test('a day in the middle stands in the middle', () => {
    const layout = layoutTimeline(['2024-01-01', '2024-01-11', '2024-01-21'].map((text) => ({ title: text, date: text })));
    expect(layout?.marks.map(({ from }) => from)).toEqual([16, WIDTH / 2, WIDTH - 16]);
    expect(layout?.ticks.map(({ label }) => label)).toContain('01-04');
  });

  test('a day without a time does not stand before what the list has before it on that day', () => {
    const places = (dates: readonly string[]) =>
      layoutTimeline(dates.map((text) => ({ title: text, date: text })))
        ?.marks.toSorted((left, right) => left.number - right.number)
        .map(({ from }) => from) ?? [];
    const [, , theft = 0, announced = 0] = places([
      '2025-02-04',
      '2025-02-19T15:29:25Z',
      '2025-02-21T14:13:35Z',
      '2025-02-21',
      '2025-02-26',
    ]);
    expect(announced).toBe(theft);
    const [first = 0, second = 0] = places(['2025-02-21', '2025-02-21T14:13:35Z', '2025-02-22T10:00Z']);
    expect(first).toBeLessThan(second);
    const [late = 0, , next = 0] = places(['2025-02-22T01:00Z', '2025-02-20', '2025-02-21']);
    expect(next).toBeLessThan(late);
  });

  test('one instant has no scale', () => {
    expect(layoutTimeline(['2024', '2024', '2024'].map((text) => ({ title: text, date: `${text}-01-01` })))).toBeUndefined();
  });
});
