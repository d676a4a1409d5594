import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import Ajv from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { version } from '../package.json';
import { findShared, projectRoot } from './support/shared.ts';

const run = promisify(execFile);

/** A project whose only dependency is the packed package. */
let project: string;
let packed: string[];

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'threatpedia-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: projectRoot,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.search(/^\[$/m))) as [{ filename: string; files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  await run('tar', ['-xzf', join(project, filename), '-C', project]);
  await mkdir(join(project, 'node_modules'));
  await rename(join(project, 'package'), join(project, 'node_modules', 'threatpedia'));
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
}, 120_000);

afterAll(() => rm(project, { recursive: true, force: true }));

const exposedLock = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { 'event-stream': '^3.3.4' } },
    'node_modules/event-stream': { version: '3.3.6', dependencies: { 'flatmap-stream': '^0.1.0' } },
    'node_modules/flatmap-stream': { version: '0.1.1' },
  },
});

test('holds the command, the library, the corpus once, and nothing else', () => {
  expect(packed).toEqual(expect.arrayContaining(['bin/threatpedia.cjs', 'dist/command/check.mjs', 'dist/command/corpus.tpindex']));
  expect(packed.filter((path) => /(^|\/)(src|tests|bench|scripts|node_modules)\/|\.test\.|\.stamp$/.test(path))).toEqual([]);
  expect(packed.filter((path) => path.endsWith('.tpindex'))).toEqual(['dist/command/corpus.tpindex']);
});

test('the command runs from it', async () => {
  await writeFile(join(project, 'package-lock.json'), exposedLock);
  const command = join(project, 'node_modules/threatpedia/bin/threatpedia.cjs');
  const { code, stdout } = await run(process.execPath, [command, 'check', '--no-index', 'package-lock.json'], { cwd: project }).then(
    () => ({ code: 0, stdout: '' }),
    (error: { code: number; stdout: string }) => error,
  );
  expect(code).toBe(1);
  expect(stdout).toContain('flatmap-stream@0.1.1');
});

test.each(['threatpedia.cjs', 'threatpedia.mjs'])('bin/%s is the command', async (name) => {
  const { stdout } = await run(process.execPath, [join(project, 'node_modules/threatpedia/bin', name), '--version']);
  expect(stdout.trim()).toBe(version);
});

test('models are answered from it', async () => {
  const command = join(project, 'node_modules/threatpedia/bin/threatpedia.cjs');
  const client = new Client({ name: 'test', version: '0' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [command, 'mcp'], cwd: project }));
  const { isError, content } = await client.callTool({ name: 'get', arguments: { id: 'SC-2018-EVENT-STREAM', fields: ['summary'] } });
  await client.close();
  expect(isError).toBeFalsy();
  expect(JSON.stringify(content)).toContain('## References');
});

test('the example of the documentation runs as it stands', async () => {
  const example = /```js\n(import[\s\S]+?)```/.exec(await readFile(join(projectRoot, 'docs/exposure-check.md'), 'utf8'))?.[1] ?? '';
  await writeFile(join(project, 'package-lock.json'), exposedLock);
  await writeFile(join(project, 'example.js'), example);
  const { stdout, stderr } = await run(process.execPath, ['example.js'], { cwd: project });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^confirmed flatmap-stream@0\.1\.1 .*SC-2018-EVENT-STREAM/m);
});

test('its types hold without any other package', async () => {
  await writeFile(
    join(project, 'typed.ts'),
    `import { AppError, type CheckResult, checkInventory, formats, isExposed, openIndexFile, renderReport } from 'threatpedia/check';
     import { type Corpus, openCorpus } from 'threatpedia';
     import { findPath, type Tie } from 'threatpedia/graph';
     import { checkRecord, type Problem } from 'threatpedia/schema';
     import { exportIncidents } from 'threatpedia/export';
     const result: CheckResult = await checkInventory([{ path: 'a', bytes: new Uint8Array() }, { path: 'b', format: formats[0]?.id, chunks: (async function* () {})() }], {
       indexes: [await openIndexFile('x')], asOf: '2025-01-01', installedBetween: '2024-01-01..' });
     for (const { state, component, incident } of result.findings) if (isExposed(state)) throw new AppError("usage", [component.version, incident?.title].join());
     const report: string = await renderReport(result, 'sarif', { site: 'https://example.org/' });
     // @ts-expect-error there is no such form
     await renderReport(result, 'pdf');
     const corpus: Corpus = await openCorpus();
     const titles: readonly string[] = corpus.incidents('year:2024', { asOf: '2024-03-30', limit: 2 }).incidents.map(({ title }) => title);
     const ties: readonly Tie[] | undefined = findPath(corpus, 'a', 'b');
     const problem: Problem | undefined = checkRecord(new Uint8Array(), 'incidents/2024/a.yaml').problems[0];
     for await (const piece of exportIncidents(corpus, 'osv', { query: titles[0] })) piece.length + (ties?.length ?? 0) + (problem?.at.line ?? 0);
     export default report;`,
  );
  const options = { strict: true, module: 'nodenext', target: 'es2022', lib: ['es2023'], types: [], noEmit: true };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['typed.ts'] }));
  const compiler = join(projectRoot, 'node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [compiler, '-p', project], { cwd: project }).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
}, 60_000);

test('bad use is told apart from what could not be read', async () => {
  const library = (await import(
    join(project, 'node_modules/threatpedia/dist/command/check.mjs')
  )) as typeof import('../src/library/check.ts');
  const bytes = new TextEncoder().encode('{"lockfileVersion": 3');
  const { coverage } = await library.checkInventory([
    { path: 'package-lock.json', bytes },
    { path: 'unknown.bin', bytes: Uint8Array.of(0, 1, 2) },
    { path: 'composer.lock', chunks: (async function* () {})() },
  ]);
  expect(coverage.map(({ failure }) => failure?.message)).toEqual([
    expect.stringMatching(/JSON/),
    expect.stringMatching(/no format that is known/),
    expect.stringMatching(/not read in pieces/),
  ]);
  await expect(library.checkInventory({ path: 'x', format: 'nonsense', bytes })).rejects.toMatchObject({ name: 'AppError', code: 'usage' });
  await expect(library.checkInventory([], { asOf: 'yesterday' })).rejects.toMatchObject({ code: 'usage' });
  await expect(library.checkInventory([], { installedBetween: '2025..2024' })).rejects.toMatchObject({ code: 'usage' });
  await expect(library.openIndexFile(join(project, 'package.json'))).rejects.toMatchObject({ code: 'io' });
  await expect(library.openIndexFile(join(project, 'none'))).rejects.toMatchObject({ code: 'not-found' });
});

test.each([
  ['threatpedia', /^SC-2025-\S+ 2025.*\n[\s\S]*\d+ in all; .*XZ/],
  ['schema', /incidents\/2024\/mine\.yaml:\d+:\d+ [a-z-]+ /],
  ['graph', /\(SC-2022-X-TRADER\)\n[\s\S]*^seeded .*3CX/m],
  ['export', /^id,[\s\S]*SC-2023-3CX-DESKTOPAPP[\s\S]*\d+ fields of a record that OSV does not carry/m],
])('the example of src/library/%s.ts runs as it stands', async (entry, expected) => {
  const docs = await readFile(join(projectRoot, `src/library/${entry}.ts`), 'utf8');
  const example = (/```ts\n([\s\S]+?) \* ```/.exec(docs)?.[1] ?? '').replace(/^ \* ?/gm, '');
  await mkdir(join(project, 'incidents/2024'), { recursive: true });
  await writeFile(join(project, 'incidents/2024/mine.yaml'), 'id: SC-2024-MINE\ntitel: Mine\n');
  await writeFile(join(project, 'example.mjs'), example);
  const { stdout, stderr } = await run(process.execPath, ['example.mjs'], { cwd: project });
  expect(stderr).toBe('');
  expect(stdout).toMatch(expected);
});

test('its bill names exactly the packages that are bundled, at the versions of the lock, and no address', async () => {
  const bill = JSON.parse(await readFile(join(project, 'node_modules/threatpedia/dist/command/sbom.cdx.json'), 'utf8')) as {
    components: { purl: string; licenses?: object[] }[];
  };
  const { packages } = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const names = bill.components.map(({ purl }) => decodeURIComponent(purl).replace(/^pkg:npm\/|@[^@]+$/g, ''));
  expect(names).toEqual(expect.arrayContaining(['zod', 'yaml', 'hono', '@hono/node-server', 'commander', 'minisearch']));
  expect(names.filter((name) => ['vitest', 'rolldown', 'typescript', 'playwright-core', 'jsonld'].includes(name))).toEqual([]);
  for (const { purl, licenses } of bill.components) {
    const [, name, version] = /^pkg:npm\/(.+)@([^@]+)$/.exec(decodeURIComponent(purl)) ?? [];
    const locked = Object.entries(packages).filter(([place]) => place.endsWith(`node_modules/${name}`));
    expect(locked.map(([, { version: at }]) => at)).toContain(version);
    expect(licenses, purl).toBeDefined();
  }
  expect(JSON.stringify(bill).replace(/"\$schema":"[^"]+"/, '')).not.toMatch(/https?:/);
  const schemas = findShared('conformance/cyclonedx');
  if (!schemas) return;
  const read = (name: string) => JSON.parse(readFileSync(join(schemas, name), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ['spdx.schema.json', 'jsf-0.82.schema.json', 'cryptography-defs.schema.json']) ajv.addSchema(read(name));
  const validate = ajv.compile(read('bom-1.6.schema.json'));
  expect(validate(bill), ajv.errorsText(validate.errors)).toBe(true);
});
