import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { Option } from 'commander';
import { CorpusAnswers } from '../answers/corpus-answers.ts';
import { startServer } from '../api/server.ts';
import { createMcpApp } from '../mcp/http.ts';
import { createMcpServer } from '../mcp/server.ts';
import { type Context, type ExitCode, exitCodes } from './context.ts';
import { loadGraph } from './load-corpus.ts';
import type { AddCommand } from './main.ts';
import { parsePort } from './options.ts';

interface McpOptions {
  readonly http?: boolean;
  readonly port: number;
  readonly host: string;
}

const DEFAULT_PORT = 4701;

export const mcpCommand: AddCommand = (program, run) => {
  program
    .command('mcp')
    .description('answer questions of models: a server of the Model Context Protocol, over standard input and output or HTTP')
    .option('--http', 'listen for HTTP instead, at /mcp')
    .addOption(new Option('--port <number>', 'port to listen on, 0 for any free one').default(DEFAULT_PORT).argParser(parsePort))
    .option('--host <name>', 'address to listen on; any but localhost is open to whoever reaches it', 'localhost')
    .addHelpText(
      'after',
      '\nTools: search, list_incidents, get, neighbours, path, check_components, explain. All of them only read, and nothing is asked of the network.\n\nExamples:\n  $ threatpedia mcp\n  $ threatpedia mcp --http --port 4701\n  In the settings of a client: { "command": "npx", "args": ["threatpedia", "mcp"] }\n\nExit codes: 0 ended by the client or a signal, 2 wrong use, corpus with errors or port taken',
    )
    .action((options: McpOptions) => run((context) => serveMcp(context, options)));
};

async function serveMcp(context: Context, { http = false, port, host }: McpOptions): Promise<ExitCode> {
  const answers = new CorpusAnswers(await loadGraph(context));
  const ended = new Promise<void>((end) => {
    process.once('SIGINT', () => end());
    process.once('SIGTERM', () => end());
    // The client went away.
    if (!http) process.stdin.once('end', () => end());
  });
  if (http) {
    const server = await startServer(createMcpApp(answers, { localOnly: host === 'localhost' }), { port, host });
    context.terminal.print(`MCP ${server.url}/mcp`);
    await ended;
    await server.stop();
    return exitCodes.ok;
  }
  // Standard output carries the protocol alone.
  const server = createMcpServer(answers);
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
  return exitCodes.ok;
}
