import { watch } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { Option } from 'commander';
import { AppError, type Problem, severityOf } from '../base/problem.ts';
import { readCorpus } from '../corpus/read-corpus.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadCorpus } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { type ProblemFormat, problemFormats } from './problem-report.ts';

interface ValidateOptions {
  readonly format: ProblemFormat;
  readonly watch?: boolean;
  readonly quiet?: boolean;
}

export const validateCommand: AddCommand = (program, run) => {
  program
    .command('validate')
    .description('check records: every problem of every file, with line, column and how to mend it')
    .argument('[paths...]', 'files or folders to report on (default: the whole corpus; links are always checked against the whole corpus)')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(Object.keys(problemFormats)).default('text'))
    .option('-w, --watch', 'check again whenever a file changes')
    .option('-q, --quiet', 'print errors only, no warnings and no summary')
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia validate
  $ threatpedia validate corpus/incidents/2023/3cx-desktopapp.yaml --watch
  $ threatpedia validate --format sarif > problems.sarif
  $ threatpedia validate --format github     # annotations in a workflow run

Exit codes: 0 no errors (warnings allowed), 1 errors, 2 wrong usage, 3 a path cannot be read`,
    )
    .action((paths: string[], options: ValidateOptions) =>
      run((context) => (options.watch ? validateForever(context, paths, options) : validateOnce(context, paths, options))),
    );
};

async function validateOnce(context: Context, paths: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const { terminal } = context;
  const wanted = await Promise.all(paths.map(readablePath));
  const inside = wanted.every((path) => isInside(context.corpusFolder, path));
  const corpora = inside ? [await loadCorpus(context)] : await Promise.all(wanted.map((path) => readCorpus(path)));
  const all = corpora.flatMap((corpus) => corpus.problems);
  const selected =
    inside && wanted.length > 0 ? all.filter((problem) => wanted.some((path) => isInside(path, resolve(problem.at.file)))) : all;
  const problems = options.quiet ? selected.filter((problem) => severityOf(problem) === 'error') : selected;
  const text = problemFormats[options.format](problems, terminal);
  if (text) terminal.print(text);
  const errors = problems.filter((problem) => severityOf(problem) === 'error').length;
  const files = corpora.reduce((sum, corpus) => sum + corpus.fileCount, 0);
  if (options.format === 'text' && !options.quiet) terminal.note(summary(problems, errors, files, context));
  return errors > 0 ? exitCodes.found : exitCodes.ok;
}

function summary(problems: readonly Problem[], errors: number, files: number, { terminal: { colors } }: Context): string {
  const warnings = problems.length - errors;
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const verdict = errors > 0 ? colors.red(count(errors, 'error')) : colors.green('no errors');
  return `${count(files, 'file')} checked: ${verdict}${warnings > 0 ? `, ${colors.yellow(count(warnings, 'warning'))}` : ''}`;
}

/** Checks, then again after every change, until the process is stopped. */
async function validateForever(context: Context, paths: readonly string[], options: ValidateOptions): Promise<ExitCode> {
  const { terminal } = context;
  let last = await validateOnce(context, paths, options);
  let pending: NodeJS.Timeout | undefined;
  const watcher = watch(context.corpusFolder, { recursive: true });
  terminal.note(terminal.colors.dim(`watching ${relative(process.cwd(), context.corpusFolder) || '.'} — Ctrl+C ends`));
  return new Promise((finish) => {
    watcher.on('change', () => {
      clearTimeout(pending);
      pending = setTimeout(async () => {
        terminal.note(terminal.colors.dim(`\n${new Date().toLocaleTimeString()} changed`));
        last = await validateOnce(context, paths, options).catch((error: unknown) => {
          terminal.note(error instanceof Error ? error.message : String(error));
          return exitCodes.unreadable;
        });
      }, 100);
    });
    const stop = () => {
      clearTimeout(pending);
      watcher.close();
      finish(last);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}

async function readablePath(path: string): Promise<string> {
  const full = resolve(path);
  await lstat(full).catch((error: unknown) => {
    throw new AppError('not-found', `cannot read ${path}: no such file or folder`, { cause: error });
  });
  return full;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !resolve(way).startsWith('..'));
}
