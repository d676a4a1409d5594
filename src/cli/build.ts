import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { version } from '../../package.json';
import { apiFiles } from '../api/api-files.ts';
import { openApiDocument } from '../api/openapi.ts';
import { AppError } from '../base/problem.ts';
import { downloads, exportFiles } from '../export/export-files.ts';
import { type Graph, recordsOf } from '../graph/graph.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { type Asset, siteFiles } from '../site/build-site.ts';
import { PACKAGE_INDEX } from '../site/check-page.tsx';
import { LISTED_FILES } from '../site/data-page.tsx';
import type { WrittenFile } from '../site/view.ts';
import { type BuiltSite, MARKER, markerOf, refuseForeignFolder, type SiteChoices, sourceDigest } from './built-site.ts';
import { type Context, exitCodes } from './context.ts';
import { FolderWriter } from './folder-writer.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { lastChanges, recordHistory, withChangedFields } from './record-history.ts';
import { copyPackageIndex } from './write-index.ts';

/** Where `build` and `serve` write unless told otherwise. */
export const DEFAULT_OUT = 'dist/site';
/** The origin that addresses carry unless told otherwise: that of `threatpedia serve`. */
export const DEFAULT_ORIGIN = 'http://localhost:4700';

interface BuildOptions extends SiteChoices {
  readonly out: string;
}

export const buildCommand: AddCommand = (program, run) => {
  program
    .command('build')
    .description('write the site and the API as plain files')
    .option('--out <folder>', 'folder to write; what it held before is replaced', DEFAULT_OUT)
    .option('--origin <url>', 'scheme and host under which it will be served, for canonical addresses', parseOrigin, DEFAULT_ORIGIN)
    .option('--index <file>', INDEX_OPTION)
    .option('--corrections <url>', CORRECTIONS_OPTION, parseForm)
    .option('--plain-files', 'links name index.html, so that the folder reads from disk without a server')
    .addHelpText(
      'after',
      '\nExamples:\n  $ threatpedia build\n  $ threatpedia build --out public --origin https://example.org\n  $ threatpedia build --out copy --plain-files\n  $ threatpedia build --index malicious-packages.tpindex\n\nExit codes: 0 written, 2 the corpus has errors or an option is wrong, 3 the folder cannot be written or the index not be read',
    )
    .action((options: BuildOptions) =>
      run(async (context) => {
        const { out, ...choices } = options;
        const madeFrom = await sourceDigest(context.corpusFolder, choices);
        const graph = await loadGraph(context);
        const { files } = await writeSite(context, graph, resolve(out), choices, madeFrom);
        context.terminal.print(`${files} files in ${relative(process.cwd(), resolve(out)) || '.'}`);
        return exitCodes.ok;
      }),
    );
};

/** What `--index` of `build` and `serve` means. */
export const INDEX_OPTION = 'index of malicious packages to copy beside the page that checks (`threatpedia index` makes one)';

/** What `--corrections` of `build` and `serve` means. */
export const CORRECTIONS_OPTION =
  'form for corrections that records link to, with title and body filled in, such as https://github.com/owner/name/issues/new';

/** Checks the address of a form. */
export function parseForm(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hash || url.username || url.password) {
    throw new InvalidArgumentError('expected an address such as https://github.com/owner/name/issues/new');
  }
  return url.href;
}

/** Checks an origin: scheme and host, nothing behind. */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new InvalidArgumentError('expected a scheme and host such as https://example.org');
  }
  return url.origin;
}

/**
 * Writes site and API into a folder. Everything goes to a new folder beside it first, which then takes its place: a failed build leaves the
 * old one as it was. Refuses a folder that holds something else than a built site. `madeFrom` is the `sourceDigest` taken before the corpus was read.
 */
export async function writeSite(
  { terminal, corpusFolder }: Context,
  graph: Graph,
  folder: string,
  options: SiteChoices,
  madeFrom: string,
): Promise<Omit<BuiltSite, 'about'>> {
  if (options.index && options.plainFiles) {
    throw new AppError('usage', 'pages read from disk cannot fetch parts of an index: leave out --index or --plain-files');
  }
  await refuseForeignFolder(folder);
  const fresh = `${folder}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  const writer = new FolderWriter(fresh);
  let shownAt = 0;
  try {
    await mkdir(dirname(fresh), { recursive: true });
    await mkdir(fresh);
    const packageIndex = options.index ? await copyPackageIndex(options.index, join(fresh, PACKAGE_INDEX)) : undefined;
    const assets = {
      style: await asset('site', 'css'),
      script: await asset('site', 'js'),
      search: await asset('search', 'js'),
      check: await asset('check', 'js'),
      ask: await asset('ask', 'js'),
      compare: await asset('compare', 'js'),
      explore: await asset('explore', 'js'),
      measures: await asset('measures', 'js'),
    };
    const history = await withChangedFields(corpusFolder, await recordHistory(corpusFolder));
    const selection = {
      graph,
      incidents: recordsOf(graph, 'incident').sort((left, right) => compareByDate(left.data, right.data)),
      site: `${options.origin}/`,
      version,
      changed: lastChanges(history),
    };
    const exports = await downloads(selection.incidents.length);
    const listed = new Set([...LISTED_FILES, ...exports.map(({ address }) => address)]);
    const written = new Map<string, WrittenFile>();
    const pages = () =>
      siteFiles(graph, { ...options, packageIndex, api: openApiDocument(), history, downloads: exports, written, assets, hashedName });
    // Pages come last: one says how long the other files are, and what digests they have.
    for (const files of [() => apiFiles(graph), () => exportFiles(selection, releasedAt(process.env.SOURCE_DATE_EPOCH)), pages]) {
      for await (const file of files()) {
        const digest = listed.has(file.path) ? createHash('sha256') : undefined;
        const length = await writer.write(file, digest);
        if (digest) written.set(file.path, { length, sha256: digest.digest('hex') });
        if (Date.now() - shownAt > 100) {
          shownAt = Date.now();
          terminal.progress(`writing ${writer.count} files`);
        }
      }
    }
    const site = { madeFrom, files: writer.count + (packageIndex ? 1 : 0), nodes: graph.nodes.size, edges: graph.edges.length };
    await writer.write({ path: MARKER, content: markerOf(site) });
    await writer.finish();
    takePlace(fresh, folder);
    return site;
  } catch (error) {
    await writer.stop();
    await rm(fresh, { recursive: true, force: true });
    if (error instanceof AppError) throw error;
    throw new AppError(
      'io',
      `cannot write ${relative(process.cwd(), folder) || '.'}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    terminal.progress('');
  }
}

/** Puts a folder in the place of another, which is there until that instant and comes back where it fails, and then removes the other. */
function takePlace(fresh: string, folder: string): void {
  const old = `${folder}.old-${process.pid}`;
  if (existsSync(folder)) renameSync(folder, old);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (existsSync(old)) renameSync(old, folder);
    throw error;
  }
  // One entry after the other: side by side, 700,000 files took 400 MB.
  rmSync(old, { recursive: true, force: true });
}

/** The instant that SOURCE_DATE_EPOCH names (https://reproducible-builds.org/specs/source-date-epoch/); undefined where it is not set. */
function releasedAt(epoch: string | undefined): string | undefined {
  if (epoch === undefined || epoch === '') return undefined;
  if (!/^\d{1,11}$/.test(epoch)) throw new AppError('usage', 'SOURCE_DATE_EPOCH: expected whole seconds since 1970');
  return new Date(Number(epoch) * 1000).toISOString();
}

async function asset(stem: string, extension: string): Promise<Asset> {
  const path = fileURLToPath(new URL(`./assets/${stem}.${extension}`, import.meta.url));
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('internal', `${basename(path)} is missing beside the command; reinstall the package`, { cause: error });
  });
  return { name: hashedName(stem, extension, [content]), content };
}

function hashedName(stem: string, extension: string, content: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const piece of content) hash.update(piece);
  return `${stem}.${hash.digest('hex').slice(0, 10)}.${extension}`;
}
