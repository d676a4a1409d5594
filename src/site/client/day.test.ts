import { describe, expect, test } from 'vitest';
import { parseDay, pastDays } from './day.ts';

test('days to look back to are past, each once, in order', () => {
  const days = ['2026-12-31', '2020-02-01', '2019-01-01', '', '2020-02-01', '2026-05-10'];
  expect(pastDays(days, new Date('2026-05-10T12:00:00Z'))).toEqual(['2019-01-01', '2020-02-01']);
});

describe('A day as people write it', () => {
  const now = new Date('2026-05-10T12:00:00Z');
  test.each([
    ['2023-03-29', '2023-03-29'],
    [' 2024-02 ', '2024-02-29'],
    ['2023', '2023-12-31'],
    ['', undefined],
  ])('%j is %s', (text, day) => {
    expect(parseDay(text, now)).toEqual({ day });
  });

  test.each(['2026-05-10', '2026', '2099-01-01'])('%s is not over', (text) => {
    expect(parseDay(text, now)).toEqual({ day: undefined, note: `${text} is not over: this is what is known today.` });
  });

  test.each(['2023-02-30', '2023-13', '2023-00', '2023-01-00', 'garbage', '29.03.2023', '20230329'])('%s is none', (text) => {
    expect(parseDay(text, now)).toEqual({ fault: expect.stringContaining(`“${text}” is no day`) });
  });
});
