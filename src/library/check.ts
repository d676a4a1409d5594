/**
 * The exposure check as a library: `import { checkInventory } from 'threatpedia/check'`.
 *
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { checkInventory } from 'threatpedia/check';
 *
 * const { findings, coverage } = await checkInventory({ path: 'package-lock.json', bytes: await readFile('package-lock.json') });
 * for (const { state, reason, incident } of findings) console.log(state, reason, incident?.title);
 * for (const { input, failure } of coverage) if (failure) console.error(`${input} could not be read: ${failure.message}`);
 * ```
 *
 * Reads nothing but what it is given and the index of the corpus that comes with the package; asks nothing of the network.
 */
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { AppError } from '../base/problem.ts';
import { addInventory, type InventoryInput, readMatchOptions } from '../check/add-inventory.ts';
import { type CheckResult, ExposureCheck, isExposed } from '../check/check.ts';
import { openIndexFile } from '../check/index/index-file.ts';
import type { KnowledgeIndex } from '../check/index/open-index.ts';
import { inventoryFormats } from '../check/inventory/formats.ts';
import { reportFormats } from '../check/report/formats.ts';

export type { CheckResult, Finding, InputCoverage, Presence, Revision } from '../check/check.ts';
export type { ApplicationIdentity, Digests, FileIdentity, Identity, NetworkIdentity, PackageIdentity } from '../check/identity.ts';
export type { IndexFile } from '../check/index/index-file.ts';
export type { IndexHeader, IndexSource } from '../check/index/index-format.ts';
export type { KnowledgeIndex } from '../check/index/open-index.ts';
export type { ComponentSource, FoundComponent, Place, Skipped } from '../check/inventory/inventory.ts';
export type { CleanRelease, IncidentBrief, Knowledge, OsvEvent, OsvRange } from '../check/knowledge.ts';
export type { Exposure, MatchState } from '../check/match.ts';
export type { InventoryInput };
export { AppError, isExposed, openIndexFile };

/** How to check. */
export interface CheckOptions {
  /** Indexes to look in besides the one of the corpus: see {@link openIndexFile}. They stay open. */
  readonly indexes?: readonly KnowledgeIndex[] | undefined;
  /** Only what was public on this day (YYYY-MM-DD, inclusive) counts. */
  readonly asOf?: string | undefined;
  /** When the things were installed, built or in use: `2025-03-14..2025-03-15`, both ends inclusive, one may be left open. */
  readonly installedBetween?: string | undefined;
}

/**
 * Looks up everything that the inputs name. An input that cannot be read is no error: it becomes an entry of `coverage` with a `failure`, and
 * says nothing about exposure. Throws AppError `usage` for an unknown format or a wrong option, `not-found` or `io` where the index of the
 * corpus is missing or damaged.
 */
export async function checkInventory(
  inputs: InventoryInput | readonly InventoryInput[],
  { indexes = [], asOf, installedBetween }: CheckOptions = {},
): Promise<CheckResult> {
  const options = readMatchOptions({ asOf, installedBetween });
  const corpus = await openIndexFile(fileURLToPath(new URL('corpus.tpindex', import.meta.url)));
  try {
    const exposure = new ExposureCheck([corpus, ...indexes], options);
    for (const input of [inputs].flat()) await addInventory(exposure, input);
    return await exposure.finish();
  } finally {
    await corpus.close();
  }
}

/** Every format that is read: its id and the files that it is for. */
export const formats: readonly { readonly id: string; readonly title: string }[] = inventoryFormats.map(({ id, title }) => ({ id, title }));

/** The forms of report, as `threatpedia check --format` takes them. */
export type ReportForm = keyof typeof reportFormats;

/** A result as a report, as `threatpedia check` writes it. `site`: address of the website that it links to, with a slash at the end. */
export async function renderReport(result: CheckResult, form: ReportForm, { site }: { readonly site?: string } = {}): Promise<string> {
  const format = await reportFormats[form]();
  return format.render(result, { version, site, width: 100, colors: false, verbose: true, ranAt: undefined });
}
