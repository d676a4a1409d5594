import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, launchBrowser, tabUntil } from '../support/browser.ts';
import { type BuiltSite, buildSite } from '../support/built-site.ts';
import { type ListedPackage, malwareIndex } from '../support/osv-index.ts';
import { startPlainHost } from '../support/plain-host.ts';
import { type RecordingServer, startRecordingServer } from '../support/recording-server.ts';
import { projectRoot } from '../support/shared.ts';

const PACKAGE_INDEX = '/check/malicious-packages.tpindex';

/** Malicious packages: many more than any lock holds. */
const listed: readonly ListedPackage[] = Array.from({ length: 20_000 }, (_, number) => ({
  ecosystem: 'npm',
  name: number % 3 === 0 ? `@scope-${number}/package` : `listed-package-${number}`,
  versions: [`1.0.${number}`],
}));
/** What a lock of 2,000 packages holds of them, at the version that is listed. */
const planted = [3, 4_001, 9_999, 15_002, 19_998].map((number) => ({ ...listed[number], id: `MAL-2025-${number}` }));

let folder: string;
let site: BuiltSite;
let server: RecordingServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-page-'));
  await writeFile(join(folder, 'own.tpindex'), malwareIndex(listed));
  site = await buildSite({ args: ['--index', join(folder, 'own.tpindex'), '--corrections', 'https://example.org/new?labels=data'] });
  server = await startRecordingServer(site.folder);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await site?.remove();
  await rm(folder, { recursive: true, force: true });
});

interface InputFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function file(name: string, text: string): InputFile {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) };
}

function lock(packages: Readonly<Record<string, string>>): string {
  const rows = Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version }]);
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(rows) }, undefined, 1);
}

/** 2,000 packages: clean ones, listed names at versions that are not listed, the planted ones, and two of the corpus. */
const largeLock = lock({
  ...Object.fromEntries(Array.from({ length: 1_960 }, (_, number) => [`clean-package-${number}`, `2.0.${number}`])),
  ...Object.fromEntries(listed.slice(100, 133).map(({ name }) => [name, '99.0.0'])),
  ...Object.fromEntries(planted.map(({ name, versions }) => [name, versions?.[0] ?? ''])),
  'event-stream': '3.3.6',
  'left-pad': '1.3.0',
});

async function openCheck(options: BrowserContextOptions = {}, origin = server.url): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${origin}/check/`);
  return page;
}

const verdict = (page: Page) => page.locator('[data-check-result] h2').innerText();

async function paste(page: Page, text: string): Promise<void> {
  await page.fill('#check-text', text);
  await page.click('button[type=submit]');
  await page.waitForSelector('[data-check-result] h2');
}

/** Findings that count, as `component id`. */
async function findings(page: Page): Promise<string[]> {
  return page.$$eval('table.matches tbody tr', (rows) =>
    rows.map((row) => `${row.querySelector('td')?.textContent} ${row.querySelector('td[data-label=Incident]')?.textContent}`),
  );
}

/** Opens what is folded away beside the form. */
async function openOptions(page: Page): Promise<void> {
  await page.click('.check-more summary');
}

test('records lead to the form for corrections, with what a curator needs filled in', async () => {
  const html = await readFile(join(site.folder, 'incidents/sc-2024-xz-utils/index.html'), 'utf8');
  const address = /href="(https:\/\/example\.org\/new[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  const { searchParams } = new URL(address ?? '');
  expect(searchParams.get('labels')).toBe('data');
  expect(searchParams.get('title')).toBe('SC-2024-XZ-UTILS: ');
  expect(searchParams.get('body')).toContain('corpus/incidents/2024/xz-utils.yaml');
});

describe('what is found', () => {
  test('a dropped lock: exactly the planted versions, each with its place; the index is read in parts', { timeout: 60_000 }, async () => {
    const page = await openCheck();
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(request.url().startsWith('blob:') ? server.url : new URL(request.url()).origin));
    server.exchanges.length = 0;
    await page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'package-lock.json'));
      document.querySelector('[data-drop]')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, largeLock);
    await page.waitForSelector('[data-check-result] h2');
    const expected = [
      ...planted.map(({ name, versions, id }) => `${name}@${versions?.[0]} ${id}`),
      'event-stream@3.3.6 SC-2018-EVENT-STREAM',
    ];
    expect((await findings(page)).sort()).toEqual(expected.sort());
    expect(await verdict(page)).toBe('Exposed: 6 matches');
    const { exchanges } = server;
    const line = largeLock.split('\n').findIndex((text) => text.includes('event-stream')) + 1;
    expect(await page.locator('table.matches').innerText()).toContain(`package-lock.json:${line}`);

    // Nothing of the input leaves: only files of this site are read.
    expect([...origins]).toEqual([server.url]);
    expect(exchanges.filter(({ method, search, hasBody }) => method !== 'GET' || search !== '' || hasBody)).toEqual([]);
    expect(
      [...new Set(exchanges.map(({ path }) => path))].filter(
        (path) => !/^\/(favicon\.svg|assets\/check\.\w+\.js|check\/[\w-]+\.tpindex)$/.test(path),
      ),
    ).toEqual([]);
    const parts = exchanges.filter(({ path }) => path === PACKAGE_INDEX);
    expect(new Set(parts.map(({ status }) => status))).toEqual(new Set([206]));
    const fetched = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    const { size } = await stat(join(folder, 'own.tpindex'));
    expect(fetched).toBeLessThan(size / 4);
    expect(await page.locator('[data-check-result]').innerText()).toMatch(
      /Of the index of malicious packages, \d+ kB of \d+\.\d MB were fetched, in \d+ requests/,
    );
    await page.context().close();
  });

  test('a pasted list of many kinds, and the lines of it that are not understood', async () => {
    const page = await openCheck();
    await paste(page, 'pkg:npm/lodash@4.17.21\npolyfill.io\nevent-stream@3.3.6\n');
    expect(await verdict(page)).toBe('Exposed: 2 matches');
    await paste(page, 'pkg:npm/left-pad@1.3.0\nnonsense\n<b>no</b> line\n');
    expect(await verdict(page)).toBe('1 line checked without a match, 2 lines not understood: “nonsense”, “<b>no</b> line”');
    expect(await page.locator('.check-unread li').allInnerTexts()).toEqual([
      'pasted text:2: line that is not understood: “nonsense”',
      'pasted text:3: line that is not understood: “<b>no</b> line”',
    ]);
    await page.context().close();
  });

  test('pasted package URLs, and a link that leads to the page of the incident', async () => {
    const page = await openCheck();
    await paste(page, `pkg:npm/event-stream@3.3.6\npkg:npm/${planted[1]?.name}@${planted[1]?.versions?.[0]}\npkg:npm/left-pad@1.3.0\n`);
    expect(await findings(page)).toEqual(['event-stream@3.3.6 SC-2018-EVENT-STREAM', expect.stringContaining(`${planted[1]?.id}`)]);
    await page.click('.check-group h3 a');
    await page.waitForURL(`${server.url}/incidents/sc-2018-event-stream/`);
    expect(await page.locator('h1').innerText()).toContain('event-stream');
    await page.context().close();
  });

  test('many files at once, two of them of one name', async () => {
    const page = await openCheck();
    await page.setInputFiles('#check-files', [
      file('package-lock.json', lock({ 'event-stream': '3.3.6' })),
      file('package-lock.json', lock({ '@ctrl/tinycolor': '4.1.1' })),
      file('iocs.txt', 'akamaicontainer[.]com\n'),
      file('ci.yml', 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: tj-actions/changed-files@v35\n'),
    ]);
    await page.waitForSelector('[data-check-result] h2');
    expect((await findings(page)).sort()).toEqual([
      '@ctrl/tinycolor@4.1.1 SC-2025-SHAI-HULUD',
      'akamaicontainer.com SC-2023-3CX-DESKTOPAPP',
      'event-stream@3.3.6 SC-2018-EVENT-STREAM',
      'tj-actions/changed-files@v35 SC-2025-TJ-ACTIONS',
    ]);
    expect(await page.locator('table.coverage').first().innerText()).toContain('package-lock.json (2)');
    await page.context().close();
  });

  test('what an input is called or says never becomes markup', async () => {
    const page = await openCheck();
    const name = '<img src=x onerror=alert(1)>.txt';
    await page.setInputFiles('#check-files', [file(name, 'pkg:npm/event-stream@3.3.6\npkg:<svg>/a@1\n')]);
    await page.waitForSelector('.check-group');
    expect(await page.locator('.check-group').first().innerText()).toContain(name);
    expect(await page.locator('[data-check-result] :is(img, svg, script)').count()).toBe(0);
    await page.context().close();
  });

  test('only what was public on a day counts, and the verdict names the day', async () => {
    const page = await openCheck();
    await openOptions(page);
    await page.fill('#check-as-of', '2018-01-01');
    await paste(page, 'pkg:npm/event-stream@3.3.6\n');
    expect(await findings(page)).toEqual([]);
    expect(await verdict(page)).toBe('No exposure known on 2018-01-01');
    await page.context().close();
  });

  test('a tag that was bad for a time is possible exposure until it is said when it was used', async () => {
    const page = await openCheck();
    const check = async (from: string, to: string) => {
      await page.fill('#check-from', from);
      await page.fill('#check-to', to);
      await paste(page, 'pkg:github/tj-actions/changed-files@v45\n');
      return verdict(page);
    };
    expect(await check('', '')).toBe('Possibly exposed: 1 match (only if used 2025-03-14 to 2025-03-15)');
    expect(await page.getAttribute('[data-check-result] h2', 'class')).toBe('verdict maybe');
    expect(await check('2025-03-14', '2025-03-15')).toBe('Exposed: 1 match');
    expect(await check('2025-03-20', '')).toBe('No exposure found');
    await page.context().close();
  });

  test('a field that holds no day says so, and nothing is checked', async () => {
    const page = await openCheck();
    await page.fill('#check-from', '2025-03-15');
    await page.fill('#check-to', '2025-03-14');
    await page.fill('#check-text', 'pkg:npm/event-stream@3.3.6\n');
    await page.click('button[type=submit]');
    expect(await page.innerText('#check-to-fault')).toBe('2025-03-14 is before 2025-03-15.');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('check-to');
    expect(await page.locator('[data-check-result] h2').count()).toBe(0);
    await page.context().close();
  });

  test('what to do about a match: the clean release, and queries to copy', async () => {
    const page = await openCheck();
    await paste(page, 'pkg:npm/event-stream@3.3.6\n');
    const group = page.locator('.check-group').first();
    expect(await group.innerText()).toMatch(/First clean release: 4\.0\.0[\s\S]*withdrawn 2018-11[\s\S]*npm ls event-stream/);
    expect(await group.locator('details:has(pre) .copy-bar button').first().innerText()).toBe('Copy');
    // The path keeps the order of the record.
    const stages = ['source', 'dependency', 'publish', 'deliver', 'build', 'deliver', 'run'];
    expect(await group.locator('.check-path small').allInnerTexts()).toEqual(stages);
    // Parallel hops say what they come after; an arrow leads only to the hop that follows the one before.
    expect(await group.locator('.check-path li').evaluateAll((hops) => hops.map(({ className }) => className))).toEqual([
      '',
      'next',
      '',
      '',
      'next',
      'next',
      'next',
    ]);
    expect(await group.locator('.check-path .hop').nth(3).innerText()).toContain(', after flatmap-stream, right9ctrl (npm)');
    await page.context().close();
  });

  test('in print there is only the result', async () => {
    const page = await openCheck();
    await paste(page, 'pkg:npm/event-stream@3.3.6\n');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('[data-check-result]').isVisible()).toBe(true);
    for (const hidden of ['form[data-check]', '.check-formats', '.check-save']) expect(await page.locator(hidden).isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('what is not covered is told', () => {
  test.each([
    ['a truncated lock', 'package-lock.json', '{"lockfileVersion": 3, "packages": {'],
    ['an empty lock', 'yarn.lock', ''],
    ['no format that is known', 'notes.bin', '\u0000\u0001\u0002'],
  ])('%s is never clean', async (_name, name, text) => {
    const page = await openCheck();
    await page.setInputFiles('#check-files', [file(name, text)]);
    await page.waitForSelector('[data-check-result] h2');
    expect(await verdict(page)).toBe('Nothing could be read');
    expect(await page.locator('[data-check-result]').innerText()).toMatch(/1 input could not be read[\s\S]*not read: /);
    await page.setInputFiles('#check-files', [file(name, text), file('purls.txt', 'pkg:npm/left-pad@1.3.0\n')]);
    await page.waitForSelector('[data-check-result] h2:has-text("rest")');
    expect(await verdict(page)).toBe('No exposure found in the rest: 1 of 2 inputs could not be read');
    await page.context().close();
  });

  test('an ecosystem that only the corpus knows, and one that nothing does', async () => {
    const page = await openCheck();
    await paste(page, 'pkg:npm/left-pad@1.3.0\npkg:github/actions/checkout@v4\npkg:cran/ggplot2@3.5.0\n');
    expect(await page.locator('.check-caveats p').innerText()).toBe(
      'Compared only with what this corpus records: GitHub Actions. Compared with nothing: cran.',
    );
    expect((await page.locator('.check-caveats li').allTextContents()).join(' ')).toMatch(
      /^cran: 1 component, compared with nothing: none is known here\. GitHub Actions: 1 component, compared only with the [\d,]+ names that the corpus knows\.$/,
    );
    expect(await page.locator('[data-check-result]').innerText()).toMatch(/npm\s+1\s+malicious packages and corpus\s+20,000\s/);
    await page.context().close();
  });
});

describe('reports that are saved', () => {
  test('JSON that its schema describes; HTML that stands alone and has no violation', { timeout: 60_000 }, async () => {
    const page = await openCheck({ acceptDownloads: true });
    await page.setInputFiles('#check-files', [
      file('package-lock.json', largeLock),
      file('broken.cdx.json', '{"bomFormat": "CycloneDX", '),
    ]);
    await page.waitForSelector('[data-check-result] h2');
    const save = async (label: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.check-save button:text-is("${label}")`)]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      return path;
    };
    const report = JSON.parse(await readFile(await save('JSON'), 'utf8')) as { summary: object; comparisons: object[] };
    const schema = JSON.parse(await readFile(join(projectRoot, 'schemas/check-report.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(report) || validate.errors).toBe(true);
    expect(report.summary).toMatchObject({ exposed: 6, unread: 1, inputs: 2, components: 2_000, compared: 2_000, corpusOnly: 0 });
    expect(report.comparisons).toMatchObject([{ type: 'npm', components: 2_000, indexNames: 20_000, knownThrough: 'index' }]);

    const saved = await browser.newPage({ bypassCSP: true });
    const requests: string[] = [];
    saved.on('request', (request) => requests.push(request.url()));
    const address = pathToFileURL(await save('HTML')).href;
    await saved.goto(address);
    expect(requests).toEqual([address]);
    expect(await saved.locator('h1').innerText()).toBe('Exposed: 6 matches');
    for (const { name } of planted) expect(await saved.locator('main').innerText()).toContain(name);
    expect(await saved.locator(`a[href="${server.url}/incidents/sc-2018-event-stream/"]`).count()).toBe(1);
    expect(await axeViolations(saved)).toEqual([]);
    await saved.close();
    await page.context().close();
  });
});

describe('the policy', () => {
  /** Tries to reach another origin from a page, and from a worker made as the page makes its own. */
  async function reaches(page: Page, address: string): Promise<string[]> {
    return page.evaluate(async (target) => {
      const inPage = await fetch(target, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'blocked',
      );
      const code = `fetch(${JSON.stringify(target)}, { mode: 'no-cors' }).then(() => postMessage('reached'), () => postMessage('blocked'))`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      const inWorker = await new Promise<string>((done) => worker.addEventListener('message', ({ data }) => done(String(data))));
      const image = new Image();
      const byImage = new Promise<string>((done) => {
        image.addEventListener('load', () => done('reached'));
        image.addEventListener('error', () => done('blocked'));
      });
      image.src = target;
      return [inPage, inWorker, await byImage];
    }, address);
  }

  test('lets page and worker reach no other origin, on a host with headers and on one without', async () => {
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'image/svg+xml' });
      response.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    });
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/secret.svg`;
    const host = await startPlainHost(site.folder);
    for (const origin of [server.url, host.url]) {
      const page = await openCheck({}, origin);
      expect(await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content')).toContain("connect-src 'self'");
      expect(await reaches(page, address)).toEqual(['blocked', 'blocked', 'blocked']);
      // The page's own worker still runs under it.
      await paste(page, 'pkg:npm/event-stream@3.3.6\n');
      expect(await verdict(page)).toBe('Exposed: 1 match');
      await page.context().close();
    }
    const { headers } = await fetch(`${server.url}/check/`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(seen).toEqual([]);
    // The same attempts do reach it from a page without a policy.
    const free = await browser.newPage({ bypassCSP: true });
    await free.goto(`${host.url}/check/`);
    expect(await reaches(free, address)).toEqual(['reached', 'reached', 'reached']);
    await free.close();
    host.stop();
    other.close();
    other.closeAllConnections();
  });
});

describe('an index that cannot be read in parts', () => {
  test('a host that sends only whole files is named, and finds the same', async () => {
    const host = await startPlainHost(site.folder);
    const page = await openCheck({}, host.url);
    await page.setInputFiles('#check-files', [file('package-lock.json', largeLock)]);
    await page.waitForSelector('[data-check-result] h2');
    expect(await verdict(page)).toBe('Exposed: 6 matches');
    expect(await page.locator('[data-check-result]').innerText()).toMatch(
      /This host sends no parts of files: the whole index of malicious packages was fetched, \d+\.\d MB/,
    );
    await page.context().close();
    host.stop();
  });

  test.each([
    ['is not there', (bytes: Buffer) => ({ status: 404, body: bytes.subarray(0, 0) }), 'the site answered 404'],
    ['is another page', () => ({ status: 200, body: Buffer.from('<!doctype html><title>Welcome</title>') }), 'expected a knowledge index'],
    ['is cut off', (bytes: Buffer) => ({ status: 200, body: bytes.subarray(0, bytes.length - 1) }), 'cut off'],
    ['is damaged', (bytes: Buffer) => ({ status: 200, body: Buffer.from(bytes).fill(0, bytes.length - 4_000_000) }), 'damaged'],
    [
      'is another part',
      (bytes: Buffer) => ({ status: 206, body: bytes.subarray(0, 16_384), headers: { 'content-range': 'bytes 7-16390/99999' } }),
      'another part',
    ],
  ])('one that %s fails the check, which the corpus alone can still answer', async (_name, change, message) => {
    const page = await openCheck();
    const bytes = await readFile(join(folder, 'own.tpindex'));
    await page.route(`**${PACKAGE_INDEX}`, (route) => route.fulfill(change(bytes)));
    await page.setInputFiles('#check-files', [file('package-lock.json', largeLock)]);
    await page.waitForSelector('[data-check-result] h2');
    expect(await verdict(page)).toBe('The check failed');
    expect(await page.locator('[data-check-result]').innerText()).toContain(message);
    await page.click('[data-check-result] button');
    await page.waitForSelector('.check-caveats');
    expect(await verdict(page)).toBe('Exposed: 1 match');
    expect(await page.locator('.check-caveats').textContent()).toMatch(
      /npm: 2,000 components, compared only with the [\d,]+ names[\s\S]*There is no index of malicious packages here/,
    );
    await page.context().close();
  });
});

describe('the keyboard alone', () => {
  test('checks what was typed, saves the report and follows a finding', async () => {
    const page = await openCheck({ acceptDownloads: true });
    await tabUntil(page, '#check-files');
    await tabUntil(page, '#check-text');
    await page.keyboard.type('pkg:npm/event-stream@3.3.6');
    await tabUntil(page, 'form[data-check] button[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-check-result]:focus');
    await tabUntil(page, '.check-save button');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('exposure.json');
    // What to look for is open where exposure is definite.
    await tabUntil(page, '.check-group summary');
    await page.keyboard.press('Enter');
    expect(await page.locator('.check-group details').first().getAttribute('open')).toBeNull();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}/incidents/sc-2018-event-stream/`);
    await page.context().close();
  });
});

describe('each state of the page', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      test(`has no violation and no sideways scroll in ${colorScheme} at ${width} px; a run can be stopped`, {
        timeout: 60_000,
      }, async () => {
        const page = await openCheck({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        const look = async () => [
          ...(await axeViolations(page)),
          ...(await page.evaluate(() => (document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []))),
        ];
        expect(await look()).toEqual([]);

        let release = () => {};
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        await page.route(`**${PACKAGE_INDEX}`, async (route) => {
          await held;
          await route.abort();
        });
        await page.setInputFiles('#check-files', [
          file('package-lock.json', largeLock),
          file('broken.cdx.json', '{"bomFormat": "CycloneDX", '),
          file(`${'a-very-long-name-of-a-file-'.repeat(6)}.txt`, 'akamaicontainer[.]com\n'),
        ]);
        await page.waitForSelector('[data-check-progress]:has-text("Opening the index")');
        expect(await look()).toEqual([]);
        await page.click('[data-check-stop]');
        expect(await page.locator('[data-check-progress]').innerText()).toBe('Stopped: nothing was compared.');
        expect(await page.locator('[data-check-result]').innerText()).toBe('');

        // What was stopped says nothing later; what fails is told.
        await page.click('button[type=submit]');
        release();
        await page.waitForSelector('.check-failure');
        expect(await look()).toEqual([]);

        await page.unroute(`**${PACKAGE_INDEX}`);
        await page.click('button[type=submit]');
        await page.waitForSelector('.check-group');
        await page.$$eval('.check-page details', (all) => {
          for (const details of all) details.setAttribute('open', '');
        });
        expect(await look()).toEqual([]);
        await page.context().close();
      });
    }
  }
});
