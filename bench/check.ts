import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { formatCount } from '../src/base/format-count.ts';
import { median } from './median.ts';

/** Records of the scaled set: what OSV.dev holds on malicious packages, about. */
const RECORDS = 215_000;
const PACKAGES = 1_936;
const ROUNDS = 15;

/**
 * A cold check of a lock of 1,936 packages against 215,000 malicious-package records, beside `node -e 0` in the same run; the building of that index; and a stream of
 * 1,000,000 components. Needs the shared folder (first argument, default `../shared`): its 33,076 real records, copied under other names, are the set.
 */
export async function main(root: string, [shared = join(root, '..', 'shared')]: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'threatpedia-bench-'));
  try {
    const command = await installCopy(root, folder);
    const records = join(folder, 'records.jsonl');
    const planted = await writeRecords(join(shared, 'data/ossf-malicious-packages/mal-records-2025-06.jsonl.gz'), records);
    const index = join(folder, 'malicious.tpindex');
    const built = measure([command, 'index', 'build', records, '--out', index]);
    console.log(
      `index of ${formatCount(RECORDS)} records: ${built.seconds.toFixed(1)} s, ${built.megabytes.toFixed(0)} MB RSS, file ${((await stat(index)).size / 1e6).toFixed(0)} MB`,
    );

    const lock = join(folder, 'package-lock.json');
    await writeFile(lock, lockOf(planted));
    const found = measure([command, 'check', lock, '--index', index, '--format', 'json']);
    console.log(`planted ${planted.length}, confirmed ${found.output.match(/"state": "confirmed"/g)?.length ?? 0}`);
    const [bare, check] = [[] as number[], [] as number[]];
    let megabytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(measure(['-e', '0']).seconds);
      const measured = measure([command, 'check', lock, '--index', index]);
      check.push(measured.seconds);
      megabytes = Math.max(megabytes, measured.megabytes);
    }
    console.log(
      `node -e 0: ${ms(bare)}; check: ${ms(check)}; ratio ${(median(check) / median(bare)).toFixed(2)}; ${megabytes.toFixed(0)} MB RSS`,
    );

    const sbom = join(folder, 'large.cdx.json');
    const components = 1_000_000;
    await writeSbom(sbom, components);
    const streamed = measure([command, 'check', sbom, '--index', index]);
    console.log(
      `SBOM of ${formatCount(components)} components (${((await stat(sbom)).size / 1e6).toFixed(0)} MB): ${(components / streamed.seconds).toFixed(0)} components/s, ${streamed.megabytes.toFixed(0)} MB RSS`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command as a package has it: without sources beside it. */
async function installCopy(root: string, folder: string): Promise<string> {
  const place = join(folder, 'package');
  await mkdir(place, { recursive: true });
  for (const part of ['bin', 'dist/command', 'corpus', 'package.json']) await cp(join(root, part), join(place, part), { recursive: true });
  const command = join(place, 'bin/threatpedia.cjs');
  measure([command, '--corpus', join(place, 'corpus'), 'index', 'corpus']);
  return command;
}

/** Writes the scaled set; gives 21 npm releases that are in it. */
async function writeRecords(source: string, target: string): Promise<[string, string][]> {
  const real: string[] = [];
  for await (const line of createInterface({ input: createReadStream(source).pipe(createGunzip()) })) real.push(line);
  const texts: string[] = [];
  const planted: [string, string][] = [];
  for (let number = 0; number < RECORDS; number++) {
    const record = JSON.parse(real[number % real.length] ?? '') as {
      id: string;
      withdrawn?: string;
      affected: { package: { ecosystem: string; name: string }; versions?: string[] }[];
    };
    const copy = Math.floor(number / real.length);
    const [first] = record.affected;
    if (
      copy === 0 &&
      first?.versions?.[0] &&
      first.package.ecosystem === 'npm' &&
      !record.withdrawn &&
      number % 40 === 0 &&
      planted.length < 21
    )
      planted.push([first.package.name, first.versions[0]]);
    if (copy > 0) {
      record.id = record.id.replace(/^MAL-(\d+)-/, `MAL-$1-${copy}0000`);
      for (const each of record.affected) each.package.name += `-copy-${copy}`;
    }
    texts.push(JSON.stringify(record));
  }
  await writeFile(target, texts.join('\n'));
  return planted;
}

function lockOf(planted: readonly [string, string][]): string {
  const packages: Record<string, object> = { '': { name: 'bench', dependencies: {} } };
  for (let number = 0; number < PACKAGES - planted.length; number++) {
    packages[`node_modules/package-${number}`] = {
      version: `${number % 9}.${number % 17}.0`,
      integrity: `sha512-${'A'.repeat(86)}==`,
      license: 'MIT',
      dependencies: { [`package-${(number * 7) % 1_900}`]: '^1.0.0', [`package-${(number * 13) % 1_900}`]: '^1.0.0' },
      engines: { node: '>=12' },
    };
  }
  for (const [name, version] of planted) packages[`node_modules/${name}`] = { version };
  return JSON.stringify({ name: 'bench', lockfileVersion: 3, packages }, undefined, 2);
}

async function writeSbom(path: string, components: number): Promise<void> {
  const parts = ['{"bomFormat":"CycloneDX","specVersion":"1.5","components":['];
  for (let number = 0; number < components; number++) {
    parts.push(
      `${number ? ',' : ''}{"type":"library","name":"part-${number}","version":"1.${number % 50}.0","purl":"pkg:npm/part-${number}@1.${number % 50}.0","licenses":[{"license":{"id":"MIT"}}]}`,
    );
  }
  await writeFile(path, `${parts.join('\n')}]}`);
}

/** Runs Node and measures it: wall time, and the peak of resident memory by GNU time where that is installed. */
function measure(args: readonly string[]): { readonly seconds: number; readonly megabytes: number; readonly output: string } {
  const hasTime = spawnSync('/usr/bin/time', ['--version']).status === 0;
  const start = performance.now();
  const [program, all] = hasTime ? ['/usr/bin/time', ['-f', 'RSS %M', process.execPath, ...args]] : [process.execPath, [...args]];
  const { stdout, stderr, status } = spawnSync(program, all, { encoding: 'utf8', maxBuffer: 512 * 1024 * 1024 });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, megabytes: Number(/RSS (\d+)/.exec(stderr)?.[1] ?? 0) / 1024, output: stdout };
}

function ms(values: readonly number[]): string {
  return `${(median(values) * 1000).toFixed(0)} ms (median of ${values.length})`;
}
