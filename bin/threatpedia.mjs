#!/usr/bin/env node
// In a checkout the command is bundled from src/ when that is newer; the published package carries the bundle only.
import { existsSync } from 'node:fs';

const checkout = new URL('../scripts/bundle.mjs', import.meta.url);
if (existsSync(checkout) && existsSync(new URL('../src', import.meta.url))) {
  const { bundleIfStale } = await import(checkout.href);
  await bundleIfStale();
}
const { main } = await import('../dist/command/threatpedia.mjs');
process.exitCode = await main(process.argv.slice(2));
