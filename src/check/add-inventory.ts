import { AppError } from '../base/problem.ts';
import type { ExposureCheck } from './check.ts';
import { type FormatRow, findFormat, inventoryFormats, isEmpty, sniffFormat } from './inventory/formats.ts';
import { MAX_INPUT_BYTES } from './inventory/inventory.ts';
import type { MatchOptions } from './match.ts';
import { parsePeriod } from './period.ts';

/** Something to be checked: a lockfile, an SBOM, a list of programs, a workflow, a page, … */
export type InventoryInput = {
  /** Its name, with folders and forward slashes. By it the format is told, and findings name it. */
  readonly path: string;
  /** Id of its format, one of `formats`. Default: told by the path, else by how the bytes begin. */
  readonly format?: string | undefined;
} & (
  | { readonly bytes: Uint8Array }
  /** For what is too long to hold: only formats that stream take it, with `format` or a telling path. */
  | { readonly chunks: AsyncIterable<Uint8Array> }
);

/** Adds an input to a check. What cannot be read becomes coverage. Throws AppError `usage` for a format that does not exist. */
export async function addInventory(exposure: ExposureCheck, input: InventoryInput): Promise<void> {
  const { path } = input;
  const row = input.format === undefined ? toldFormat(input) : inventoryFormats.find(({ id }) => id === input.format);
  if (!row) {
    if (input.format === undefined) {
      const why = 'bytes' in input && isEmpty(input.bytes) ? EMPTY : 'is of no format that is known; give its `format`';
      return exposure.fail(path, undefined, why);
    }
    throw new AppError('usage', `no format ${JSON.stringify(input.format)}; there are ${inventoryFormats.map(({ id }) => id).join(', ')}`);
  }
  if ('chunks' in input) {
    if (!row.stream) return exposure.fail(path, row.id, 'this format is not read in pieces; give its `bytes`');
    const stream = await row.stream();
    return exposure.add({ path, format: row.id, read: () => stream(input.chunks) });
  }
  const { bytes } = input;
  if (bytes.length > MAX_INPUT_BYTES)
    return exposure.fail(path, row.id, `expected at most ${MAX_INPUT_BYTES} bytes, found ${bytes.length}`);
  const format = await row.load();
  return exposure.add({ path, format: row.id, bytes, read: () => format.parse(bytes, { path }) });
}

/** Why an input that holds nothing could not be read. */
export const EMPTY = 'the file is empty';

function toldFormat(input: InventoryInput): FormatRow | undefined {
  return findFormat(input.path) ?? ('bytes' in input ? sniffFormat(input.bytes.subarray(0, 65_536)) : undefined);
}

/** Options as people write them: a day (YYYY-MM-DD) and a period (`2025-03-14..2025-03-15`). Throws AppError `usage` where they are none. */
export function readMatchOptions({
  asOf,
  installedBetween,
}: {
  readonly asOf?: string | undefined;
  readonly installedBetween?: string | undefined;
}): MatchOptions {
  return {
    asOf: asOf === undefined ? undefined : dayOf(asOf),
    installedBetween: installedBetween === undefined ? undefined : periodIn(installedBetween),
  };
}

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new AppError('usage', `expected a day such as 2023-03-29 for asOf, found ${JSON.stringify(text)}`);
}

function periodIn(text: string) {
  const period = parsePeriod(text);
  if (typeof period === 'string') throw new AppError('usage', `installedBetween: ${period}`);
  return period;
}
