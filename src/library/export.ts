/**
 * Exports as a library: `import { exportIncidents } from 'threatpedia/export'`.
 *
 * ```ts
 * import { openCorpus } from 'threatpedia';
 * import { exportIncidents, formats } from 'threatpedia/export';
 *
 * const corpus = await openCorpus();
 * for await (const piece of exportIncidents(corpus, 'csv', { query: 'SC-2023-3CX-DESKTOPAPP' })) process.stdout.write(piece);
 * const { losses } = (await formats()).find(({ id }) => id === 'osv') ?? {};
 * console.log(losses?.length, 'fields of a record that OSV does not carry');
 * ```
 */
import { version } from '../../package.json';
import { AppError } from '../base/problem.ts';
import { exportFormats } from '../export/formats.ts';
import { compareByDate } from '../graph/incident-list.ts';
import type { Corpus } from './corpus.ts';

/** A form of export and what it cannot carry. */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** Whether it can tell what was known on a day. */
  readonly asOf: boolean;
  /** Fields of an incident record that it does not carry, or not wholly, each with the reason. */
  readonly losses: readonly { readonly field: string; readonly why: string }[];
}

/** What is exported. */
export interface ExportOptions {
  /** Which incidents, in the query language; default all. */
  readonly query?: string | undefined;
  /** Only what was public at the end of that day (an EDTF date), for formats that carry facts alone. */
  readonly asOf?: string | undefined;
  /** Address of the website that objects link to, with a slash at the end. */
  readonly site?: string | undefined;
}

/** Every form that is one file. */
export async function formats(): Promise<readonly Format[]> {
  return Promise.all(
    Object.values(exportFormats).map(async (load) => {
      const { id, title, mediaType, asOf, losses } = await load();
      return { id, title, mediaType, asOf, losses };
    }),
  );
}

/** Incidents in a form that other tools read, in pieces: the same bytes as `threatpedia export`. Throws AppError `usage` for an unknown format, a wrong query or day. */
export async function* exportIncidents(
  corpus: Corpus,
  format: string,
  { query = '', asOf, site = 'http://localhost:4700/' }: ExportOptions = {},
): AsyncGenerator<string, void, undefined> {
  const found = Object.hasOwn(exportFormats, format) ? await exportFormats[format]?.() : undefined;
  if (!found)
    throw new AppError('usage', `there is no format ${JSON.stringify(format)}; there are ${Object.keys(exportFormats).join(', ')}`);
  if (asOf !== undefined && !found.asOf)
    throw new AppError('usage', `${format} carries texts of today, which tell what came later; leave asOf out`);
  const { incidents } = corpus.answers.incidents(query, { asOf });
  const sorted = [...incidents].sort((left, right) => compareByDate(left.data, right.data));
  yield* found.render({ graph: corpus.answers.on(asOf), incidents: sorted, site, version });
}
