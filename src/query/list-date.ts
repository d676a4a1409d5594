/** The date under which lists show an incident, and what happened on it. */
export interface ListDate {
  readonly date: string;
  /** `disclosed`, or how people read the substitute: `warned`, `first seen`. */
  readonly event: 'disclosed' | 'warned' | 'first seen';
}

/** The date of disclosure; else of the first public warning, else of the first activity, which are not disclosures and have to be told apart. Undefined where none is dated. */
export function listDate(dates: Readonly<Record<'disclosed' | 'warned' | 'observed', string | undefined>>): ListDate | undefined {
  const { disclosed, warned, observed } = dates;
  if (isDated(disclosed)) return { date: dayOf(disclosed), event: 'disclosed' };
  if (isDated(warned)) return { date: dayOf(warned), event: 'warned' };
  return isDated(observed) ? { date: dayOf(observed), event: 'first seen' } : undefined;
}

function isDated(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text !== 'unknown';
}

/** A list has room for the day: of a date to the minute, or from one minute to another, that of its beginning. */
function dayOf(date: string): string {
  return date.includes('T') ? date.replace(/[T/].*$/, '') : date;
}
