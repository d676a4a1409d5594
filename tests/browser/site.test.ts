import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { Browser, BrowserContext } from 'playwright-core';
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

/** The pages of all featured incidents, and of the first few of every other depth: those are all of one simple form. */
function incidentPages(): string[] {
  const incidents = [...graph.nodes.values()].flatMap((node) =>
    node.record?.kind === 'incident' ? [{ node, depth: node.record.data.depth }] : [],
  );
  return (['featured', 'structured', 'indexed'] as const).flatMap((depth) =>
    incidents
      .filter((incident) => incident.depth === depth)
      .slice(0, depth === 'featured' ? undefined : 4)
      .map(({ node }) => addressOf(node)),
  );
}

/** One page of every kind, and of incidents those given: the first entity of each kind, the lists, and the pages that explain. */
function onePageOfEveryKind(incidents = incidentPages()): string[] {
  const kinds = Object.keys(nodeKinds) as NodeKind[];
  const first = kinds.flatMap((kind) => {
    const node = [...graph.nodes.values()].find((candidate) => candidate.kind === kind);
    return node ? [addressOf(node)] : [];
  });
  return [
    '',
    FLAGSHIP,
    ...incidents,
    ...first,
    listAddress('incident'),
    listAddress('package'),
    listAddress('source'),
    'entities/',
    'compare/',
    'explore/',
    'styleguide/',
    'vocabulary/',
    'vocabulary/vector/',
    'vocabulary/path-state/compromised/',
    'check/',
    'statistics/',
    'about/',
    'data/',
    'data/api/',
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

async function violationsOn(context: BrowserContext, addresses: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const page = await context.newPage();
  for (const address of addresses) {
    await page.goto(`${server.url}/${address}`, { waitUntil: 'load' });
    found.push(...(await axeViolations(page)).map((violation) => `/${address} ${violation}`));
  }
  await page.close();
  return found;
}

describe('every kind of page', () => {
  for (const [row, colorScheme] of (['light', 'dark'] as const).entries()) {
    for (const [column, width] of [360, 1280].entries()) {
      test(`has no accessibility violation in ${colorScheme} at ${width} px`, { timeout: 240_000 }, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        // Incident pages are built of the same parts: each is looked at in one of the four ways, the largest in all of them.
        const own = incidentPages().filter((_, index) => index % 4 === row * 2 + column);
        expect(await violationsOn(context, onePageOfEveryKind(own))).toEqual([]);
        await context.close();
      });
    }
  }

  test('fits a phone without scrolling sideways', { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    const wide: string[] = [];
    for (const address of onePageOfEveryKind()) {
      await page.goto(`${server.url}/${address}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) wide.push(`/${address} by ${overflow} px`);
    }
    expect(wide).toEqual([]);
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
    expect(onlyWithScript.filter((word) => !/^(Copy|Copied|values|defanged|as|CSV|As|known|on|Play|Today)$/.test(word))).toEqual([]);
    expect(off.size).toBeGreaterThan(500);
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
    for (const node of graph.nodes.values()) {
      if (node.kind !== 'incident') continue;
      await page.goto(`${server.url}/${addressOf(node)}`, { waitUntil: 'domcontentloaded' });
      const faults = await page.evaluate(() => {
        const escaped = [...document.querySelectorAll('svg.path .hop')].flatMap((hop) => {
          const box = hop.querySelector('rect')?.getBoundingClientRect();
          return [...hop.querySelectorAll('tspan')].flatMap((line) => {
            const text = line.getBoundingClientRect();
            return box && (text.left < box.left || text.right > box.right || text.bottom > box.bottom + 0.5 || text.top < box.top - 0.5)
              ? [line.textContent]
              : [];
          });
        });
        const boxes = [...document.querySelectorAll<SVGRectElement>('svg.path .hop rect')].map((rect) => rect.getBBox());
        const crossings = [...document.querySelectorAll<SVGPathElement>('svg.path .arrows path')].flatMap((path) => {
          const length = path.getTotalLength();
          const crossed: string[] = [];
          for (let at = 3; at < length - 3; at += 2) {
            const { x, y } = path.getPointAtLength(at);
            for (const box of boxes)
              if (x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1) crossed.push(`${x},${y}`);
          }
          return crossed.slice(0, 1);
        });
        return { escaped, crossings };
      });
      expect(faults, node.key).toEqual({ escaped: [], crossings: [] });
    }
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
  ];
  test.each(finds)('%s', async (asked, label) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}/search/?q=${encodeURIComponent(asked)}`);
    await page.waitForSelector('.results li');
    expect(await page.locator('.results li a').first().innerText()).toMatch(label);
    await context.close();
  });
});
