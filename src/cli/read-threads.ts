import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ReadBatch, ReadFile } from '../corpus/read-corpus.ts';
import { SharedTexts } from '../corpus/shared-texts.ts';
import type { ReadTask } from './read-in-thread.ts';

/** Fewer files are read sooner than a thread has started. */
const WORTHWHILE = 64;
const MOST_THREADS = 4;

/** Readers of record files in threads: parsing is the longest part of every command over a large corpus. */
export class ReadThreads {
  readonly #threads: Worker[] = [];

  /** As many readers as there are processors, for so many files; none where threads are not worth it, and then the caller reads. */
  readonly readers = (files: number): readonly ReadBatch[] | undefined => {
    const count = Math.min(MOST_THREADS, availableParallelism());
    if (files < WORTHWHILE || count < 2) return undefined;
    const texts = new SharedTexts();
    return Array.from({ length: count }, () => this.#reader(texts));
  };

  /** Ends the threads. */
  async stop(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.terminate()));
  }

  #reader(texts: SharedTexts): ReadBatch {
    let thread: Worker | undefined;
    return async (folder, batch) => {
      thread ??= this.#start();
      const answer = once(thread, 'message');
      thread.postMessage({ folder, batch } satisfies ReadTask);
      return texts.share(JSON.parse((await answer)[0] as string) as ReadFile[]);
    };
  }

  #start(): Worker {
    // What a parser makes dies young: a larger nursery lets most of it die before it is moved.
    const thread = new Worker(new URL('./read-in-thread.cjs', import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 48 } });
    this.#threads.push(thread);
    return thread;
  }
}
