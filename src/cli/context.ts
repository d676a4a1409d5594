import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, severityOf } from '../base/problem.ts';
import { type Corpus, readCorpus } from '../corpus/read-corpus.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import { problemFormats } from './problem-report.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes of every command. Scripts may trust them. */
export const exitCodes = { ok: 0, found: 1, usage: 2, unreadable: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command works with. */
export interface Context {
  readonly terminal: Terminal;
  /** Folder of the corpus: `--corpus`, else `corpus/` in the working folder, else the one that came with the package. */
  readonly corpusFolder: string;
}

/** The corpus folder to use. */
export function findCorpusFolder(given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  const here = resolve('corpus');
  if (existsSync(here)) return here;
  return fileURLToPath(new URL('../../corpus', import.meta.url));
}

/** Reads the corpus with progress on the terminal. */
export async function loadCorpus({ terminal, corpusFolder }: Context): Promise<Corpus> {
  let shownAt = 0;
  const corpus = await readCorpus(corpusFolder, {
    onFile: (done, total) => {
      if (total < 200 || Date.now() - shownAt < 100) return;
      shownAt = Date.now();
      terminal.progress(`reading ${done}/${total} records`);
    },
  });
  terminal.progress('');
  return corpus;
}

/** The graph of a corpus without errors. Prints the problems and throws AppError where there are any: nothing is shown that did not parse. */
export async function loadGraph(context: Context): Promise<Graph> {
  const corpus = await loadCorpus(context);
  const errors = corpus.problems.filter((problem) => severityOf(problem) === 'error');
  if (errors.length > 0) {
    context.terminal.note(problemFormats.text(errors.slice(0, 50), context.terminal));
    throw new AppError(
      'usage',
      `${errors.length} ${errors.length === 1 ? 'problem' : 'problems'} in ${context.corpusFolder}; nothing was built from it`,
    );
  }
  return buildGraph(corpus.records);
}
