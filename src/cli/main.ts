import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError, Option } from 'commander';
import { version } from '../../package.json';
import { AppError } from '../base/problem.ts';
import { buildCommand } from './build.ts';
import { type Context, type ExitCode, exitCodes, findCorpusFolder } from './context.ts';
import { explainCommand } from './explain.ts';
import { listCommand } from './list.ts';
import { newCommand } from './new.ts';
import { pathCommand } from './path.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';
import { statsCommand } from './stats.ts';
import { processTerminal } from './terminal.ts';
import { validateCommand } from './validate.ts';

/** How a command adds itself; `run` gives it the context and takes its exit code. */
export type AddCommand = (program: Command, run: (action: (context: Context) => Promise<ExitCode>) => Promise<void>) => void;

const commands: readonly AddCommand[] = [
  validateCommand,
  buildCommand,
  serveCommand,
  showCommand,
  pathCommand,
  listCommand,
  statsCommand,
  newCommand,
  explainCommand,
];

const EXIT_CODES = `
Exit codes:
  0  done, nothing wrong
  1  problems or no match found
  2  the command was used wrongly, or the corpus has errors
  3  something could not be read or written

Environment:
  NO_COLOR       any value: no colours
  PORT           port for \`serve\``;

/** Runs the command line (without node and script) and gives the exit code. Prints; never throws. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  // A corpus and its graph stay in memory as a whole: the heap may grow by half of what is live before it is collected, not fourfold.
  setFlagsFromString('--heap-growing-percent=50');
  const terminal = processTerminal();
  let exitCode: ExitCode = exitCodes.ok;
  const program = new Command('threatpedia')
    .description('An open, evidence-first encyclopedia of software supply-chain incidents.')
    .version(version)
    .addOption(new Option('--corpus <folder>', 'folder of records (default: ./corpus, else the one that came with the package)'))
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(add --help for usage)')
    .exitOverride();
  const run = async (action: (context: Context) => Promise<ExitCode>): Promise<void> => {
    exitCode = await action({ terminal, corpusFolder: findCorpusFolder(program.opts<{ corpus?: string }>().corpus) });
  };
  for (const add of commands) add(program, run);
  for (const command of program.commands) command.exitOverride();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe went away (`threatpedia list | head`): there is nobody left to tell.
    if (error.code === 'EPIPE') process.exit(exitCode);
    throw error;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    terminal.progress('');
    if (error instanceof AppError) {
      terminal.note(`${terminal.colors.red('error:')} ${error.message}`);
      return error.code === 'io' || error.code === 'not-found' ? exitCodes.unreadable : exitCodes.usage;
    }
    terminal.note(`${terminal.colors.red('internal error:')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return exitCodes.unreadable;
  }
}
