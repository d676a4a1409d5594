import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, startServer } from '../../src/api/server.ts';
import { addressOf, listAddress } from '../../src/graph/addresses.ts';
import type { Graph, NodeKind } from '../../src/graph/graph.ts';
import { nodeKinds } from '../../src/graph/node-kinds.ts';
import { axeViolations, launchBrowser, openWatched, tabUntil } from '../support/browser.ts';
import { sharedSite } from '../support/built-site.ts';
import { loadCorpusGraph } from '../support/corpus.ts';
import { startPlainHost } from '../support/plain-host.ts';

const FLAGSHIP = 'incidents/sc-2023-3cx-desktopapp/';

let graph: Graph;
let site: string;
let server: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;

beforeAll(async () => {
  graph = await loadCorpusGraph();
  site = await sharedSite();
  server = await startServer(createApp({ siteFolder: site }), { port: 0, host: '127.0.0.1' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Of featured incidents, one in so many: they are built of the same parts. THREATPEDIA_EVERY_PAGE=1 looks at all of them. */
const FEATURED_STEP = process.env.THREATPEDIA_EVERY_PAGE ? 1 : 6;

/** The pages of featured incidents, and of the first few of every other depth: those are all of one simple form. */
function incidentPages(): string[] {
  const incidents = [...graph.nodes.values()].flatMap((node) =>
    node.record?.kind === 'incident' ? [{ node, depth: node.record.data.depth }] : [],
  );
  return (['featured', 'structured', 'indexed'] as const).flatMap((depth) =>
    incidents
      .filter((incident) => incident.depth === depth)
      .filter((_, index) => (depth === 'featured' ? index % FEATURED_STEP === 0 : index < 4))
      .map(({ node }) => addressOf(node)),
  );
}

/** One page of every kind, and several of incidents: the first entity of each kind, the lists, and the pages that explain. */
function onePageOfEveryKind(): string[] {
  const kinds = Object.keys(nodeKinds) as NodeKind[];
  const first = kinds.flatMap((kind) => {
    const node = [...graph.nodes.values()].find((candidate) => candidate.kind === kind);
    return node ? [addressOf(node)] : [];
  });
  return [
    '',
    FLAGSHIP,
    ...incidentPages(),
    ...first,
    listAddress('incident'),
    listAddress('package'),
    listAddress('source'),
    listAddress('release'),
    'entities/',
    'compare/',
    'explore/',
    'styleguide/',
    'vocabulary/',
    'vocabulary/vector/',
    'vocabulary/path-state/compromised/',
    'check/',
    'about/',
    'data/',
    'data/api/',
    'feeds/',
    'api/',
    'format/',
    'search/?q=3cx',
    'no/such/page/',
  ];
}

/** Bytes of the body of an answer as they are sent, compressed. */
async function transferred(url: string): Promise<number> {
  const request = get(url, { headers: { 'accept-encoding': 'gzip, br' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return bytes;
}

describe('every kind of page', () => {
  test('has no accessibility violation, in light and in dark, at 360 px and at 1280 px, and fits both', { timeout: 600_000 }, async () => {
    const ways = [360, 1280].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ colorScheme, width })));
    // Incident pages are built of the same parts: each is looked at in one of the four ways, the largest in all of them.
    const turns = new Map(incidentPages().map((address, index) => [address, index % ways.length]));
    turns.delete(FLAGSHIP);
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    const found: string[] = [];
    for (const address of new Set(onePageOfEveryKind())) {
      await page.goto(`${server.url}/${address}`, { waitUntil: 'load' });
      for (const [turn, { colorScheme, width }] of ways.entries()) {
        if (turns.has(address) && turns.get(address) !== turn) continue;
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        // Where a page was looked at by every rule in light, dark changes its colours only.
        const faults = await axeViolations(page, colorScheme === 'dark' && !turns.has(address) ? 'cat.color' : undefined);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (overflow > 0) faults.push(`wider than the screen by ${overflow} px`);
        found.push(...faults.map((fault) => `/${address} in ${colorScheme} at ${width} px: ${fault}`));
      }
    }
    expect(found).toEqual([]);
    await context.close();
  });

  test('asks nothing of any other origin and logs no error', { timeout: 120_000 }, async () => {
    const context = await browser.newContext();
    const { page, requests, errors } = await openWatched(context);
    for (const address of onePageOfEveryKind().filter((address) => !address.startsWith('no/')))
      await page.goto(`${server.url}/${address}`, { waitUntil: 'load' });
    await page.waitForLoadState('networkidle');
    expect(requests.filter((url) => !url.startsWith(`${server.url}/`))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});

describe('the incident page', () => {
  test('transfers at most 60 kB compressed in all: so do the four heaviest', { timeout: 60_000 }, async () => {
    const weights = await Promise.all(
      [...graph.nodes.values()]
        .filter(({ kind }) => kind === 'incident')
        .map(async (node) => ({ address: addressOf(node), weight: await transferred(`${server.url}/${addressOf(node)}`) })),
    );
    const heaviest = weights.sort((left, right) => right.weight - left.weight).slice(0, 4);
    const context = await browser.newContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    for (const { address, weight } of heaviest) {
      bytes = 0;
      await session.send('Network.clearBrowserCache');
      await page.goto(`${server.url}/${address}`, { waitUntil: 'networkidle' });
      expect(bytes, address).toBeGreaterThan(weight);
      expect(bytes, address).toBeLessThanOrEqual(60_000);
    }
    await context.close();
  });

  test('reads fully with JavaScript off', async () => {
    const words = async (javaScriptEnabled: boolean) => {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${server.url}/${FLAGSHIP}`);
      const text = await page.locator('main').innerText();
      await context.close();
      return new Set(text.split(/\s+/));
    };
    const [off, on] = await Promise.all([words(false), words(true)]);
    const onlyWithScript = [...on].filter((word) => !off.has(word));
    // The buttons above tables, and the control that looks back in time.
    expect(
      onlyWithScript.filter((word) => !/^(Show|Copy|Copied|values|SHA-256|defanged|as|CSV|As|known|on|Play|Today)$/.test(word)),
    ).toEqual([]);
    expect(off.size).toBeGreaterThan(500);
  });

  test('copies files and indicators as the tables that stand beside it, digests alone, and addresses that nothing makes links of', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const writeText = async (text: string) => {
        (globalThis as unknown as { copied: string }).copied = text;
      };
      Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
    });
    await page.goto(`${server.url}/${FLAGSHIP}`);
    const copied = async (section: string, name: string) => {
      await page.locator(`h3#${section} + .copy-bar`).getByRole('button', { name }).click();
      return page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
    };
    for (const table of ['files', 'indicators']) {
      const file = await (await fetch(`${server.url}/${FLAGSHIP}${table}.csv`)).text();
      expect(file.split('\r\n').length).toBeGreaterThan(20);
      expect(await copied(table, 'Copy as CSV')).toBe(file);
    }
    for (const digest of (await copied('files', 'Copy SHA-256')).split('\n')) expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const defanged = await copied('indicators', 'Copy defanged');
    expect(defanged).toContain('akamaicontainer[.]com');
    expect(defanged).not.toMatch(/\.com$/m);
    const shown = () => page.locator('table.observables code[data-network]').allInnerTexts();
    const whole = await shown();
    const toggle = page.getByRole('button', { name: 'Show defanged' });
    await toggle.click();
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    expect(await shown()).toContain('akamaicontainer[.]com');
    expect(await copied('indicators', 'Copy as CSV')).toContain('akamaicontainer.com');
    await toggle.click();
    expect(await shown()).toEqual(whole);
    await context.close();
  });

  test('its picture shows in a frame of another site, with a way back; the page itself does not', async () => {
    const host = await startPlainHost(site);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${host.url}/404.html`);
    const frame = async (address: string) => {
      await page.evaluate((src) => {
        const made = document.createElement('iframe');
        made.src = src;
        document.body.replaceChildren(made);
        return new Promise((loaded) => made.addEventListener('load', loaded));
      }, `${server.url}/${address}`);
      return page.frameLocator('iframe');
    };
    const picture = await frame(`${FLAGSHIP}path.svg`);
    expect(await picture.locator('svg > title').textContent()).toContain('3CX');
    const back = picture.locator('a[target=_top]').last();
    expect(await back.getAttribute('href')).toMatch(/\/incidents\/sc-2023-3cx-desktopapp\/$/);
    expect(await (await frame(FLAGSHIP)).locator('article').count()).toBe(0);
    await context.close();
    host.stop();
  });

  test('in every picture of a path the words of a hop stay inside its box and no arrow crosses one', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${server.url}/${FLAGSHIP}`);
    const incidents = [...graph.nodes.values()].filter(({ kind }) => kind === 'incident').map((node) => addressOf(node));
    const faults = await page.evaluate(async (addresses) => {
      const found: string[] = [];
      for (const address of addresses) {
        const read = new DOMParser().parseFromString(await (await fetch(`/${address}`)).text(), 'text/html');
        const picture = read.querySelector('svg.path');
        if (!picture) continue;
        document.querySelector('svg.path')?.replaceWith(picture);
        const hops = [...picture.querySelectorAll('.hop')];
        for (const hop of hops) {
          const box = hop.querySelector('rect')?.getBoundingClientRect();
          for (const line of hop.querySelectorAll('tspan')) {
            const text = line.getBoundingClientRect();
            if (box && (text.left < box.left || text.right > box.right || text.bottom > box.bottom + 0.5 || text.top < box.top - 0.5))
              found.push(`${address}: ${line.textContent} leaves its box`);
          }
        }
        const boxes = hops.flatMap((hop) => [...hop.querySelectorAll('rect')].map((rect) => rect.getBBox()));
        for (const path of picture.querySelectorAll<SVGPathElement>('.arrows path')) {
          const length = path.getTotalLength();
          for (let at = 3; at < length - 3; at += 2) {
            const { x, y } = path.getPointAtLength(at);
            if (boxes.some((box) => x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1)) {
              found.push(`${address}: an arrow crosses a box at ${x},${y}`);
              break;
            }
          }
        }
        if (hops.length > 0 && boxes.every(({ width }) => width === 0)) found.push(`${address}: nothing is drawn`);
      }
      return found;
    }, incidents);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('on a phone the path is a list from top to bottom', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${server.url}/${FLAGSHIP}`);
    expect(await page.locator('.path-list').isVisible()).toBe(true);
    expect(await page.locator('svg.path').isVisible()).toBe(false);
    await context.close();
  });
});

describe('the keyboard', () => {
  test('leads from home to an incident, to an entity, and by search to a digest', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${server.url}/`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to content');
    await tabUntil(page, `a[href$="${FLAGSHIP}"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.url}/${FLAGSHIP}`);
    await tabUntil(page, 'svg.path a.hop');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/ [✕!✓?]\s(Compromised|Abused|Intact|Unknown)/);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.endsWith(FLAGSHIP));
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
    const digest = [...graph.nodes.values()].find((node) => node.kind === 'artifact');
    await page.keyboard.type((digest?.key ?? '').split(':')[1]?.slice(0, 16) ?? '');
    await page.waitForSelector('#suggestions [role=option]');
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('#q', 'aria-activedescendant')).toBe('suggestion-0');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname.startsWith('/artifacts/'));
    await context.close();
  });

  test('Escape closes the suggestions and leaves the words', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/about/`);
    await page.keyboard.press('/');
    await page.keyboard.type('orion');
    await page.waitForSelector('#suggestions [role=option]');
    await page.keyboard.press('Escape');
    expect(await page.locator('#suggestions').isVisible()).toBe(false);
    await context.close();
  });
});

describe('search', () => {
  const finds: readonly (readonly [asked: string, label: RegExp])[] = [
    ['3cx', /3CX/],
    ['UNC4736', /UNC4736/],
    ['18.12.416', /18\.12\.416/],
    ['akamaicontainer[.]com', /akamaicontainer\.com/],
    ['CVE-2025-30066', /tj-actions|CVE-2025-30066/],
    ['solarwnds', /SolarWinds/],
    ['dprk', /North Korea/],
  ];
  test.each(finds)('%s', async (asked, label) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/search/?q=${encodeURIComponent(asked)}`);
    await page.waitForSelector('.results li');
    expect(await page.locator('.results li a').first().innerText()).toMatch(label);
    await context.close();
  });

  test('documents come last, a kind can be chosen, and nothing found is no all-clear', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/search/?q=event-stream`);
    await page.waitForSelector('.results li');
    expect(await page.locator('.results + details > summary').innerText()).toMatch(/^\d+ source documents$/);
    const releases = page.getByRole('button', { name: /^Release \d+$/ });
    await releases.click();
    expect(await releases.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.results li').count()).toBe(Number((await releases.innerText()).replace(/\D/g, '')));
    await page.goto(`${server.url}/search/?q=qqqzzzxxx`);
    expect(await page.getByRole('link', { name: 'run the check' }).getAttribute('href')).toBe('../check/');
    await context.close();
  });
});
