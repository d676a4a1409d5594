import { itemsOf } from '../schema/cited.ts';
import { allBut, type ExportFormat } from './export-format.ts';
import { INCIDENT_FIELDS } from './fields.ts';

/** Every bad file and network indicator once, one a line: `type,value,incidents`. What many block lists and searches take as it is. */
export const indicators: ExportFormat = {
  id: 'indicators',
  title: 'Indicators, one a line',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  asOf: true,
  losses: [
    ...allBut(INCIDENT_FIELDS, ['id', 'artifacts', 'indicators'], 'only observables are listed'),
    { field: 'artifacts', why: 'only digests of bad files: names, versions, malware and clean files are lost' },
    { field: '*', why: 'texts, citations and dates' },
  ],
  *render({ incidents }) {
    const seen = new Map<string, string[]>();
    const note = (type: string, value: string, incident: string): void => {
      const key = `${type},${value}`;
      const known = seen.get(key);
      if (!known) seen.set(key, [incident]);
      else if (!known.includes(incident)) known.push(incident);
    };
    for (const { data } of incidents) {
      for (const { state, sha256, sha1, md5, sha512 } of itemsOf(data.artifacts)) {
        if (state !== 'malicious' && state !== 'affected') continue;
        for (const [type, value] of Object.entries({ sha256, sha1, md5, sha512 })) if (value) note(type, value, data.id);
      }
      for (const { type, value } of itemsOf(data.indicators)) note(type, value, data.id);
    }
    for (const key of [...seen.keys()].sort()) yield `${key},${seen.get(key)?.join(' ')}\n`;
  },
};
