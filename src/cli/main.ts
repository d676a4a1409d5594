import { Command, CommanderError, Option } from 'commander';
import { version } from '../../package.json';
import { AppError } from '../base/problem.ts';
import { type Context, type ExitCode, exitCodes, findCorpusFolder } from './context.ts';
import { processTerminal } from './terminal.ts';

/** How a command adds itself; `run` gives it the context and takes its exit code. */
export type AddCommand = (program: Command, run: (action: (context: Context) => Promise<ExitCode>) => Promise<void>) => void;

/** Every command, in the order of the help. Loaded when it is called, so that none waits for what another needs. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  check: async () => (await import('./check.ts')).checkCommand,
  index: async () => (await import('./index-command.ts')).indexCommand,
  show: async () => (await import('./show.ts')).showCommand,
  path: async () => (await import('./path.ts')).pathCommand,
  list: async () => (await import('./list.ts')).listCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  stats: async () => (await import('./stats.ts')).statsCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  validate: async () => (await import('./validate.ts')).validateCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  new: async () => (await import('./new.ts')).newCommand,
  build: async () => (await import('./build.ts')).buildCommand,
  mcp: async () => (await import('./mcp.ts')).mcpCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
};

/** The command that is called; undefined where help or a wrong name needs all of them. */
function calledCommand(args: readonly string[]): string | undefined {
  const [first, second, third] = args;
  const name = first === '--corpus' ? third : first?.startsWith('--corpus=') ? second : first;
  return name !== undefined && Object.hasOwn(commands, name) ? name : undefined;
}

const EXIT_CODES = `
Exit codes:
  0  done, nothing wrong
  1  problems or no match found
  2  the command was used wrongly, or the corpus has errors
  3  something could not be read or written

Environment:
  NO_COLOR          any value: no colours; FORCE_COLOR: colours in pipes, too
  PORT              port for \`serve\`
  THREATPEDIA_HOME  folder of the index of malicious packages, and of records as they were last read`;

/** Runs the command line (without node and script) and gives the exit code. Prints; never throws. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal();
  let exitCode: ExitCode = exitCodes.ok;
  const program = new Command('threatpedia')
    .description('An open, evidence-first encyclopedia of software supply-chain incidents.')
    .version(version)
    .addOption(new Option('--corpus <folder>', 'folder of records (default: ./corpus, else the one that came with the package)'))
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(add --help for usage)')
    .configureOutput({
      writeOut: (text) => terminal.print(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.note(text.replace(/\n$/, '')),
    })
    .exitOverride();
  const run = async (action: (context: Context) => Promise<ExitCode>): Promise<void> => {
    exitCode = await action({ terminal, corpusFolder: findCorpusFolder(program.opts<{ corpus?: string }>().corpus) });
  };
  // The version needs no command at all.
  const called = /^(-V|--version)$/.test(args[0] ?? '') ? '' : calledCommand(args);
  for (const [name, load] of Object.entries(commands)) if (called === undefined || called === name) (await load())(program, run);
  for (const command of program.commands) command.exitOverride();
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
