import { csvText } from '../base/csv-text.ts';
import { referenceIndex } from '../graph/evidence-dates.ts';
import { itemsOf, referenceIdOf } from '../schema/cited.ts';
import type { Citation } from '../schema/evidence.ts';
import { plainText } from '../schema/link-markup.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { observableColumns } from './observable-columns.ts';

/** The files of an incident as CSV, a row each, of any state; undefined where it has none. */
export function filesCsv(record: IncidentRecord): string | undefined {
  return tableOf(
    observableColumns.files,
    itemsOf(record.data.artifacts).map((file) => ({ ...file, file: file.name, ...evidenceOf(record, file) })),
  );
}

/** The indicators of an incident as CSV, a row each, not defanged; undefined where it has none. */
export function indicatorsCsv(record: IncidentRecord): string | undefined {
  return tableOf(
    observableColumns.indicators,
    itemsOf(record.data.indicators).map((indicator) => ({ ...indicator, ...evidenceOf(record, indicator) })),
  );
}

function tableOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, string | undefined>>>[],
): string | undefined {
  return rows.length === 0 ? undefined : csvText([columns, ...rows.map((row) => columns.map((column) => row[column]))]);
}

/** What is said of an observable, and the addresses of the documents that it rests on, separated by spaces. */
function evidenceOf(
  record: IncidentRecord,
  { text, cites }: { readonly text?: string | undefined; readonly cites: readonly Citation[] },
): { note: string | undefined; source_urls: string } {
  const index = referenceIndex(record);
  const urls = new Set(cites.flatMap((cited) => index.get(referenceIdOf(cited))?.url ?? []));
  return { note: text === undefined ? undefined : plainText(text), source_urls: [...urls].join(' ') };
}
