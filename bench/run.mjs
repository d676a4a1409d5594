// node bench/run.mjs <name> [arguments]: bundles bench/<name>.ts and runs it. Benchmarks print tables and assert nothing about absolute time.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleForNode, bundleIfStale } from '../scripts/bundle.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name = 'build', ...args] = process.argv.slice(2);
await bundleIfStale();
const folder = join(root, 'dist', 'bench');
await bundleForNode({ [name]: `bench/${name}.ts` }, folder, { external: /^[^./]/ });
const { main } = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
await main(root, args);
