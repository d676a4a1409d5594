import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { AnswerServer } from '../api/answer-server.ts';
import { createApp, startServer } from '../api/server.ts';
import type { TaxiiAccess } from '../api/taxii.ts';
import { AppError } from '../base/problem.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { type CorpusRecord, recordKindNames, recordKinds } from '../schema/record.ts';
import { CORPUS_INDEX, PACKAGE_INDEX } from '../site/check-page.tsx';
import { CORRECTIONS_OPTION, DEFAULT_OUT, INDEX_OPTION, parseForm, parseOrigin, writeSite } from './build.ts';
import { readBuiltSite, type SiteChoices, sourceDigest } from './built-site.ts';
import { CheckThreads } from './check-threads.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parseCount, parsePort } from './options.ts';

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly out: string;
  readonly origin?: string;
  readonly index?: string;
  readonly corrections?: string;
  readonly log?: 'text' | 'json';
  readonly rateLimit?: number;
  readonly behindProxy?: boolean;
  readonly metrics?: boolean;
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
    .option('--corrections <url>', CORRECTIONS_OPTION, parseForm)
    .option('--out <folder>', 'folder to build into', DEFAULT_OUT)
    .addOption(new Option('--log <form>', 'a line a request on standard error').choices(['text', 'json']))
    .option('--rate-limit <number>', 'questions and checks a minute that a client may send (default: any number)', parseCount)
    .option('--behind-proxy', 'take clients’ addresses from X-Forwarded-For, which the proxy in front must write')
    .option('--metrics', 'answer /metrics in the form of Prometheus')
    .option('--origin <url>', 'scheme and host for canonical addresses (default: where it listens)', parseOrigin)
    .addHelpText(
      'after',
      '\nTHREATPEDIA_TAXII_USER and THREATPEDIA_TAXII_PASSWORD, or THREATPEDIA_TAXII_TOKEN, close the TAXII server to everybody else.\n\nExamples:\n  $ threatpedia serve\n  $ threatpedia serve --port 8080\n  $ PORT=8080 threatpedia serve --host 0.0.0.0\n  $ threatpedia serve --index malicious-packages.tpindex\n\nCtrl+C ends it; requests that are running are finished.\nExit codes: 0 stopped, 2 wrong use, corpus with errors or port taken, 3 the folder cannot be written or the index not be read',
    )
    .action((options: ServeOptions) => run((context) => serve(context, options)));
};

async function serve(context: Context, { port, host, out, origin, index, corrections, ...operations }: ServeOptions): Promise<ExitCode> {
  const { terminal } = context;
  const folder = resolve(out);
  // Listens before it builds: a port that is taken shows at once, and a free one is known for the canonical addresses.
  const checks = new CheckThreads([CORPUS_INDEX, PACKAGE_INDEX].map((path) => join(folder, path)));
  const answers = new AnswerServer(() => builtCorpus(folder), origin ? `${origin}/` : undefined, checks.check);
  const server = await startServer(createApp({ siteFolder: folder, taxii: taxiiAccess(process.env), answers, operations }), { port, host });
  try {
    const { files, nodes, edges } = await upToDateSite(context, folder, { origin: origin ?? server.url, index, corrections });
    const { bold, dim } = terminal.colors;
    terminal.print(`${bold('Threatpedia')} ${dim(`${files} files, ${nodes} things, ${edges} ties`)}`);
    terminal.print(`  site  ${server.url}/`);
    terminal.print(`  check ${server.url}/check/  ${dim(index ? `corpus and ${index}` : 'corpus only; --index adds malicious packages')}`);
    terminal.print(`  API   ${server.url}/api/v1/index.json`);
    terminal.print(`  TAXII ${server.url}/taxii2/`);
    terminal.print(dim('  /healthz tells that it runs'));
    terminal.print(dim('  Ctrl+C ends'));
    await new Promise<void>((stop) => {
      process.once('SIGINT', () => stop());
      process.once('SIGTERM', () => stop());
    });
  } finally {
    await server.stop();
    await checks.stop();
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

/** The corpus as it was built into a folder: reading it from there takes a tenth of the time that reading the records takes. */
async function builtCorpus(folder: string): Promise<CorpusAnswers> {
  const corpus = JSON.parse(await readFile(join(folder, 'api/v1/corpus.json'), 'utf8')) as Record<string, CorpusRecord['data'][]>;
  const records = recordKindNames.flatMap((kind) =>
    (corpus[recordKinds[kind].folder] ?? []).map((data) => ({ kind, file: '', data }) as CorpusRecord),
  );
  return new CorpusAnswers(buildGraph(records));
}
