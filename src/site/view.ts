import type { IndexHeader } from '../check/index/index-format.ts';
import { addressOf, listAddress } from '../graph/addresses.ts';
import type { Graph, GraphNode, NodeKind } from '../graph/graph.ts';

/** One commit that added or changed a record. */
export interface Change {
  /** The commit’s full id. */
  readonly commit: string;
  /** ISO 8601 in UTC. */
  readonly date: string;
  /** What the commit says of itself; undefined where it touched other files than records, so that it may be about those. */
  readonly subject: string | undefined;
  readonly isNew: boolean;
  /** What it changed in the record, a field a phrase; undefined where that is not known. */
  readonly fields?: readonly string[] | undefined;
}

/** A file that was written: its length in bytes, and its digest in hexadecimal. */
export interface WrittenFile {
  readonly length: number;
  readonly sha256: string;
}

/** The changes of each record, newest first, by file below the corpus folder. Empty where no history is at hand. */
export type RecordHistory = ReadonlyMap<string, readonly Change[]>;

/** What all pages of one build share. */
export interface Site {
  readonly graph: Graph;
  /** Scheme and host under which the site will be served, without trailing slash: for canonical addresses, the sitemap and citations. */
  readonly origin: string;
  /** Addresses of the hashed assets, relative to the site's root. */
  readonly assets: {
    readonly style: string;
    readonly script: string;
    readonly search: string;
    readonly searchData: string;
    readonly check: string;
    readonly ask: string;
    readonly askData: string;
    readonly compare: string;
    readonly compareData: string;
    readonly explore: string;
    readonly exploreOverview: string;
    readonly exploreData: string;
    readonly measures: string;
    readonly measuresData: string;
  };
  readonly options: {
    readonly plainFiles: boolean;
    readonly packageIndex?: PackageIndex | undefined;
    readonly corrections?: string | undefined;
  };
  readonly history: RecordHistory;
  /** The day (YYYY-MM-DD) on which a record last changed, and that commit; undefined where no history is at hand. */
  readonly version: { readonly day: string; readonly commit: string } | undefined;
  /** Files of data that stand beside the pages, by address. */
  readonly written: ReadonlyMap<string, WrittenFile>;
  /** Exports that stand beside the pages. */
  readonly downloads: readonly Download[];
}

/** An export of the whole corpus that stands beside the pages. */
export interface Download {
  /** Relative to the site's root. */
  readonly address: string;
  readonly title: string;
  readonly mediaType: string;
  /** Fields of an incident that it carries not at all or not wholly, and what of them. */
  readonly losses: readonly { readonly field: string; readonly why: string }[];
}

/** The index of malicious packages that stands beside the check page. */
export interface PackageIndex {
  readonly header: IndexHeader;
  /** Length of the file. */
  readonly bytes: number;
}

/** One page being rendered: where it stands, and so how it links. */
export interface View {
  readonly site: Site;
  /** Relative to the site's root, with trailing slash; '' for the home page. */
  readonly address: string;
  /** A relative link to an address of the site. Relative, so that a downloaded copy reads without a server. */
  href(address: string): string;
  hrefOf(node: Pick<GraphNode, 'kind' | 'key'>): string;
  hrefOfList(kind: NodeKind): string;
}

/** The view of the page at an address. */
export function viewAt(site: Site, address: string): View {
  const root = '../'.repeat(address.split('/').length - 1) || './';
  const href = (target: string) => {
    const [path = '', fragment] = target.split('#');
    const file = site.options.plainFiles && (path === '' || path.endsWith('/')) ? `${path}index.html` : path;
    return `${root}${encodePath(file)}${fragment ? `#${fragment}` : ''}`;
  };
  return { site, address, href, hrefOf: (node) => href(addressOf(node)), hrefOfList: (kind) => href(listAddress(kind)) };
}

/** The full address under the site's origin. */
export function absolute(site: Site, address: string): string {
  return `${site.origin}/${encodePath(address)}`;
}

function encodePath(path: string): string {
  return /^[A-Za-z0-9._~/@+-]*$/.test(path) ? path : path.split('/').map(encodeURIComponent).join('/');
}
