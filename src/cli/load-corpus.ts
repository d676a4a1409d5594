import { setFlagsFromString } from 'node:v8';
import { AppError, severityOf } from '../base/problem.ts';
import { type Corpus, readCorpus, readFiles } from '../corpus/read-corpus.ts';
import { buildGraph } from '../graph/build-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { Context } from './context.ts';
import { problemFormats } from './problem-report.ts';
import { ReadThreads } from './read-threads.ts';
import { RecordCache } from './record-cache.ts';

/** Reads the corpus with progress on the terminal; `errorsOnly` leaves warnings across records. */
export async function loadCorpus({ terminal, corpusFolder }: Context, errorsOnly = false): Promise<Corpus> {
  // A corpus and its graph stay in memory as a whole: the heap may grow by a fifth of what is live before it is collected, not fourfold.
  setFlagsFromString('--heap-growing-percent=20');
  let shownAt = 0;
  const threads = new ReadThreads();
  const cache = new RecordCache(corpusFolder);
  const corpus = await readCorpus(corpusFolder, {
    readers: (files) => cache.remembering(threads.readers(files) ?? [readFiles], files),
    errorsOnly,
    onFile: (done, total) => {
      if (total < 200 || Date.now() - shownAt < 100) return;
      shownAt = Date.now();
      terminal.progress(`reading ${done}/${total} records`);
    },
  }).finally(() => threads.stop());
  cache.save();
  terminal.progress('');
  return corpus;
}

/** The graph of a corpus without errors. Prints the problems and throws AppError where there are any: nothing is shown that did not parse. */
export async function loadGraph(context: Context): Promise<Graph> {
  const corpus = await loadCorpus(context, true);
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
