import { ExposureCheck } from '../../check/check.ts';
import { bytesSource, openIndex } from '../../check/index/open-index.ts';
import { findFormat, getFormat, sniffFormat } from '../../check/inventory/formats.ts';
import { reportFormats } from '../../check/report/formats.ts';
import { checkReport } from '../../check/report/json.ts';
import { rangeSource } from './range-source.ts';

/** What the page asks of the engine. */
export interface CheckRequest {
  readonly inputs: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly format: string;
  readonly asOf: string;
  /** Address of the index of the corpus, or its bytes; address of the one of malicious packages, where the site has one. */
  readonly index: string | Uint8Array;
  readonly packages: string | undefined;
  readonly site: string;
  readonly version: string;
}

/** What it answers: the report as data, and the same in every form that can be saved. */
export interface CheckAnswer {
  readonly report: ReturnType<typeof checkReport>;
  readonly files: Readonly<Record<string, string>>;
  /** Bytes of the malicious-package index that were fetched. */
  readonly fetched: number;
}

/** Reads and looks up everything on this machine. Runs in a worker, or, where none is to be had, in the page. */
export async function runCheck(request: CheckRequest, onProgress: (text: string) => void): Promise<CheckAnswer> {
  let fetched = 0;
  const corpus = await openIndex(typeof request.index === 'string' ? rangeSource(request.index) : bytesSource(request.index));
  const count = (bytes: number) => {
    fetched += bytes;
  };
  const indexes = request.packages ? [corpus, await openIndex(rangeSource(request.packages, count))] : [corpus];
  const exposure = new ExposureCheck(indexes, { asOf: request.asOf || undefined });
  for (const [number, { name, bytes }] of request.inputs.entries()) {
    onProgress(`Reading ${name} (${number + 1} of ${request.inputs.length})`);
    const row = request.format
      ? getFormat(request.format)
      : (findFormat(name) ?? sniffFormat(bytes.subarray(0, 65_536)) ?? (name === PASTED ? getFormat('purl-list') : undefined));
    if (!row) {
      exposure.fail(name, undefined, 'is of no format that is known; choose one above');
      continue;
    }
    const format = await row.load();
    await exposure.add({ path: name, format: row.id, bytes, read: () => format.parse(bytes, { path: name }) });
  }
  const result = await exposure.finish();
  const context = { version: request.version, site: request.site, width: 100, colors: false, verbose: true, ranAt: undefined };
  const files: Record<string, string> = {};
  for (const id of ['json', 'html', 'markdown', 'sarif', 'vex'] as const) files[id] = (await reportFormats[id]()).render(result, context);
  return { report: checkReport(result, request.version, undefined), files, fetched };
}

/** The name of what was pasted. */
export const PASTED = 'pasted text';
