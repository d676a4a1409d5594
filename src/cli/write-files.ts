import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** What a thread that runs this file is started with. */
export interface WriterData {
  readonly root: string;
}

/** A file, or the next part of the one before, within a block. */
export interface FilePart {
  readonly path: string;
  /** Where it begins and ends in the block, the end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly appended: boolean;
}

/** Files to write, and the memory that holds them: handed over, and handed back when they are on disk. */
export interface FileBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly parts: readonly FilePart[];
}

/** Runs as a thread of its own: writes each block that it is sent below its folder, and gives back its memory when that is on disk. */
const { root } = workerData as WriterData;
const folders = new Set<string>();

parentPort?.on('message', ({ bytes, parts }: FileBlock) => {
  for (const { path, start, end, appended } of parts) {
    const target = join(root, path);
    const folder = dirname(target);
    if (!folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      folders.add(folder);
    }
    writeFileSync(target, bytes.subarray(start, end), { flag: appended ? 'a' : 'w' });
  }
  parentPort?.postMessage(bytes, [bytes.buffer]);
});
