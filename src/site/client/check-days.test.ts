import { expect, test } from 'vitest';
import { readDays } from './check-days.ts';

test.each([
  [['', '', ''], { asOf: '', installedBetween: '' }],
  [['2018-11', '', ''], { asOf: '2018-11-30', installedBetween: '' }],
  [[' 2018-11-27 ', '', ''], { asOf: '2018-11-27', installedBetween: '' }],
  [['', '2025-03-14', '2025-03-15'], { asOf: '', installedBetween: '2025-03-14..2025-03-15' }],
  [['', '2025-03-14', ''], { asOf: '', installedBetween: '2025-03-14..' }],
  [['', '', '2025-03-15'], { asOf: '', installedBetween: '..2025-03-15' }],
  [['yesterday', '', ''], { faults: { 'check-as-of': expect.stringContaining('“yesterday” is no day') } }],
  [
    ['', '2025-02-30', '14.3.2025'],
    { faults: { 'check-from': expect.stringContaining('no day'), 'check-to': expect.stringContaining('no day') } },
  ],
  [['', '2025-03-15', '2025-03-14'], { faults: { 'check-to': '2025-03-14 is before 2025-03-15.' } }],
])('%j', ([asOf = '', from = '', to = ''], expected) => {
  expect(readDays({ 'check-as-of': asOf, 'check-from': from, 'check-to': to })).toEqual(expected);
});
