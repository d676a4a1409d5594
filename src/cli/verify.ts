import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { version } from '../../package.json';
import { prettyJson } from '../base/canonical-json.ts';
import { AppError } from '../base/problem.ts';
import { safeForTerminal } from '../base/terminal-text.ts';
import { anchorsByReference, type CitedAnchor, type CopiedRun, copiedRuns, missingAnchors } from '../corpus/verify-record.ts';
import { type Capture, CaptureStore } from '../ingest/capture-store.ts';
import { documentText } from '../ingest/document-text.ts';
import { CRAWLER, PoliteFetcher, RobotsRefusal } from '../ingest/polite-fetcher.ts';
import { referencesOf } from '../schema/claims.ts';
import type { Reference } from '../schema/evidence.ts';
import type { CorpusRecord } from '../schema/record.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { defaultIndexFile } from './knowledge-files.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import type { Terminal } from './terminal.ts';

interface VerifyOptions {
  readonly captures: string;
  readonly offline?: boolean;
  readonly refresh?: boolean;
  readonly add?: string[];
  readonly pause: number;
  readonly allowPrivate?: boolean;
  readonly json?: boolean;
}

/**
 * What became of a reference.
 *
 * - `found`: every anchor stands in it, or it has none and is there
 * - `missing`: it is there, and some anchors are not in it
 * - `dead`: the address answers 404 or 410, or its name is gone
 * - `unreadable`: it is no text that can be searched (a PDF, an image)
 * - `refused`: robots.txt asks to leave it alone
 * - `failed`: no usable answer this time (a timeout, another status)
 * - `not-captured`: there is no copy, and the network was not to be asked
 */
type ReferenceState = 'found' | 'missing' | 'dead' | 'unreadable' | 'refused' | 'failed' | 'not-captured';

interface VerifiedReference {
  readonly record: string;
  readonly reference: string;
  readonly url: string;
  readonly state: ReferenceState;
  readonly anchors: number;
  readonly missing: readonly CitedAnchor[];
  /** Where it went for good. */
  readonly movedTo?: string;
  /** Its bytes differ from the copy that the record names. */
  readonly changed?: true;
  /** Runs of words that the record shares with it. */
  readonly copied: readonly CopiedRun[];
  readonly why?: string;
  readonly capture?: { readonly at: string; readonly sha256: string };
}

export const verifyCommand: AddCommand = (program, run) => {
  program
    .command('verify')
    .description('find the anchors of records in their sources again, and sentences that were copied')
    .argument('[ids...]', 'record ids (default: every record)')
    .option('--captures <folder>', 'where copies of sources are kept', join(dirname(defaultIndexFile()), 'captures'))
    .option('--offline', 'look in the copies only')
    .option('--refresh', 'fetch again what there is a copy of')
    .option('--add <url=file>', 'take a file as the copy of an address, may be repeated', collect)
    .option('--pause <seconds>', 'least time between two requests to one host', parseSeconds, 2)
    .option('--allow-private', 'also ask hosts in private networks')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia verify SC-2023-3CX-DESKTOPAPP
  $ threatpedia verify --offline
  $ threatpedia verify SC-2018-EVENT-STREAM --add https://example.com/post=post.html

Fetches the documents that records cite, politely: one at a time from each host, only what robots.txt allows, nothing from private networks. Copies
stay outside the repository.
Exit codes: 0 all found, 1 something is missing, dead, changed or copied, 2 wrong usage, 3 something could not be read and nothing else is wrong`,
    )
    .action((ids: string[], options: VerifyOptions) => run((context) => verify(context, ids, options)));
};

async function verify(context: Context, ids: readonly string[], options: VerifyOptions): Promise<ExitCode> {
  const { terminal } = context;
  const records = chosenRecords(await loadGraph(context), ids);
  const store = await CaptureStore.open(resolve(options.captures));
  for (const given of options.add ?? []) await addFile(store, given);
  const fetcher = new PoliteFetcher({
    pauseMs: options.pause * 1000,
    timeoutMs: 30_000,
    maxBytes: 20 * 1024 * 1024,
    allowPrivate: options.allowPrivate ?? false,
    userAgent: `${CRAWLER}/${version}`,
  });
  const work = records.flatMap((record) => referencesOf(record).map((reference) => ({ record, reference })));
  const results: VerifiedReference[] = new Array(work.length);
  // One document is asked for once, whoever cites it; hosts side by side, one host at a time.
  const captures = new Map<string, Promise<Captured>>();
  let [next, done] = [0, 0];
  const worker = async (): Promise<void> => {
    for (let index = next++; index < work.length; index = next++) {
      const item = work[index];
      if (!item) continue;
      const url = documentAddress(item.reference.url);
      const captured = captures.get(url) ?? captureOf(url, store, fetcher, options);
      captures.set(url, captured);
      results[index] = await examine(item.record, item.reference, await captured, store);
      terminal.progress(`${++done}/${work.length} sources`);
    }
  };
  await Promise.all(Array.from({ length: options.offline ? 1 : HOSTS_AT_ONCE }, worker));
  terminal.progress('');
  terminal.print(options.json ? prettyJson({ references: results }).trimEnd() : reportText(results, terminal));
  const bad = results.some(({ state, changed, copied }) => state === 'missing' || state === 'dead' || changed || copied.length > 0);
  if (bad) return exitCodes.found;
  return results.every(({ state }) => state === 'found') ? exitCodes.ok : exitCodes.unreadable;
}

const HOSTS_AT_ONCE = 6;

function chosenRecords(graph: Awaited<ReturnType<typeof loadGraph>>, ids: readonly string[]): CorpusRecord[] {
  const all = [...graph.nodes.values()].flatMap(({ record }) => record ?? []);
  for (const id of ids) if (!all.some(({ data }) => data.id === id)) throw new AppError('not-found', `there is no record "${id}"`);
  return ids.length === 0 ? all : all.filter(({ data }) => ids.includes(data.id));
}

/** A file's page on GitHub shows it inside of a program; the file itself has an address of its own. */
function documentAddress(url: string): string {
  const [, path] = /^https:\/\/github\.com\/([^/]+\/[^/]+\/)blob\/[^/]+\/.+$/.exec(url)
    ? (/^https:\/\/github\.com\/(.+)$/.exec(url) ?? [])
    : [];
  return path === undefined
    ? url
    : `https://raw.githubusercontent.com/${path.replace(/^([^/]+\/[^/]+\/)blob\//, '$1').replace(/[#?].*$/, '')}`;
}

type Captured = Capture | { readonly state: ReferenceState; readonly why: string };

async function captureOf(url: string, store: CaptureStore, fetcher: PoliteFetcher, options: VerifyOptions): Promise<Captured> {
  const known = store.latest(url);
  if (options.offline || (known && !options.refresh)) return known ?? { state: 'not-captured', why: 'there is no copy of it' };
  try {
    const { body, ...document } = await fetcher.fetch(url);
    if (document.status === 404 || document.status === 410) return { state: 'dead', why: `answers ${document.status}` };
    if (document.status !== 200) return { state: 'failed', why: `answers ${document.status}` };
    return await store.add({ url, at: `${new Date().toISOString().slice(0, 19)}Z`, ...document }, body);
  } catch (error) {
    if (error instanceof RobotsRefusal) return { state: 'refused', why: error.message };
    if (!(error instanceof AppError)) throw error;
    return { state: /cannot be resolved/.test(error.message) ? 'dead' : 'failed', why: error.message };
  }
}

async function examine(record: CorpusRecord, reference: Reference, captured: Captured, store: CaptureStore): Promise<VerifiedReference> {
  const anchors = anchorsByReference(record).get(reference.id) ?? [];
  const base = { record: record.data.id, reference: reference.id, url: reference.url, anchors: anchors.length, missing: [], copied: [] };
  if ('why' in captured) return { ...base, ...captured };
  const { at, sha256, finalUrl, movedForGood, mediaType } = captured;
  const about = {
    ...base,
    capture: { at, sha256 },
    ...(movedForGood ? { movedTo: finalUrl } : {}),
    ...(reference.captured && reference.captured.sha256 !== sha256 ? { changed: true as const } : {}),
  };
  const text = documentText(await store.body(captured), mediaType);
  if (text === undefined) return { ...about, state: 'unreadable', why: `is ${mediaType || 'no text'}` };
  const missing = missingAnchors(text, anchors);
  return { ...about, state: missing.length > 0 ? 'missing' : 'found', missing, copied: copiedRuns(record, text) };
}

async function addFile(store: CaptureStore, given: string): Promise<void> {
  const cut = given.lastIndexOf('=');
  const [url, path] = [given.slice(0, cut), given.slice(cut + 1)];
  if (cut < 0 || !URL.canParse(url)) throw new AppError('usage', `--add ${given}: expected an address, = and a file`);
  const body = await readFile(path).catch((cause: unknown) => {
    throw new AppError('io', `cannot read ${path}`, { cause });
  });
  await store.add(
    {
      url: documentAddress(url),
      finalUrl: url,
      movedForGood: false,
      at: `${new Date().toISOString().slice(0, 19)}Z`,
      status: 200,
      mediaType: '',
    },
    body,
  );
}

function reportText(results: readonly VerifiedReference[], { colors }: Terminal): string {
  const { bold, dim, red, yellow, green } = colors;
  const lines: string[] = [];
  for (const { record, reference, url, state, missing, movedTo, changed, copied, why } of results) {
    if (state === 'found' && !movedTo && !changed && copied.length === 0) continue;
    const colour = state === 'found' ? green : state === 'missing' || state === 'dead' ? red : yellow;
    lines.push(`${bold(record)} ${reference}  ${colour(state)}${why ? dim(` ${why}`) : ''}`, dim(`  ${url}`));
    for (const { anchor, path } of missing) lines.push(`  not in it: ${safeForTerminal(anchor)} ${dim(path.join('.'))}`);
    if (movedTo) lines.push(`  moved for good to ${safeForTerminal(movedTo)}`);
    if (changed) lines.push('  differs from the copy that the record names');
    for (const { path, words } of copied) lines.push(`  copied: “${words}” ${dim(path.join('.'))}`);
  }
  const counts = new Map<string, number>();
  for (const { state } of results) counts.set(state, (counts.get(state) ?? 0) + 1);
  const anchors = results.reduce((sum, result) => sum + result.anchors, 0);
  const looked = results.filter(({ state }) => state === 'found' || state === 'missing');
  const sought = looked.reduce((sum, result) => sum + result.anchors, 0);
  const gone = looked.reduce((sum, result) => sum + result.missing.length, 0);
  lines.push(
    `${results.length} references: ${[...counts].map(([state, count]) => `${count} ${state}`).join(', ')}`,
    `${sought - gone} of ${sought} anchors found in what could be read; ${anchors - sought} were not looked for`,
  );
  return lines.join('\n');
}

function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !Number.isFinite(seconds) || seconds < 0 || seconds > 3600)
    throw new InvalidArgumentError('expected seconds from 0 to 3600');
  return seconds;
}
