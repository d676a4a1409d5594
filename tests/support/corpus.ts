import { join } from 'node:path';
import { severityOf } from '../../src/base/problem.ts';
import { readCorpus } from '../../src/corpus/read-corpus.ts';
import { buildGraph } from '../../src/graph/build-graph.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { projectRoot } from './shared.ts';

const held = globalThis as { threatpediaCorpusGraph?: Promise<Graph> };

/** The project's own corpus as a graph, read once a process: nothing changes it. Throws where it has errors, with the first of them. */
export function loadCorpusGraph(): Promise<Graph> {
  held.threatpediaCorpusGraph ??= load();
  return held.threatpediaCorpusGraph;
}

async function load(): Promise<Graph> {
  const { records, problems } = await readCorpus(join(projectRoot, 'corpus'));
  const error = problems.find((problem) => severityOf(problem) === 'error');
  if (error) throw new Error(`${error.at.file}:${error.at.line}:${error.at.column} ${error.message}`);
  return buildGraph(records);
}
