import { getEdtf } from '../base/edtf.ts';
import type { Citation } from '../schema/evidence.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { knownSince, publicSince } from './evidence-dates.ts';

/**
 * An incident record reduced to what was publicly known at the end of a day: statements whose earliest source was public by then and whose event had begun, and the
 * documents of until then. The title becomes the id, because titles are written with hindsight; summary and texts stay as they are today: only for what carries
 * facts alone. Undefined where nothing of the incident was public. Throws RangeError where `date` is no EDTF date.
 */
export function incidentAsOf(record: IncidentRecord, date: string): IncidentRecord | undefined {
  const day = getEdtf(date).lastDay ?? '9999-12-31';
  const references = record.data.references.filter((reference) => (publicSince(reference) ?? '9999-12-31') <= day);
  if (references.length === 0) return undefined;
  const isKnown = (value: unknown): boolean => {
    const { cites, date: event } = (value ?? {}) as { readonly cites?: readonly Citation[]; readonly date?: string };
    const since = cites && knownSince(record, cites, event);
    return cites === undefined || (since !== undefined && since <= day);
  };
  const fields = Object.entries(record.data).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'references') return [[name, references]];
    if (name === 'title') return [[name, record.data.id]];
    if (name === 'aliases') return [];
    if (Array.isArray(value)) return [[name, value.filter(isKnown)]];
    return name === 'summary' || isKnown(value) ? [[name, value]] : [];
  });
  return { ...record, data: Object.fromEntries(fields) as IncidentRecord['data'] };
}
