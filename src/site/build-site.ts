import type { ApiDescription } from '../base/openapi.ts';
import type { OutputFile } from '../base/output-file.ts';
import { escapeXml } from '../base/xml-text.ts';
import { corpusIndexPieces } from '../check/corpus-index.ts';
import { incidentFile } from '../export/incident-files.ts';
import { filesCsv, indicatorsCsv } from '../export/observables.ts';
import { slugOf } from '../graph/addresses.ts';
import type { Graph, NodeKind } from '../graph/graph.ts';
import { nodeKinds } from '../graph/node-kinds.ts';
import { apiPage } from './api-page.tsx';
import { askData } from './ask-page.tsx';
import { lineageFiles } from './charts/lineage.tsx';
import { CORPUS_INDEX, CORPUS_INDEX_SCRIPT, checkPage } from './check-page.tsx';
import { compareData, comparePage } from './compare-page.tsx';
import { shortCommit } from './components/history.tsx';
import { renderDocument } from './components/layout.tsx';
import { checksumFile, dataPage } from './data-page.tsx';
import { entityPage } from './entity-page.tsx';
import { type ExploreData, exploreData, mapScript, overviewOf } from './explore/explore-data.ts';
import { explorePage } from './explore/explore-page.tsx';
import { feedFiles } from './feeds.ts';
import { feedsPage } from './feeds-page.tsx';
import { homePage } from './home-page.tsx';
import { incidentPage } from './incident-page.tsx';
import { entitiesPage, entityListPages, incidentListPages } from './list-pages.tsx';
import type { Page } from './page.ts';
import { standalonePicture } from './path-picture.tsx';
import { plainPages } from './plain-pages.tsx';
import { searchData } from './search-data.ts';
import { sourcePage } from './source-page.tsx';
import { statisticsData } from './statistics-data.ts';
import { statisticsFiles, statisticsPage } from './statistics-page.tsx';
import { styleguidePage } from './styleguide-page.tsx';
import {
  absolute,
  type Change,
  type Download,
  type PackageIndex,
  type RecordHistory,
  type Site,
  viewAt,
  type WrittenFile,
} from './view.ts';
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
  /** Form for corrections, which takes `title` and `body`. */
  readonly corrections?: string | undefined;
  /** Description of the API that will stand beside the pages, for the page that explains it. */
  readonly api: ApiDescription;
  /** Exports that will stand beside the pages, for the page that lists them. */
  readonly downloads?: readonly Download[];
  /** Lengths in bytes of files that stand beside the pages, by address, for the page that lists them. */
  readonly written?: ReadonlyMap<string, WrittenFile>;
  /** When records were added and changed, where that is known. */
  readonly history?: RecordHistory;
  /** Style sheet and scripts, already named by hash. */
  readonly assets: {
    readonly style: Asset;
    readonly script: Asset;
    readonly search: Asset;
    readonly check: Asset;
    readonly ask: Asset;
    readonly compare: Asset;
    readonly explore: Asset;
    readonly measures: Asset;
  };
  /** Names a content by its hash: `search-data`, `js` → `search-data.0123abcd.js`. */
  readonly hashedName: (stem: string, extension: string, content: Iterable<string>) => string;
}

/**
 * Every file of the site, one at a time, in a fixed order: the same graph and options give the same bytes. Rendering is pure; who writes the
 * files decides where.
 */
export function* siteFiles(graph: Graph, options: SiteOptions): Generator<OutputFile> {
  const assets = yield* assetFiles(graph, options);
  const site: Site = {
    graph,
    origin: options.origin,
    assets,
    history: options.history ?? new Map(),
    version: versionOf(options.history ?? new Map()),
    written: options.written ?? new Map(),
    downloads: options.downloads ?? [],
    options: { plainFiles: options.plainFiles ?? false, packageIndex: options.packageIndex, corrections: options.corrections },
  };
  const sitemaps = new Sitemaps(site);
  for (const page of allPages(graph, options.api)) {
    if (!page.unlisted) yield* sitemaps.add(page.address);
    yield { path: page.address.endsWith('.html') ? page.address : `${page.address}index.html`, content: renderPage(site, page) };
  }
  for (const node of graph.nodes.values()) {
    if (node.record?.kind !== 'incident') continue;
    const picture = standalonePicture(site, node.record.data);
    if (picture) yield { path: `incidents/${slugOf(node)}/path.svg`, content: picture };
    const files = filesCsv(node.record);
    if (files) yield { path: incidentFile.files(node.key), content: files };
    const indicators = indicatorsCsv(node.record);
    if (indicators) yield { path: incidentFile.indicators(node.key), content: indicators };
  }
  yield* feedFiles(site);
  yield* statisticsFiles(graph);
  yield* lineageFiles(graph);
  yield* indexFiles(site);
  yield* sitemaps.finish();
  yield* checksumFile(site);
  yield { path: 'robots.txt', content: `User-agent: *\nAllow: /\nSitemap: ${absolute(site, 'sitemap.xml')}\n` };
  yield { path: 'favicon.svg', content: FAVICON };
}

/** The last change of any record. */
function versionOf(history: RecordHistory): Site['version'] {
  let last: Change | undefined;
  for (const [newest] of history.values()) if (newest && (!last || newest.date > last.date)) last = newest;
  return last && { day: last.date.slice(0, 10), commit: shortCommit(last) };
}

/** What pages load, and its addresses. What it takes to make it is let go before the first page. */
function* assetFiles(graph: Graph, { assets, hashedName }: SiteOptions): Generator<OutputFile, Site['assets']> {
  const addresses = {} as Record<keyof Site['assets'], string>;
  for (const asset of Object.keys(assets) as (keyof typeof assets)[]) {
    const { name, content } = assets[asset];
    addresses[asset] = `assets/${name}`;
    yield { path: `assets/${name}`, content };
  }
  // The map is the largest of all that is made here: it is there from its first use to the end.
  let known: ExploreData | undefined;
  const map = () => {
    known ??= exploreData(graph);
    return known;
  };
  // Each is made twice, for its name and for its content, so that none is held.
  const data: Readonly<
    Record<Exclude<keyof Site['assets'], keyof typeof assets>, readonly [stem: string, pieces: () => Iterable<string>]>
  > = {
    searchData: ['search-data', () => searchData(graph)],
    askData: ['incidents', () => askData(graph)],
    compareData: ['compare-data', () => compareData(graph)],
    measuresData: ['measured', () => statisticsData(graph)],
    exploreOverview: ['map-overview', () => mapScript('threatpediaMapOverview', overviewOf(map()))],
    exploreData: ['map', () => mapScript('threatpediaMap', map())],
  };
  for (const asset of Object.keys(data) as (keyof typeof data)[]) {
    const [stem, pieces] = data[asset];
    const path = `assets/${hashedName(stem, 'js', pieces())}`;
    addresses[asset] = path;
    yield { path, content: pieces() };
  }
  return addresses;
}

/** The index that the check page looks in; as a script too where the site is read from disk. */
function* indexFiles({ graph, options }: Site): Generator<OutputFile> {
  yield { path: CORPUS_INDEX, content: corpusIndexPieces(graph) };
  if (!options.plainFiles) return;
  const pieces = [...corpusIndexPieces(graph)];
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
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
export function* allPages(graph: Graph, api: ApiDescription): Generator<Page> {
  yield homePage(graph);
  yield* incidentListPages(graph);
  yield entitiesPage(graph);
  for (const kind of Object.keys(nodeKinds) as NodeKind[]) if (kind !== 'incident') yield* entityListPages(graph, kind);
  yield* vocabularyPages(graph);
  yield* plainPages();
  yield dataPage(graph);
  yield feedsPage(graph);
  yield apiPage(api);
  yield comparePage(graph);
  yield explorePage(graph);
  yield styleguidePage(graph);
  yield checkPage;
  yield statisticsPage(graph);
  for (const node of graph.nodes.values()) {
    if (node.record?.kind === 'incident') yield incidentPage(node, node.record);
    else yield node.kind === 'source' ? sourcePage(node) : entityPage(node);
  }
}

const URLS_PER_SITEMAP = 50_000;

/** Sitemaps (https://www.sitemaps.org/protocol.html): one file, or an index over several where there are more than 50,000 addresses. */
class Sitemaps {
  readonly #site: Site;
  readonly #names: string[] = [];
  #addresses: string[] = [];

  constructor(site: Site) {
    this.#site = site;
  }

  /** Takes an address, and gives a file when there are enough for one. */
  *add(address: string): Generator<OutputFile> {
    if (this.#addresses.length === URLS_PER_SITEMAP) yield this.#part();
    this.#addresses.push(address);
  }

  /** What is left, and the index where there is more than one file. */
  *finish(): Generator<OutputFile> {
    if (this.#names.length === 0) {
      yield { path: 'sitemap.xml', content: this.#urls() };
      return;
    }
    yield this.#part();
    const parts = this.#names.map((name) => `<sitemap><loc>${absolute(this.#site, name)}</loc></sitemap>`).join('\n');
    yield { path: 'sitemap.xml', content: `${XML_HEAD}<sitemapindex ${SITEMAP_NAMESPACE}>\n${parts}\n</sitemapindex>\n` };
  }

  #part(): OutputFile {
    const path = `sitemap-${this.#names.length + 1}.xml`;
    this.#names.push(path);
    const content = this.#urls();
    this.#addresses = [];
    return { path, content };
  }

  #urls(): string {
    const urls = this.#addresses.map((address) => `<url><loc>${escapeXml(absolute(this.#site, address))}</loc></url>`).join('\n');
    return `${XML_HEAD}<urlset ${SITEMAP_NAMESPACE}>\n${urls}\n</urlset>\n`;
  }
}

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SITEMAP_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#fbfaf6"/><path d="M5 16h22" stroke="#565c63" stroke-width="2"/><circle cx="6.5" cy="16" r="3.5" fill="#fbfaf6" stroke="#565c63" stroke-width="2"/><circle cx="25.5" cy="16" r="3.5" fill="#fbfaf6" stroke="#565c63" stroke-width="2"/><rect x="11" y="11" width="10" height="10" rx="2" fill="#f9e3df" stroke="#a3211b" stroke-width="2.4"/></svg>\n`;
