import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import { withServedSite } from './served-site.ts';

const LIGHTHOUSE = 'lighthouse@12.8.2';
/** Of incidents one of middling length and one of the longest: 34 kB and 290 kB of HTML. */
const PAGES = ['', 'incidents/sc-2011-vsftpd/', 'incidents/sc-2023-3cx-desktopapp/', 'organizations/3cx/', 'explore/', 'statistics/'];
/** Lighthouse's own two sets of conditions: a desk with cable, and a phone with a processor four times as slow on a slow mobile network. */
const CONDITIONS = { desktop: ['--preset=desktop'], mobile: [] };
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const BROWSER_FLAGS = '--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update';
/** One line of text and nothing else: what the browser and this machine cost by themselves. */
const EMPTY =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Empty</title><meta name="description" content="One line."><p>One line.';

/**
 * What Lighthouse says of one page of each of five kinds, and of an empty one, under both of its sets of conditions: the least and the middle score of so many
 * runs (first argument, 3). Runs Lighthouse by `npx`, which may ask the package registry; `LIGHTHOUSE` names a command of its own instead, `CHROME_PATH` the browser.
 */
export async function main(root: string, [runs = '3']: readonly string[]): Promise<void> {
  const empty = createServer((_, response) => response.setHeader('content-type', 'text/html').end(EMPTY)).listen(0, '127.0.0.1');
  await once(empty, 'listening');
  const floor = `http://localhost:${(empty.address() as AddressInfo).port}/`;
  await withServedSite(root, async (url) => {
    for (const [name, flags] of Object.entries(CONDITIONS)) {
      console.log(`\n${name}: least, median of ${runs} | ${CATEGORIES.join(' | ')} | blocking ms | speed of this machine by Lighthouse`);
      for (const page of [floor, ...PAGES.map((path) => url + path)]) {
        const reports: Report[] = [];
        for (let run = 0; run < Number(runs); run++) reports.push(await report(page, flags));
        const shown = (values: readonly number[]) => `${Math.min(...values)}, ${median(values)}`;
        const columns = CATEGORIES.map((category) =>
          shown(reports.map(({ categories }) => Math.round((categories[category]?.score ?? Number.NaN) * 100))),
        );
        const blocking = median(reports.map(({ audits }) => audits['total-blocking-time']?.numericValue ?? Number.NaN));
        const speed = median(reports.map(({ environment }) => environment.benchmarkIndex));
        console.log([page === floor ? 'an empty page' : new URL(page).pathname, ...columns, blocking.toFixed(0), speed].join(' | '));
      }
    }
  }).finally(() => empty.close());
}

interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
  readonly environment: { readonly benchmarkIndex: number };
}

async function report(page: string, flags: readonly string[]): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'threatpedia-lighthouse-'));
  try {
    const [command = '', ...rest] = process.env.LIGHTHOUSE ? [process.env.LIGHTHOUSE] : ['npx', '--yes', LIGHTHOUSE];
    const output = join(folder, 'report.json');
    const options = [
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      `--only-categories=${CATEGORIES}`,
      `--chrome-flags=${BROWSER_FLAGS}`,
    ];
    const run = spawn(command, [...rest, page, ...flags, ...options], {
      stdio: 'inherit',
      env: { CHROME_PATH: '/usr/bin/chromium', ...process.env },
    });
    const [code] = await once(run, 'close');
    if (code !== 0) throw new Error(`Lighthouse ended with ${code}`);
    return JSON.parse(await readFile(output, 'utf8')) as Report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
