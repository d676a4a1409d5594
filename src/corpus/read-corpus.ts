import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError, compareProblems, compareText, type Problem } from '../base/problem.ts';
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

export interface ReadOptions {
  /** Called after every file, for progress. */
  readonly onFile?: (done: number, total: number) => void;
  /** What diagnostics print before a file's path; default the corpus folder relative to the working folder. */
  readonly shownRoot?: string;
}

/** Files that are read at once. Parsing is single-threaded, so more would only hold more bytes in memory. */
const READ_AHEAD = 16;

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
  for (let start = 0; start < files.length; start += READ_AHEAD) {
    const batch = files.slice(start, start + READ_AHEAD);
    const parsed = await Promise.all(batch.map((file) => parseFile(folder, file, shown(file))));
    for (const { record, problems: found } of parsed) {
      if (record) records.push(record);
      problems.push(...found);
    }
    options.onFile?.(start + batch.length, files.length);
  }
  problems.push(...(await placeFaults(checkCorpus(records), folder, shown)));
  return { records, problems: problems.sort(compareProblems), fileCount: files.length };
}

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
