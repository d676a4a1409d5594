import { createHash } from 'node:crypto';
import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortHash } from '../base/short-hash.ts';
import type { ReadBatch, ReadFile, RecordFile } from '../corpus/read-corpus.ts';
import { SharedTexts } from '../corpus/shared-texts.ts';
import { MAX_BYTES } from '../corpus/yaml-text.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { blocksOf, linesOf } from './file-blocks.ts';
import { cacheFolder } from './user-folders.ts';

/** Fewer files are parsed as fast; of more, a copy of all records would burden the disk. */
const [FEWEST_FILES, MOST_FILES] = [64, 50_000];
/** Written at once, in UTF-16 units. */
const BATCH_LENGTH = 1024 * 1024;
/** A copy that no command asked for in so long goes, in milliseconds. */
const MAX_AGE = 30 * 24 * 60 * 60 * 1000;

/** A record without any problem, with the digest of the bytes that it was read from. */
type Kept = readonly [digest: string, record: CorpusRecord];

/**
 * Records as they were read the last time, so that a command over a corpus of which little changed parses little. A record
 * counts for the very bytes that it was made of, and for the very command that made it; what has a problem is always read.
 */
export class RecordCache {
  readonly #corpusFolder: string;
  readonly #path: string;
  readonly #reader: () => string;
  #kept: ReadonlyMap<string, Kept> | undefined;
  readonly #fresh = new Map<string, Kept>();
  readonly #block = Buffer.allocUnsafe(256 * 1024);
  #hasNew = false;

  /** `reader` tells readers apart that may read the same bytes differently. */
  constructor(corpusFolder: string, reader = readerDigest) {
    this.#reader = reader;
    this.#corpusFolder = corpusFolder;
    this.#path = join(cacheFolder(), `records-${shortHash(corpusFolder)}.json`);
  }

  /** Readers of so many files that ask here first. */
  remembering(readers: readonly ReadBatch[], files: number): readonly ReadBatch[] {
    if (files < FEWEST_FILES || files > MOST_FILES) return readers;
    this.#kept = this.#load();
    return readers.map((reader) => async (folder, batch) => {
      const asked = batch.map((file) => this.#ask(file));
      const unknown = asked.flatMap(({ record, file }) => (record ? [] : [file]));
      const read = unknown.length > 0 ? await reader(folder, unknown) : [];
      const answers = read.values();
      return asked.map(({ record, file, ...seen }): ReadFile => {
        if (record) return { record, problems: [] };
        const answer = answers.next().value as ReadFile;
        this.#keep(file, seen, answer);
        return answer;
      });
    });
  }

  /** Writes what is known now where that is not what was known before. A folder that cannot be written is no failure: the next command reads again. */
  save(): void {
    if (!this.#kept || (!this.#hasNew && this.#fresh.size === this.#kept.size)) return;
    try {
      const folder = dirname(this.#path);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (/^records-.*\.json/.test(name) && statSync(path).mtimeMs < Date.now() - MAX_AGE) rmSync(path);
      }
      const draft = `${this.#path}.${process.pid}.new`;
      this.#write(draft);
      renameSync(draft, this.#path);
    } catch {
      // It only saves time.
    }
  }

  /** The reader in the first line, then a record a line: never are all of them one text. */
  #write(path: string): void {
    const file = openSync(path, 'w', 0o600);
    try {
      let batch = `${JSON.stringify({ reader: this.#reader() })}\n`;
      for (const kept of this.#fresh) {
        batch += `${JSON.stringify(kept)}\n`;
        if (batch.length < BATCH_LENGTH) continue;
        writeFileSync(file, batch);
        batch = '';
      }
      writeFileSync(file, batch);
    } finally {
      closeSync(file);
    }
  }

  #load(): ReadonlyMap<string, Kept> {
    const lines = linesOf(this.#path);
    try {
      const { reader } = JSON.parse(lines.next().value ?? '') as { reader: string };
      if (reader !== this.#reader()) return new Map();
      const texts = new SharedTexts();
      const kept = new Map<string, Kept>();
      for (const line of lines) kept.set(...texts.share(JSON.parse(line) as [file: string, kept: Kept]));
      return kept;
    } catch {
      // None yet, or damaged.
      return new Map();
    } finally {
      // Closes the file where it was not read to its end.
      lines.return(undefined);
    }
  }

  #ask(file: RecordFile): {
    readonly file: RecordFile;
    readonly record?: CorpusRecord;
    readonly digest?: string;
    readonly changed?: number;
  } {
    const path = join(this.#corpusFolder, file.file);
    try {
      const state = lstatSync(path);
      if (!state.isFile() || state.size > MAX_BYTES) return { file };
      const hash = createHash('sha256');
      for (const bytes of blocksOf(path, this.#block)) hash.update(bytes);
      const digest = hash.digest('base64');
      const kept = this.#kept?.get(file.file);
      if (kept?.[0] !== digest) return { file, digest, changed: state.mtimeMs };
      this.#fresh.set(file.file, kept);
      return { file, record: kept[1] };
    } catch {
      // The reader says what is wrong with it.
      return { file };
    }
  }

  #keep(
    { file }: RecordFile,
    { digest, changed }: { readonly digest?: string; readonly changed?: number },
    { record, problems }: ReadFile,
  ): void {
    if (!record || problems.length > 0 || digest === undefined) return;
    // Changed since: then the digest is not that of what was read.
    if (statSync(join(this.#corpusFolder, file), { throwIfNoEntry: false })?.mtimeMs !== changed) return;
    this.#fresh.set(file, [digest, record]);
    this.#hasNew = true;
  }
}

/** Digest of the code that reads records: the names of all files that it loads carry their own digests. */
function readerDigest(): string {
  const hash = createHash('sha256');
  for (const name of ['threatpedia.cjs', 'read-in-thread.cjs']) hash.update(readFileSync(fileURLToPath(new URL(name, import.meta.url))));
  return hash.digest('base64');
}
