import { chromium, type Page } from 'playwright-core';
import { median } from './median.ts';
import { withServedSite } from './served-site.ts';

const ROUNDS = 5;
const FRAMES = 60;
const KINDS = [
  'incident',
  'actor',
  'campaign',
  'malware',
  'package',
  'component',
  'release',
  'organization',
  'person',
  'indicator',
  'artifact',
  'account',
  'repository',
];

/**
 * The explorer with thousands of things: from the start of loading to the first paint and to the map on the screen, in a browser that has nothing in its cache,
 * and how long a frame takes while the map is dragged. `CHROMIUM` names the browser.
 */
export async function main(root: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  await withServedSite(root, async (url) => {
    console.log('things drawn | first paint, ms | map drawn, ms | frame while dragged, ms: median, most');
    for (const query of ['', `?${KINDS.map((kind) => `kind=${kind}`).join('&')}`]) {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, bypassCSP: true });
        rounds.push(await measure(await context.newPage(), `${url}explore/${query}`));
        await context.close();
      }
      const [things = 0] = rounds.map((one) => one.things);
      const frames = rounds.flatMap((one) => one.frames);
      const times = [median(rounds.map((one) => one.paint)), median(rounds.map((one) => one.drawn)), median(frames), Math.max(...frames)];
      console.log([things, ...times.map((time) => time.toFixed(0))].join(' | '));
    }
  }).finally(() => browser.close());
}

interface Round {
  readonly things: number;
  readonly paint: number;
  readonly drawn: number;
  readonly frames: readonly number[];
}

async function measure(page: Page, url: string): Promise<Round> {
  // Notes the frame after the one in which the map said how many things it drew: before that it says that their data is on its way.
  await page.addInitScript(() => {
    const watching = () => {
      const output = document.querySelector('.map output');
      const watch = new MutationObserver(() => {
        if (/\d things/.test(output?.textContent ?? '')) requestAnimationFrame(() => performance.mark('map-drawn'));
      });
      if (output) watch.observe(output, { childList: true, characterData: true, subtree: true });
    };
    // Before the page's own listener, which draws.
    addEventListener('DOMContentLoaded', watching, { capture: true });
  });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForFunction(() => performance.getEntriesByName('map-drawn').length > 0);
  const { things, paint, drawn } = await page.evaluate(() => ({
    things: Number(/([\d,]+) things/.exec(document.querySelector('.map output')?.textContent ?? '')?.[1]?.replaceAll(',', '')),
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    drawn: performance.getEntriesByName('map-drawn')[0]?.startTime ?? Number.NaN,
  }));
  return { things, paint, drawn, frames: await drag(page) };
}

/** Times between frames while the map is dragged by the mouse. */
async function drag(page: Page): Promise<readonly number[]> {
  const box = await page.locator('.map canvas').boundingBox();
  if (!box) throw new Error('there is no map');
  await page.mouse.move(box.x + 400, box.y + 300);
  await page.mouse.down();
  const frames = page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let last: number | undefined;
        const step = (now: number): void => {
          if (last !== undefined) times.push(now - last);
          last = now;
          if (times.length < count) requestAnimationFrame(step);
          else resolve(times);
        };
        requestAnimationFrame(step);
      }),
    FRAMES,
  );
  for (let step = 0; step < FRAMES; step++) await page.mouse.move(box.x + 400 + (step % 20) * 8, box.y + 300 + step);
  await page.mouse.up();
  return frames;
}
