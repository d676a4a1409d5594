// npm start: does all set-up, then validates, builds and serves. Arguments go to `threatpedia serve`.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installPackages, requireNode, root } from './setup.mjs';

requireNode();
installPackages();
const { bundleIfStale } = await import('./bundle.mjs');
await bundleIfStale();
process.chdir(root);
const { main } = createRequire(import.meta.url)('../dist/command/threatpedia.cjs');
process.exitCode = await main(['--corpus', join(root, 'corpus'), 'serve', ...process.argv.slice(2)]);
