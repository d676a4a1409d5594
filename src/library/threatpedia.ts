/**
 * The corpus as a library: `import { openCorpus } from 'threatpedia'`.
 *
 * ```ts
 * import { openCorpus } from 'threatpedia';
 *
 * const corpus = await openCorpus();
 * const { total, incidents } = corpus.incidents('ecosystem:npm year:2025', { limit: 3 });
 * for (const { id, title, disclosed } of incidents) console.log(id, disclosed, title);
 * console.log(`${total} in all;`, corpus.record('SC-2024-XZ-UTILS')?.title);
 * ```
 *
 * Reads the records that come with the package, or a folder of yours; asks nothing of the network.
 */
import { version as packageVersion } from '../../package.json';

export { AppError } from '../base/problem.ts';
export { type Corpus, type IncidentSummary, type ListOptions, openCorpus, type Thing } from './corpus.ts';

/** The version of the package. */
export const version: string = packageVersion;
