import type { OutputFile } from '../base/output-file.ts';
import type { Graph } from '../graph/graph.ts';

export function* apiFiles(_graph: Graph): Generator<OutputFile> {}
