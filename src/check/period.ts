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

/** Whether two stretches share a moment. */
export function periodsMeet(left: Period, right: Period): boolean {
  return isNotAfter(left.from, right.to) && isNotAfter(right.from, left.to);
}

function isNotAfter(start: string | undefined, end: string | undefined): boolean {
  return start === undefined || end === undefined || start <= end;
}
