// node bench/run.mjs <name> [arguments]: bundles bench/<name>.ts and runs it. Benchmarks print tables and assert nothing about absolute time.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleIfStale } from '../scripts/bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name = 'build', ...args] = process.argv.slice(2);
await bundleIfStale();
const outfile = join(root, 'dist', 'bench', `${name}.mjs`);
await build({
  entryPoints: [join(root, 'bench', `${name}.ts`)],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const { main } = await import(pathToFileURL(outfile).href);
await main(root, args);
