import { createHash, timingSafeEqual } from 'node:crypto';
import type { SiteFiles } from './site-files.ts';
import { pageOf, parseQuery, QueryFault } from './taxii-query.ts';
import { COLLECTIONS, type ReleaseInfo, type TaxiiCollection, type TaxiiObject, TaxiiReleases } from './taxii-release.ts';

/** Who may read. Undefined members are not offered; where all are, everybody may. */
export interface TaxiiAccess {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}

const TAXII = 'application/taxii+json;version=2.1';
const STIX = 'application/stix+json;version=2.1';
const LATEST = 'latest';

/** An answer before it is sent. */
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A TAXII 2.1 server (https://docs.oasis-open.org/cti/taxii/v2.1/taxii-v2.1.html) that can only be read, over the STIX files of a built site. API root
 * `latest` moves with the site; a second is named after version and digest and never changes. Addresses work with and without a slash at the end and
 * never redirect; every answer, errors too, is of TAXII’s media type.
 */
export class TaxiiServer {
  readonly #releases: TaxiiReleases;
  readonly #access: TaxiiAccess;

  constructor(files: SiteFiles, access: TaxiiAccess = {}) {
    this.#releases = new TaxiiReleases(files);
    this.#access = access;
  }

  /** Answers a request below `/taxii2`. */
  async respond(request: Request): Promise<Response> {
    const answer = await this.#answer(request).catch((error: unknown) => {
      if (error instanceof QueryFault) return fault(400, 'Bad request', error.message);
      console.error(error);
      return fault(500, 'Internal error', 'The server failed to answer.');
    });
    const etag = `"${createHash('sha256').update(answer.body).digest('base64url').slice(0, 27)}"`;
    const headers: Record<string, string> = { 'content-type': TAXII, vary: 'accept, authorization', ...answer.headers };
    if (answer.status === 200) {
      headers.etag = etag;
      headers['cache-control'] = 'no-cache';
      if (
        request.headers
          .get('if-none-match')
          ?.split(',')
          .some((tag) => tag.trim().replace(/^W\//, '') === etag)
      )
        return new Response(null, { status: 304, headers });
    } else headers['cache-control'] = 'no-store';
    headers['content-length'] = String(Buffer.byteLength(answer.body));
    return new Response(request.method === 'HEAD' ? null : answer.body, { status: answer.status, headers });
  }

  async #answer(request: Request): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url);
    if (!isAllowed(request.headers.get('authorization'), this.#access)) {
      const schemes = [this.#access.token && 'Bearer realm="taxii"', this.#access.user && 'Basic realm="taxii", charset="UTF-8"'];
      return fault(401, 'Unauthorized', 'This server asks for credentials.', { 'www-authenticate': schemes.filter(Boolean).join(', ') });
    }
    const [, , root, ...rest] = pathname.replace(/\/$/, '').split('/');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const headers = { allow: 'GET, HEAD' };
      if (rest[2] === 'objects') return fault(403, 'Forbidden', 'No collection of this server can be written.', headers);
      return fault(405, 'Method not allowed', 'This server can only be read: GET or HEAD.', headers);
    }
    if (!accepts(request.headers.get('accept'))) return fault(406, 'Not acceptable', `This server answers in ${TAXII} only.`);
    const info = await this.#releases.info();
    if (!info) return fault(503, 'Not ready', 'The data set is being built.', { 'retry-after': '5' });
    if (root === undefined) return discovery(info);
    if (root !== LATEST && root !== rootOf(info))
      return fault(404, 'Not found', 'There is no such API root. /taxii2/ names those that there are.');
    return this.#inRoot(rest, root, searchParams, info);
  }

  async #inRoot([kind, name, ...rest]: readonly string[], root: string, parameters: URLSearchParams, info: ReleaseInfo): Promise<Answer> {
    if (kind === undefined) return apiRoot(root, info);
    if (kind !== 'collections') return fault(404, 'Not found', 'There is nothing at this address.');
    if (name === undefined) return json({ collections: COLLECTIONS.map(shown) });
    const collection = COLLECTIONS.find(({ id, alias }) => id === name || alias === name);
    if (!collection) return fault(404, 'Not found', 'There is no such collection.');
    if (rest.length === 0) return json(shown(collection));
    const objects = await this.#releases.objects(collection, info);
    if (!objects) return fault(503, 'Not ready', 'The data set is being built.', { 'retry-after': '5' });
    return listing(rest, objects, parameters, collection.alias);
  }
}

/** Name of the API root that never changes. */
export function rootOf({ version, digest }: ReleaseInfo): string {
  return `v${version}-${digest.slice(0, 16)}`;
}

/** Addresses are relative, as TAXII allows: absolute ones must be https, and a server behind another does not know under which name it is reached. */
function discovery(info: ReleaseInfo): Answer {
  const roots = [LATEST, rootOf(info)].map((root) => `/taxii2/${root}/`);
  return json({
    title: 'Threatpedia',
    description: 'Software supply-chain incidents with their evidence, as STIX 2.1. Read only.',
    default: roots[0],
    api_roots: roots,
  });
}

function apiRoot(root: string, info: ReleaseInfo): Answer {
  const description =
    root === LATEST ? 'The newest data set; it changes when the site is built anew.' : `Data set ${info.digest}; it never changes.`;
  return json({ title: `Threatpedia, ${root}`, description, versions: [TAXII], max_content_length: 1 });
}

function shown({ id, alias, title, description }: TaxiiCollection): object {
  return { id, title, description, alias, can_read: true, can_write: false, media_types: [STIX] };
}

/** Objects, one object, its versions, or the manifest. */
function listing(path: readonly string[], all: readonly TaxiiObject[], parameters: URLSearchParams, collection: string): Answer {
  const [kind, id, versions, ...more] = path;
  const isManifest = kind === 'manifest' && id === undefined;
  if (!(isManifest || (kind === 'objects' && (versions === undefined || versions === 'versions') && more.length === 0)))
    return fault(404, 'Not found', 'There is nothing at this address.');
  const about = id === undefined ? all : all.filter((object) => object.id === id);
  if (about.length === 0 && id !== undefined) return fault(404, 'Not found', 'There is no such object in this collection.');
  const query = parseQuery(parameters, collection);
  const page = pageOf(about, query, collection);
  const items = page.objects.map((object) =>
    isManifest
      ? JSON.stringify({ id: object.id, date_added: object.dateAdded, version: object.version, media_type: STIX })
      : versions
        ? JSON.stringify(object.version)
        : object.text,
  );
  const name = versions ? 'versions' : 'objects';
  const members = [
    `"more":${page.next !== undefined}`,
    ...(page.next === undefined ? [] : [`"next":${JSON.stringify(page.next)}`]),
    ...(items.length === 0 ? [] : [`"${name}":[${items.join(',\n')}]`]),
  ];
  // Clients go on from the last date. Where nothing is left that is the one they came with, so that nothing is skipped.
  const stay = query.after === undefined ? (all[0]?.dateAdded ?? '1970-01-01T00:00:00.000Z') : new Date(query.after).toISOString();
  return {
    status: 200,
    body: `{${members.join(',')}}\n`,
    headers: {
      'x-taxii-date-added-first': page.objects[0]?.dateAdded ?? stay,
      'x-taxii-date-added-last': page.objects.at(-1)?.dateAdded ?? stay,
    },
  };
}

function json(value: unknown): Answer {
  return { status: 200, body: `${JSON.stringify(value)}\n` };
}

/** TAXII’s error message. */
function fault(status: number, title: string, description: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, body: `${JSON.stringify({ title, description, http_status: String(status) })}\n`, headers };
}

/** Whether a client takes TAXII 2.1: no header, a wildcard, or the media type with no other version. */
function accepts(header: string | null): boolean {
  if (header === null || header.trim() === '') return true;
  return header.split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase().replaceAll('"', ''));
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false;
    if (type === '*/*' || type === 'application/*') return true;
    return (
      type === 'application/taxii+json' && parameters.every((parameter) => !parameter.startsWith('version=') || parameter === 'version=2.1')
    );
  });
}

function isAllowed(header: string | null, { user, password, token }: TaxiiAccess): boolean {
  const wanted = [
    ...(token ? [`Bearer ${token}`] : []),
    ...(user ? [`Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`] : []),
  ];
  if (wanted.length === 0) return true;
  const [, scheme = '', credentials = ''] = /^(\w+) +(\S+)$/.exec(header ?? '') ?? [];
  const given = `${scheme.charAt(0).toUpperCase()}${scheme.slice(1).toLowerCase()} ${credentials}`;
  return wanted.some((each) => timingSafeEqual(digestOf(each), digestOf(given)));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
