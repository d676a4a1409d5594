import { isEdtfFault, parseEdtf } from '../base/edtf.ts';

/** A stretch of time, both ends inclusive, ISO 8601 in UTC to the second. An open end is undefined. */
export interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The widest stretch that two EDTF dates can mean; undefined where one of them is none. */
export function periodOf(from: string | undefined, to: string | undefined): Period | undefined {
  const start = from === undefined ? undefined : parseEdtf(from);
  const end = to === undefined ? undefined : parseEdtf(to);
  if ((start && isEdtfFault(start)) || (end && isEdtfFault(end))) return undefined;
  return { from: start?.earliest, to: end?.latest };
}

/** Reads `from..to`: two EDTF dates, one of which may be left out. Gives what is wrong where it is no period. */
export function parsePeriod(text: string): Period | string {
  const [from = '', to = '', ...more] = text.split('..');
  const period = text.includes('..') && more.length === 0 && (from || to) ? periodOf(from || undefined, to || undefined) : undefined;
  if (!period) return 'expected two days or times such as 2025-03-14..2025-03-15; one end may be left open';
  if (period.from && period.to && period.from > period.to) return 'the period ends before it begins';
  return period;
}

/** Whether two stretches share a moment. */
export function periodsMeet(left: Period, right: Period): boolean {
  return isNotAfter(left.from, right.to) && isNotAfter(right.from, left.to);
}

/** Whether every day of a stretch is a day of the other; one with an open end lies within nothing that ends. */
export function isWithinDays(inner: Period, outer: Period): boolean {
  const day = (moment: string | undefined, open: string) => moment?.slice(0, 10) ?? open;
  return day(outer.from, '') <= day(inner.from, '') && day(inner.to, '~') <= day(outer.to, '~');
}

function isNotAfter(start: string | undefined, end: string | undefined): boolean {
  return start === undefined || end === undefined || start <= end;
}
