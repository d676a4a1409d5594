import { csvText } from '../../base/csv-text.ts';
import type { IncidentRow } from '../../query/row.ts';
import { rowSummary } from '../../query/row-summary.ts';
import { saveFile } from './save-file.ts';

/** Saves an answer: as CSV, or as JSON in the shape of the API. */
export function downloadRows(rows: readonly IncidentRow[], form: 'csv' | 'json'): void {
  const content = form === 'json' ? `${JSON.stringify({ incidents: rows.map(rowSummary) }, undefined, 2)}\n` : toCsv(rows);
  const type = form === 'json' ? 'application/json' : 'text/csv;charset=utf-8';
  saveFile(new Blob([content], { type }), `threatpedia-incidents.${form}`);
}

const COLUMNS = [
  'id',
  'title',
  'year',
  'disclosed',
  'observed',
  'warned',
  'contained',
  'entry',
  'vector',
  'impact',
  'ecosystem',
  'actor',
  'nexus',
  'malware',
  'depth',
  'confidence',
  'evidence',
  'references',
  'origins',
] as const satisfies readonly (keyof IncidentRow)[];

function toCsv(rows: readonly IncidentRow[]): string {
  const cell = (value: string | number | readonly string[]) => (typeof value === 'object' ? value.join(' ') : value);
  return csvText([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => cell(row[column])))]);
}
