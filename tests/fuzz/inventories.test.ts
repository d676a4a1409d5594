import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventoryFormats } from '../../src/check/inventory/formats.ts';
import { projectRoot } from '../support/shared.ts';
import type { Fault } from './run-inventories.ts';
import { samples } from './samples.ts';

/** Inputs that are tried; more by `THREATPEDIA_FUZZ=100000`, other ones by `THREATPEDIA_FUZZ_SEED`. */
const COUNT = Number(process.env.THREATPEDIA_FUZZ ?? 4_000);
const SEED = Number(process.env.THREATPEDIA_FUZZ_SEED ?? 1);
/** Inputs for one process, whose heap is bounded: what it keeps by mistake adds up. */
const BATCH = 10_000;
const HEAP_MEGABYTES = 256;
/** A hundred inputs take a fraction of this. */
const SILENCE_MS = 60_000;

interface Outcome {
  readonly faults: readonly Fault[];
  readonly read: number;
  readonly refused: number;
  readonly components: number;
  readonly peakMegabytes: number;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(projectRoot, 'node_modules', '.fuzz-'));
  await build({
    input: join(projectRoot, 'tests/fuzz/run-inventories.ts'),
    platform: 'node',
    external: /^[^./]/,
    transform: { target: 'node20' },
    output: { dir: folder, entryFileNames: 'run.mjs', format: 'esm' },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function runBatch(from: number, count: number): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(join(folder, 'run.mjs'), [projectRoot, String(from), String(count), String(SEED)], {
      execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
    });
    let last = from;
    let outcome: Outcome | undefined;
    const stuck = () => {
      child.kill('SIGKILL');
      reject(new Error(`nothing heard for ${SILENCE_MS} ms after input ${last} of seed ${SEED}`));
    };
    let watch = setTimeout(stuck, SILENCE_MS);
    child.on('message', (message: { index?: number; done?: Outcome }) => {
      clearTimeout(watch);
      watch = setTimeout(stuck, SILENCE_MS);
      last = message.index ?? last;
      outcome = message.done ?? outcome;
    });
    child.on('close', (code) => {
      clearTimeout(watch);
      if (outcome) resolve(outcome);
      else reject(new Error(`ended with ${code} between inputs ${last} and ${last + 100} of seed ${SEED}`));
    });
  });
}

test.each(inventoryFormats.map((row) => [row.id, row] as const))('the sample of %s is read', async (id, row) => {
  const sample = samples[id];
  const format = await row.load();
  const { components } = format.parse(new TextEncoder().encode(sample?.text), { path: sample?.path ?? 'input' });
  expect(components.length).toBeGreaterThan(0);
});

test(`${COUNT} made-up inputs of every format are read or refused, in bounded time and memory`, {
  timeout: 60_000 + COUNT * 60,
}, async () => {
  const total = { read: 0, refused: 0, components: 0, peakMegabytes: 0 };
  for (let from = 0; from < COUNT; from += BATCH) {
    const { faults, ...outcome } = await runBatch(from, Math.min(BATCH, COUNT - from));
    expect(faults).toEqual([]);
    total.read += outcome.read;
    total.refused += outcome.refused;
    total.components += outcome.components;
    total.peakMegabytes = Math.max(total.peakMegabytes, outcome.peakMegabytes);
  }
  // The inputs reach the parsers: many are read, and hold something.
  expect(total.read).toBeGreaterThan(COUNT / 50);
  expect(total.components).toBeGreaterThan(COUNT / 20);
  if (COUNT > 10_000) console.info(`seed ${SEED}: ${JSON.stringify(total)}`);
});
