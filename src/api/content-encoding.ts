import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How each encoding is made of a whole body. Brotli at a quality that costs as much as gzip does. */
export const compressors = {
  br: (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength },
    }),
  gzip: (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => promisify(gzip)(bytes),
} as const;

export type Encoding = keyof typeof compressors;

/**
 * The first of the offered encodings among those that the client likes best, by its Accept-Encoding header (RFC 9110, 12.5.3). Undefined where it
 * takes none of them or sends no header: then the body goes as it is.
 */
export function chooseEncoding(accepted: string | undefined, offered: readonly Encoding[]): Encoding | undefined {
  if (!accepted || accepted.length > 500) return undefined;
  const weights = new Map(accepted.split(',').map(parseWeight));
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  let best: Encoding | undefined;
  for (const name of offered) if (weightOf(name) > (best ? weightOf(best) : 0)) best = name;
  return best;
}

function parseWeight(part: string): readonly [name: string, weight: number] {
  const [name = '', ...parameters] = part.toLowerCase().split(';');
  const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
  return [name.trim(), quality === undefined ? 1 : Number(quality)];
}
