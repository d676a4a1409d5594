import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { version } from '../../package.json';
import { AppError } from '../base/problem.ts';
import { ExposureCheck } from '../check/check.ts';
import { openIndexFile } from '../check/index/index-file.ts';
import { inventoryFormats } from '../check/inventory/formats.ts';
import { MATCH_STATES, type MatchOptions, type MatchState } from '../check/match.ts';
import { type Period, parsePeriod } from '../check/period.ts';
import { reportFormats } from '../check/report/formats.ts';
import { headlineOf, isComplete, toldBy, verdictOf } from '../check/report/verdict.ts';
import { addInputs } from './check-inputs.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { defaultIndexFile, openCorpusIndex } from './knowledge-files.ts';
import type { AddCommand } from './main.ts';
import { parseDate } from './options.ts';

/** Options of `check` as commander gives them. */
export interface CheckOptions {
  readonly as?: string;
  readonly index?: string[] | false;
  readonly asOf?: string;
  readonly installedBetween?: Period;
  readonly history?: boolean;
  readonly hashFiles?: boolean;
  readonly ignore: boolean;
  readonly format: keyof typeof reportFormats;
  readonly output?: string;
  readonly failOn: MatchState[];
  readonly allowUnread?: boolean;
  readonly site?: string;
  readonly verbose?: boolean;
}

const DEFAULT_FAIL: MatchState[] = ['confirmed', 'in-window'];

export const checkCommand: AddCommand = (program, run) => {
  program
    .command('check')
    .description('were we hit? looks up what lockfiles, SBOMs, workflows, pages and lists of software name')
    .argument('[paths...]', 'files or folders, - for standard input', ['.'])
    .addOption(new Option('--as <format>', 'read every input as this format; --as list prints all of them').argParser(parseFormat))
    .option('--index <file>', 'index of malicious packages, may be repeated (default: the one that `threatpedia index` keeps)', collect)
    .option('--no-index', 'look in the corpus only')
    .option('--as-of <date>', 'what would have been known on that day', parseDay)
    .option('--installed-between <from..to>', 'when the things were installed, built or in use', takePeriod)
    .option('--history', 'walk the git history of each lockfile: from when to when was a bad version present')
    .option('--hash-files', 'also look up every file by its digest')
    .option('--no-ignore', 'search what .gitignore and .ignore leave out, too')
    .addOption(new Option('-f, --format <format>', 'form of the report').choices(Object.keys(reportFormats)).default('terminal'))
    .option('-o, --output <file>', 'write the report there instead of to standard output')
    .option('--fail-on <states>', `states that exit 1, separated by commas (default: ${DEFAULT_FAIL.join(',')})`, parseStates, DEFAULT_FAIL)
    .option('--allow-unread', 'do not exit 3 when an input, or a part of one, could not be read')
    .option('--site <url>', 'address of the website that reports link to')
    .option('-v, --verbose', 'show everything: paths, sources, indicators, all that is to be looked for')
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia check                                  # everything in this folder
  $ threatpedia check package-lock.json sbom.cdx.json
  $ osqueryi --json 'select * from programs' | threatpedia check - --as osquery
  $ threatpedia check --installed-between 2025-03-14..2025-03-15 .github
  $ threatpedia check --history package-lock.json
  $ threatpedia check --format sarif --output exposure.sarif

Nothing leaves this machine.
Exit codes: 0 no exposure, 1 exposed or possibly exposed, 2 wrong usage, 3 something could not be read or understood and nothing else was found
Possibly exposed is what was bad for a time, where nothing tells whether it was used then; --installed-between decides it.`,
    )
    .action((paths: string[], options: CheckOptions) => run((context) => check(context, paths, options)));
};

async function check(context: Context, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  if (options.as === 'list') return listFormats(context);
  const matchOptions: MatchOptions = { asOf: options.asOf, installedBetween: options.installedBetween };
  const exposure = new ExposureCheck(await openIndexes(context, options), matchOptions);
  await addInputs(exposure, paths, options, context.terminal);
  context.terminal.progress('');
  const result = await exposure.finish();
  const report = (await reportFormats[options.format]()).render(result, {
    version,
    site: options.site,
    width: options.output ? 100 : context.terminal.width,
    colors: options.output === undefined && context.terminal.colors.areWanted,
    verbose: options.verbose ?? false,
    ranAt: undefined,
  });
  if (options.output === undefined) context.terminal.print(report.trimEnd());
  else {
    try {
      writeFileSync(options.output, report);
    } catch (cause) {
      throw new AppError('io', `cannot write ${options.output}`, { cause });
    }
    context.terminal.note(`${headlineOf(toldBy(result))}; report in ${options.output}`);
  }
  if (result.findings.some(({ state }) => options.failOn.includes(state))) return exitCodes.found;
  return isComplete(verdictOf(result)) || options.allowUnread ? exitCodes.ok : exitCodes.unreadable;
}

async function openIndexes(context: Context, options: CheckOptions) {
  const corpus = await openCorpusIndex(context);
  if (options.index === false) return [corpus];
  if (Array.isArray(options.index)) return [corpus, ...(await Promise.all(options.index.map((file) => openIndexFile(file))))];
  const kept = await openIndexFile(defaultIndexFile()).catch((error: unknown) => {
    // None was built yet; the report says so. A damaged one is an error.
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  });
  return kept ? [corpus, kept] : [corpus];
}

function listFormats({ terminal }: Context): ExitCode {
  const width = Math.max(...inventoryFormats.map(({ id }) => id.length));
  terminal.print(inventoryFormats.map(({ id, title }) => `${id.padEnd(width)}  ${title}`).join('\n'));
  return exitCodes.ok;
}

function collect(file: string, earlier: string[] | boolean | undefined): string[] {
  return Array.isArray(earlier) ? [...earlier, file] : [file];
}

function parseFormat(text: string): string {
  if (text === 'list' || inventoryFormats.some(({ id }) => id === text)) return text;
  throw new InvalidArgumentError('no such format; `threatpedia check --as list` prints all of them');
}

function parseDay(text: string): string {
  parseDate(text);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('expected a day such as 2023-03-29');
  return text;
}

function takePeriod(text: string): Period {
  const period = parsePeriod(text);
  if (typeof period === 'string') throw new InvalidArgumentError(period);
  return period;
}

function parseStates(text: string): MatchState[] {
  return text.split(',').map((part) => {
    const state = MATCH_STATES.find((known) => known === part.trim());
    if (!state) throw new InvalidArgumentError(`expected some of ${MATCH_STATES.join(', ')}`);
    return state;
  });
}
