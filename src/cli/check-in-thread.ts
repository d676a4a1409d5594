import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { version } from '../../package.json';
import type { CheckOptionTexts, InventoryBytes } from '../api/answer-routes.ts';
import { AppError } from '../base/problem.ts';
import { addInventory, readMatchOptions } from '../check/add-inventory.ts';
import { ExposureCheck } from '../check/check.ts';
import { openIndexFile } from '../check/index/index-file.ts';
import { checkReport } from '../check/report/json.ts';

/** What a thread that runs this file is started with: index files to look in. Those that are not there are left out. */
export interface CheckThreadData {
  readonly indexes: readonly string[];
}

/** One inventory to check. */
export interface CheckTask {
  readonly input: InventoryBytes;
  readonly options: CheckOptionTexts;
}

/** The report as JSON, or why there is none: the question is wrong, the report would be too long, or something failed. */
export type CheckOutcome =
  | { readonly report: string }
  | { readonly wrong: string }
  | { readonly tooLong: true }
  | { readonly failed: string };

/** Longest report that is sent, in characters. */
const MAX_REPORT = 32 * 1024 * 1024;

/** Runs as a thread of its own: checks each inventory that it is sent and answers with the report. Keeps nothing of it. */
const { indexes } = workerData as CheckThreadData;

parentPort?.on('message', (task: CheckTask) => {
  check(task).then((outcome) => parentPort?.postMessage(outcome));
});

async function check({ input, options }: CheckTask): Promise<CheckOutcome> {
  const opened = await Promise.all(indexes.filter(existsSync).map((path) => openIndexFile(path)));
  try {
    const exposure = new ExposureCheck(opened, readMatchOptions(options));
    await addInventory(exposure, input);
    const report = JSON.stringify(checkReport(await exposure.finish(), version, undefined));
    return report.length > MAX_REPORT ? { tooLong: true } : { report };
  } catch (error) {
    if (error instanceof AppError && error.code === 'usage') return { wrong: error.message };
    // The platform's word for a text that is longer than any may be.
    if (error instanceof RangeError) return { tooLong: true };
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    for (const index of opened) index.close();
  }
}
