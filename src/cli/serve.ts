import { resolve } from 'node:path';
import { Option } from 'commander';
import { createApp, startServer } from '../api/server.ts';
import type { TaxiiAccess } from '../api/taxii.ts';
import { AppError } from '../base/problem.ts';
import { DEFAULT_OUT, INDEX_OPTION, parseOrigin, writeSite } from './build.ts';
import { readBuiltSite, type SiteChoices, sourceDigest } from './built-site.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parsePort } from './options.ts';

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly out: string;
  readonly origin?: string;
  readonly index?: string;
}

const DEFAULT_PORT = 4700;

export const serveCommand: AddCommand = (program, run) => {
  program
    .command('serve')
    .description('check the corpus, build the site where something changed, and serve it with the API')
    .addOption(
      new Option('--port <number>', 'port to listen on, 0 for any free one').env('PORT').default(DEFAULT_PORT).argParser(parsePort),
    )
    .option('--host <name>', 'address to listen on; localhost is 127.0.0.1, and 0.0.0.0 every network', 'localhost')
    .option('--index <file>', INDEX_OPTION)
    .option('--out <folder>', 'folder to build into', DEFAULT_OUT)
    .option('--origin <url>', 'scheme and host for canonical addresses (default: where it listens)', parseOrigin)
    .addHelpText(
      'after',
      '\nTHREATPEDIA_TAXII_USER and THREATPEDIA_TAXII_PASSWORD, or THREATPEDIA_TAXII_TOKEN, close the TAXII server to everybody else.\n\nExamples:\n  $ threatpedia serve\n  $ threatpedia serve --port 8080\n  $ PORT=8080 threatpedia serve --host 0.0.0.0\n  $ threatpedia serve --index malicious-packages.tpindex\n\nCtrl+C ends it; requests that are running are finished.\nExit codes: 0 stopped, 2 wrong use, corpus with errors or port taken, 3 the folder cannot be written or the index not be read',
    )
    .action((options: ServeOptions) => run((context) => serve(context, options)));
};

async function serve(context: Context, { port, host, out, origin, index }: ServeOptions): Promise<ExitCode> {
  const { terminal } = context;
  const folder = resolve(out);
  // Listens before it builds: a port that is taken shows at once, and a free one is known for the canonical addresses.
  const server = await startServer(createApp({ siteFolder: folder, taxii: taxiiAccess(process.env) }), { port, host });
  try {
    const { files, nodes, edges } = await upToDateSite(context, folder, { origin: origin ?? server.url, index });
    const { bold, dim } = terminal.colors;
    terminal.print(`${bold('Threatpedia')} ${dim(`${files} files, ${nodes} things, ${edges} ties`)}`);
    terminal.print(`  site  ${server.url}/`);
    terminal.print(`  check ${server.url}/check/  ${dim(index ? `corpus and ${index}` : 'corpus only; --index adds malicious packages')}`);
    terminal.print(`  API   ${server.url}/api/v1/index.json`);
    terminal.print(`  TAXII ${server.url}/taxii2/`);
    terminal.print(dim('  Ctrl+C ends'));
    await new Promise<void>((stop) => {
      process.once('SIGINT', () => stop());
      process.once('SIGTERM', () => stop());
    });
  } finally {
    await server.stop();
  }
  return exitCodes.ok;
}

/** Who may use the TAXII server. Secrets come from the environment: arguments are seen by every process of the machine. */
function taxiiAccess(environment: NodeJS.ProcessEnv): TaxiiAccess {
  const { THREATPEDIA_TAXII_USER: user, THREATPEDIA_TAXII_PASSWORD: password, THREATPEDIA_TAXII_TOKEN: token } = environment;
  if (password && !user) throw new AppError('usage', 'THREATPEDIA_TAXII_PASSWORD goes with THREATPEDIA_TAXII_USER');
  if (user && !password) throw new AppError('usage', 'THREATPEDIA_TAXII_USER goes with THREATPEDIA_TAXII_PASSWORD');
  return { user, password, token };
}

/** Builds the site, unless the folder holds exactly what would be built. */
async function upToDateSite(context: Context, folder: string, choices: SiteChoices) {
  const madeFrom = await sourceDigest(context.corpusFolder, choices);
  const built = await readBuiltSite(folder);
  if (built?.madeFrom === madeFrom) return built;
  return writeSite(context, await loadGraph(context), folder, choices, madeFrom);
}
