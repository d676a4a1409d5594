import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Argument } from 'commander';
import { version } from '../../package.json';
import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { prettyJson } from '../base/canonical-json.ts';
import { inChunks } from '../base/output-file.ts';
import { AppError } from '../base/problem.ts';
import { alignColumns } from '../base/terminal-text.ts';
import type { ExportFormat, FolderFormat, Selection } from '../export/export-format.ts';
import { exportFormats, folderFormats } from '../export/formats.ts';
import { compareByDate } from '../graph/incident-list.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parseDate } from './options.ts';
import { addQuery } from './query.ts';
import { lastChanges, recordHistory } from './record-history.ts';

interface ExportOptions {
  readonly output?: string;
  readonly asOf?: string;
  readonly site: string;
  readonly loss?: boolean;
  readonly json?: boolean;
}

type Format = ExportFormat | FolderFormat;

const formats: Readonly<Record<string, () => Promise<Format>>> = { ...exportFormats, ...folderFormats };

export const exportCommand: AddCommand = (program, run) => {
  addQuery(
    program
      .command('export')
      .description('incidents in the formats that other tools read; all incidents or those that a query asks for')
      .addArgument(new Argument('<format>', 'form of the export').choices(Object.keys(formats)))
      .option('-o, --output <path>', 'write to that file instead of to standard output; of a format that is several files, to that folder')
      .option('--as-of <date>', 'what was public on that day', parseDate)
      .option('--site <url>', 'address of the website that records link to', parseSite, 'http://localhost:4700/')
      .option('--loss', 'say what the format cannot carry, instead of exporting')
      .option('--json', 'with --loss: print JSON'),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia export osv ecosystem:npm --output npm.json
  $ threatpedia export indicators year:2023
  $ threatpedia export graphml --as-of 2023-04-05 --output then.graphml
  $ threatpedia export misp-feed --output feed
  $ threatpedia export csv --loss

Exit codes: 0 written, 1 nothing matches, 2 wrong usage, 3 the file cannot be written`,
    )
    .action((id: string, words: string[], options: ExportOptions) => run((context) => exportTo(context, id, words, options)));
};

async function exportTo(
  context: Context,
  id: string,
  words: readonly string[],
  { output, asOf, site, loss, json }: ExportOptions,
): Promise<ExitCode> {
  const { terminal } = context;
  const format = await formats[id]?.();
  if (!format) throw new AppError('usage', `no format ${id}`);
  if (loss) {
    terminal.print(lossText(format, json ?? false, terminal.width));
    return exitCodes.ok;
  }
  if (asOf && !format.asOf) {
    const able = (await Promise.all(Object.values(formats).map((load) => load()))).filter((each) => each.asOf).map((each) => each.id);
    throw new AppError('usage', `${id} carries texts of today, which tell what came later; --as-of goes with ${able.join(', ')}`);
  }
  if ('files' in format && output === undefined) throw new AppError('usage', `${id} is several files: say with --output into which folder`);
  const today = await loadGraph(context);
  const answers = new CorpusAnswers(today);
  const graph = answers.on(asOf);
  const incidents = [...answers.incidents(words.join(' '), { asOf }).incidents].sort((left, right) => compareByDate(left.data, right.data));
  if (incidents.length === 0) {
    terminal.note('no incident matches');
    return exitCodes.found;
  }
  const changed = asOf ? {} : { changed: lastChanges(await recordHistory(context.corpusFolder)) };
  const selection = { graph, incidents, site, version, ...changed };
  if (output !== undefined) {
    const written = 'files' in format ? writeFolder(format, selection, output) : writeFile(output, inChunks(format.render(selection)));
    await written.catch((cause: unknown) => {
      throw new AppError('io', `cannot write ${output}`, { cause });
    });
    terminal.note(`${incidents.length} incidents in ${output}`);
  } else if ('render' in format) terminal.print([...format.render(selection)].join('').replace(/\r?\n$/, ''));
  return exitCodes.ok;
}

/** Writes the files of a format. What else is in the folder stays. */
async function writeFolder(format: FolderFormat, selection: Selection, folder: string): Promise<void> {
  for (const { path, content } of format.files(selection)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, typeof content === 'string' || content instanceof Uint8Array ? content : inChunks(content));
  }
}

function lossText({ id, losses }: Format, json: boolean, width: number): string {
  if (json) return prettyJson({ format: id, losses }).trimEnd();
  if (losses.length === 0) return 'nothing is lost';
  return alignColumns(
    losses.map(({ field, why }) => [field, why]),
    width,
  );
}

function parseSite(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new AppError('usage', `${text}: expected an address such as https://example.org/`);
  return text.endsWith('/') ? text : `${text}/`;
}
