import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FolderFormat, Selection } from '../src/export/export-format.ts';
import { mispFeed } from '../src/export/misp/feed.ts';
import { mispGalaxy } from '../src/export/misp/galaxy.ts';
import { stix } from '../src/export/stix/stix.ts';
import { graphAsOf } from '../src/graph/as-of.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { incidentAsOf } from '../src/graph/incident-as-of.ts';
import { itemsOf } from '../src/schema/cited.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { hostileText, withText } from './support/hostile-record.ts';
import { findShared } from './support/shared.ts';

interface Attribute {
  readonly uuid: string;
  readonly type: string;
  readonly category: string;
  readonly to_ids: boolean;
  readonly value: string;
  readonly object_relation?: string;
}

interface Event {
  readonly uuid: string;
  readonly info: string;
  readonly timestamp: string;
  readonly Tag: readonly { readonly name: string }[];
  readonly Attribute: readonly Attribute[];
  readonly Object: readonly { readonly uuid: string; readonly name: string; readonly Attribute: readonly Attribute[] }[];
}

interface Clusters {
  readonly type: string;
  readonly uuid: string;
  readonly values: readonly {
    readonly uuid: string;
    readonly value: string;
    readonly meta: { readonly refs: readonly string[]; readonly synonyms?: readonly string[] };
    readonly related?: readonly { readonly 'dest-uuid': string; readonly type: string }[];
  }[];
}

/** Categories in which MISP takes each type that we use (describeTypes.json of PyMISP). */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  domain: ['Network activity', 'Payload delivery', 'External analysis'],
  'ip-dst': ['Network activity', 'Payload delivery', 'External analysis'],
  url: ['Network activity', 'Payload delivery', 'External analysis'],
  'email-src': ['Payload delivery', 'Social network'],
  filename: ['Artifacts dropped', 'Payload delivery', 'Payload installation', 'External analysis', 'Persistence mechanism'],
  regkey: ['Artifacts dropped', 'External analysis', 'Persistence mechanism'],
  mutex: ['Artifacts dropped'],
  'user-agent': ['Network activity', 'Payload delivery', 'External analysis'],
  btc: ['Financial fraud'],
  link: ['External analysis', 'Payload delivery', 'Internal reference', 'Support Tool', 'Antivirus detection'],
  text: ['Other', 'External analysis'],
  vulnerability: ['External analysis', 'Payload delivery', 'Payload installation'],
  'github-repository': ['External analysis', 'Social network'],
  'github-username': ['Social network'],
  md5: ['Payload delivery'],
  sha1: ['Payload delivery'],
  sha256: ['Payload delivery'],
  sha512: ['Payload delivery'],
};

/** Relations of the templates that we use, each with its type (MISP/misp-objects). */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  file: 'md5:md5 sha1:sha1 sha256:sha256 sha512:sha512 filename:filename state:text text:text'.split(' '),
  'malicious-package-report':
    'package-name:text package-purl:text ecosystem:text reference:link state:text affected-version:text affected-range:text'.split(' '),
  'software-package': 'name:text vendor:text version:text state:text description:text'.split(' '),
};

let all: Selection;

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  all = { graph, incidents: recordsOf(graph, 'incident'), site: 'https://example.org/', version: '0.0.0' };
});

function known(day: string): Selection {
  return { ...all, graph: graphAsOf(all.graph, day), incidents: all.incidents.flatMap((record) => incidentAsOf(record, day) ?? []) };
}

function filesOf(format: FolderFormat, selection: Selection): Map<string, string> {
  return new Map(
    [...format.files(selection)].map(({ path, content }) => [
      path,
      typeof content === 'string' ? content : [...(content as string[])].join(''),
    ]),
  );
}

function eventsOf(files: ReadonlyMap<string, string>): Event[] {
  return [...files].flatMap(([path, text]) => (/^[0-9a-f-]{36}\.json$/.test(path) ? (JSON.parse(text) as { Event: Event }).Event : []));
}

function attributesOf(event: Event): Attribute[] {
  return [...event.Attribute, ...event.Object.flatMap((object) => object.Attribute)];
}

function validator(name: string): ((value: unknown) => string) | undefined {
  const path = findShared(`conformance/misp/${name}`);
  if (!path) return undefined;
  const { $schema: _schema, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate: ValidateFunction = ajv.compile(schema);
  return (value) => (validate(value) ? 'valid' : ajv.errorsText(validate.errors).slice(0, 800));
}

const validEvent = validator('event-schema-lax.json');
const validGalaxy = validator('schema_galaxies.json');
const validClusters = validator('schema_clusters.json');

describe.each([
  ['today', () => all],
  ['as known on 2021-06-01', () => known('2021-06-01')],
] as const)('MISP feed, %s', (_, selection) => {
  test('has an event an incident, each in the manifest, and the digest of every value', () => {
    const files = filesOf(mispFeed, selection());
    const events = eventsOf(files);
    const manifest = JSON.parse(files.get('manifest.json') ?? '') as Record<string, { timestamp: string; info: string }>;
    expect(events).toHaveLength(selection().incidents.length);
    expect(Object.keys(manifest)).toEqual(events.map(({ uuid }) => uuid).sort());
    for (const { uuid, info, timestamp } of events) expect(manifest[uuid]).toMatchObject({ info, timestamp });
    const hashes = new Set(files.get('hashes.csv')?.split('\n').filter(Boolean));
    const wanted = events.flatMap((event) =>
      attributesOf(event).map(({ value }) => `${createHash('md5').update(value).digest('hex')},${event.uuid}`),
    );
    expect(hashes).toEqual(new Set(wanted));
  });

  test('has every UUID once, version 5', () => {
    const events = eventsOf(filesOf(mispFeed, selection()));
    const uuids = events.flatMap((event) => [
      event.uuid,
      ...event.Object.map((object) => object.uuid),
      ...attributesOf(event).map((attribute) => attribute.uuid),
    ]);
    expect(new Set(uuids).size).toBe(uuids.length);
    expect(uuids.filter((uuid) => !/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(uuid))).toEqual([]);
  });

  test('has types in categories that MISP takes, and objects after their templates', () => {
    for (const event of eventsOf(filesOf(mispFeed, selection()))) {
      const wrong = attributesOf(event).filter(({ type, category, value }) => !CATEGORIES[type]?.includes(category) || value === '');
      expect(wrong, event.info).toEqual([]);
      for (const { name, Attribute } of event.Object) {
        const parts = Attribute.map(({ object_relation, type }) => `${object_relation}:${type}`);
        expect(parts.filter((part) => !TEMPLATES[name]?.includes(part))).toEqual([]);
      }
    }
  });

  test.skipIf(!validEvent)('is valid against the schema of events (skipped without the schema)', () => {
    for (const event of eventsOf(filesOf(mispFeed, selection()))) expect(validEvent?.({ Event: event }), event.info).toBe('valid');
  });
});

describe('MISP feed', () => {
  test('marks for detection every malicious file, and nothing that is clean or merely named', () => {
    const marked = new Set(
      eventsOf(filesOf(mispFeed, all)).flatMap((event) => attributesOf(event).flatMap(({ to_ids, value }) => (to_ids ? value : []))),
    );
    for (const { data } of all.incidents) {
      for (const { sha256, state } of itemsOf(data.artifacts)) if (sha256) expect(marked.has(sha256), sha256).toBe(state === 'malicious');
      for (const { url } of data.references) expect(marked.has(url), url).toBe(false);
      for (const { type, value } of itemsOf(data.indicators)) {
        if (type === 'domain') expect(marked.has(value)).toBe(true);
        if (type === 'file-name') expect(marked.has(value)).toBe(false);
      }
    }
  });

  test('tags every event with how it may be passed on, and its confidence by one table', () => {
    for (const { Tag } of eventsOf(filesOf(mispFeed, all))) {
      expect(Tag[0]?.name).toBe('tlp:clear');
      expect(new Set(Tag.map(({ name }) => name)).size).toBe(Tag.length);
      const estimative = Tag.filter(({ name }) => name.startsWith('estimative-language:'));
      expect(estimative.length).toBe(Tag.filter(({ name }) => name.startsWith('admiralty-scale:')).length);
    }
  });

  test('as known on a day tells no text and no judgement', () => {
    const files = filesOf(mispFeed, known('2021-06-01'));
    for (const event of eventsOf(files)) {
      expect(event).not.toHaveProperty('EventReport');
      expect(event.Tag.filter(({ name }) => /^(estimative|admiralty|threatpedia:)/.test(name))).toEqual([]);
    }
  });

  test('an event has the UUID of the STIX report about the incident', () => {
    const reports = [...stix.render(all)].join('');
    for (const { uuid } of eventsOf(filesOf(mispFeed, all))) expect(reports).toContain(`"id":"report--${uuid}"`);
  });

  test('hostile texts break neither events nor tags nor galaxies', () => {
    const [record] = all.incidents.filter(({ data }) =>
      [data.releases, data.artifacts, data.indicators, data.techniques].every((field) => itemsOf<unknown>(field).length > 0),
    );
    if (!record) throw new Error('no record with releases, files, indicators and techniques');
    fc.assert(
      fc.property(hostileText, (text) => {
        const hostile = withText(record, text);
        const id = [...all.graph.nodes.values()].find((node) => node.record === record)?.id;
        const nodes = new Map(
          [...all.graph.nodes].map(([key, node]) => [key, key === id ? { ...node, record: hostile, label: text } : node]),
        );
        const selection = {
          ...all,
          graph: { ...all.graph, nodes, edgesFrom: all.graph.edgesFrom, edgesTo: all.graph.edgesTo },
          incidents: [hostile],
        };
        const feed = filesOf(mispFeed, selection);
        const [event] = eventsOf(feed);
        if (validEvent) expect(validEvent({ Event: event })).toBe('valid');
        for (const { name } of event?.Tag ?? [])
          expect(name).toMatch(/^(tlp:clear|[a-z-]+:[a-z-]+="[^"\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+")$/u);
        expect(feed.get('hashes.csv')).toMatch(/^([0-9a-f]{32},[0-9a-f-]{36}\n)+$/);
        for (const [path, content] of filesOf(mispGalaxy, selection))
          if (path.startsWith('clusters/') && validClusters) expect(validClusters(JSON.parse(content))).toBe('valid');
      }),
      { numRuns: 30 },
    );
  });
});

describe.each([
  ['today', () => all],
  ['as known on 2021-06-01', () => known('2021-06-01')],
] as const)('MISP galaxies, %s', (_, selection) => {
  test.skipIf(!validGalaxy || !validClusters)('are valid against their schemas (skipped without the schemas)', () => {
    for (const [path, content] of filesOf(mispGalaxy, selection())) {
      const validate = path.startsWith('galaxies/') ? validGalaxy : validClusters;
      expect(validate?.(JSON.parse(content)), path).toBe('valid');
    }
  });

  test('have values and UUIDs once, and relations only to what is there', () => {
    const files = filesOf(mispGalaxy, selection());
    const all = [...files].filter(([path]) => path.startsWith('clusters/')).map(([, content]) => JSON.parse(content) as Clusters);
    const uuids = all.flatMap(({ values }) => values.map(({ uuid }) => uuid));
    expect(new Set(uuids).size).toBe(uuids.length);
    for (const { values, uuid, type } of all) {
      expect(new Set(values.map(({ value }) => value.toLowerCase())).size).toBe(values.length);
      expect((JSON.parse(files.get(`galaxies/${type}.json`) ?? '') as { uuid: string }).uuid).toBe(uuid);
    }
    const dangling = all.flatMap(({ values }) =>
      values.flatMap(({ related = [] }) => related.filter((tie) => !uuids.includes(tie['dest-uuid']))),
    );
    expect(dangling).toEqual([]);
  });

  test('hold the clusters that events are tagged with', () => {
    const files = filesOf(mispGalaxy, selection());
    const tags = new Set(
      [...files].flatMap(([path, content]) => {
        if (!path.startsWith('clusters/')) return [];
        const { type, values } = JSON.parse(content) as Clusters;
        return values.map(({ value }) => `misp-galaxy:${type}="${value}"`);
      }),
    );
    const used = eventsOf(filesOf(mispFeed, selection())).flatMap(({ Tag }) =>
      Tag.map(({ name }) => name).filter((name) => name.startsWith('misp-galaxy:threatpedia')),
    );
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((name) => !tags.has(name))).toEqual([]);
  });
});
