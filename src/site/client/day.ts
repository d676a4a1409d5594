/** What a field for a day holds: the day, undefined for today, with a word where another was written, or what is wrong with it. */
export type Asked = { readonly day: string | undefined; readonly note?: string } | { readonly fault: string };

/**
 * Reads a day as people write it: YYYY-MM-DD, or YYYY-MM or YYYY for the last day of it. Nothing, and what does not lie before `now`, is today: what will be
 * known is not known.
 */
export function parseDay(text: string, now: Date = new Date()): Asked {
  const written = text.trim();
  if (written === '') return { day: undefined };
  const [, year, month, date] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(written) ?? [];
  const last = new Date(Date.UTC(Number(year), Number(month ?? 12), 0));
  const day = `${year}-${month ?? '12'}-${date ?? last.getUTCDate()}`;
  const isDay =
    year && Number(month ?? 1) >= 1 && Number(month ?? 1) <= 12 && Number(date ?? 1) >= 1 && Number(date ?? 1) <= last.getUTCDate();
  if (!isDay) return { fault: `“${written.slice(0, 20)}” is no day: write 2023-03-29, or 2023-03 or 2023 for their last days` };
  if (day < now.toISOString().slice(0, 10)) return { day };
  return { day: undefined, note: `${written} is not over: this is what is known today.` };
}

/** The day in a field of text; undefined where it is none, which the field then says. */
export function dayIn(input: HTMLInputElement): Exclude<Asked, { readonly fault: string }> | undefined {
  const asked = parseDay(input.value);
  input.setCustomValidity('fault' in asked ? asked.fault : '');
  if (!('fault' in asked)) return asked;
  input.reportValidity();
  input.addEventListener('input', () => input.setCustomValidity(''), { once: true });
  return undefined;
}

/** Days before today, each once, the earliest first. A document dated by its year alone is certainly public only when that year has passed. */
export function pastDays(days: Iterable<string>, now: Date = new Date()): string[] {
  const today = now.toISOString().slice(0, 10);
  return [...new Set(days)].filter((day) => day !== '' && day < today).sort();
}
