#!/usr/bin/env node
// The command. CommonJS, because Node starts its loader of ES modules only for those who need it: 12 ms of a check (docs/decisions/0002-one-bundle.md).
// In a checkout the command is bundled from src/ when that is newer; the published package carries the bundle only.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const checkout = join(__dirname, '../scripts/bundle.mjs');
const isCheckout = existsSync(checkout) && existsSync(join(__dirname, '../src'));

(isCheckout ? import(pathToFileURL(checkout).href).then(({ bundleIfStale }) => bundleIfStale()).then(run) : run()).then((code) => {
  process.exitCode = code;
  // When nothing is left that could run, the process goes at once: Node would first take its memory apart.
  setImmediate(() => {
    if (process.getActiveResourcesInfo().length === 0) process.exit();
  });
});

function run() {
  return require('../dist/command/threatpedia.cjs').main(process.argv.slice(2));
}
