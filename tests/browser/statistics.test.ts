import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, startServer } from '../../src/api/server.ts';
import { axeViolations, launchBrowser } from '../support/browser.ts';
import { sharedSite } from '../support/built-site.ts';

const PAGES = ['statistics/', 'malware/shai-hulud/'];

let site: string;
let server: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;

beforeAll(async () => {
  site = await sharedSite();
  server = await startServer(createApp({ siteFolder: site }), { port: 0, host: '127.0.0.1' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Texts of the pictures on show that lie on one another or leave their picture. */
function misplacedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg.chart')].flatMap((picture) => {
      const frame = picture.getBoundingClientRect();
      if (frame.width === 0) return [];
      const lines = [...picture.querySelectorAll('text')].flatMap((text) => {
        const spans = [...text.querySelectorAll('tspan')];
        return (spans.length > 0 ? spans : [text]).map((line) => ({ text: line.textContent, box: line.getBoundingClientRect() }));
      });
      const outside = lines
        .filter(
          ({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1,
        )
        .map(({ text }) => `${picture.querySelector('title')?.textContent}: "${text}" leaves the picture`);
      const overlapping = lines.flatMap(({ text, box }, index) =>
        lines
          .slice(index + 1)
          .filter(
            (other) =>
              Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 1 &&
              Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 3,
          )
          .map((other) => `${picture.querySelector('title')?.textContent}: "${text}" lies on "${other.text}"`),
      );
      return [...outside, ...overlapping];
    }),
  );
}

describe('pages with pictures of numbers', () => {
  test.each([360, 1280])(
    'at %d px: accessible in light and dark, within the screen, no label on another',
    { timeout: 120_000 },
    async (width) => {
      const context = await browser.newContext({ colorScheme: 'light', viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      for (const address of PAGES) {
        await page.goto(`${server.url}/${address}`);
        for (const summary of await page.locator('main summary').all()) await summary.click();
        expect(await page.locator('svg.chart:visible').count()).toBe(address === 'statistics/' ? 9 : 1);
        expect(await misplacedTexts(page), address).toEqual([]);
        expect(await axeViolations(page), address).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), address).toBe(0);
        // Dark changes colours only.
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await axeViolations(page, 'cat.color'), address).toEqual([]);
        await page.emulateMedia({ colorScheme: 'light' });
      }
      await context.close();
    },
  );

  test('every picture has a name of its own, ids are unique, and all of it reads without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    for (const address of PAGES) {
      await page.goto(`${server.url}/${address}`);
      const html = readFileSync(join(site, address, 'index.html'), 'utf8');
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
      for (const picture of await page.locator('svg.chart:visible').all()) {
        const named = (await picture.getAttribute('aria-labelledby'))?.split(' ') ?? [];
        expect(named.every((id) => ids.includes(id))).toBe(true);
      }
    }
    await context.close();
  });

  test('printed, the picture for a desk stands on the page', async () => {
    const page = await browser.newPage({ viewport: { width: 680, height: 900 } });
    await page.emulateMedia({ media: 'print' });
    await page.goto(`${server.url}/statistics/`);
    expect(await page.locator('svg.chart.wide:visible').count()).toBe(9);
    expect(await page.locator('svg.chart.narrow:visible').count()).toBe(0);
    await page.close();
  });
});

describe('tables and files', () => {
  test('every CSV holds the cells of its table', { timeout: 60_000 }, async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}/statistics/`);
    const tables = await page.evaluate(() =>
      [...document.querySelectorAll('table.numbers')].map((table) => ({
        id: table.id.replace(/-table$/, ''),
        rows: [...table.querySelectorAll('tbody tr')].map((row) =>
          [...row.children].map((cell) => {
            const link = cell.querySelector('a')?.getAttribute('href');
            return link && !link.includes('?q=') ? (link.split('/').at(-2) ?? '') : (cell.textContent ?? '');
          }),
        ),
      })),
    );
    expect(tables).toHaveLength(9);
    for (const { id, rows } of tables) {
      const [, ...lines] = readFileSync(join(site, `statistics/${id}.csv`), 'utf8')
        .trimEnd()
        .split('\r\n');
      // No cell of these files holds a comma, a quote or a line break.
      const cells = lines.map((line) => line.split(',').map((cell) => (/^SC-\d{4}-/.test(cell) ? cell.toLowerCase() : cell)));
      const shown = rows.map((row) =>
        row.map((cell) => (cell === 'not given' ? '' : /^[\d,.]+$/.test(cell) ? cell.replaceAll(',', '') : cell)),
      );
      expect(shown, id).toEqual(cells);
      expect(lines.length, id).toBeGreaterThan(0);
    }
    await page.close();
  });

  test('every picture alone is well-formed and carries its own colours and source', async () => {
    const page = await browser.newPage();
    const names = readFileSync(join(site, 'statistics/index.html'), 'utf8').matchAll(/href="[^"]*statistics\/([a-z-]+\.svg)"/g);
    const files = [...names].map((match) => `statistics/${match[1]}`);
    expect(files).toHaveLength(9);
    for (const file of [...files, 'malware/shai-hulud/lineage.svg']) {
      const svg = readFileSync(join(site, file), 'utf8');
      expect(svg, file).toMatch(/^<\?xml[^>]+\?>\n<svg [^>]*xmlns=/);
      expect(svg, file).not.toMatch(/style=|href=/);
      expect(svg, file).toContain('CC BY 4.0');
      const fault = await page.evaluate(
        (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent,
        svg,
      );
      expect(fault, file).toBeUndefined();
    }
    await page.close();
  });
});

test('as known on a day, pictures and tables tell less, and today brings everything back', { timeout: 60_000 }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${server.url}/statistics/`);
  await page.waitForSelector('.as-of');
  const counted = () => page.locator('#vectors-by-year figcaption').innerText();
  const now = await counted();
  await page.focus('#as-of-day');
  await page.fill('#as-of-day', '2018-12-31');
  await page.keyboard.press('Enter');
  await page.waitForURL(/as-of=2018-12-31/);
  await page.waitForFunction(() => /incidents were public/.test(document.querySelector('.as-of [role=status]')?.textContent ?? ''));
  const [, then = '', all = ''] = /^(\d+) of (\d+) incidents/.exec(await page.locator('.as-of [role=status]').innerText()) ?? [];
  expect(Number(then)).toBeGreaterThan(20);
  expect(Number(then)).toBeLessThan(Number(all));
  expect(await counted()).toContain(`${then} incidents`);
  expect(await page.locator('#vectors-by-year-table th[scope=row]').allInnerTexts()).not.toContain('2019');
  expect((await axeViolations(page)).filter((violation) => !violation.startsWith('color-contrast'))).toEqual([]);
  const broken = await page.$$eval('[data-measures] a', (links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  for (const path of new Set(broken.filter((path) => path.includes('/incidents/')).slice(0, 5)))
    expect((await page.request.get(`${server.url}${path}`)).status()).toBe(200);
  await page.click('[data-today]');
  expect(await counted()).toBe(now);
  expect(page.url()).not.toContain('as-of');
  expect(errors).toEqual([]);
  await context.close();
});
