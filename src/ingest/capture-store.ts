import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/problem.ts';

/** A copy of a document as it was served once. */
export interface Capture {
  /** The address asked for, and the one that answered after redirects. */
  readonly url: string;
  readonly finalUrl: string;
  /** Whether every redirect on the way was a permanent one. */
  readonly movedForGood: boolean;
  /** ISO date-time. */
  readonly at: string;
  readonly status: number;
  readonly mediaType: string;
  /** SHA-256 of the body in hexadecimal, which is the name of its file too. */
  readonly sha256: string;
  readonly bytes: number;
}

const MAX_INDEX_BYTES = 256 * 1024 * 1024;

/**
 * Copies of documents in a folder: `objects/ab/<sha256>` holds each body once, `captures.jsonl` one line a capture, oldest first. Bodies are checked
 * against their name whenever they are read.
 */
export class CaptureStore {
  readonly #folder: string;
  readonly #latest = new Map<string, Capture>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens a folder, which need not exist yet. Throws AppError `io` where its list cannot be read or is damaged. */
  static async open(folder: string): Promise<CaptureStore> {
    const store = new CaptureStore(folder);
    const file = join(folder, 'captures.jsonl');
    const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined;
      throw new AppError('io', `cannot read ${file}`, { cause });
    });
    if (bytes && bytes.length > MAX_INDEX_BYTES) throw new AppError('io', `${file} is larger than ${MAX_INDEX_BYTES} bytes`);
    const lines = (bytes?.toString('utf8') ?? '').split('\n');
    // Whole lines end with a line end; what stands behind the last one was cut off by a crash. It is dropped, or the next line would be joined to it.
    const cut = lines.pop() ?? '';
    if (bytes && cut !== '') await truncate(file, bytes.length - Buffer.byteLength(cut));
    for (const [index, line] of lines.entries()) {
      const capture = parseLine(line);
      if (!capture) throw new AppError('io', `${file}:${index + 1}: expected a capture, found something else`);
      store.#latest.set(capture.url, capture);
    }
    return store;
  }

  /** The latest capture of an address. */
  latest(url: string): Capture | undefined {
    return this.#latest.get(url);
  }

  /** The body of a capture. Throws AppError `io` where it is gone or is not what was captured. */
  async body({ sha256, url }: Capture): Promise<Uint8Array> {
    const bytes = await readFile(this.#place(sha256)).catch((cause: unknown) => {
      throw new AppError('io', `the capture of ${url} is gone from ${this.#folder}`, { cause });
    });
    if (digest(bytes) !== sha256) throw new AppError('io', `the capture of ${url} in ${this.#folder} was changed`);
    return bytes;
  }

  /** Keeps a document. */
  async add(capture: Omit<Capture, 'sha256' | 'bytes'>, body: Uint8Array): Promise<Capture> {
    const sha256 = digest(body);
    const place = this.#place(sha256);
    await mkdir(join(this.#folder, 'objects', sha256.slice(0, 2)), { recursive: true });
    const draft = `${place}.${randomUUID()}.new`;
    await writeFile(draft, body);
    await rename(draft, place);
    const whole: Capture = { ...capture, sha256, bytes: body.length };
    await appendFile(join(this.#folder, 'captures.jsonl'), `${JSON.stringify(whole)}\n`);
    this.#latest.set(capture.url, whole);
    return whole;
  }

  #place(sha256: string): string {
    return join(this.#folder, 'objects', sha256.slice(0, 2), sha256);
  }
}

function parseLine(line: string): Capture | undefined {
  try {
    const value = JSON.parse(line) as Capture;
    return typeof value.url === 'string' && /^[0-9a-f]{64}$/.test(value.sha256) ? value : undefined;
  } catch {
    return undefined;
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
