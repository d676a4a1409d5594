import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CheckInventory, CheckOptionTexts, InventoryBytes } from '../api/answer-routes.ts';
import { TooCostlyError } from '../api/answer-server.ts';
import { AppError } from '../base/problem.ts';
import type { CheckOutcome, CheckTask, CheckThreadData } from './check-in-thread.ts';

const THREADS = 2;
/** Longest time and largest heap that one check may take. */
const MAX_MS = 10_000;
const MAX_HEAP_MB = 512;

/** Checks inventories of strangers in threads of their own: a hostile one ends its thread, and the server goes on answering. */
export class CheckThreads {
  readonly #data: CheckThreadData;
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `indexes`: files to look in, opened anew for each check. */
  constructor(indexes: readonly string[]) {
    this.#data = { indexes };
  }

  /** Checks one inventory as soon as a thread is free. Throws AppError `usage`, and {@link TooCostlyError}. */
  readonly check: CheckInventory = async (input, options) => {
    if (this.#running >= THREADS) await new Promise<void>((free) => this.#waiting.push(free));
    else this.#running++;
    try {
      return await this.#run(input, options);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  };

  /** Ends the threads that wait for work. */
  async stop(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.terminate()));
  }

  async #run(input: InventoryBytes, options: CheckOptionTexts): Promise<string> {
    const thread = this.#idle.pop() ?? this.#start();
    let outcome: CheckOutcome;
    try {
      outcome = await answerOf(thread, { input, options });
    } catch (error) {
      await thread.terminate();
      throw error;
    }
    this.#idle.push(thread);
    if ('wrong' in outcome) throw new AppError('usage', outcome.wrong);
    if ('tooLong' in outcome) throw new TooCostlyError();
    if ('failed' in outcome) throw new Error(outcome.failed);
    return outcome.report;
  }

  #start(): Worker {
    const thread = new Worker(new URL('./check-in-thread.cjs', import.meta.url), {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    // One that fails while it waits for work is not asked again, and ends nobody else.
    thread.on('error', () => {
      const at = this.#idle.indexOf(thread);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    // A thread that waits for work keeps nobody from ending.
    thread.unref();
    return thread;
  }
}

/** What the thread answers; rejects where it takes too long or ends. */
async function answerOf(thread: Worker, task: CheckTask): Promise<CheckOutcome> {
  const end = new AbortController();
  const clock = setTimeout(() => end.abort(), MAX_MS);
  try {
    // Throws the thread's error where it ends with one.
    const answer = once(thread, 'message', { signal: end.signal });
    thread.postMessage(task);
    return (await answer)[0] as CheckOutcome;
  } catch (error) {
    if (end.signal.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') throw new TooCostlyError();
    throw error;
  } finally {
    clearTimeout(clock);
  }
}
