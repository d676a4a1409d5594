import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { inChunks, type OutputFile } from '../base/output-file.ts';
import type { FilePiece, WriterData } from './write-files.ts';

/** Bytes sent to the thread at once: a few pages. */
const BATCH_LENGTH = 256 * 1024;
/** Bytes under way before the next batch: enough to keep the disk busy while the next pages are rendered, few enough to bound memory. */
const MAX_AHEAD = 2 * 1024 * 1024;

const encoder = new TextEncoder();

/** Writes files below a folder in a thread of its own, so that rendering does not wait for the disk. */
export class FolderWriter {
  readonly #thread: Worker;
  #batch: FilePiece[] = [];
  #length = 0;
  #underWay = 0;
  #failure: unknown;
  count = 0;

  constructor(root: string) {
    this.#thread = new Worker(new URL('./write-files.cjs', import.meta.url), {
      workerData: { root } satisfies WriterData,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#thread.on('message', (length: number) => {
      this.#underWay -= length;
    });
    this.#thread.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** Resolves when there is room for the next file; throws where an earlier one failed. */
  async write({ path, content }: OutputFile): Promise<void> {
    this.count++;
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : inChunks(content);
    let appended = false;
    for (const piece of pieces) {
      // Bytes of their own are handed over; a text would be copied, and take twice the room where one letter of it is beyond Latin-1.
      const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece.slice();
      this.#batch.push({ path, bytes, appended });
      this.#length += bytes.length;
      appended = true;
      if (this.#length >= BATCH_LENGTH) await this.#send();
    }
    // What has no pieces is a file all the same.
    if (!appended) this.#batch.push({ path, bytes: new Uint8Array(), appended });
  }

  /** Resolves when everything is on disk; throws where something is not. */
  async finish(): Promise<void> {
    await this.#send();
    await this.#untilUnderWay(0);
    await this.stop();
  }

  /** Writes nothing more. */
  async stop(): Promise<void> {
    await this.#thread.terminate();
  }

  async #send(): Promise<void> {
    await this.#untilUnderWay(MAX_AHEAD);
    this.#underWay += this.#length;
    this.#thread.postMessage(
      this.#batch,
      this.#batch.map(({ bytes }) => bytes.buffer),
    );
    this.#batch = [];
    this.#length = 0;
  }

  async #untilUnderWay(most: number): Promise<void> {
    while (this.#underWay > most && !this.#failure) await once(this.#thread, 'message');
    if (this.#failure) throw this.#failure;
  }
}
