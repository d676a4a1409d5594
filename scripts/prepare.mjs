// What a package or an action needs beyond the sources: the bundled command, the types of the library, and the index of the corpus.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installPackages, requireNode, root } from './setup.mjs';
import { writeTypes } from './types.mjs';

requireNode();
installPackages();
const { bundleIfStale } = await import('./bundle.mjs');
await bundleIfStale();
writeTypes();
const { main } = createRequire(import.meta.url)('../dist/command/threatpedia.cjs');
process.exitCode = await main(['--corpus', join(root, 'corpus'), 'index', 'corpus']);
