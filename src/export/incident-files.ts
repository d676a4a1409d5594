import { uuidOf } from './uuid.ts';

/** Addresses of the files that stand beside the page of an incident, relative to the site’s root. */
export const incidentFile = {
  stix: (incident: string) => `${folderOf(incident)}stix.json`,
  osv: (incident: string) => `${folderOf(incident)}osv.json`,
  files: (incident: string) => `${folderOf(incident)}files.csv`,
  indicators: (incident: string) => `${folderOf(incident)}indicators.csv`,
  /** Its event in the MISP feed of all incidents. */
  misp: (incident: string) => `data/misp/${uuidOf('report', incident)}.json`,
} as const;

function folderOf(incident: string): string {
  return `incidents/${incident.toLowerCase()}/`;
}
