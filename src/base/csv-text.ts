/**
 * Rows as CSV (RFC 4180), lines ending in CRLF. A cell that begins like a formula is kept from spreadsheets by an apostrophe (OWASP, CSV
 * injection); numbers stay numbers; null is empty.
 */
export function csvText(rows: Iterable<readonly (string | number | null | undefined)[]>): string {
  let text = '';
  for (const row of rows) text += `${row.map(cell).join(',')}\r\n`;
  return text;
}

function cell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
