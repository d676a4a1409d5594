import type { Hash } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { fill, type OutputFile } from '../base/output-file.ts';
import type { FileBlock, FilePart, WriterData } from './write-files.ts';

/** Bytes sent to the thread at once: a few pages. */
const BLOCK_LENGTH = 256 * 1024;
/** Blocks under way before the next is sent: enough to keep the disk busy while the next pages are rendered, few enough to bound memory. */
const MOST_AHEAD = 8;

/**
 * Writes files below a folder in a thread of its own, so that rendering does not wait for the disk. Texts are encoded into blocks of memory that come back from the thread
 * and are used again.
 */
export class FolderWriter {
  readonly #thread: Worker;
  #block = new Uint8Array(BLOCK_LENGTH);
  #parts: FilePart[] = [];
  #used = 0;
  #underWay = 0;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  #failure: unknown;
  count = 0;

  constructor(root: string) {
    this.#thread = new Worker(new URL('./write-files.cjs', import.meta.url), {
      workerData: { root } satisfies WriterData,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#thread.on('message', (block: Uint8Array<ArrayBuffer>) => {
      this.#free.push(block);
      this.#underWay--;
    });
    this.#thread.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** Resolves, with the length of the file in bytes, when there is room for the next one; throws where an earlier one failed. `digest` takes the bytes on their way. */
  async write({ path, content }: OutputFile, digest?: Hash): Promise<number> {
    this.count++;
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    let [start, appended, length] = [this.#used, false, 0];
    for (const piece of pieces) {
      for (let rest = piece; ; ) {
        const filled = fill(this.#block.subarray(this.#used), rest);
        digest?.update(this.#block.subarray(this.#used, this.#used + filled.written));
        this.#used += filled.written;
        length += filled.written;
        rest = filled.rest;
        if (rest.length === 0) break;
        this.#parts.push({ path, start, end: this.#used, appended });
        await this.#send();
        [start, appended] = [0, true];
      }
    }
    // A file without content is a file all the same.
    if (this.#used > start || !appended) this.#parts.push({ path, start, end: this.#used, appended });
    return length;
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
    await this.#untilUnderWay(MOST_AHEAD - 1);
    this.#underWay++;
    this.#thread.postMessage({ bytes: this.#block, parts: this.#parts } satisfies FileBlock, [this.#block.buffer]);
    this.#block = this.#free.pop() ?? new Uint8Array(BLOCK_LENGTH);
    this.#parts = [];
    this.#used = 0;
  }

  async #untilUnderWay(most: number): Promise<void> {
    while (this.#underWay > most && !this.#failure) await once(this.#thread, 'message');
    if (this.#failure) throw this.#failure;
  }
}
