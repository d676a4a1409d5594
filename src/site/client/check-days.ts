/** The days that a form asks for, or the fields that are wrong and why. */
export type CheckDays =
  | { readonly asOf: string; readonly installedBetween: string }
  | { readonly faults: Readonly<Partial<Record<DayField, string>>> };

/** The fields, by their ids. */
export type DayField = 'check-as-of' | 'check-from' | 'check-to';

/** Reads the days of a form as people write them: YYYY-MM-DD, or nothing. */
export function readDays(texts: Readonly<Record<DayField, string>>): CheckDays {
  const { 'check-as-of': asOf, 'check-from': from, 'check-to': to } = trimmed(texts);
  const faults: Partial<Record<DayField, string>> = {};
  for (const [field, text] of [
    ['check-as-of', asOf],
    ['check-from', from],
    ['check-to', to],
  ] as const) {
    if (text && !isDay(text)) faults[field] = `“${text}” is no day: write it as 2025-03-14.`;
  }
  if (from && to && !faults['check-from'] && !faults['check-to'] && to < from) faults['check-to'] = `${to} is before ${from}.`;
  if (Object.keys(faults).length > 0) return { faults };
  return { asOf, installedBetween: from || to ? `${from}..${to}` : '' };
}

function trimmed(texts: Readonly<Record<DayField, string>>): Record<DayField, string> {
  return {
    'check-as-of': texts['check-as-of'].trim(),
    'check-from': texts['check-from'].trim(),
    'check-to': texts['check-to'].trim(),
  };
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // 30 February is read as a day of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
