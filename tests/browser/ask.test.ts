import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApp, startServer } from '../../src/api/server.ts';
import { recordsOf } from '../../src/graph/graph.ts';
import { runQuery } from '../../src/query/evaluate.ts';
import { incidentRow } from '../../src/query/incident-row.ts';
import { isQueryFault, parseQuery } from '../../src/query/parse.ts';
import { valueTable } from '../../src/query/value-table.ts';
import { axeViolations, launchBrowser } from '../support/browser.ts';
import { sharedSite } from '../support/built-site.ts';
import { loadCorpusGraph } from '../support/corpus.ts';

const NORTH_KOREA = 'channel:vendor-signed-update nexus:north-korea';

let site: string;
let server: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let idsFor: (text: string) => string[];

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  const rows = recordsOf(graph, 'incident').map((record) => incidentRow(graph, record));
  idsFor = (text) => {
    const parsed = parseQuery(text, valueTable(graph));
    if (isQueryFault(parsed)) throw new Error(parsed.message);
    return runQuery(rows, parsed).map(({ id }) => id);
  };
  site = await sharedSite();
  server = await startServer(createApp({ siteFolder: site }), { port: 0, host: '127.0.0.1' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(async () => {
  context = await browser.newContext({ acceptDownloads: true });
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
});

async function shownIds(on = page): Promise<string[]> {
  const hrefs = await on
    .locator('table.incidents tbody th a')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  return hrefs.map((path) => path.split('/').at(-2)?.toUpperCase() ?? '');
}

describe('the list that answers', () => {
  test('says what stands in the query, as the command does, and the address gives it to others', async () => {
    await page.goto(`${server.url}/incidents/`);
    await page.fill('#ask', NORTH_KOREA);
    await page.waitForFunction(() => document.querySelector('.ask output')?.textContent?.includes(' of '));
    expect(await shownIds()).toEqual(idsFor(NORTH_KOREA));
    expect(await shownIds()).toContain('SC-2023-3CX-DESKTOPAPP');
    const fresh = await context.newPage();
    await fresh.goto(page.url());
    await fresh.waitForSelector('.ask:not([hidden])');
    expect(await fresh.inputValue('#ask')).toBe(NORTH_KOREA);
    expect(await shownIds(fresh)).toEqual(idsFor(NORTH_KOREA));
  });

  test('narrows by a value with the number that stood beside it, and goes back', async () => {
    await page.goto(`${server.url}/incidents/`);
    const box = page.locator('[data-facet="ecosystem npm"]');
    const count = Number(await box.locator('xpath=..').locator('small').innerText());
    await box.check();
    expect(await page.inputValue('#ask')).toBe('ecosystem:npm');
    expect(await page.locator('.ask output').innerText()).toMatch(new RegExp(`^${count} of `));
    await page.locator('[data-facet="ecosystem pypi"]').check();
    expect(await page.inputValue('#ask')).toBe('ecosystem:npm,pypi');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.facet)).toBe('ecosystem pypi');
    await page.goBack();
    await page.waitForFunction(() => (document.querySelector('#ask') as HTMLInputElement).value === 'ecosystem:npm');
    expect(await page.locator('.ask output').innerText()).toMatch(new RegExp(`^${count} of `));
  });

  test('orders, and writes the order into the query', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('depth:featured')}`);
    await page.selectOption('.ask select', 'title');
    expect(await page.inputValue('#ask')).toBe('depth:featured sort:title');
    expect(await shownIds()).toEqual(idsFor('depth:featured sort:title').slice(0, 100));
  });

  test('tells a misspelt field at its place, keeps the last answer, and goes on when it is mended', async () => {
    await page.goto(`${server.url}/incidents/?q=depth%3Afeatured`);
    const before = await shownIds();
    await page.fill('#ask', 'vectr:typosquatting');
    expect(await page.locator('#ask-fault').innerText()).toBe('vectr:typosquatting\n^\nthere is no field "vectr"\ndid you mean vector: ?');
    expect(await page.getAttribute('#ask', 'aria-invalid')).toBe('true');
    expect(await shownIds()).toEqual(before);
    await page.fill('#ask', 'vector:typosquatting');
    expect(await page.locator('#ask-fault').isVisible()).toBe(false);
    expect(await shownIds()).toEqual(idsFor('vector:typosquatting').slice(0, 100));
  });

  test('gives the answer as CSV and JSON', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('ecosystem:pypi')}`);
    const wanted = idsFor('ecosystem:pypi');
    for (const form of ['csv', 'json']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-download=${form}]`)]);
      const text = readFileSync(await download.path(), 'utf8');
      const ids =
        form === 'json'
          ? (JSON.parse(text) as { id: string }[]).map(({ id }) => id)
          : [...text.matchAll(/^(SC-[^,]+),/gm)].map(([, id]) => id);
      expect(ids).toEqual(wanted);
    }
  });

  test('an answer with nothing says so, a hostile one does nothing', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('"<img src=x onerror=alert(1)>"')}`);
    expect(await page.locator('table.incidents tbody').innerText()).toContain('No incident matches');
    expect(await page.locator('table.incidents img').count()).toBe(0);
  });

  test('reads without JavaScript as a list of all, and passes axe while it answers', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${server.url}/incidents/`);
    expect(await still.locator('table.incidents tbody tr').count()).toBe(Math.min(500, idsFor('').length));
    expect(await still.locator('form.ask').isVisible()).toBe(false);
    await plain.close();
    for (const colorScheme of ['light', 'dark'] as const) {
      const bypassing = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width: 360, height: 800 } });
      const asked = await bypassing.newPage();
      await asked.goto(`${server.url}/incidents/?q=${encodeURIComponent('vectr:x')}`);
      await asked.locator('.facets-fold > summary').click();
      expect(await axeViolations(asked)).toEqual([]);
      await bypassing.close();
    }
  });
});

describe('the comparison', () => {
  test('sets SolarWinds beside 3CX, stage by stage, and the address gives it to others', async () => {
    await page.goto(`${server.url}/compare/?i=SC-2020-SOLARWINDS-ORION&i=SC-2023-3CX-DESKTOPAPP`);
    const table = page.locator('[data-comparison] table');
    await table.waitFor();
    expect(await table.locator('thead th').allInnerTexts()).toHaveLength(3);
    const names = await table.locator('tbody th').allInnerTexts();
    expect(names).toEqual(
      expect.arrayContaining(['Disclosed', 'Vectors', 'Path: build', 'Path: deliver', 'Claims about who did it', 'Lessons']),
    );
    const build = await table
      .locator('tbody tr', { has: page.locator('th', { hasText: 'Path: build' }) })
      .locator('td')
      .allInnerTexts();
    expect(build.every((text) => text.includes('compromised'))).toBe(true);
    await page.selectOption('select[name=i3]', 'SC-2017-CCLEANER');
    expect(await table.locator('thead th').allInnerTexts()).toHaveLength(4);
    const fresh = await context.newPage();
    await fresh.goto(page.url());
    await fresh.locator('[data-comparison] table').waitFor();
    expect(await fresh.locator('[data-comparison] thead th').allInnerTexts()).toHaveLength(4);
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll('[data-comparison] thead th').length === 3);
  });
});

describe('a citation', () => {
  test('shows its document when it is pointed at or focused, and goes with Escape', async () => {
    await page.goto(`${server.url}/incidents/sc-2024-xz-utils/`);
    const cite = page.locator('a.cite').first();
    const title = await page.locator(`${await cite.getAttribute('href')} > a`).innerText();
    await cite.hover();
    expect(await page.locator('.cite-card b').innerText()).toBe(title);
    await page.keyboard.press('Escape');
    expect(await page.locator('.cite-card').isVisible()).toBe(false);
    await cite.focus();
    expect(await page.locator('.cite-card').isVisible()).toBe(true);
    expect(await cite.getAttribute('aria-describedby')).toBe('cite-card');
  });
});

describe('as known on a day', () => {
  test('the XZ record of its first day knows the report and not what came later', async () => {
    await page.goto(`${server.url}/incidents/sc-2024-xz-utils/?as-of=2024-03-29`);
    await page.waitForSelector('.as-of');
    expect(await page.locator('.as-of [role=status]').innerText()).toMatch(/^\d+ of \d+ statements, from \d+ of \d+ dated sources/);
    const visible = await page.locator('main').innerText();
    expect(await page.locator('.later[data-since*="came later ("]').count()).toBeGreaterThan(10);
    // What stands side by side is told once, and no arrow leads to a hop that was not known.
    expect(await page.locator('.later:not(.folded) + .later.folded').count()).toBeGreaterThan(3);
    expect(await page.locator('.folded >> visible=true').count()).toBe(0);
    expect(await page.locator('.path .arrows .later').count()).toBeGreaterThan(3);
    expect(await page.locator('.path .arrows .later >> visible=true').count()).toBe(0);
    const later = await page
      .locator('.references > [data-public]')
      .evaluateAll((items) =>
        items
          .filter((item) => ((item as HTMLElement).dataset.public ?? '') > '2024-03-29')
          .map((item) => item.querySelector('a')?.textContent ?? ''),
      );
    expect(later.length).toBeGreaterThan(2);
    for (const title of later) expect(visible).not.toContain(title);
    await page.click('[data-today]');
    expect(page.url()).not.toContain('as-of');
    const today = await page.locator('main').innerText();
    for (const title of later) expect(today).toContain(title);
  });

  test('the day before 3CX confirmed it, the record does not say that it did', async () => {
    await page.goto(`${server.url}/incidents/sc-2023-3cx-desktopapp/?as-of=2023-03-29`);
    await page.waitForSelector('html.then');
    expect(await page.locator('.facts dd time >> visible=true').count()).toBe(0);
    expect(await page.locator('.kind-line').innerText()).not.toContain('Confirmed');
    expect(await page.locator('main').innerText()).not.toContain('later based this on');
  });

  test('a day that is none is said to be none, and the end of a month is its day', async () => {
    await page.goto(`${server.url}/incidents/sc-2024-xz-utils/?as-of=2024-02-30`);
    await page.waitForSelector('.as-of');
    expect(await page.locator('.as-of [role=status]').innerText()).toContain('“2024-02-30” is no day');
    await page.fill('#as-of-day', '2024-03');
    await page.keyboard.press('Enter');
    await page.locator('#as-of-day').blur();
    expect(page.url()).toContain('as-of=2024-03-31');
    await page.fill('#as-of-day', 'yesterday');
    await page.locator('#as-of-day').blur();
    expect(page.url()).toContain('as-of=2024-03-31');
    expect(await page.locator('#as-of-day').evaluate((field: HTMLInputElement) => field.validationMessage)).toContain('is no day');
  });

  test('the slider goes through the days on which sources appeared, by keyboard', async () => {
    await page.goto(`${server.url}/incidents/sc-2023-3cx-desktopapp/`);
    await page.focus('.as-of input[type=range]');
    await page.keyboard.press('Home');
    await page.waitForURL(/as-of=\d{4}-\d{2}-\d{2}/);
    const first = await page.inputValue('#as-of-day');
    await page.keyboard.press('ArrowRight');
    expect((await page.inputValue('#as-of-day')) > first).toBe(true);
  });

  test('a day is typed into the field by keyboard', async () => {
    await page.goto(`${server.url}/incidents/sc-2023-3cx-desktopapp/`);
    await page.focus('.as-of input[type=range]');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('2023-03-30');
    await page.keyboard.press('Enter');
    await page.waitForURL(/as-of=2023-03-30/);
    expect(await page.locator('.as-of [role=status]').innerText()).toMatch(/^\d+ of \d+ statements/);
  });
});
