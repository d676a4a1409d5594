import { join } from 'node:path';
import { type FormatRow, inventoryFormats, sniffFormat } from '../../src/check/inventory/formats.ts';
import { type FoundComponent, type Inventory, UnreadableInput } from '../../src/check/inventory/inventory.ts';
import { linesOf } from '../../src/check/inventory/locate.ts';
import { keysOf } from '../../src/check/match.ts';
import { makeInput, Random, readMaterial } from './inputs.ts';
import { samples } from './samples.ts';

/** Milliseconds of processor time that one input of at most a few hundred kilobytes may take. */
const MAX_CPU_MS = 1_000;

/** Something that an input did and must not. */
export interface Fault {
  readonly index: number;
  readonly format: string;
  readonly what: string;
  readonly input: string;
}

const [folder = '.', from = '0', count = '0', seed = '0'] = process.argv.slice(2);
const inventoryFolder = join(folder, 'src/check/inventory');
const material = readMaterial(inventoryFolder);
const prototypeKeys = Reflect.ownKeys(Object.prototype).length;
const faults: Fault[] = [];
let [read, refused, components] = [0, 0, 0];

for (let index = Number(from); index < Number(from) + Number(count); index++) {
  const random = new Random(Math.imul(Number(seed) + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const row = random.pick(inventoryFormats);
  const input = makeInput(random, material, row.id);
  // Told before it is tried: whoever watches knows what hangs.
  if (index % 100 === 0) process.send?.({ index });
  const started = process.cpuUsage();
  const fault = await tryInput(row, input, random).catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  const { user, system } = process.cpuUsage(started);
  const slow = (user + system) / 1_000 > MAX_CPU_MS ? `took ${((user + system) / 1_000).toFixed(0)} ms of processor time` : undefined;
  const polluted = Reflect.ownKeys(Object.prototype).length === prototypeKeys ? undefined : 'Object.prototype has other keys than before';
  const what = fault ?? slow ?? polluted;
  if (what) faults.push({ index, format: row.id, what, input: Buffer.from(input).toString('base64').slice(0, 4_000) });
  if (faults.length >= 20) break;
}
process.send?.({ done: { faults, read, refused, components, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) } });

/** Reads an input as the check does, and asks for all that is computed late. Any error but `UnreadableInput` is a fault. */
async function tryInput(row: FormatRow, bytes: Uint8Array, random: Random): Promise<undefined> {
  sniffFormat(bytes.subarray(0, 65_536));
  const format = await row.load();
  const path = random.pick([
    samples[row.id]?.path ?? 'input',
    samples[row.id]?.path ?? 'input',
    'input',
    'a/package-lock.json',
    'deep/.github/workflows/x.yml',
    'ext/package.json',
    'x.html',
    '-',
  ]);
  try {
    examine(format.parse(bytes, { path }), bytes);
    read++;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    refused++;
  }
  const stream = await row.stream?.();
  if (!stream) return;
  try {
    for await (const part of stream(pieces(bytes, random))) for (const component of part.components) keysOf(component);
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
  }
}

function examine(inventory: Inventory, bytes: Uint8Array): void {
  components += inventory.components.length;
  const some: readonly FoundComponent[] = inventory.components.slice(0, 40);
  for (const component of some) {
    keysOf(component);
    inventory.chainTo?.(component);
    if (component.version !== undefined && component.requested !== undefined)
      throw new Error('a component with both a version and a request');
  }
  for (const { count: skipped } of inventory.skipped) if (!(skipped > 0)) throw new Error('a reason that nothing was skipped for');
  linesOf(
    new TextDecoder().decode(bytes),
    some.map(({ at }) => at),
  );
}

async function* pieces(bytes: Uint8Array, random: Random): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + random.below(random.pick([3, 100, 70_000]));
    yield bytes.subarray(start, end);
    start = end;
  }
}
