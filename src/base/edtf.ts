import { Recent } from './recent.ts';

/**
 * Dates as the corpus writes them: the level 0 and 1 forms of EDTF (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/) that
 * incident records need — year, year-month, date, date-time in UTC, qualifiers `?` `~` `%`, intervals and open ends — plus one
 * relaxation: minutes may end a time (`2026-03-31T00:21Z`) and times may stand in intervals, because exposure windows need hours.
 */
export interface EdtfDate {
  /** As written. */
  readonly text: string;
  /** First instant that the text can mean, ISO 8601 UTC; undefined for an open or unknown start. */
  readonly earliest: string | undefined;
  /** Last instant that the text can mean (inclusive), ISO 8601 UTC; undefined for an open or unknown end. */
  readonly latest: string | undefined;
  /** The calendar days (UTC) of both, YYYY-MM-DD. */
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
  readonly precision: 'year' | 'month' | 'day' | 'time' | 'interval';
  readonly approximate: boolean;
  readonly uncertain: boolean;
}

/** Why a text is no date, in words that say what was expected. */
export interface EdtfFault {
  readonly message: string;
}

const POINT = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2}))?)?)?([?~%])?$/;
const EXPECTED = 'expected an EDTF date such as 2023, 2023-03, 2023-03-22, 2021-11~, 2026-03-31T00:21Z or 2023-03-22/2023-03-30';

/** Parses one EDTF text; a fault is data, never an exception. */
export function parseEdtf(text: string): EdtfDate | EdtfFault {
  const span = parseSpan(text);
  return 'message' in span ? span : { ...span, firstDay: span.earliest?.slice(0, 10), lastDay: span.latest?.slice(0, 10) };
}

type Span = Omit<EdtfDate, 'firstDay' | 'lastDay'>;

function parseSpan(text: string): Span | EdtfFault {
  if (text.length > 64) return { message: `${EXPECTED}, got ${text.length} characters` };
  const ends = text.split('/');
  if (ends.length > 2) return { message: `${EXPECTED}, got ${JSON.stringify(text)}` };
  if (ends.length === 1) return parsePoint(text);
  const [from = '', to = ''] = ends;
  if (isOpen(from) && isOpen(to)) return { message: `${EXPECTED}, got an interval without any date` };
  const start = isOpen(from) ? undefined : parsePoint(from);
  const end = isOpen(to) ? undefined : parsePoint(to);
  if (start && 'message' in start) return start;
  if (end && 'message' in end) return end;
  if (start?.earliest && end?.latest && start.earliest > end.latest) {
    return { message: `the interval ${JSON.stringify(text)} ends before it starts` };
  }
  return {
    text,
    earliest: start?.earliest,
    latest: end?.latest,
    precision: 'interval',
    approximate: Boolean(start?.approximate || end?.approximate),
    uncertain: Boolean(start?.uncertain || end?.uncertain),
  };
}

/** Whether the parse failed. */
export function isEdtfFault(parsed: EdtfDate | EdtfFault): parsed is EdtfFault {
  return 'message' in parsed;
}

/** The parsed date of a text that the schema has already accepted. Throws RangeError otherwise. */
export function getEdtf(text: string): EdtfDate {
  return parsedTexts.get(text);
}

const parsedTexts = new Recent(10_000, (text: string) => {
  const parsed = parseEdtf(text);
  if (isEdtfFault(parsed)) throw new RangeError(parsed.message);
  return parsed;
});

/**
 * Days from one date to another, whole days rounded down, measured between the earliest instants. Undefined where either is open,
 * or coarser than a day, so that no false precision is shown.
 */
export function daysBetween(from: string, to: string): number | undefined {
  const start = getEdtf(from);
  const end = getEdtf(to);
  if (!start.firstDay || !end.firstDay || isCoarse(start) || isCoarse(end)) return undefined;
  return Math.floor((Date.parse(end.firstDay) - Date.parse(start.firstDay)) / 86_400_000);
}

/** How many days lie between two dates, as far as the dates say. */
export interface DaySpan {
  /** Fewest and most whole days that the two texts allow; equal where both are known to the day. Never negative. */
  readonly least: number;
  readonly most: number;
  /** One of the dates is marked as approximate or uncertain, so that even the bounds are not firm. */
  readonly doubtful: boolean;
}

/**
 * Days between the calendar days (UTC) of two dates, as bounds: `2022` to `2022-03-04` is 0 to 62. Undefined where an end is open, or where the
 * second lies wholly before the first.
 */
export function daysApart(from: string, to: string): DaySpan | undefined {
  const start = getEdtf(from);
  const end = getEdtf(to);
  if (!start.firstDay || !start.lastDay || !end.firstDay || !end.lastDay) return undefined;
  const days = (later: string, earlier: string) => (Date.parse(later) - Date.parse(earlier)) / 86_400_000;
  const most = days(end.lastDay, start.firstDay);
  if (most < 0) return undefined;
  const doubtful = start.approximate || start.uncertain || end.approximate || end.uncertain;
  return { least: Math.max(0, days(end.firstDay, start.lastDay)), most, doubtful };
}

function isCoarse(date: EdtfDate): boolean {
  return date.precision === 'year' || date.precision === 'month' || date.precision === 'interval';
}

function isOpen(text: string): boolean {
  return text === '' || text === '..';
}

function parsePoint(text: string): Span | EdtfFault {
  const match = POINT.exec(text);
  if (!match) return { message: `${EXPECTED}, got ${JSON.stringify(text)}` };
  const [, year = '', month, day, hour, minute, second, zone, qualifier] = match;
  const flags = {
    approximate: qualifier === '~' || qualifier === '%',
    uncertain: qualifier === '?' || qualifier === '%',
  };
  if (month === undefined) {
    return { text, earliest: `${year}-01-01T00:00:00Z`, latest: `${year}-12-31T23:59:59Z`, precision: 'year', ...flags };
  }
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12) return { message: `expected a month from 01 to 12 in ${JSON.stringify(text)}` };
  const lastDay = new Date(Date.UTC(Number(year), monthNumber, 0)).getUTCDate();
  if (day === undefined) {
    const span = { earliest: `${year}-${month}-01T00:00:00Z`, latest: `${year}-${month}-${lastDay}T23:59:59Z` };
    return { text, ...span, precision: 'month', ...flags };
  }
  if (Number(day) < 1 || Number(day) > lastDay) {
    return { message: `expected a day from 01 to ${lastDay} in ${JSON.stringify(text)}` };
  }
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) {
    return { text, earliest: `${date}T00:00:00Z`, latest: `${date}T23:59:59Z`, precision: 'day', ...flags };
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) {
    return { message: `expected a time from 00:00 to 23:59 in ${JSON.stringify(text)}` };
  }
  const earliest = toUtc(`${date}T${hour}:${minute}:${second ?? '00'}${zone}`);
  const latest = second === undefined ? toUtc(`${date}T${hour}:${minute}:59${zone}`) : earliest;
  return { text, earliest, latest, precision: 'time', ...flags };
}

function toUtc(text: string): string {
  return new Date(text).toISOString().replace('.000Z', 'Z');
}
