import { prettyJson } from '../../base/canonical-json.ts';
import type { OutputFile } from '../../base/output-file.ts';
import { allBut, type FolderFormat, isFactsOnly } from '../export-format.ts';
import { INCIDENT_FIELDS } from '../fields.ts';
import { valueHash } from './attributes.ts';
import { type MispEvent, mispEvent } from './event.ts';

const CARRIED = [
  'id',
  'title',
  'summary',
  'status',
  'ecosystems',
  'vectors',
  'impacts',
  'entryStage',
  'confidence',
  'evidenceLevel',
  'executiveSummary',
  'components',
  'releases',
  'repositories',
  'accounts',
  'artifacts',
  'indicators',
  'vulnerabilities',
  'attribution',
  'malware',
  'techniques',
  'references',
];

/** A static MISP feed (https://www.misp-project.org/feeds/): a manifest, an event a file, and the digests of their values. */
export const mispFeed: FolderFormat = {
  id: 'misp-feed',
  title: 'MISP feed, an event an incident',
  mediaType: 'application/json',
  folder: 'misp',
  entries: [{ path: 'manifest.json', title: 'MISP feed, an event an incident: the list of its events' }],
  asOf: true,
  gathers: true,
  losses: [
    ...allBut(INCIDENT_FIELDS, CARRIED, 'an event carries observables, tags and documents'),
    { field: 'summary', why: 'only where the record has no executive summary, as a report' },
    { field: 'entryStage', why: 'why it is unknown' },
    { field: 'executiveSummary', why: 'a report of plain sentences: what each rests on is lost' },
    { field: 'components', why: 'only those with a bad release; kinds, platforms, other names and bundle identifiers' },
    { field: 'releases', why: 'clean ones; platforms, dates, and all texts but the first of a component' },
    { field: 'accounts', why: 'kinds and owners; in whose hands it was is words of a comment' },
    { field: 'artifacts', why: 'clean files and malware; component, version and platform are words' },
    {
      field: 'attribution',
      why: 'a tag an actor: claimant, date, confidence and layer are lost, claims to campaigns and denials left out',
    },
    { field: 'malware', why: 'strains and texts' },
    { field: 'techniques', why: 'texts: a tag a technique' },
    {
      field: 'references',
      why: 'publisher, title and date are one comment; kind, what relays what, archived and captured copies are lost',
    },
    { field: '*', why: 'citations, anchors, and why something is unknown; as known on a day all texts and judgements' },
  ],
  *files(selection) {
    const source = { ...selection, factsOnly: isFactsOnly(selection) };
    const manifest: [string, object][] = [];
    const hashes: string[] = [];
    for (const record of selection.incidents) {
      const event = mispEvent(source, record);
      manifest.push([event.uuid, manifestEntry(event)]);
      for (const hash of valueHashes(event)) hashes.push(`${hash},${event.uuid}\n`);
      yield { path: `${event.uuid}.json`, content: prettyJson({ Event: event }) } satisfies OutputFile;
    }
    manifest.sort(([left], [right]) => (left < right ? -1 : 1));
    yield { path: 'manifest.json', content: prettyJson(Object.fromEntries(manifest)) };
    yield { path: 'hashes.csv', content: hashes.sort() };
  },
};

/** What instances read to see which events are new to them. */
function manifestEntry({ info, date, analysis, threat_level_id, timestamp, Orgc, Tag }: MispEvent): object {
  return { Orgc, Tag, info, date, analysis: Number(analysis), threat_level_id: Number(threat_level_id), timestamp };
}

function valueHashes(event: MispEvent): Set<string> {
  const attributes = [...event.Attribute, ...event.Object.flatMap(({ Attribute }) => Attribute)];
  return new Set(attributes.map(({ value }) => valueHash(value)));
}
