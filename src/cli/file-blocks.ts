import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** A file's bytes, in one block that is used over and over: a buffer for each of many thousand files is slow to come back. */
export function* blocksOf(path: string, block: Buffer): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, block); read > 0; read = readSync(file, block)) yield block.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

/** A file's lines, without their ends, of which only one block and one line are in memory. */
export function* linesOf(path: string): Generator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for (const block of blocksOf(path, Buffer.allocUnsafe(1024 * 1024))) {
    const lines = (rest + decoder.write(block)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.end();
  if (rest) yield rest;
}
