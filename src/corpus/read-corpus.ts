import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError, compareProblems, compareText, type Problem } from '../base/problem.ts';
import { problemCodes } from '../base/problem-codes.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { type CorpusFault, checkCorpus } from './corpus-rules.ts';
import { type ParsedFile, parseRecord } from './parse-record.ts';
import { sourceText } from './source-text.ts';
import { MAX_BYTES } from './yaml-text.ts';

/** A corpus as read: every record that parsed, in the order of their files, and every problem of every file. */
export interface Corpus {
  readonly records: readonly CorpusRecord[];
  readonly problems: readonly Problem[];
  /** Record files seen, whether they parsed or not. */
  readonly fileCount: number;
}

/** What is known of a file: its record where it parsed, and its problems. */
export type ReadFile = Pick<ParsedFile, 'record' | 'problems'>;

/** A record file: its path below the corpus folder, and what diagnostics call it. */
export interface RecordFile {
  readonly file: string;
  readonly shown: string;
}

/** Reads files below a folder and answers in their order; one batch at a time. */
export type ReadBatch = (folder: string, batch: readonly RecordFile[]) => Promise<readonly ReadFile[]>;

export interface ReadOptions {
  /** Who reads so many files, side by side; by default, and where it is undefined, one in this thread. */
  readonly readers?: (files: number) => readonly ReadBatch[] | undefined;
  /** Leave warnings that only several records together give rise to: saying where they stand takes reading their files again. */
  readonly errorsOnly?: boolean;
  /** Called after every few files, for progress. */
  readonly onFile?: (done: number, total: number) => void;
  /** What diagnostics print before a file's path; default the corpus folder relative to the working folder. */
  readonly shownRoot?: string;
}

/** Files that one reader reads at once: more would only hold more bytes in memory. */
const BATCH = 16;

/**
 * Reads every `.yaml` file under a corpus folder and checks it, alone and against the others. Symbolic links are reported, never followed.
 * Throws AppError `not-found` where the folder does not exist.
 */
export async function readCorpus(folder: string, options: ReadOptions = {}): Promise<Corpus> {
  const shownRoot = options.shownRoot ?? toForward(relative(process.cwd(), folder) || '.');
  const shown = (file: string) => (shownRoot === '.' ? file : `${shownRoot}/${file}`);
  const { files, links } = await findRecordFiles(folder);
  const problems: Problem[] = links.map((file) => linkProblem(shown(file)));
  const records: CorpusRecord[] = [];
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_, index) =>
    files.slice(index * BATCH, (index + 1) * BATCH).map((file) => ({ file, shown: shown(file) })),
  );
  const read: (readonly ReadFile[])[] = batches.map(() => []);
  const left = batches.entries();
  let done = 0;
  const work = async (reader: ReadBatch) => {
    for (const [index, batch] of left) {
      read[index] = await reader(folder, batch);
      done += batch.length;
      options.onFile?.(done, files.length);
    }
  };
  await Promise.all((options.readers?.(files.length) ?? [readFiles]).map(work));
  for (const { record, problems: found } of read.flat()) {
    if (record) records.push(record);
    problems.push(...found);
  }
  const faults = checkCorpus(records).filter((fault) => !options.errorsOnly || problemCodes[fault.code].severity === 'error');
  problems.push(...(await placeFaults(faults, folder, shown)));
  return { records, problems: problems.sort(compareProblems), fileCount: files.length };
}

/** Reads files here, in this thread. */
export const readFiles: ReadBatch = (folder, batch) => Promise.all(batch.map(({ file, shown }) => parseFile(folder, file, shown)));

async function parseFile(folder: string, file: string, shown: string): Promise<ParsedFile> {
  try {
    const path = join(folder, file);
    const state = await lstat(path);
    // Opening a pipe would wait for a writer that never comes.
    if (!state.isFile()) return unreadable(shown, 'is no regular file');
    const { size } = state;
    // An oversized file is refused by its length, before its bytes are in memory.
    return parseRecord(size > MAX_BYTES ? ({ byteLength: size, length: size } as Uint8Array) : await readFile(path), file, shown);
  } catch (error) {
    return unreadable(shown, error instanceof Error && 'code' in error ? `could not be read (${String(error.code)})` : 'could not be read');
  }
}

function unreadable(shown: string, message: string): ParsedFile {
  const source = sourceText(shown, '');
  return {
    record: undefined,
    problems: [source.toProblem({ code: 'file-unreadable', offset: 0, message })],
    locate: () => ({ source, offset: 0 }),
  };
}

/** Record files and symbolic links below a folder, relative to it, sorted; hidden files and other endings are left out. */
export async function findRecordFiles(folder: string): Promise<{ files: string[]; links: string[] }> {
  const files: string[] = [];
  const links: string[] = [];
  const visit = async (directory: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(directory, entry.name);
      if (entry.isSymbolicLink()) links.push(toForward(relative(folder, path)));
      else if (entry.isDirectory()) await visit(path);
      else if (/\.ya?ml$/.test(entry.name)) files.push(toForward(relative(folder, path)));
    }
  };
  try {
    await visit(folder);
  } catch (error) {
    throw new AppError('not-found', `no corpus folder at ${folder}`, { cause: error });
  }
  return { files: files.sort(compareText), links: links.sort(compareText) };
}

/** Problems across records know a record and a path; the file is read again to say line and column. */
async function placeFaults(faults: readonly CorpusFault[], folder: string, shown: (file: string) => string): Promise<Problem[]> {
  const problems: Problem[] = [];
  const byFile = groupByFile(faults);
  for (const [file, found] of byFile) {
    const parsed = await parseFile(folder, file, shown(file));
    for (const { path, record: _, ...fault } of found) {
      const { source, offset } = parsed.locate(path);
      problems.push(source.toProblem({ ...fault, offset }));
    }
  }
  return problems;
}

function groupByFile(faults: readonly CorpusFault[]): Map<string, CorpusFault[]> {
  const groups = new Map<string, CorpusFault[]>();
  for (const fault of faults) groups.set(fault.record.file, [...(groups.get(fault.record.file) ?? []), fault]);
  return groups;
}

function linkProblem(file: string): Problem {
  const message = 'symbolic links are not followed, wherever they lead';
  return sourceText(file, '').toProblem({ code: 'path-outside-corpus', offset: 0, message, fix: 'put the file itself here' });
}

function toForward(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
