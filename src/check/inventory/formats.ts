import { type InventoryFormat, type InventoryPart, MAX_INPUT_BYTES } from './inventory.ts';

/** Reads a format whose inputs may be too large to hold. */
export type InventoryStream = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<InventoryPart>;

/** A format of input, and how inputs of it are told. */
export interface FormatRow {
  /** As `--as` takes it. */
  readonly id: string;
  readonly title: string;
  /** Paths (forward slashes) that name a file of this format. */
  readonly paths?: RegExp;
  /** Whether the start of a file shows that it is of this format. */
  readonly sniff?: (start: string) => boolean;
  /** Inputs up to this many bytes are read whole, where the format can also stream. */
  readonly wholeLimit: number;
  load(): Promise<InventoryFormat>;
  readonly stream?: () => Promise<InventoryStream>;
}

const WHOLE = MAX_INPUT_BYTES;

/** Every format, by file: a new one is a file and a row here. The first row whose path fits is taken. */
export const inventoryFormats: readonly FormatRow[] = [
  {
    id: 'npm-lock',
    title: 'package-lock.json, npm-shrinkwrap.json',
    paths: /(^|\/)(package-lock|npm-shrinkwrap|\.package-lock)\.json$/,
    sniff: (start) => /^\s*\{[^}]*"lockfileVersion"\s*:/.test(start),
    wholeLimit: WHOLE,
    load: async () => (await import('./npm-lock.ts')).npmLock,
  },
];

/** The format that a path names. */
export function findFormat(path: string): FormatRow | undefined {
  const normal = path.replaceAll('\\', '/');
  return inventoryFormats.find(({ paths }) => paths?.test(normal));
}

/** The format that the start of a file shows. */
export function sniffFormat(start: Uint8Array): FormatRow | undefined {
  const encoding = start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(encoding).decode(start);
  return inventoryFormats.find(({ sniff }) => sniff?.(text));
}

/** The format of an id. Throws RangeError where there is none. */
export function getFormat(id: string): FormatRow {
  const row = inventoryFormats.find((format) => format.id === id);
  if (!row) throw new RangeError(`no format ${id}`);
  return row;
}
