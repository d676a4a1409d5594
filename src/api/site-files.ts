import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { STIX_MEDIA_TYPE } from '../export/stix/publisher.ts';
import { compressors, type Encoding } from './content-encoding.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.bib': 'application/x-bibtex; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8; header=present',
  '.jsonld': 'application/ld+json',
  '.graphml': 'application/graphml+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.tpindex': 'application/octet-stream',
};

/** What STIX files are, which end as all JSON does. */
const STIX_NAME = /(?:^|-)stix(?:-core)?\.json$/;

function typeOf(location: string): string {
  if (STIX_NAME.test(basename(location))) return STIX_MEDIA_TYPE;
  return TYPES[extname(location)] ?? 'application/octet-stream';
}

/** A file of the site. */
export interface SiteFile {
  /** Where it really is, links resolved. */
  readonly location: string;
  readonly size: number;
  /** Strong: made from the content. */
  readonly etag: string;
  readonly type: string;
  /** Undefined for large files, which are read anew for each request. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
}

interface CacheEntry {
  readonly file: SiteFile;
  /** What tells this file, as it is, from any other. */
  readonly state: FileState;
  /** When it was last looked at, ms of the process. */
  lookedAt: number;
  readonly compressed: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
  /** What of it is there. */
  readonly made: Map<Encoding, Uint8Array<ArrayBuffer>>;
  /** What it takes of the cache. */
  held: number;
}

const MAX_HELD_BYTES = 64 * 1024 * 1024;
/** Larger files are not held in memory. */
const MAX_HELD_FILE = 4 * 1024 * 1024;
/** How long a file is taken to be as it was, ms: under load the disk is asked ten times a second, not ten thousand times. */
const TRUSTED_MS = 100;
/** What an entry costs beside its bytes, so that tags alone cannot pile up either. */
const ENTRY_BYTES = 1024;

type FileState = Pick<Stats, 'dev' | 'ino' | 'mtimeMs' | 'ctimeMs' | 'size'>;

function isSame(known: FileState, now: FileState): boolean {
  return (['dev', 'ino', 'mtimeMs', 'ctimeMs', 'size'] as const).every((part) => known[part] === now[part]);
}

/** The files below a folder, with their tags and compressed forms in a cache; the least recently used are given up first. */
export class SiteFiles {
  readonly #root: string;
  readonly #entries = new Map<string, CacheEntry>();
  /** What is being looked up: many requests for one file read it once. */
  readonly #running = new Map<string, Promise<SiteFile | undefined>>();
  #held = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** The file at a path of the site, as it was at most {@link TRUSTED_MS} ago; undefined where there is none, or where a link leads out of the folder. */
  find(path: string): Promise<SiteFile | undefined> {
    const held = this.held(path);
    if (held) return Promise.resolve(held);
    const running = this.#running.get(path);
    if (running) return running;
    const started = this.#find(path).finally(() => this.#running.delete(path));
    this.#running.set(path, started);
    return started;
  }

  /** The file at a path, where it is held and was looked at within {@link TRUSTED_MS}. Waits for nothing. */
  held(path: string): SiteFile | undefined {
    const known = this.#entries.get(path);
    return known && performance.now() - known.lookedAt < TRUSTED_MS ? known.file : undefined;
  }

  /** The bytes of a held file in an encoding, where they were made before. */
  heldCompressed(path: string, encoding: Encoding): Uint8Array<ArrayBuffer> | undefined {
    return this.#entries.get(path)?.made.get(encoding);
  }

  /** The whole of a text file; undefined where there is none. */
  async text(path: string): Promise<string | undefined> {
    const file = await this.find(path);
    return file && Buffer.from(file.bytes ?? (await readFile(file.location))).toString('utf8');
  }

  /** The bytes of a file in an encoding; made once while the file is held. */
  async compressed(path: string, file: SiteFile, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = file.bytes ?? new Uint8Array();
    const entry = this.#entries.get(path);
    if (!entry || entry.file !== file) return compressors[encoding](bytes);
    const known = entry.compressed.get(encoding);
    if (known) return known;
    const made = compressors[encoding](bytes);
    entry.compressed.set(encoding, made);
    const done = await made;
    entry.made.set(encoding, done);
    if (this.#entries.get(path) === entry) this.#hold(entry, done.byteLength);
    return made;
  }

  async #find(path: string): Promise<SiteFile | undefined> {
    try {
      const known = this.#entries.get(path);
      // The same file as when it was found to lie in the folder: where it really is need not be asked again.
      if (known && isSame(known.state, await stat(join(this.#root, path)))) {
        this.#forget(path);
        known.lookedAt = performance.now();
        this.#keep(path, known);
        return known.file;
      }
      const [root, location] = await Promise.all([realpath(this.#root), realpath(join(this.#root, path))]);
      if (!location.startsWith(root + sep)) return undefined;
      const state = await stat(location);
      if (!state.isFile()) return undefined;
      this.#forget(path);
      const file = await readSiteFile(location, state.size);
      this.#keep(path, {
        file,
        state,
        lookedAt: performance.now(),
        compressed: new Map(),
        made: new Map(),
        held: (file.bytes?.byteLength ?? 0) + ENTRY_BYTES,
      });
      return file;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(code)) return undefined;
      throw error;
    }
  }

  #keep(path: string, entry: CacheEntry): void {
    this.#entries.set(path, entry);
    this.#held += entry.held;
    this.#trim();
  }

  #hold(entry: CacheEntry, bytes: number): void {
    entry.held += bytes;
    this.#held += bytes;
    this.#trim();
  }

  #trim(): void {
    for (const path of this.#entries.keys()) {
      if (this.#held <= MAX_HELD_BYTES) return;
      this.#forget(path);
    }
  }

  #forget(path: string): void {
    this.#held -= this.#entries.get(path)?.held ?? 0;
    this.#entries.delete(path);
  }
}

async function readSiteFile(location: string, size: number): Promise<SiteFile> {
  const hash = createHash('sha256');
  const bytes = size <= MAX_HELD_FILE ? await readFile(location) : undefined;
  if (bytes) hash.update(bytes);
  else for await (const piece of createReadStream(location)) hash.update(piece);
  const etag = `"${hash.digest('base64url').slice(0, 22)}"`;
  return { location, size, etag, type: typeOf(location), bytes };
}
