/** Width of every chart, in units of its view box. */
export const WIDTH = 760;

/** A label that is cut where there is no room; the whole stands in the table. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** Place on a scale that gives a day, a week, a month, a year and ten years room alike: the logarithm of days + 1. */
export function logDays(days: number, most: number): number {
  return Math.log10(days + 1) / Math.log10(Math.max(10, most) + 1);
}

/** Marks of that scale that lie within. */
export function dayTicks(most: number): { days: number; label: string }[] {
  return [
    { days: 0, label: 'same day' },
    { days: 1, label: '1 day' },
    { days: 7, label: '1 week' },
    { days: 30, label: '30 days' },
    { days: 365, label: '1 year' },
    { days: 3650, label: '10 years' },
  ].filter(({ days }) => days <= most);
}

/** The middle value; the lower of two middles. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
