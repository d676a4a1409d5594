import { parentPort } from 'node:worker_threads';
import { type RecordFile, readFiles } from '../corpus/read-corpus.ts';

/** Files to read. */
export interface ReadTask {
  readonly folder: string;
  readonly batch: readonly RecordFile[];
}

/** Runs as a thread of its own: reads the files that it is sent, and answers with what is known of them, as JSON. */
parentPort?.on('message', async ({ folder, batch }: ReadTask) => {
  const read = await readFiles(folder, batch);
  parentPort?.postMessage(JSON.stringify(read.map(({ record, problems }) => ({ record, problems }))));
});
