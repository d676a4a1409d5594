#!/usr/bin/env node
// In a checkout the command is bundled from src/ when that is newer; the published package carries the bundle only.
// Built-in modules are asked for, not imported: an import of `node:fs` loads Node's streams, too.
const { existsSync } = process.getBuiltinModule('node:fs');
const { createRequire } = process.getBuiltinModule('node:module');

const checkout = new URL('../scripts/bundle.mjs', import.meta.url);
if (existsSync(checkout) && existsSync(new URL('../src', import.meta.url))) {
  const { bundleIfStale } = await import(checkout.href);
  await bundleIfStale();
}
const { main } = createRequire(import.meta.url)('../dist/command/threatpedia.cjs');
process.exitCode = await main(process.argv.slice(2));
// When nothing is left that could run, the process goes at once: Node would first take its memory apart.
await new Promise(setImmediate);
if (process.getActiveResourcesInfo().length === 0) process.exit();
