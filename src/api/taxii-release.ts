import type { SiteFiles } from './site-files.ts';

/** An object of a collection, as it is sent. */
export interface TaxiiObject {
  readonly id: string;
  readonly type: string;
  /** Its `modified`, else its `created`; a fixed instant for observables, which have neither. */
  readonly version: string;
  /** Unique within the collection, to the millisecond. */
  readonly dateAdded: string;
  /** The object as JSON. */
  readonly text: string;
}

/** What the build says of a data set: `data/threatpedia-release.json`. */
export interface ReleaseInfo {
  /** Version of the package. */
  readonly version: string;
  /** SHA-256 of the STIX files, in hexadecimal. */
  readonly digest: string;
  /** Instant from which dates of addition are counted, ISO 8601 in UTC. */
  readonly released: string;
}

/** A collection that is offered under every API root. */
export interface TaxiiCollection {
  /** UUID, version 4, as TAXII wants it. */
  readonly id: string;
  /** May stand in addresses instead of the id. */
  readonly alias: string;
  /** Without commas and full stops: OpenCTI’s connector is told collections as a list of `root.title`. */
  readonly title: string;
  readonly description: string;
  /** File of the site that holds its objects. */
  readonly file: string;
  /** The only type of object that is taken from the file, where not all are. */
  readonly only?: string;
}

/** All collections. */
export const COLLECTIONS: readonly TaxiiCollection[] = [
  {
    id: 'e9d52014-40f8-427b-8ae7-04cdc4314cd2',
    alias: 'full',
    title: 'Threatpedia full',
    description: 'Every incident as STIX 2.1 with the Incident Core extension and an extension of our own.',
    file: '/data/threatpedia-stix.json',
  },
  {
    id: 'da97b120-470d-4786-91b8-3c17e974b083',
    alias: 'core',
    title: 'Threatpedia core',
    description: 'Every incident as a report and a campaign, with the objects and relationships that OpenCTI and MISP take in.',
    file: '/data/threatpedia-stix-core.json',
  },
  {
    id: '5ccf1bf5-10ea-4bb7-a0c1-4b1b21ef1d2e',
    alias: 'indicators',
    title: 'Threatpedia indicators',
    description: 'Indicators only, for what takes nothing else.',
    file: '/data/threatpedia-stix-core.json',
    only: 'indicator',
  },
];

/** Objects come before what refers to them, so that a client may take in page after page. */
const ORDER = ['marking-definition', 'identity', 'extension-definition'];
const LAST = ['relationship', 'note', 'report'];
/** Version of what has no dates. */
const UNDATED = '1970-01-01T00:00:00.000Z';

/** The collections of the site that is being served, read when they are first asked for and again when the site was rebuilt. */
export class TaxiiReleases {
  readonly #files: SiteFiles;
  readonly #held = new Map<string, { readonly tag: string; readonly objects: Promise<readonly TaxiiObject[]> }>();

  constructor(files: SiteFiles) {
    this.#files = files;
  }

  /** What is being served; undefined while nothing is built. */
  async info(): Promise<ReleaseInfo | undefined> {
    const text = await this.#files.text('/data/threatpedia-release.json');
    return text === undefined ? undefined : (JSON.parse(text) as ReleaseInfo);
  }

  /** The objects of a collection by date of addition; undefined where its file is missing. */
  async objects({ id, file, only }: TaxiiCollection, { released }: ReleaseInfo): Promise<readonly TaxiiObject[] | undefined> {
    const found = await this.#files.find(file);
    if (!found) return undefined;
    const tag = `${found.etag} ${released}`;
    const held = this.#held.get(id);
    if (held?.tag === tag) return held.objects;
    const objects = this.#files.text(file).then((text = '') => readObjects(text, only, Date.parse(released)));
    this.#held.set(id, { tag, objects });
    // What failed is tried again.
    objects.catch(() => this.#held.delete(id));
    return objects;
  }
}

/** The objects of a bundle that has one a line. The n-th is added n milliseconds after the release. */
function readObjects(bundle: string, only: string | undefined, released: number): TaxiiObject[] {
  const lines = bundle.split('\n').filter((line) => line.startsWith('{"type":') && !line.startsWith('{"type":"bundle"'));
  return lines
    .map((line) => {
      const text = line.replace(/,$/, '');
      const { id, type, modified, created } = JSON.parse(text) as { id: string; type: string; modified?: string; created?: string };
      return { id, type, text, version: modified ?? created ?? UNDATED };
    })
    .filter(({ type }) => only === undefined || type === only)
    .sort((left, right) => rank(left.type) - rank(right.type) || (left.id < right.id ? -1 : 1))
    .map((object, index) => ({ ...object, dateAdded: new Date(released + index).toISOString() }));
}

function rank(type: string): number {
  return ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length + 1 + LAST.indexOf(type);
}
