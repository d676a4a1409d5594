import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { malwareIndex } from './support/osv-index.ts';
import { projectRoot } from './support/shared.ts';
import { zipOf } from './support/zip.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-check-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a folder, with input, and without anybody's own index. */
function run(cwd: string, args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [join(projectRoot, 'bin/threatpedia.cjs'), '--corpus', join(projectRoot, 'corpus'), ...args],
      { cwd, env: { ...process.env, THREATPEDIA_HOME: join(folder, 'home'), NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

async function put(files: Readonly<Record<string, string>>): Promise<string> {
  const place = await mkdtemp(join(folder, 'case-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await writeFile(join(place, name), text);
  }
  return place;
}

interface Report {
  readonly summary: { readonly exposed: number; readonly definite: number; readonly possible: number; readonly unread: number };
  readonly findings: readonly {
    readonly state: string;
    readonly exposure?: string;
    readonly cleanReleases?: readonly { readonly version: string }[];
    readonly component: { readonly label: string };
    readonly chain?: readonly string[];
    readonly at: { readonly input: string; readonly line?: number };
    readonly incident?: { readonly id: string };
    readonly advisory?: { readonly id: string };
    readonly presence?: readonly { readonly until?: { readonly commit: string } }[];
  }[];
  readonly coverage: readonly {
    readonly input: string;
    readonly format?: string;
    readonly components: number;
    readonly failure?: object;
  }[];
}

const seen = ({ findings }: Report) =>
  findings.map(
    ({ state, component, at, incident, advisory }) =>
      `${at.input}:${at.line ?? ''} ${component.label} ${state} ${incident?.id ?? advisory?.id}`,
  );

describe('one command on one folder', () => {
  test('finds a program, a file, an action, a script, an extension, distribution packages and addresses', { timeout: 60_000 }, async () => {
    const place = await put({
      'osquery-programs.json': JSON.stringify([
        { name: '3CX Desktop App', version: '18.12.416.0', publisher: '3CX Ltd.', identifying_number: '' },
      ]),
      SHA256SUMS: 'aa124a4b4df12b34e74ee7f6c683b2ebec4ce9a8edcf9be345823b4fdcf5d868  3cx.msi\n',
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: tj-actions/changed-files@v35\n      - uses: tj-actions/changed-files@0e58ed8671d6b60d0890c21b07f8835ace038e67\n',
      'index.html': '<!doctype html>\n<script src="https://cdn.polyfill.io/v2/polyfill.min.js"></script>\n',
      'var/lib/dpkg/status': 'Package: liblzma5\nStatus: install ok installed\nSource: xz-utils\nVersion: 5.6.1-1\n\n',
      'debian.cdx.json': JSON.stringify({
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        components: [{ type: 'library', name: 'liblzma5', purl: 'pkg:deb/debian/liblzma5@5.6.1-1?upstream=xz-utils' }],
      }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { '@ctrl/tinycolor': '4', 'event-stream': '3' } },
          'node_modules/@ctrl/tinycolor': { version: '4.1.1' },
          'node_modules/event-stream': { version: '3.3.6', dependencies: { 'flatmap-stream': '^0.1.0' } },
          'node_modules/flatmap-stream': { version: '0.1.1' },
        },
      }),
      '.vscode/extensions/extensions.json': JSON.stringify([{ identifier: { id: 'checkmarx.ast-results' }, version: '2.53.0' }]),
      'domains.txt': 'akamaicontainer[.]com\n',
      'ignored/package-lock.json': '{',
      '.gitignore': 'ignored\n',
    });
    const { code, stdout } = await run(place, ['check', '--format', 'json']);
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    const validate = new Ajv2020({ strict: false }).compile(
      JSON.parse(await readFile(join(projectRoot, 'schemas/check-report.schema.json'), 'utf8')) as object,
    );
    expect(validate(report) || validate.errors).toBe(true);
    const exposed = seen(report);
    for (const expected of [
      /^osquery-programs\.json:\d* 3CX Desktop App@18\.12\.416\.0 confirmed SC-2023-3CX-DESKTOPAPP$/,
      /^SHA256SUMS:1 3cx\.msi confirmed SC-2023-3CX-DESKTOPAPP$/,
      /^\.github\/workflows\/ci\.yml:6 tj-actions\/changed-files@v35 in-window SC-2025-TJ-ACTIONS$/,
      /^\.github\/workflows\/ci\.yml:7 tj-actions\/changed-files@0e58\w+ confirmed SC-2025-TJ-ACTIONS$/,
      /^index\.html:2 https:\/\/cdn\.polyfill\.io\S+ confirmed SC-2024-POLYFILL-IO$/,
      /^var\/lib\/dpkg\/status:\d+ debian\/liblzma5@5\.6\.1-1 confirmed SC-2024-XZ-UTILS$/,
      /^debian\.cdx\.json:1 debian\/liblzma5@5\.6\.1-1 confirmed SC-2024-XZ-UTILS$/,
      /^package-lock\.json:1 @ctrl\/tinycolor@4\.1\.1 confirmed SC-2025-SHAI-HULUD$/,
      /^package-lock\.json:1 flatmap-stream@0\.1\.1 confirmed SC-2018-EVENT-STREAM$/,
      /^\.vscode\/extensions\/extensions\.json:1 checkmarx\/ast-results@2\.53\.0 confirmed SC-2026-CHECKMARX-KICS$/,
      /^domains\.txt:1 akamaicontainer\.com confirmed SC-2023-3CX-DESKTOPAPP$/,
    ]) {
      expect(exposed).toContainEqual(expect.stringMatching(expected));
    }
    expect(report.findings.find(({ state }) => state === 'in-window')?.exposure).toBe('possible');
    expect(report.summary.definite + report.summary.possible).toBe(report.summary.exposed);
    expect(report.findings.find(({ component }) => component.label === 'event-stream@3.3.6')?.cleanReleases).toEqual([
      { version: '4.0.0' },
    ]);
    expect(report.findings.find(({ component }) => component.label === 'flatmap-stream@0.1.1')?.chain).toEqual(['event-stream@3.3.6']);
    expect(report.coverage.map(({ input }) => input)).not.toContain('ignored/package-lock.json');
  });

  test('says so where nothing was hit, and exits 0', async () => {
    const place = await put({
      'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/left-pad': { version: '1.3.0' } } }),
    });
    const { code, stdout } = await run(place, ['check']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('No exposure found among 1 component of 1 input')]);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a truncated lock', { 'package-lock.json': '{"lockfileVersion": 3, "packages": {' }],
    ['a lock of the future', { 'package-lock.json': '{"lockfileVersion": 9, "packages": {}}' }],
    ['an empty lock', { 'yarn.lock': '' }],
    ['nothing at all', {}],
  ])('%s exits 3, never 0', async (_name, files) => {
    const place = await put(files);
    expect((await run(place, ['check'])).code).toBe(3);
    if (Object.keys(files).length > 0) expect((await run(place, ['check', '--allow-unread'])).code).toBe(0);
  });

  const pasted = 'pkg:npm/left-pad@1.3.0\nnonsense\n<b>*more*</b> nonsense\n';

  test.each(['terminal', 'json', 'sarif', 'vex', 'markdown', 'html', 'junit', 'github'])(
    'lines that are not understood exit 3, never 0; --format %s says which',
    async (format) => {
      const { code, stdout } = await run(folder, ['check', '-', '--no-index', '--format', format], pasted);
      expect(code).toBe(3);
      expect(stdout).not.toContain('No exposure');
      expect(stdout).not.toContain(format === 'html' || format === 'junit' ? '<b>*more' : 'undefined');
      expect(stdout.replace(/\\([*<>])/g, '$1')).toMatch(/nonsense[\s\S]*more\*/);
      expect((await run(folder, ['check', '-', '--no-index', '--format', format, '--allow-unread'], pasted)).code).toBe(0);
    },
  );

  test('the verdict counts the lines that were checked, and quotes those that were not understood', async () => {
    const first = async (input: string, ...args: string[]) =>
      (await run(folder, ['check', '-', '--no-index', '--format', 'markdown', ...args], input)).stdout.split('\n')[0]?.replaceAll('\\', '');
    expect(await first('pkg:npm/left-pad@1.3.0\nnonsense\nno line\n')).toBe(
      '# 1 line checked without a match, 2 lines not understood: “nonsense”, “no line”',
    );
    expect(await first(`pkg:npm/left-pad@1.3.0\n${'nonsense\n'.repeat(1_000)}`)).toMatch(/1,000 lines not understood: .* and 997 more$/);
    expect(await first('event-stream@3.3.6\nnonsense\n')).toBe('# Exposed: 1 match');
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/left-pad': { version: '1.3.0' }, 'node_modules/x': 1 } });
    expect(await first(lock)).toBe('# 1 component checked without a match, 1 entry not understood: “node_modules/x”');
  });

  test('an empty file and empty input are told as such', async () => {
    const place = await put({ 'list.x': '', 'blank.x': '\n \n' });
    const { code, stdout } = await run(place, ['check', 'list.x', 'blank.x']);
    expect([code, stdout.match(/the file is empty/g)?.length]).toEqual([3, 2]);
    expect(await run(place, ['check', '-'], '\n')).toMatchObject({ code: 3, stdout: expect.stringContaining('standard input is empty') });
  });

  test('a named file that is no input, and one that is not there', async () => {
    const place = await put({ 'notes.bin': '\u0000\u0001' });
    const { code, stdout } = await run(place, ['check', 'notes.bin', 'absent.json']);
    expect(code).toBe(3);
    expect(stdout).toContain('notes.bin');
    expect(stdout).toContain('no such file or folder');
  });

  test.each([
    [['--as', 'nonsense']],
    [['--installed-between', '2025']],
    [['--as-of', '2025-13-01']],
    [['--fail-on', 'x']],
    [['--format', 'x']],
  ])('%s is wrong usage', async (args) => {
    expect((await run(folder, ['check', ...args])).code).toBe(2);
  });
});

describe('options', () => {
  const purls = 'pkg:npm/%40ctrl/tinycolor@4.1.1\n';

  test.each([
    ['pkg:npm/lodash@4.17.21\npolyfill.io\nevent-stream@3.3.6\n', ['polyfill.io', 'event-stream@3.3.6']],
    [
      'example.com\naa124a4b4df12b34e74ee7f6c683b2ebec4ce9a8edcf9be345823b4fdcf5d868\n',
      ['aa124a4b4df12b34e74ee7f6c683b2ebec4ce9a8edcf9be345823b4fdcf5d868'],
    ],
    ['event-stream 3.3.6', ['event-stream@3.3.6']],
    ['111.90.151.134', ['111.90.151.134']],
    ['192.0.2.1\n111[.]90[.]151[.]134:443\n', ['111.90.151.134']],
    ['codecov.io/bash', ['https://codecov.io/bash']],
    ['jobs:\n  a:\n    steps:\n      - run: bash <(curl -s https://codecov.io/bash)\n', ['https://codecov.io/bash']],
  ])('of %j every line is looked up', async (input, found) => {
    const { code, stdout } = await run(folder, ['check', '-', '--no-index', '--format', 'json'], input);
    const { findings } = JSON.parse(stdout) as Report;
    expect([code, findings.map(({ component }) => component.label).sort()]).toEqual([1, [...found].sort()]);
  });

  test('standard input is a list, or what --as says', async () => {
    expect((await run(folder, ['check', '-'], purls)).code).toBe(1);
    expect((await run(folder, ['check', '-', '--as', 'domain-list'], 'akamaicontainer.com\n')).code).toBe(1);
  });

  test.each(['terminal', 'markdown', 'html', 'github'])(
    '--as-of counts only what was public then; --format %s names the day',
    async (format) => {
      const { code, stdout } = await run(folder, ['check', '-', '--as-of', '2025-01-01', '--format', format], purls);
      expect([code, stdout]).toEqual([0, expect.stringContaining('No exposure known on 2025-01-01')]);
    },
  );

  test('possible exposure is told apart, and never exits 0', async () => {
    const tag = 'pkg:github/tj-actions/changed-files@v45\n';
    const check = (format: string, input = tag) => run(folder, ['check', '-', '--format', format], input);
    const { code, stdout } = await check('terminal');
    expect(code).toBe(1);
    const verdict = 'Possibly exposed: 1 match (only if used 2025-03-14 to 2025-03-15)';
    expect([stdout.split('\n')[0], stdout.trimEnd().split('\n').at(-1)]).toEqual([verdict, verdict]);
    expect((await check('github')).stdout).toMatch(/^::warning [^\n]*title=Possibly exposed/);
    expect((await check('sarif')).stdout).toMatch(/"level": "warning"[\s\S]*"exposure": "possible"/);
    const both = (await check('github', `${tag}${purls}`)).stdout.split('\n');
    expect(both.map((line) => line.slice(0, 6)).slice(0, 2)).toEqual(['::erro', '::warn']);
  });

  test('the terminal tells what to do, and the whole story only with --verbose', async () => {
    const tag = 'pkg:github/tj-actions/changed-files@v45\n';
    const { stdout } = await run(folder, ['check', '-'], tag);
    expect(stdout).toContain('First clean release: v46.0.1');
    expect(stdout.match(/^ {2}Look for/gm)).toHaveLength(2);
    expect(stdout).not.toMatch(/^ {2}(Path|Network|Files|Source)/m);
    const verbose = (await run(folder, ['check', '-', '--verbose'], tag)).stdout;
    expect(verbose).toMatch(/^ {2}Network +hxxps:\/\/[\s\S]*^ {2}Files +memdump\.py\n +\/tmp\/run\.sh$/m);
    expect(verbose.match(/^ {2}Look for/gm)?.length).toBeGreaterThan(2);
  });

  test('--installed-between clears a moved tag that was used at another time', async () => {
    const place = await put({ 'action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: tj-actions/changed-files@v35\n' });
    expect((await run(place, ['check', '--installed-between', '2025-03-14..2025-03-15'])).code).toBe(1);
    expect((await run(place, ['check', '--installed-between', '2025-05-01..2025-06-01'])).code).toBe(0);
  });

  test.each(['terminal', 'json', 'sarif', 'vex', 'markdown', 'html', 'junit', 'github'])(
    '--format %s tells what the corpus alone is known to know',
    async (format) => {
      const { stdout } = await run(folder, ['check', '-', '--no-index', '--format', format], 'pkg:npm/left-pad@1.3.0\npkg:cran/x@1\n');
      expect(stdout.replace(/\s+/g, ' ')).toMatch(
        format === 'json'
          ? /"knownThrough": "nothing"[\s\S]*"knownThrough": "corpus"/
          : /with nothing: none is known here[\s\S]*compared only with the [\d,]+ names/,
      );
    },
  );

  test.each(['terminal', 'sarif', 'vex', 'markdown', 'html', 'junit', 'github'])(
    '--format %s names component and incident, and is the same twice',
    async (format) => {
      const [first, second] = [
        await run(folder, ['check', '-', '--format', format], purls),
        await run(folder, ['check', '-', '--format', format], purls),
      ];
      expect(first.stdout).toContain('tinycolor');
      expect(first.stdout).toContain('SC-2025-SHAI-HULUD');
      expect(second.stdout).toBe(first.stdout);
    },
  );

  test('--history tells from when to when a bad version was committed', { timeout: 60_000 }, async () => {
    const place = await put({});
    const git = (...args: string[]) =>
      new Promise<void>((done, failed) => {
        execFile('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: place }, (error) =>
          error ? failed(error) : done(),
        );
      });
    const commit = async (version: string) => {
      await writeFile(
        join(place, 'package-lock.json'),
        JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/@ctrl/tinycolor': { version } } }),
      );
      await git('add', '.');
      await git('commit', '-qm', version);
    };
    await git('init', '-q');
    for (const version of ['4.1.0', '4.1.1', '4.1.3']) await commit(version);
    const { code, stdout } = await run(place, ['check', '--history', '--format', 'json']);
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.presence).toHaveLength(1);
    expect(report.findings[0]?.presence?.[0]?.until?.commit).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('the index of malicious packages', () => {
  const record = (id: string, name: string, version: string, modified: string) =>
    JSON.stringify({ id, modified, published: modified, affected: [{ package: { ecosystem: 'npm', name }, versions: [version] }] });
  /** What the server has: path → body. */
  const published = new Map<string, string | Buffer>();
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const body = published.get(request.url ?? '');
      response.statusCode = body === undefined ? 404 : 200;
      response.end(body ?? '');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  test('is built, updated by what changed, and survives a failed update', { timeout: 60_000 }, async () => {
    const out = join(folder, 'own.tpindex');
    published.set(
      '/npm/all.zip',
      zipOf([
        ['MAL-2024-1.json', record('MAL-2024-1', 'bad-one', '1.0.0', '2024-01-01T00:00:00Z')],
        ['GHSA-x.json', '{}'],
      ]),
    );
    const update = () => run(folder, ['index', 'update', '--from', base, '--ecosystem', 'npm', '--out', out]);
    const check = async (purl: string) => (await run(folder, ['check', '-', '--index', out], purl)).code;
    expect(await update()).toMatchObject({ code: 0 });
    expect([await check('pkg:npm/bad-one@1.0.0'), await check('pkg:npm/bad-two@2.0.0')]).toEqual([1, 0]);

    published.set(
      '/npm/modified_id.csv',
      '2024-03-01T00:00:00Z,MAL-2024-2\n2024-02-01T00:00:00Z,GHSA-y\n2024-01-01T00:00:00Z,MAL-2024-1\n',
    );
    expect((await update()).code).toBe(3);
    expect(await check('pkg:npm/bad-one@1.0.0')).toBe(1);

    published.set('/npm/MAL-2024-2.json', record('MAL-2024-2', 'bad-two', '2.0.0', '2024-03-01T00:00:00Z'));
    published.delete('/npm/all.zip');
    expect(await update()).toMatchObject({ code: 0 });
    expect([await check('pkg:npm/bad-one@1.0.0'), await check('pkg:npm/bad-two@2.0.0')]).toEqual([1, 1]);
    expect(JSON.parse((await run(folder, ['index', 'info', out, '--json'])).stdout)).toMatchObject({
      entries: 2,
      sources: [{ records: 2, newest: '2024-03-01T00:00:00Z' }],
    });
  });

  test('that is damaged is refused with what to do', async () => {
    await writeFile(join(folder, 'broken.tpindex'), 'TPINDEX1 and then nothing');
    const { code, stderr } = await run(folder, ['check', '-', '--index', join(folder, 'broken.tpindex')], 'pkg:npm/a@1');
    expect([code, stderr]).toEqual([3, expect.stringContaining('index build')]);
  });

  test.each([
    ['that is damaged inside', (bytes: Buffer) => bytes.fill(0x20, bytes.length - 40, bytes.length - 30), 'does not match its checksum'],
    ['that is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1), 'ends too early'],
    ['that is something else', () => Buffer.from('{}'), 'expected a knowledge index'],
  ])('%s is not put beside a site, and the site stays as it was', async (_name, change, message) => {
    const [site, index] = [await mkdtemp(join(folder, 'site-')), join(folder, 'site.tpindex')];
    await writeFile(join(site, '.threatpedia-site'), '');
    await writeFile(index, change(malwareIndex([{ ecosystem: 'npm', name: 'bad-one', versions: ['1.0.0'] }])));
    const { code, stderr } = await run(folder, ['build', '--out', site, '--index', index]);
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
    expect(await readdir(site)).toEqual(['.threatpedia-site']);
  });

  test('a site takes an index of malicious packages only, and not for reading from disk', async () => {
    const corpus = (await run(folder, ['index', 'corpus'])).stdout.trim();
    const index = join(folder, 'fine.tpindex');
    await writeFile(index, malwareIndex([{ ecosystem: 'npm', name: 'bad-one', versions: ['1.0.0'] }]));
    for (const args of [
      ['--index', corpus],
      ['--index', index, '--plain-files'],
    ])
      expect((await run(folder, ['build', '--out', join(folder, 'refused'), ...args])).code).toBe(2);
    for (const path of [folder, join(folder, 'absent.tpindex')])
      expect((await run(folder, ['build', '--out', join(folder, 'refused'), '--index', path])).code).toBeGreaterThan(1);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  });

  test('a source that is no archive, is damaged or is not there is refused', async () => {
    await writeFile(join(folder, 'x.zip'), 'no archive');
    for (const source of ['x.zip', 'absent.zip'])
      expect((await run(folder, ['index', 'build', source, '--out', join(folder, 'no.tpindex')])).code).toBe(3);
  });
});
