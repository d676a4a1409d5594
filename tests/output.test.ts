import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerRoutes } from '../src/api/answer-routes.ts';
import { routes } from '../src/api/openapi.ts';
import { problems } from '../src/api/problems.ts';
import { buildSite, sharedSite } from './support/built-site.ts';
import { projectRoot } from './support/shared.ts';

const run = promisify(execFile);
let site: string;

beforeAll(async () => {
  site = await sharedSite();
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function digests(folder: string): string[] {
  return filesOf(folder).map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')} ${file}`,
  );
}

const read = (path: string) => readFileSync(join(site, path), 'utf8');

describe('a build', () => {
  test('two builds of one commit are the same bytes', { timeout: 60_000 }, async () => {
    const again = await buildSite();
    expect(digests(again.folder)).toEqual(digests(site));
    await again.remove();
  });

  test('the data page says the version, how to cite it, and digests that are those of the files', () => {
    const lines = read('data/sha256sums.txt').trimEnd().split('\n');
    const all = new Set(digests(site));
    for (const line of lines) expect(all).toContain(line.replace('  ', ' '));
    expect(lines.length).toBeGreaterThan(20);
    const page = read('data/index.html');
    for (const words of ['data/sha256sums.txt', '@misc{threatpedia,', '&quot;type&quot;: &quot;dataset&quot;', 'CC BY 4.0'])
      expect(page).toContain(words);
    expect(page).toMatch(/This is the data of <time datetime="\d{4}-\d\d-\d\d">|so that the data has no version/);
  });

  test('feeds are well formed, the last that came in or changed first, and lead to pages', () => {
    const feeds = filesOf(join(site, 'feeds')).filter((file) => file.endsWith('.atom'));
    expect(feeds).toContain('incidents.atom');
    expect(feeds.length).toBeGreaterThan(20);
    for (const file of feeds) {
      const atom = read(`feeds/${file}`);
      const depth: string[] = [];
      for (const [, closing, name = '', alone] of atom.replace(/<\?xml[^>]*\?>/, '').matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
        if (closing) expect(depth.pop(), file).toBe(name);
        else if (!alone) depth.push(name);
      }
      expect(depth, file).toEqual([]);
      const days = [...atom.matchAll(/<published>([^<]+)<\/published>/g)].map(([, day = '']) => day);
      if (file !== 'changes.atom') expect(days.length, file).toBeGreaterThan(0);
      expect(days).toEqual([...days].sort().reverse());
      const json = JSON.parse(read(`feeds/${file.replace(/atom$/, 'json')}`)) as { items: { id: string; date_published: string }[] };
      expect(json.items.map(({ date_published }) => date_published)).toEqual(days);
      expect(new Set(json.items.map(({ id }) => id)).size).toBe(days.length);
    }
  });

  test('every internal link leads to a file and every fragment to an id', { timeout: 120_000 }, () => {
    const files = new Set(filesOf(site));
    const pages = [...files].filter((file) => file.endsWith('.html'));
    const ids = new Map(pages.map((page) => [page, new Set([...read(page).matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]))]));
    const broken = new Set<string>();
    for (const page of pages) {
      for (const match of read(page).matchAll(/\s(?:href|src)="([^"]+)"/g)) {
        const target = (match[1] ?? '').replaceAll('&amp;', '&');
        if (/^(https?:|data:|mailto:)/.test(target)) continue;
        const url = new URL(target, `http://site/${page}`);
        const path = decodeURIComponent(url.pathname.slice(1));
        const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
        if (!files.has(file)) broken.add(`${page} → ${target}`);
        else if (url.hash && ids.has(file) && !ids.get(file)?.has(decodeURIComponent(url.hash.slice(1)))) broken.add(`${page} → ${target}`);
      }
    }
    expect([...broken].slice(0, 20)).toEqual([]);
    expect(pages.length).toBeGreaterThan(400);
  });

  test('no page holds an inline style, an inline script or an event attribute', () => {
    for (const page of filesOf(site).filter((file) => file.endsWith('.html'))) {
      const html = read(page);
      expect(html, page).not.toMatch(/<style|\sstyle="|\son[a-z]+="/);
      for (const match of html.matchAll(/<script\b([^>]*)>/g)) expect(match[1], page).toMatch(/src=|type="application\/ld\+json"/);
    }
  });

  test('every page has a title, a description, one h1 and a language', () => {
    for (const page of filesOf(site).filter((file) => file.endsWith('.html'))) {
      const html = read(page);
      expect(html.match(/<h1\b/g)?.length, page).toBe(1);
      expect(html, page).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(/<meta name="description" content="([^"]+)"/.exec(html)?.[1]?.length ?? 0, page).toBeGreaterThan(10);
      const title = /<title>([^<]+)</.exec(html)?.[1] ?? '';
      expect(title, page).toContain('Threatpedia');
    }
  });

  test('the sitemap names every listed page once, and structured data parses', () => {
    const addresses = [...read('sitemap.xml').matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? '');
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses)
      expect(() => read(`${decodeURIComponent(new URL(address).pathname.slice(1))}index.html`)).not.toThrow();
    const data = /<script type="application\/ld\+json">([^<]+)</.exec(read('incidents/sc-2023-3cx-desktopapp/index.html'))?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({ '@type': 'Article', identifier: 'SC-2023-3CX-DESKTOPAPP' });
  });

  test('the page of an incident counts its bad releases, leads to the check, and offers what can be had of it alone under names of their own', () => {
    const page = read('incidents/sc-2025-chalk-debug/index.html');
    expect(page).toMatch(
      /<dt>Malicious releases<\/dt><dd[^>]*><span class="item"><a href="#affected-releases">\d+ versions of \d+ packages<\/a>/,
    );
    expect(page).toContain('<a href="../../check/">Check your lockfiles and SBOMs</a>');
    const names = [...page.matchAll(/ download="([^"]+)"/g)].map(([, name = '']) => name);
    const own = ['json', 'stix.json', 'misp.json', 'osv.json', 'indicators.csv'].map((ending) => `sc-2025-chalk-debug.${ending}`);
    expect(new Set(names)).toEqual(new Set(own));
    expect(JSON.parse(read('incidents/sc-2025-chalk-debug/osv.json'))).toMatchObject({ id: 'x_TP-SC-2025-CHALK-DEBUG' });
    const misp = /href="\.\.\/\.\.\/(data\/misp\/[^"]+)"/.exec(page)?.[1] ?? '';
    expect(JSON.parse(read(misp))).toMatchObject({ Event: { info: expect.stringContaining('chalk, debug') } });
  });

  test('a picture alone is well-formed and carries its own colours', () => {
    const svg = read('incidents/sc-2023-3cx-desktopapp/path.svg');
    expect(svg).toMatch(/^<\?xml[^>]+\?>\n<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/style=|<script|href="(?!http:\/\/localhost:4700\/)/);
    expect(svg).toContain('<desc>');
  });

  test('a folder that holds something else is left alone', async () => {
    const args = [join(projectRoot, 'bin/threatpedia.cjs'), 'build', '--out', join(projectRoot, 'src')];
    await expect(run(process.execPath, args, { cwd: projectRoot })).rejects.toMatchObject({ code: 2 });
    expect(readdirSync(join(projectRoot, 'src')).length).toBeGreaterThan(5);
  });
});

/** Where the description says what a route answers, as a fragment. */
function answerOf(path: string): string {
  return ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('/', '~1')))
    .join('/');
}

describe('the API against its own description', () => {
  test('the reference page tells every address, its forms ask what the server takes, and every problem is named', () => {
    const page = read('data/api/index.html');
    const text = page.replaceAll('&amp;', '&');
    expect([...routes, ...answerRoutes].filter(({ path }) => !text.includes(`${path}</code>`)).map(({ path }) => path)).toEqual([]);
    for (const { id, method, path, parameters } of answerRoutes) {
      const part = page.slice(page.indexOf(`<section id="${id}"`)).split('</section>')[0] ?? '';
      const fields = [...part.matchAll(/<(?:input|select) id="[^"]+" name="([^"]+)"/g)].map(([, name]) => name);
      const asked = Object.keys(parameters.shape).filter((name) => !path.includes(`{${name}}`));
      expect(fields, id).toEqual(method === 'GET' ? asked : []);
    }
    expect(Object.keys(problems).filter((kind) => !page.includes(`<code>${kind}</code>`))).toEqual([]);
  });

  test('every file validates, and every route has one', { timeout: 60_000 }, () => {
    const document = JSON.parse(read('api/v1/openapi.json')) as { openapi: string; components: { schemas: object } };
    expect(document.openapi).toBe('3.1.0');
    const ajv = new Ajv2020({ strict: false }).addSchema(document, 'openapi');
    for (const name of Object.keys(document.components.schemas)) ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
    const validators = new Map(routes.map(({ path }) => [path, ajv.compile({ $ref: `openapi#/${answerOf(path)}` })]));
    const seen = new Map<string, number>();
    const faults: string[] = [];
    for (const file of filesOf(join(site, 'api/v1')).map((path) => `/api/v1/${path}`)) {
      if (file === '/api/v1/openapi.json') continue;
      const route =
        routes.find(({ path }) => path === file) ??
        routes.find(({ path }) => path.includes('{') && file.startsWith(path.split('{')[0] ?? ''));
      if (!route) {
        faults.push(`${file}: no route`);
        continue;
      }
      seen.set(route.path, (seen.get(route.path) ?? 0) + 1);
      const validate = validators.get(route.path);
      if (!validate?.(JSON.parse(read(file.slice(1))))) faults.push(`${file}: ${JSON.stringify(validate?.errors?.slice(0, 2))}`);
    }
    expect(faults.slice(0, 10)).toEqual([]);
    expect(routes.filter(({ path }) => !path.includes('{') && !seen.has(path)).map(({ path }) => path)).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  });
});
