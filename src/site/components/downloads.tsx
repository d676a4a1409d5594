import { incidentFile } from '../../export/incident-files.ts';
import { hasOsvRecord } from '../../export/osv.ts';
import { STIX_MEDIA_TYPE } from '../../export/stix/publisher.ts';
import { resourceAddress } from '../../graph/addresses.ts';
import { itemsOf } from '../../schema/cited.ts';
import type { IncidentRecord } from '../../schema/record.ts';
import type { View } from '../view.ts';

interface Props {
  readonly view: View;
  readonly record: IncidentRecord;
}

interface Form {
  readonly label: string;
  readonly address: string;
  readonly mediaType: string;
  /** Ending of the name under which it is saved. */
  readonly ending: string;
}

/** The record in every form that it can be had in alone, in one line. */
export function Downloads({ view, record }: Props) {
  const { id } = record.data;
  const json = { label: 'JSON', address: resourceAddress({ kind: 'incident', key: id }), mediaType: 'application/json', ending: 'json' };
  return <FormLinks view={view} record={record} forms={[json, ...exportsOf({ view, record }), ...tablesOf(record)]} />;
}

/** The files and indicators of a record as tables. */
export function ObservableDownloads({ view, record }: Props) {
  return <FormLinks view={view} record={record} forms={tablesOf(record)} />;
}

function FormLinks({ view, record, forms }: Props & { forms: readonly Form[] }) {
  if (forms.length === 0) return null;
  return (
    <p class="downloads">
      <span>Download</span>
      {forms.map(({ label, address, mediaType, ending }) => (
        <a href={view.href(address)} type={mediaType} download={`${record.data.id.toLowerCase()}.${ending}`}>
          {label}
        </a>
      ))}
    </p>
  );
}

/** The exports that give one incident, where exports stand beside the pages. */
function exportsOf({ view, record }: Props): Form[] {
  const { id } = record.data;
  if (!view.site.downloads.some(({ mediaType }) => mediaType === STIX_MEDIA_TYPE)) return [];
  const osv = { label: 'OSV', address: incidentFile.osv(id), mediaType: 'application/json', ending: 'osv.json' };
  return [
    { label: 'STIX 2.1', address: incidentFile.stix(id), mediaType: STIX_MEDIA_TYPE, ending: 'stix.json' },
    { label: 'MISP event', address: incidentFile.misp(id), mediaType: 'application/json', ending: 'misp.json' },
    ...(hasOsvRecord(record) ? [osv] : []),
  ];
}

function tablesOf({ data }: IncidentRecord): Form[] {
  const mediaType = 'text/csv';
  const rows = (items: readonly unknown[], form: Omit<Form, 'mediaType'>) => (items.length > 0 ? [{ ...form, mediaType }] : []);
  return [
    ...rows(itemsOf(data.artifacts), { label: 'Files (CSV)', address: incidentFile.files(data.id), ending: 'files.csv' }),
    ...rows(itemsOf(data.indicators), { label: 'Indicators (CSV)', address: incidentFile.indicators(data.id), ending: 'indicators.csv' }),
  ];
}
