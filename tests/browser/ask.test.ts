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
    await page.waitForFunction(() => document.querySelector('.ask output')?.textContent?.includes(' match'));
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
    expect(await page.locator('.ask output').innerText()).toMatch(/^Showing the previous answer: \d+ of /);
    expect(await page.locator('[data-download=csv]').isDisabled()).toBe(true);
    expect(await page.locator('.ask-columns.stale').count()).toBe(1);
    await page.fill('#ask', 'vector:typosquatting');
    expect(await page.locator('#ask-fault').isVisible()).toBe(false);
    expect(await page.locator('[data-download=csv]').isDisabled()).toBe(false);
    expect(await page.locator('.ask-columns.stale').count()).toBe(0);
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
          ? (JSON.parse(text) as { incidents: { id: string }[] }).incidents.map(({ id }) => id)
          : [...text.matchAll(/^(SC-[^,]+),/gm)].map(([, id]) => id);
      expect(ids).toEqual(wanted);
    }
  });

  test('shows no links to pages of the whole list beside an answer', async () => {
    await page.goto(`${server.url}/incidents/?q=ecosystem%3Apypi`);
    await page.waitForSelector('.ask:not([hidden])');
    expect(await page.locator('.pager').count()).toBeGreaterThan(0);
    expect(await page.locator('.pager >> visible=true').count()).toBe(0);
    expect(await page.locator('[data-ask-lede]').innerText()).toContain('The URL keeps your query');
  });

  test('an answer with nothing says so, a hostile one does nothing', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('"<img src=x onerror=alert(1)>"')}`);
    expect(await page.locator('table.incidents tbody').innerText()).toBe('No incident matches. Change or remove a part of the query.');
    expect(await page.locator('table.incidents img').count()).toBe(0);
  });

  test('without an answer offers a question that has one, and the example in the field has one', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('npm worms 2025 zzz')}`);
    const [wanted, example] = ['ecosystem:npm vector:self-propagating-worm year:2025', await page.getAttribute('#ask', 'placeholder')];
    await page.locator('table.incidents tbody a').click();
    expect(await page.inputValue('#ask')).toBe(wanted);
    expect(await shownIds()).toEqual(idsFor(wanted));
    expect(idsFor(example ?? '').length).toBeGreaterThan(0);
  });

  test('says which date it shows where that is not the disclosure', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('SC-2026-MASTRA or SC-2024-ENDOOR-INSTALLER')}`);
    const cells = await page.locator('table.incidents tbody td:first-child').allInnerTexts();
    expect(cells).toEqual(['first seen 2026-06-17', 'undated']);
  });

  test('printed, says the query and how many match', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('depth:featured')}`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.ask-printed').innerText()).toBe(
      `${idsFor('depth:featured').length} of ${idsFor('').length} incidents match: depth:featured`,
    );
    expect(await page.locator('[data-ask-lede]').isVisible()).toBe(false);
  });

  test('two or three are ticked and stand side by side', async () => {
    await page.goto(`${server.url}/incidents/?q=${encodeURIComponent('depth:featured')}`);
    const ids = (await shownIds()).slice(0, 3);
    await page.locator(`[data-pick=${ids[0]}]`).check();
    expect(await page.locator('[data-picked]').innerText()).toBe('Compare with another');
    await page.fill('#ask', 'depth:featured sort:title');
    await page.fill('#ask', 'depth:featured');
    for (const id of ids.slice(1)) await page.locator(`[data-pick=${id}]`).check();
    expect(await page.locator('[data-pick]:not(:checked)').first().isDisabled()).toBe(true);
    await page.click('[data-picked]');
    await page.locator('[data-comparison] table').waitFor();
    expect(await page.locator('[data-comparison] thead th').count()).toBe(4);
    expect(new URL(page.url()).searchParams.getAll('i')).toEqual(ids);
  });

  test('reads without JavaScript as a list of all, page by page, and passes axe while it answers', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${server.url}/incidents/`);
    const rows = await still.locator('table.incidents tbody tr').count();
    await still.goto(`${server.url}/incidents/page/2/`);
    expect(rows + (await still.locator('table.incidents tbody tr').count())).toBe(idsFor('').length);
    expect(await still.locator('form.ask').isVisible()).toBe(false);
    expect(await still.locator('.pager').isVisible()).toBe(true);
    const words = await still.locator('main').innerText();
    expect(words).toContain('Queries need JavaScript');
    expect(words).not.toContain('keeps your query');
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
    await page.fill('input[name=i3]', 'ccleaner 2017');
    await page.press('input[name=i3]', 'Tab');
    expect(await page.inputValue('input[name=i3]')).toMatch(/ · 2017 · SC-2017-CCLEANER$/);
    expect(await table.locator('thead th').allInnerTexts()).toHaveLength(4);
    const fresh = await context.newPage();
    await fresh.goto(page.url());
    await fresh.locator('[data-comparison] table').waitFor();
    expect(await fresh.locator('[data-comparison] thead th').allInnerTexts()).toHaveLength(4);
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll('[data-comparison] thead th').length === 3);
  });

  test('says how much later a date is as the incident’s page does, and which id of the address nothing has', async () => {
    await page.goto(`${server.url}/incidents/sc-2025-bybit-safe/`);
    const later = await page.locator('.dates').first().locator('dd > small:not(.reason)').allInnerTexts();
    expect(later.length).toBeGreaterThan(1);
    await page.goto(`${server.url}/compare/?i=SC-2025-BYBIT-SAFE&i=SC-NOPE&i=SC-2023-3CX-DESKTOPAPP`);
    const table = page.locator('[data-comparison] table');
    await table.waitFor();
    const dates = await table.locator('tbody tr:nth-child(-n+4) td:nth-child(2) .absent').allInnerTexts();
    expect(dates.map((text) => text.trim()).filter((text) => text.endsWith('later'))).toEqual(later);
    expect(await table.locator('thead th').allInnerTexts()).toHaveLength(3);
    expect(await page.locator('[data-comparison] > p').allInnerTexts()).toEqual(['No incident has the id “SC-NOPE”.']);
    await page.goto(`${server.url}/compare/?i=SC-NOPE`);
    await page.locator('[data-comparison] > p').waitFor();
    expect(await page.locator('[data-comparison]').innerText()).toContain('Choose two incidents.');
  });

  test('leads to things and to the documents that say so, tells unknown from not recorded, and passes axe on a phone', async () => {
    const address = `${server.url}/compare/?i=SC-2026-MASTRA&i=SC-2023-3CX-DESKTOPAPP`;
    await page.goto(address);
    const row = (name: string) => page.locator('[data-comparison] tbody tr', { has: page.locator('th', { hasText: name }) }).locator('td');
    expect(await row('Artifact differs').first().innerText()).toBe('no record');
    const links = await page
      .locator('[data-comparison] td a')
      .evaluateAll((all) => [...new Set(all.map((link) => (link as HTMLAnchorElement).href))]);
    expect(links.some((link) => link.includes('/actors/'))).toBe(true);
    for (const link of links) {
      const [at = '', part] = link.split('#');
      const answer = await page.request.get(at);
      expect(answer.ok(), link).toBe(true);
      if (part) expect(await answer.text(), link).toContain(`id="${part}"`);
    }
    await page.check('[name=differences]');
    expect(await page.locator('[data-comparison] tr.same:visible').count()).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      const bypassing = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width: 360, height: 800 } });
      const phone = await bypassing.newPage();
      await phone.goto(address);
      await phone.locator('[data-comparison] table').waitFor();
      expect(await axeViolations(phone)).toEqual([]);
      expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await bypassing.close();
    }
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

  test('a late document that repeats an early report does not make what both say late', async () => {
    await page.goto(`${server.url}/incidents/sc-2023-3cx-desktopapp/?as-of=2023-05-31`);
    await page.waitForSelector('html.then');
    expect(await page.locator('.lede').innerText()).toContain('were built');
    expect(await page.locator('a.hop.later[href]').count()).toBe(0);
  });

  test('packages look back by the sources of the records that name them', async () => {
    await page.goto(`${server.url}/packages/npm/event-stream/?as-of=2018-11-26`);
    await page.waitForSelector('html.then');
    const told = await page.locator('main').innerText();
    expect(told).toContain('3.3.6');
    expect(told).not.toContain('4.0.0');
    await page.goto(`${server.url}/packages/npm/event-stream/?as-of=2099`);
    await page.waitForSelector('.as-of');
    expect(await page.locator('.as-of [role=status]').innerText()).toContain('2099 is not over');
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
