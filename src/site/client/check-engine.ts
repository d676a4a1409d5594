import { EMPTY, readMatchOptions } from '../../check/add-inventory.ts';
import { ExposureCheck } from '../../check/check.ts';
import { IndexError } from '../../check/index/index-format.ts';
import { bytesSource, type KnowledgeIndex, openIndex } from '../../check/index/open-index.ts';
import { type FormatRow, findFormat, getFormat, isEmpty, sniffFormat, sniffPasted } from '../../check/inventory/formats.ts';
import { MAX_INPUT_BYTES } from '../../check/inventory/inventory.ts';
import { reportFormats } from '../../check/report/formats.ts';
import { checkReport } from '../../check/report/json.ts';
import { type Fetched, type RangeSource, rangeSource } from './range-source.ts';

/** One file, or what was pasted: read only when its turn comes. */
export interface PageInput {
  readonly name: string;
  readonly data: Blob;
}

/** What the page asks of the engine. */
export interface CheckRequest {
  readonly inputs: readonly PageInput[];
  readonly format: string;
  /** A day, or two with `..` between them, of which one may be left out; empty where none was given. */
  readonly asOf: string;
  readonly installedBetween: string;
  /** Address of the index of the corpus, or its bytes; address of the one of malicious packages, where it is to be looked in. */
  readonly index: string | Uint8Array;
  readonly packages: string | undefined;
  readonly site: string;
  readonly version: string;
}

/** What it answers: the report as data, and the same in every form that can be saved. */
export interface CheckAnswer {
  readonly report: ReturnType<typeof checkReport>;
  readonly files: Readonly<Record<string, string>>;
  /** What was fetched of the index of malicious packages. */
  readonly fetched: Fetched | undefined;
}

/** Reads and looks up everything on this machine. Runs in a worker, or, where none is to be had, in the page. */
export async function runCheck(request: CheckRequest, onProgress: (text: string) => void): Promise<CheckAnswer> {
  const corpus = await (typeof request.index === 'string' ? openWhole(rangeSource(request.index)) : openIndex(bytesSource(request.index)));
  const packages = request.packages
    ? rangeSource(request.packages, ({ bytes, total }) =>
        onProgress(`This host sends no parts of files: fetching the whole index, ${megabytes(bytes, total)}`),
      )
    : undefined;
  if (packages) onProgress('Opening the index of malicious packages');
  const indexes = packages ? [corpus, await openWhole(packages)] : [corpus];
  const exposure = new ExposureCheck(
    indexes,
    readMatchOptions({ asOf: request.asOf || undefined, installedBetween: request.installedBetween || undefined }),
  );
  const names = new Set<string>();
  for (const [number, input] of request.inputs.entries()) {
    onProgress(`Reading ${input.name} (${number + 1} of ${request.inputs.length})`);
    await addInput(exposure, input, request.format, distinctName(input.name, names));
  }
  const result = await exposure.finish();
  const context = { version: request.version, site: request.site, width: 100, colors: false, verbose: true, ranAt: undefined };
  const files: Record<string, string> = {};
  for (const id of ['json', 'html', 'markdown', 'sarif', 'vex'] as const) files[id] = (await reportFormats[id]()).render(result, context);
  return { report: checkReport(result, request.version, undefined), files, fetched: packages?.fetched };
}

/** Opens an index of which the host told the length: a cut-off one is refused at once, not when a lookup happens to need its end. */
async function openWhole(source: RangeSource): Promise<KnowledgeIndex> {
  const index = await openIndex(source);
  const { offset, bytes } = index.header.data;
  const { total } = source.fetched;
  if (total !== undefined && total !== offset + bytes)
    throw new IndexError(`the index is cut off: it has ${total} bytes of ${offset + bytes}`);
  return index;
}

async function addInput(exposure: ExposureCheck, { name, data }: PageInput, format: string, shown: string): Promise<void> {
  if (data.size > MAX_INPUT_BYTES) {
    return exposure.fail(shown, undefined, `expected at most ${MAX_INPUT_BYTES} bytes, found ${data.size}; the command reads longer files`);
  }
  // A folder that was dropped, or a file that is gone since.
  const bytes = await data.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
  if (!bytes) return exposure.fail(shown, undefined, 'could not be read; is it a folder? The command reads whole folders');
  const row = format ? getFormat(format) : recognise(name, bytes);
  if (!row) return exposure.fail(shown, undefined, isEmpty(bytes) ? EMPTY : 'is of no format that is known; choose one above');
  const { parse } = await row.load();
  await exposure.add({ path: shown, format: row.id, bytes, read: () => parse(bytes, { path: name }) });
}

function recognise(name: string, bytes: Uint8Array): FormatRow | undefined {
  const start = bytes.subarray(0, 65_536);
  return findFormat(name) ?? (name === PASTED ? sniffPasted(start) : sniffFormat(start));
}

/** Files of several folders may have one name: the second is `package-lock.json (2)`. */
function distinctName(name: string, taken: Set<string>): string {
  let shown = name;
  for (let number = 2; taken.has(shown); number++) shown = `${name} (${number})`;
  taken.add(shown);
  return shown;
}

function megabytes(bytes: number, total: number | undefined): string {
  return `${(bytes / 1e6).toFixed(0)}${total ? ` of ${(total / 1e6).toFixed(0)}` : ''} MB`;
}

/** The name of what was pasted. */
export const PASTED = 'pasted text';
