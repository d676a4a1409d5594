import type { OutputFile } from '../base/output-file.ts';
import { corpusIndexPieces } from '../check/corpus-index.ts';
import { slugOf } from '../graph/addresses.ts';
import type { Graph, NodeKind } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { lineageFiles } from './charts/lineage.tsx';
import { CORPUS_INDEX, CORPUS_INDEX_SCRIPT, checkPage } from './check-page.tsx';
import { renderDocument } from './components/layout.tsx';
import { entityPage } from './entity-page.tsx';
import { homePage } from './home-page.tsx';
import { incidentPage } from './incident-page.tsx';
import { entitiesPage, entityListPages, incidentListPages } from './list-pages.tsx';
import type { Page } from './page.ts';
import { standalonePicture } from './path-picture.tsx';
import { plainPages } from './plain-pages.tsx';
import { searchData } from './search-data.ts';
import { sourcePage } from './source-page.tsx';
import { statisticsFiles, statisticsPage } from './statistics-page.tsx';
import { absolute, type Download, type PackageIndex, type Site, viewAt } from './view.ts';
import { vocabularyPages } from './vocabulary-pages.tsx';

/** A file that pages refer to by a name that carries its hash. */
export interface Asset {
  readonly name: string;
  readonly content: string;
}

export interface SiteOptions {
  /** Scheme and host under which the site will be served, without trailing slash. */
  readonly origin: string;
  /** Links name `index.html`, so that a copy on disk reads without a server. */
  readonly plainFiles?: boolean;
  /** The index of malicious packages that will stand at {@link PACKAGE_INDEX}, where there is one. */
  readonly packageIndex?: PackageIndex | undefined;
  /** Exports that will stand beside the pages, for the page that lists them. */
  readonly downloads?: readonly Download[];
  /** Style sheet and scripts, already named by hash. */
  readonly assets: { readonly style: Asset; readonly script: Asset; readonly search: Asset; readonly check: Asset };
  /** Names a content by its hash: `search-data`, `js` → `search-data.0123abcd.js`. */
  readonly hashedName: (stem: string, extension: string, content: string) => string;
}

/**
 * Every file of the site, one at a time, in a fixed order: the same graph and options give the same bytes. Rendering is pure; who writes the
 * files decides where.
 */
export function* siteFiles(graph: Graph, options: SiteOptions): Generator<OutputFile> {
  const search = searchData(graph);
  const searchName = `assets/${options.hashedName('search-data', 'js', search)}`;
  const asset = ({ name, content }: Asset): OutputFile => ({ path: `assets/${name}`, content });
  yield asset(options.assets.style);
  yield asset(options.assets.script);
  yield asset(options.assets.search);
  yield asset(options.assets.check);
  yield { path: searchName, content: search };
  const site: Site = {
    graph,
    origin: options.origin,
    assets: {
      style: `assets/${options.assets.style.name}`,
      script: `assets/${options.assets.script.name}`,
      search: `assets/${options.assets.search.name}`,
      searchData: searchName,
      check: `assets/${options.assets.check.name}`,
    },
    downloads: options.downloads ?? [],
    options: { plainFiles: options.plainFiles ?? false, packageIndex: options.packageIndex },
  };
  const listed: string[] = [];
  for (const page of allPages(graph)) {
    if (!page.unlisted) listed.push(page.address);
    yield { path: page.address.endsWith('.html') ? page.address : `${page.address}index.html`, content: renderPage(site, page) };
  }
  for (const node of graph.nodes.values()) {
    if (node.record?.kind !== 'incident') continue;
    const picture = standalonePicture(graph, node.record.data);
    if (picture) yield { path: `incidents/${slugOf(node)}/path.svg`, content: picture };
  }
  yield* statisticsFiles(graph);
  yield* lineageFiles(graph);
  yield* indexFiles(site);
  yield* sitemapFiles(site, listed);
  yield { path: 'robots.txt', content: `User-agent: *\nAllow: /\nSitemap: ${absolute(site, 'sitemap.xml')}\n` };
  yield { path: 'favicon.svg', content: FAVICON };
}

/** The index that the check page looks in; as a script too where the site is read from disk. */
function* indexFiles({ graph, options }: Site): Generator<OutputFile> {
  const pieces = [...corpusIndexPieces(graph)];
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  yield { path: CORPUS_INDEX, content: bytes };
  if (!options.plainFiles) return;
  const encoded = Array.from({ length: Math.ceil(bytes.length / 30_000) }, (_, index) =>
    btoa(String.fromCharCode(...bytes.subarray(index * 30_000, (index + 1) * 30_000))),
  );
  yield { path: CORPUS_INDEX_SCRIPT, content: `globalThis.threatpediaIndex="${encoded.join('')}";\n` };
}

/** The HTML of one page. The not-found page stands at the root but is shown anywhere, so its links start there. */
export function renderPage(site: Site, page: Page): string {
  const view = viewAt(site, page.address);
  const anywhere =
    page.address === '404.html' ? { ...view, href: (target: string) => `/${viewAt(site, '').href(target).replace(/^\.\//, '')}` } : view;
  return renderDocument(anywhere, page.frame(anywhere), page.content(anywhere));
}

/** Every page of the site. */
export function* allPages(graph: Graph): Generator<Page> {
  yield homePage(graph);
  yield* incidentListPages(graph);
  yield entitiesPage(graph);
  for (const kind of Object.keys(nodeKinds) as NodeKind[]) if (kind !== 'incident') yield* entityListPages(graph, kind);
  yield* vocabularyPages(graph);
  yield* plainPages(graph);
  yield checkPage;
  yield statisticsPage(graph);
  for (const node of graph.nodes.values()) {
    if (node.record?.kind === 'incident') yield incidentPage(node, node.record);
    else yield node.kind === 'source' ? sourcePage(node) : entityPage(node);
  }
}

const URLS_PER_SITEMAP = 50_000;

/** Sitemaps (https://www.sitemaps.org/protocol.html): one file, or an index over several where there are more than 50,000 addresses. */
function* sitemapFiles(site: Site, addresses: readonly string[]): Generator<OutputFile> {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
  const urls = (part: readonly string[]) =>
    `${head}<urlset ${namespace}>\n${part.map((address) => `<url><loc>${escapeXml(absolute(site, address))}</loc></url>`).join('\n')}\n</urlset>\n`;
  if (addresses.length <= URLS_PER_SITEMAP) {
    yield { path: 'sitemap.xml', content: urls(addresses) };
    return;
  }
  const names: string[] = [];
  for (let start = 0; start < addresses.length; start += URLS_PER_SITEMAP) {
    const name = `sitemap-${names.length + 1}.xml`;
    names.push(name);
    yield { path: name, content: urls(addresses.slice(start, start + URLS_PER_SITEMAP)) };
  }
  yield {
    path: 'sitemap.xml',
    content: `${head}<sitemapindex ${namespace}>\n${names.map((name) => `<sitemap><loc>${absolute(site, name)}</loc></sitemap>`).join('\n')}\n</sitemapindex>\n`,
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#fbfaf6"/><path d="M5 16h22" stroke="#565c63" stroke-width="2"/><circle cx="6.5" cy="16" r="3.5" fill="#fbfaf6" stroke="#565c63" stroke-width="2"/><circle cx="25.5" cy="16" r="3.5" fill="#fbfaf6" stroke="#565c63" stroke-width="2"/><rect x="11" y="11" width="10" height="10" rx="2" fill="#f9e3df" stroke="#a3211b" stroke-width="2.4"/></svg>\n`;
