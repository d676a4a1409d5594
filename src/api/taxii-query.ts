import type { TaxiiObject } from './taxii-release.ts';

/** Objects sent at once, unless fewer are asked for. More are never sent. */
export const MAX_PAGE = 1_000;

/** Why a request cannot be read, in words for its sender. */
export class QueryFault extends Error {}

/** What a client asks a collection for. */
export interface TaxiiQuery {
  /** Only what was added later than this instant, in milliseconds. */
  readonly after: number | undefined;
  readonly limit: number;
  readonly matches: (object: TaxiiObject) => boolean;
}

/**
 * Reads `added_after`, `limit`, `next` and `match[…]` (TAXII 2.1, sections 3.4 and 3.5). There is one version of each object, so `first`, `last` and
 * `all` are the same. A `next` that another collection gave counts as none: OpenCTI’s connector carries the last of one into the first request to the
 * next, and would miss what comes before it. Throws QueryFault for what is malformed; unknown parameters are left aside.
 */
export function parseQuery(parameters: URLSearchParams, collection: string): TaxiiQuery {
  const [addedAfter, next, limit] = ['added_after', 'next', 'limit'].map((name) => parameters.get(name) ?? undefined);
  const cursor = next === undefined ? undefined : parseCursor(next, collection);
  const after = addedAfter === undefined ? undefined : parseTime(addedAfter, 'added_after');
  const [ids, types, versions, specs] = ['id', 'type', 'version', 'spec_version'].map((field) => listOf(parameters, `match[${field}]`));
  const wanted = versions?.some((version) => ['first', 'last', 'all'].includes(version))
    ? undefined
    : versions?.map((version) => parseTime(version, 'match[version]'));
  return {
    after: cursor === undefined ? after : Math.max(cursor, after ?? cursor),
    limit: limit === undefined ? MAX_PAGE : parseLimit(limit),
    matches: (object) =>
      (ids?.includes(object.id) ?? true) &&
      (types?.includes(object.type) ?? true) &&
      (wanted?.includes(Date.parse(object.version)) ?? true) &&
      (specs?.includes('2.1') ?? true),
  };
}

/** A page of objects that are sorted by date of addition. */
export interface TaxiiPage {
  readonly objects: readonly TaxiiObject[];
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined;
}

/** The objects that a query asks for, from a list that is sorted by date of addition. */
export function pageOf(sorted: readonly TaxiiObject[], { after, limit, matches }: TaxiiQuery, collection: string): TaxiiPage {
  const objects: TaxiiObject[] = [];
  for (let index = after === undefined ? 0 : firstAfter(sorted, after); index < sorted.length; index++) {
    const object = sorted[index];
    if (!object || !matches(object)) continue;
    if (objects.length === limit) return { objects, next: cursorOf(objects.at(-1), collection) };
    objects.push(object);
  }
  return { objects, next: undefined };
}

/** Index of the first object that was added later. */
function firstAfter(sorted: readonly TaxiiObject[], after: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Date.parse(sorted[middle]?.dateAdded ?? '') > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where a collection goes on: its alias, and the instant of the last object that was sent. */
function cursorOf(last: TaxiiObject | undefined, collection: string): string {
  return Buffer.from(`${collection} ${Date.parse(last?.dateAdded ?? '')}`).toString('base64url');
}

function parseCursor(text: string, collection: string): number | undefined {
  const [, given, instant] =
    /^([a-z]+) (\d{1,15})$/.exec(/^[\w-]{4,60}$/.test(text) ? Buffer.from(text, 'base64url').toString('latin1') : '') ?? [];
  if (instant === undefined) throw new QueryFault('next: not a value that this server gave');
  return given === collection ? Number(instant) : undefined;
}

/** Milliseconds of an RFC 3339 time in UTC. Finer digits round up to none: nothing is added between two milliseconds. */
function parseTime(text: string, name: string): number {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/.exec(text);
  const time = match ? Date.parse(`${match[1]}.${(match[2] ?? '').padEnd(3, '0').slice(0, 3)}Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new QueryFault(`${name}: expected a time such as 2026-01-31T12:00:00.000Z`);
  return time;
}

function parseLimit(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new QueryFault('limit: expected a whole number of at least 1');
  return Math.min(Number(text), MAX_PAGE);
}

function listOf(parameters: URLSearchParams, name: string): readonly string[] | undefined {
  const values = parameters.getAll(name).flatMap((value) => value.split(','));
  return values.length === 0 ? undefined : values;
}
