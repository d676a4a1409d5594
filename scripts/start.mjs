// npm start: does all set-up, then validates, builds and serves. Arguments go to `threatpedia serve`.
import { join } from 'node:path';
import { installPackages, requireNode, root } from './setup.mjs';

requireNode();
installPackages();
const { bundleIfStale } = await import('./bundle.mjs');
await bundleIfStale();
process.chdir(root);
const { main } = await import(new URL('../dist/command/threatpedia.mjs', import.meta.url).href);
process.exitCode = await main(['--corpus', join(root, 'corpus'), 'serve', ...process.argv.slice(2)]);
