import { createHash } from 'node:crypto';
import { prettyJson } from '../base/canonical-json.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { ExportFormat, FolderFormat, Loss, Selection } from './export-format.ts';
import { exportFormats, folderFormats } from './formats.ts';
import { incidentFile } from './incident-files.ts';
import { EXTENSION_SCHEMA_ADDRESS, extensionSchema, STIX_MEDIA_TYPE } from './stix/publisher.ts';
import { stixTime } from './stix/stix-evidence.ts';

/** From so many incidents on a build leaves out the formats that gather everything: `threatpedia export` makes them, of a query or of all. */
const MANY_INCIDENTS = 2_000;

function isMany(incidents: number): boolean {
  return incidents > MANY_INCIDENTS;
}

/** Formats that the API does not give already, of a corpus of so many incidents. */
async function downloadable(incidents: number): Promise<ExportFormat[]> {
  const formats = await Promise.all(Object.values(exportFormats).map((load) => load()));
  return formats.filter(({ id, gathers }) => id !== 'corpus' && !(gathers && isMany(incidents)));
}

async function folders(incidents: number): Promise<FolderFormat[]> {
  const formats = await Promise.all(Object.values(folderFormats).map((load) => load()));
  return formats.filter(({ gathers }) => !(gathers && isMany(incidents)));
}

function addressIn({ folder }: FolderFormat, path: string): string {
  return `data/${folder}/${path}`;
}

function addressOf({ id, extension }: ExportFormat): string {
  return `data/threatpedia${id === extension ? '' : `-${id}`}.${extension}`;
}

/** What the files of {@link exportFiles} will be, without those of each incident. */
export async function downloads(
  incidents: number,
): Promise<{ address: string; title: string; mediaType: string; losses: readonly Loss[] }[]> {
  const files = (await downloadable(incidents)).map((format) => {
    const { title, mediaType, losses } = format;
    return { address: addressOf(format), title, mediaType, losses };
  });
  const inFolders = (await folders(incidents)).flatMap((format) =>
    format.entries.map(({ path, title }) => ({
      address: addressIn(format, path),
      title,
      mediaType: format.mediaType,
      losses: format.losses,
    })),
  );
  return [...files, ...inFolders];
}

/**
 * The whole corpus in every format, one file at a time, some in folders; the JSON Schema that our STIX extension names; and what the release is: its version, the digest of
 * its STIX files, and `released`, the instant from which TAXII counts. Default: the day of the newest document and n² milliseconds for n objects. Of a
 * corpus that only grows every release then begins later than the one before ended, (n + 1)² − n² being more than n, and no clock is asked.
 */
export async function* exportFiles(selection: Selection, released?: string): AsyncGenerator<OutputFile> {
  const digest = createHash('sha256');
  let objects = 0;
  function* counted(pieces: Iterable<string>): Generator<string> {
    for (const piece of pieces) {
      digest.update(piece);
      objects += linesIn(piece);
      yield piece;
    }
  }
  for (const format of await downloadable(selection.incidents.length)) {
    const content = format.render(selection);
    yield { path: addressOf(format), content: format.mediaType === STIX_MEDIA_TYPE ? counted(content) : content };
  }
  for (const format of await folders(selection.incidents.length)) {
    for (const { path, content } of format.files(selection)) yield { path: addressIn(format, path), content };
  }
  if (!isMany(selection.incidents.length)) {
    const { stix } = await import('./stix/stix.ts');
    const { osvRecord } = await import('./osv.ts');
    for (const record of selection.incidents) {
      yield { path: incidentFile.stix(record.data.id), content: stix.render({ ...selection, incidents: [record] }) };
      const osv = osvRecord(record, selection.site);
      if (osv) yield { path: incidentFile.osv(record.data.id), content: prettyJson(osv) };
    }
  }
  yield { path: EXTENSION_SCHEMA_ADDRESS, content: prettyJson(extensionSchema) };
  const release = {
    version: selection.version,
    digest: digest.digest('hex'),
    released: released ?? new Date(newestDay(selection) + objects ** 2).toISOString(),
  };
  yield { path: 'data/threatpedia-release.json', content: prettyJson(release) };
}

/** The day on which the newest dated document can first have been there, in milliseconds since 1970. */
function newestDay({ incidents }: Selection): number {
  const days = incidents.flatMap(({ data }) => data.references.map(({ published }) => stixTime(published) ?? ''));
  return Date.parse(days.sort().at(-1) || '1970-01-01T00:00:00.000Z');
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
