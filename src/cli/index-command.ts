import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { prettyJson } from '../base/canonical-json.ts';
import { formatCount } from '../base/format-count.ts';
import { AppError } from '../base/problem.ts';
import { type IndexFile, openIndexFile } from '../check/index/index-file.ts';
import type { IndexSource } from '../check/index/index-format.ts';
import { entriesOf } from '../check/index/open-index.ts';
import { IndexEntries } from '../check/index/write-index.ts';
import type { Knowledge } from '../check/knowledge.ts';
import { readOsvRecord } from '../check/osv-record.ts';
import { type RawRecord, readOsvRecords } from '../ingest/osv-records.ts';
import {
  fetchArchive,
  fetchChanges,
  fetchRecords,
  MAX_SINGLE_RECORDS,
  OSV_BASE,
  OSV_ECOSYSTEMS,
  type OsvFetch,
} from '../ingest/osv-updates.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { defaultIndexFile, refreshCorpusIndex } from './knowledge-files.ts';
import type { AddCommand } from './main.ts';
import type { Terminal } from './terminal.ts';
import { writeAtomically } from './write-index.ts';

interface UpdateOptions {
  readonly out: string;
  readonly from: string;
  readonly ecosystem?: string[];
}

export const indexCommand: AddCommand = (program, run) => {
  const index = program.command('index').description('the index of malicious packages that `check` looks in');
  index
    .command('build')
    .description('make an index from OSV records on disk')
    .argument(
      '<sources...>',
      'zip archives (OSV.dev all.zip), folders (the OpenSSF repository), JSON Lines or JSON files, or addresses of such zips',
    )
    .option('--out <file>', 'where to write it', defaultIndexFile())
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia index build all.zip
  $ threatpedia index build malicious-packages/osv/malicious --out team.tpindex
  $ threatpedia check --index team.tpindex

Exit codes: 0 written, 2 wrong usage, 3 a source cannot be read or the index not written`,
    )
    .action((sources: string[], options: { out: string }) => run((context) => build(context, sources, resolve(options.out))));
  index
    .command('update')
    .description('fetch what changed at OSV.dev since the last time; everything, the first time')
    .option('--out <file>', 'the index to bring up to date', defaultIndexFile())
    .option('--from <url>', 'address that has <ecosystem>/all.zip and <ecosystem>/modified_id.csv', parseBase, OSV_BASE)
    .option('--ecosystem <name>', `ecosystem as OSV spells it, may be repeated (default: ${OSV_ECOSYSTEMS.join(', ')})`, collect)
    .addHelpText(
      'after',
      `
Only addresses below --from are asked, and nothing about you is sent. What was fetched is kept until the new index is in place, so a run that was
cut off goes on where it stopped; until then the old index stays as it is.

Exit codes: 0 up to date, 2 wrong usage, 3 something could not be fetched or written`,
    )
    .action((options: UpdateOptions) => run((context) => update(context, { ...options, out: resolve(options.out) })));
  index
    .command('corpus')
    .description('make the index of the corpus anew; the published package brings it along')
    .action(() =>
      run(async (context) => {
        context.terminal.print(await refreshCorpusIndex(context));
        return exitCodes.ok;
      }),
    );
  index
    .command('info')
    .description('what an index holds and how old it is')
    .argument('[file]', 'index file', defaultIndexFile())
    .option('--json', 'print JSON')
    .action((file: string, options: { json?: boolean }) => run((context) => info(context, file, options)));
};

async function build({ terminal }: Context, sources: readonly string[], out: string): Promise<ExitCode> {
  return withLock(out, async () => {
    const collected = new Collector(terminal);
    for (const source of sources) {
      if (/^https?:\/\//.test(source)) {
        const base = source.replace(/\/[^/]*\/all\.zip$/, '');
        const ecosystem = decodeURIComponent(/\/([^/]+)\/all\.zip$/.exec(source)?.[1] ?? '');
        if (!ecosystem) throw new AppError('usage', `${source}: expected an address that ends in <ecosystem>/all.zip`);
        const archive = await fetchArchive(fetchOf(terminal, out, base, ecosystem));
        await collected.read(source, readOsvRecords(archive));
        // The name alone: an index that is published must not tell anybody's folders.
      } else await collected.read(basename(resolve(source)), readOsvRecords(source));
    }
    return write(terminal, out, collected);
  });
}

async function update({ terminal }: Context, { out, from, ecosystem }: UpdateOptions): Promise<ExitCode> {
  return withLock(out, async () => {
    const old = existsSync(out) ? await openIndexFile(out) : undefined;
    const collected = new Collector(terminal);
    for (const name of ecosystem ?? OSV_ECOSYSTEMS) await updateEcosystem(terminal, collected, old, fetchOf(terminal, out, from, name));
    if (old) await collected.keep(old);
    await old?.close();
    return write(terminal, out, collected);
  });
}

async function updateEcosystem(terminal: Terminal, collected: Collector, old: IndexFile | undefined, options: OsvFetch): Promise<void> {
  const source = `${options.base}/${options.ecosystem}`;
  const known = old?.header.sources.find(({ name }) => name === source);
  const changes = known?.newest ? await fetchChanges(options, known.newest) : undefined;
  if (!changes || changes.ids.length > MAX_SINGLE_RECORDS) {
    const archive = await fetchArchive(options);
    await collected.read(source, readOsvRecords(archive));
    return;
  }
  terminal.progress(`${options.ecosystem}: ${changes.ids.length} changes`);
  const texts = fetchRecords(options, changes.ids, changes.newest);
  await collected.read(source, rawRecords(texts), { name: source, records: known?.records ?? 0, newest: changes.newest });
}

async function* rawRecords(texts: AsyncIterable<string>): AsyncGenerator<RawRecord> {
  for await (const text of texts) {
    try {
      yield { name: '', value: JSON.parse(text) as unknown };
    } catch {
      yield { name: '', value: undefined };
    }
  }
}

/** Gathers entries and says where they came from. */
class Collector {
  readonly entries = new IndexEntries();
  readonly sources: IndexSource[] = [];
  /** Records that are here anew: older ones of the same id are not kept. */
  readonly #fresh = new Set<string>();
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  async read(name: string, records: AsyncIterable<RawRecord>, earlier?: IndexSource): Promise<void> {
    const skipped = new Map<string, number>();
    let [count, newest] = [0, earlier?.newest];
    for await (const { value } of records) {
      const reading = readOsvRecord(value);
      for (const reason of reading.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      if (reading.id === undefined || this.#fresh.has(reading.id)) continue;
      this.#fresh.add(reading.id);
      count++;
      if (reading.modified && (!newest || reading.modified > newest)) newest = reading.modified;
      for (const { key, knowledge } of reading.entries) this.entries.add(key, JSON.stringify(knowledge));
      if (count % 1000 === 0) this.#terminal.progress(`${name}: ${count} records`);
    }
    this.#terminal.progress('');
    this.sources.push({
      name,
      records: count + (earlier?.records ?? 0),
      ...(newest ? { newest } : {}),
      ...(skipped.size > 0 ? { skipped: Object.fromEntries([...skipped].sort()) } : {}),
    });
  }

  /** Takes over what an older index holds and no fresh record replaces. */
  async keep(old: IndexFile): Promise<void> {
    for await (const { key, values } of entriesOf(old.source, old.header)) {
      for (const value of values) {
        if (!this.#fresh.has((value as Knowledge).id)) this.entries.add(key, JSON.stringify(value));
      }
    }
    for (const source of old.header.sources) if (!this.sources.some(({ name }) => name === source.name)) this.sources.push(source);
  }
}

async function write(terminal: Terminal, out: string, { entries, sources }: Collector): Promise<ExitCode> {
  if (entries.size === 0) throw new AppError('not-found', 'the sources hold no record of a malicious package; nothing was written');
  const bytes = await writeAtomically(out, entries.pieces(sources));
  await rm(partsFolder(out), { recursive: true, force: true });
  terminal.print(`${out}: ${formatCount(entries.size)} entries, ${(bytes / 1e6).toFixed(1)} MB`);
  for (const { name, records, newest, skipped } of sources) {
    terminal.print(`  ${name}: ${formatCount(records)} records${newest ? `, newest of ${newest.slice(0, 10)}` : ''}`);
    for (const [reason, count] of Object.entries(skipped ?? {})) terminal.note(`  left out: ${count} × ${reason}`);
  }
  return exitCodes.ok;
}

async function info({ terminal }: Context, file: string, { json }: { json?: boolean }): Promise<ExitCode> {
  const index = await openIndexFile(file);
  const { sources, keys, entries, keysByType } = index.header;
  if (json) terminal.print(prettyJson({ file, sources, keys, entries, keysByType }).trimEnd());
  else {
    terminal.print(`${file}: ${formatCount(entries)} entries under ${formatCount(keys)} names`);
    for (const { name, records, newest } of sources)
      terminal.print(`  ${name}: ${formatCount(records)} records${newest ? `, newest of ${newest.slice(0, 10)}` : ''}`);
    terminal.print(
      Object.entries(keysByType)
        .map(([type, count]) => `  ${type} ${formatCount(count)}`)
        .join('\n'),
    );
  }
  await index.close();
  return exitCodes.ok;
}

function fetchOf(terminal: Terminal, out: string, base: string, ecosystem: string): OsvFetch {
  return {
    base,
    ecosystem,
    partsFolder: partsFolder(out),
    // Naming another address is the user's own word; OSV.dev itself is public.
    allowPrivate: base !== OSV_BASE,
    onProgress: (done, total, unit) => {
      const size = (value: number) => (unit === 'bytes' ? `${(value / 1e6).toFixed(1)} MB` : `${value}`);
      const bar = total ? `${'█'.repeat(Math.floor((done / total) * 20)).padEnd(20, '░')} ` : '';
      terminal.progress(`${ecosystem} ${bar}${size(done)}${total ? ` of ${size(total)}` : ''}`);
    },
  };
}

function partsFolder(out: string): string {
  return `${out}.parts`;
}

/** Runs alone on an index: a second run is refused while the first one lives. */
async function withLock<T>(out: string, action: () => Promise<T>): Promise<T> {
  const path = `${out}.lock`;
  await mkdir(dirname(out), { recursive: true });
  const take = async () => {
    const file = await open(path, 'wx');
    await file.write(String(process.pid));
    await file.close();
  };
  await take().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw new AppError('io', `${path} could not be written`, { cause: error });
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner > 0 && isAlive(owner)) throw new AppError('busy', `process ${owner} is writing ${out}; wait for it, or remove ${path}`);
    await rm(path, { force: true });
    await take();
  });
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function parseBase(text: string): string {
  if (!/^https?:\/\/[^/]+/.test(text)) throw new InvalidArgumentError('expected an http or https address');
  return text.replace(/\/+$/, '');
}

function collect(name: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), name];
}
