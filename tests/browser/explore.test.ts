import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, startServer } from '../../src/api/server.ts';
import { axeViolations, launchBrowser } from '../support/browser.ts';
import { sharedSite } from '../support/built-site.ts';
import { projectRoot } from '../support/shared.ts';

let site: string;
let server: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await sharedSite();
  server = await startServer(createApp({ siteFolder: site }), { port: 0, host: '127.0.0.1' });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, acceptDownloads: true, bypassCSP: true });
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const said = () => page.locator('.map output').innerText();
const drawn = async () => Number(/([\d,]+) things/.exec(await said())?.[1]?.replaceAll(',', ''));

async function open(query: string): Promise<void> {
  await page.goto(`${server.url}/explore/${query}`);
  await page.waitForFunction(() => /things/.test(document.querySelector('.map output')?.textContent ?? ''));
}

describe('the explorer', () => {
  test('tells the way from Trading Technologies to 3CX, each step with its record, and its address gives it to others', async () => {
    await open('');
    await page.fill('[name=from]', 'Trading Technologies');
    await page.fill('[name=to]', '3CX DesktopApp');
    await page.click('.map-form button[type=submit]');
    await page.waitForSelector('.way');
    expect(await page.locator('.way').innerText()).toMatch(
      /Trading Technologies[\s\S]*X_TRADER[\s\S]*source: SC-2022-X-TRADER[\s\S]*3CX DesktopApp/,
    );
    const address = new URL(page.url());
    expect(address.searchParams.get('from')).toBe('organization:trading-technologies');
    const steps = await page.locator('.way').innerText();
    await open(address.search);
    expect(await page.locator('.way').innerText()).toBe(steps);
    await page.click('.way a >> nth=0');
    expect(new URL(page.url()).pathname).toBe('/incidents/sc-2022-x-trader/');
  });

  test('walks from X_TRADER to 3CX: a thing is opened from the panel, and one goes back', async () => {
    await open('?focus=incident:SC-2022-X-TRADER');
    const before = await drawn();
    await page.locator('[data-panel] button.thing', { hasText: '3CX DesktopApp' }).first().click();
    await page.waitForFunction((count) => !document.querySelector('.map output')?.textContent?.includes(` ${count} things`), before);
    expect(await drawn()).toBeGreaterThan(before);
    await page.goBack();
    await page.waitForFunction((count) => document.querySelector('.map output')?.textContent?.includes(` ${count} things`), before);
  });

  test('begins with the overview alone; the whole map comes when something is chosen, and the same is drawn then', async () => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname.replace(/^.*\/|\.[0-9a-f]+\.js$/g, '')));
    await open('');
    const before = await said();
    expect(loaded).toContain('map-overview');
    expect(loaded.filter((name) => name === 'map' || name === 'incidents')).toEqual([]);
    await page.focus('.map canvas');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('[data-said]').textContent();
    await page.waitForSelector('[data-panel] li');
    expect(loaded.filter((name) => name === 'map' || name === 'incidents')).toEqual(['map']);
    expect(await said()).toBe(before);
    expect(chosen).toContain((await page.locator('[data-panel] h2').innerText()) || 'a thing');
    page.removeAllListeners('request');
  });

  test('what somebody types while the rest comes stays, and is suggested for then', async () => {
    let give = (): void => {};
    const asked = new Promise<void>((done) => {
      give = done;
    });
    await page.route(/\/map\.[0-9a-f]+\.js$/, async (route) => {
      await asked;
      await route.continue();
    });
    await open('');
    await page.focus('[name=from]');
    await page.keyboard.type('Trading Tech');
    expect(await said()).toContain('Loading');
    give();
    await page.waitForFunction(() => /things/.test(document.querySelector('.map output')?.textContent ?? ''));
    expect(await page.inputValue('[name=from]')).toBe('Trading Tech');
    await page.keyboard.type('n');
    const values = await page
      .locator('#explore-from option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('value')));
    expect(values).toContain('Trading Technologies');
    await page.unroute(/\/map\.[0-9a-f]+\.js$/);
  });

  test('says so when the rest of the map cannot be had', async () => {
    await page.route(/\/map\.[0-9a-f]+\.js$/, (route) => route.abort());
    await page.goto(`${server.url}/explore/?focus=actor:unc4736`);
    await page.waitForFunction(() => /could not be loaded/.test(document.querySelector('.map output')?.textContent ?? ''));
    await page.unroute(/\/map\.[0-9a-f]+\.js$/);
  });

  test('the list holds exactly what is drawn', async () => {
    await open('?focus=incident:SC-2024-XZ-UTILS');
    await page.click('details[data-list] summary');
    await page.waitForSelector('[data-list-body] li');
    expect(await page.locator('[data-list-body] li').count()).toBe(await drawn());
  });

  test('asks in the language of the lists, and tells what it cannot read', async () => {
    await open('?q=actor:unc4736');
    expect(await said()).toContain('2 incidents match.');
    await open('?q=vectr:x');
    expect(await page.locator('[data-fault]').innerText()).toContain('there is no field');
  });

  test('opens a thing of the overview, which stays and becomes faint', async () => {
    await open('');
    const before = await drawn();
    await open('?open=incident:SC-2024-XZ-UTILS');
    expect(await drawn()).toBeGreaterThan(before);
    await page.click('details[data-list] summary');
    await page.locator('[data-list-body] button', { hasText: 'XZ Utils' }).first().click();
    await page.locator('[data-panel] li button.thing', { hasText: 'Jia Tan' }).first().click();
    expect(new URL(page.url()).searchParams.getAll('open')).toHaveLength(2);
    await page.waitForFunction(() => /Jia Tan/.test(document.querySelector('[data-panel] h2')?.textContent ?? ''));
  });

  test('a name that nothing has stays in its field and is told, with the nearest that there is', async () => {
    await open('');
    await page.fill('[name=from]', 'Trading Tecnologies');
    await page.fill('[name=to]', '3CX');
    await page.click('.map-form button[type=submit]');
    await page.waitForSelector('[data-fault]:not([hidden])');
    expect(await page.locator('[data-fault]').innerText()).toBe(
      'Nothing on this map is called “Trading Tecnologies”; did you mean “Trading Technologies”?',
    );
    expect(await page.inputValue('[name=from]')).toBe('Trading Tecnologies');
    await page.fill('[name=from]', '');
    await page.click('.map-form button[type=submit]');
    await page.waitForFunction(() => /two ends/.test(document.querySelector('[data-fault]')?.textContent ?? ''));
    await open('?focus=incident:NOWHERE');
    expect(await page.locator('[data-fault]').innerText()).toContain('“incident:NOWHERE”');
    await open('?as-of=2020-99-99');
    expect(await page.locator('[data-fault]').innerText()).toContain('is no day');
  });

  test('both ends of a path taken away, the overview is back; a question leaves a path', async () => {
    const path = '?from=organization:trading-technologies&to=organization:3cx';
    await open(path);
    expect(await page.locator('[data-kinds]').isVisible()).toBe(false);
    await page.fill('[name=from]', '');
    await page.fill('[name=to]', '');
    await page.click('.map-form button[type=submit]');
    await page.waitForURL((url) => !url.searchParams.has('from'));
    await open(path);
    await page.fill('.map-form [name=q]', 'year:2025');
    await page.click('.map-form button[type=submit]');
    await page.waitForURL((url) => url.searchParams.get('q') === 'year:2025' && url.searchParams.has('from') === false);
    await page.waitForFunction(() => /incidents match/.test(document.querySelector('.map output')?.textContent ?? ''));
  });

  test('a neighbourhood says how much of it is drawn, and is filtered by kind', async () => {
    await open('?focus=incident:SC-2025-SHAI-HULUD-2');
    expect(await said()).toMatch(/Around .+: \d+ of [\d,]+, the rest stands beside the map/);
    const totalOf = async () => Number(/of ([\d,]+), the rest/.exec(await said())?.[1]?.replaceAll(',', ''));
    const all = await totalOf();
    await page.click('[data-kind=release]');
    expect(await totalOf()).toBeLessThan(all);
    expect(new URL(page.url()).searchParams.get('focus')).toBe('incident:SC-2025-SHAI-HULUD-2');
    expect(await page.getAttribute('[data-kind=release]', 'aria-pressed')).toBe('false');
  });

  test('as known on a day it holds less', async () => {
    await open('?focus=incident:SC-2024-XZ-UTILS');
    const today = await drawn();
    await open('?focus=incident:SC-2024-XZ-UTILS&as-of=2024-03-29');
    expect(await drawn()).toBeLessThan(today);
    expect(await page.inputValue('[name=as-of]')).toBe('2024-03-29');
  });

  test('is walked by keyboard', async () => {
    await open('?focus=incident:SC-2023-3CX-DESKTOPAPP');
    await page.focus('.map canvas');
    await page.keyboard.press('ArrowRight');
    const first = await page.locator('[data-said]').textContent();
    expect(first).not.toContain('3CX DesktopApp build compromise');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('[data-said]').textContent()).not.toBe(first);
    const before = await drawn();
    await page.keyboard.press('Enter');
    expect(await drawn()).toBeGreaterThanOrEqual(before);
    expect(new URL(page.url()).searchParams.getAll('open')).toHaveLength(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-said]').textContent()).toBe('Nothing is chosen');
  });

  test('a click on the map chooses what stands there', async () => {
    await open('?from=organization:trading-technologies&to=component:3cx/desktopapp');
    const box = await page.locator('.map canvas').boundingBox();
    for (let y = 20; y < 140 && (await page.locator('[data-panel] h2').count()) < 2; y += 10)
      await page.mouse.click((box?.x ?? 0) + 150, (box?.y ?? 0) + y);
    expect(await page.locator('[data-panel] h2').count()).toBe(2);
  });

  test('gives the drawing as PNG, SVG and GraphML', async () => {
    await open('?focus=incident:SC-2022-X-TRADER');
    const things = await drawn();
    const saved = async (form: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-do=${form}]`)]);
      return readFileSync(await download.path());
    };
    expect((await saved('png')).subarray(1, 4).toString()).toBe('PNG');
    const parsed = async (text: string, type: DOMParserSupportedType, selector: string) =>
      page.evaluate(
        ([source, as, wanted]) => {
          const document = new DOMParser().parseFromString(source, as as DOMParserSupportedType);
          return document.querySelector('parsererror') ? -1 : document.querySelectorAll(wanted).length;
        },
        [text, type, selector] as const,
      );
    expect(await parsed((await saved('svg')).toString(), 'image/svg+xml', 'g > rect')).toBe(things);
    expect(await parsed((await saved('graphml')).toString(), 'application/xml', 'node')).toBe(things);
  });

  test('thousands of things are drawn at once', { timeout: 60_000 }, async () => {
    await open(
      `?${['incident', 'package', 'release', 'organization', 'artifact', 'indicator', 'account', 'channel'].map((kind) => `kind=${kind}`).join('&')}`,
    );
    expect(await drawn()).toBeGreaterThan(3_500);
  });

  test('passes axe while something is drawn, in light and dark, on a desk and a phone', { timeout: 60_000 }, async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await open('?focus=incident:SC-2023-3CX-DESKTOPAPP');
        await page.click('details[data-list] summary');
        expect(await axeViolations(page)).toEqual([]);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 1000 });
  });

  test('without JavaScript it tells what seeded what', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${server.url}/explore/`);
    expect(await plain.locator('.map').isVisible()).toBe(false);
    expect(await plain.locator('main').innerText()).toContain('Trojanized X_TRADER installer from Trading Technologies → 3CX DesktopApp');
    await context.close();
  });

  test('reads from disk', async () => {
    const context = await browser.newContext();
    const disk = await context.newPage();
    await disk.goto(`${pathToFileURL(join(site, 'explore/index.html')).href}?focus=actor:unc4736`);
    await disk.waitForFunction(() => /Around UNC4736/.test(document.querySelector('.map output')?.textContent ?? ''));
    await context.close();
  });

  test('its code is at most 80 kB compressed', () => {
    expect(gzipSync(readFileSync(join(projectRoot, 'dist/command/assets/explore.js'))).length).toBeLessThan(80_000);
  });
});
