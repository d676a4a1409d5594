import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

/** What a thread that runs this file is started with. */
export interface WriterData {
  readonly root: string;
}

/** A file, or the next piece of the one before. */
export interface FilePiece {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly appended: boolean;
}

/** Runs as a thread of its own: writes each batch that it is sent below its folder, and answers with its length when it is on disk. */
const { root } = workerData as WriterData;
const folders = new Set<string>();

parentPort?.on('message', (batch: readonly FilePiece[]) => {
  for (const { path, bytes, appended } of batch) {
    const target = join(root, path);
    const folder = dirname(target);
    if (!folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      folders.add(folder);
    }
    writeFileSync(target, bytes, { flag: appended ? 'a' : 'w' });
  }
  parentPort?.postMessage(batch.reduce((length, { bytes }) => length + bytes.length, 0));
});
