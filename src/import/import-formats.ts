import { readMispEvent } from './misp-event.ts';
import { readOsv } from './osv.ts';
import type { ImportedDraft } from './record-draft.ts';
import { readStixBundle } from './stix-bundle.ts';

/** Readers of the formats that a draft can be made from, by name. Each throws `UnreadableInput` where the JSON is something else. */
export const importFormats: Readonly<Record<string, (value: unknown) => ImportedDraft>> = {
  osv: readOsv,
  stix: readStixBundle,
  misp: readMispEvent,
};
