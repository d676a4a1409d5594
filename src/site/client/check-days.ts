import { parseDay } from './day.ts';

/** The days that a form asks for, or the fields that are wrong and why. */
export type CheckDays =
  | { readonly asOf: string; readonly installedBetween: string }
  | { readonly faults: Readonly<Partial<Record<DayField, string>>> };

/** The fields, by their ids. */
export type DayField = 'check-as-of' | 'check-from' | 'check-to';

/** Reads the days of a form as people write them: YYYY-MM-DD, or nothing; of what was known also a month or a year, whose last day counts. */
export function readDays(texts: Readonly<Record<DayField, string>>): CheckDays {
  const { 'check-as-of': asOf, 'check-from': from, 'check-to': to } = trimmed(texts);
  const faults: Partial<Record<DayField, string>> = {};
  const known = parseDay(asOf);
  if ('fault' in known) faults['check-as-of'] = `${known.fault}.`;
  for (const [field, text] of [
    ['check-from', from],
    ['check-to', to],
  ] as const) {
    if (text && !isDay(text)) faults[field] = `“${text}” is no day: write it as 2025-03-14.`;
  }
  if (from && to && !faults['check-from'] && !faults['check-to'] && to < from) faults['check-to'] = `${to} is before ${from}.`;
  if ('fault' in known || Object.keys(faults).length > 0) return { faults };
  return { asOf: known.day ?? '', installedBetween: from || to ? `${from}..${to}` : '' };
}

function trimmed(texts: Readonly<Record<DayField, string>>): Record<DayField, string> {
  return {
    'check-as-of': texts['check-as-of'].trim(),
    'check-from': texts['check-from'].trim(),
    'check-to': texts['check-to'].trim(),
  };
}

function isDay(text: string): boolean {
  return text.length === 10 && !('fault' in parseDay(text));
}
