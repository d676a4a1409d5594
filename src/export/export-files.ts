import { prettyJson } from '../base/canonical-json.ts';
import type { OutputFile } from '../base/output-file.ts';
import type { ExportFormat, Selection } from './export-format.ts';
import { exportFormats } from './formats.ts';
import { EXTENSION_SCHEMA_ADDRESS, extensionSchema } from './stix/publisher.ts';

/** Formats that the API does not give already. */
async function downloadable(): Promise<ExportFormat[]> {
  const formats = await Promise.all(Object.values(exportFormats).map((load) => load()));
  return formats.filter(({ id }) => id !== 'corpus');
}

function addressOf({ id, extension }: ExportFormat): string {
  return `data/threatpedia${id === extension ? '' : `-${id}`}.${extension}`;
}

/** What the files of {@link exportFiles} will be. */
export async function downloads(): Promise<{ address: string; title: string; mediaType: string; lossy: number }[]> {
  return (await downloadable()).map((format) => ({
    address: addressOf(format),
    title: format.title,
    mediaType: format.mediaType,
    lossy: new Set(format.losses.map(({ field }) => field)).size,
  }));
}

/** The whole corpus in every format, one file at a time, and the JSON Schema that our STIX extension names. */
export async function* exportFiles(selection: Selection): AsyncGenerator<OutputFile> {
  for (const format of await downloadable()) yield { path: addressOf(format), content: format.render(selection) };
  yield { path: EXTENSION_SCHEMA_ADDRESS, content: prettyJson(extensionSchema) };
}
