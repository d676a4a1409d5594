import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { startServer } from '../api/server.ts';
import { createMcpApp, MAX_MESSAGE_BYTES } from '../mcp/http.ts';
import { createMcpServer } from '../mcp/server.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';

/** Options of `mcp` as commander gives them. */
export interface McpOptions {
  readonly http?: boolean;
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
}

/** Speaks the protocol until the client goes or a signal comes. Standard output carries nothing but the protocol. */
export async function serveMcp(context: Context, options: McpOptions): Promise<ExitCode> {
  const answers = new CorpusAnswers(await loadGraph(context));
  const log = (message: string) => context.terminal.note(`threatpedia mcp: ${message}`);
  return options.http ? overHttp(answers, options, log) : overStdio(answers, log);
}

async function overStdio(answers: CorpusAnswers, log: (message: string) => void): Promise<ExitCode> {
  const server = createMcpServer(answers, log);
  const transport = new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: MAX_MESSAGE_BYTES });
  let exitCode: ExitCode = exitCodes.ok;
  await new Promise<void>((stop) => {
    // What was asked before the end of the input is still answered: the process ends when nothing is left to do.
    process.stdin.once('end', stop);
    process.stdin.once('error', () => stop());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
    server.onclose = () => stop();
    server.onerror = (error) => {
      log(`protocol: ${error.message.slice(0, 500)}`);
      if (error.message.startsWith('ReadBuffer exceeded')) exitCode = exitCodes.usage;
    };
    server.connect(transport).catch((error: unknown) => {
      log(String(error));
      stop();
    });
  });
  return exitCode;
}

async function overHttp(answers: CorpusAnswers, { port, host, allowHost }: McpOptions, log: (message: string) => void): Promise<ExitCode> {
  const isOpen = ['0.0.0.0', '::'].includes(host);
  const hosts = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    ...(isOpen ? [] : [host.includes(':') ? `[${host}]` : host.toLowerCase()]),
    ...allowHost,
  ];
  const server = await startServer(createMcpApp(answers, { hosts, log }), { port, host });
  log(`listening on ${server.url}/mcp; Ctrl+C ends`);
  try {
    await new Promise<void>((stop) => {
      process.once('SIGINT', () => stop());
      process.once('SIGTERM', () => stop());
    });
  } finally {
    await server.stop();
  }
  return exitCodes.ok;
}
