import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Chromium as the tests drive it: the one that `npm test` found or installed. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page that records every request and every error of its own. */
export interface WatchedPage {
  readonly page: Page;
  readonly requests: string[];
  readonly errors: string[];
}

/** Opens a page in a context and watches it. */
export async function openWatched(context: BrowserContext): Promise<WatchedPage> {
  const page = await context.newPage();
  const watched: WatchedPage = { page, requests: [], errors: [] };
  page.on('request', (request) => watched.requests.push(request.url()));
  page.on('pageerror', (error) => watched.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') watched.errors.push(message.text());
  });
  return watched;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * What axe finds on a page as it is now, one line each: by all of its rules, or by those of one of its categories (`cat.color`). The page's policy must be
 * bypassed.
 */
export async function axeViolations(page: Page, category?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (only) => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: AxeViolation[] }> } };
    // Of rules that a page keeps, nothing is asked.
    const options = {
      resultTypes: ['violations'],
      // Of WCAG 2.2, and so not among the rules that axe asks unless told.
      ...(only ? { runOnly: { type: 'tag', values: [only] } } : { rules: { 'target-size': { enabled: true } } }),
    };
    return (await axe.run(options)).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 2).map(({ html, failureSummary }) => ({ html: html.slice(0, 200), failureSummary })),
    }));
  }, category);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} (${failureSummary})`).join(' | ')}`);
}

/** Presses Tab until what a selector names has the focus. */
export async function tabUntil(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`no ${selector} within 200 presses of Tab`);
}
