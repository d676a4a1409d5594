import type { AddCommand } from './main.ts';
import { parsePort } from './options.ts';
import type { McpOptions } from './serve-mcp.ts';

const DEFAULT_PORT = 4701;

export const mcpCommand: AddCommand = (program, run) => {
  program
    .command('mcp')
    .description('answer AI assistants over the Model Context Protocol: read-only tools and resources, every claim with its references')
    .option('--http', 'streamable HTTP at /mcp instead of standard input and output')
    .option('--port <number>', 'port to listen on, 0 for any free one', parsePort, DEFAULT_PORT)
    .option('--host <name>', 'address to listen on; localhost is 127.0.0.1, and 0.0.0.0 every network', 'localhost')
    .option('--allow-host <name>', 'a further name under which clients may call it, may be repeated', collect, [])
    .addHelpText(
      'after',
      `
Examples:
  $ threatpedia mcp                                     # a client starts it and speaks over its standard input
  $ threatpedia mcp --http --port 4701                  # http://localhost:4701/mcp
  $ threatpedia mcp --http --host 0.0.0.0 --allow-host mcp.example.org

Nothing is asked of the network. Requests for other hosts, and from pages of other origins, are refused.
Exit codes: 0 stopped, 2 wrong use, corpus with errors or port taken`,
    )
    .action((options: McpOptions) => run(async (context) => (await import('./serve-mcp.ts')).serveMcp(context, options)));
};

function collect(name: string, earlier: readonly string[]): string[] {
  return [...earlier, name.toLowerCase()];
}
