import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { UnreadableInput } from '../src/check/inventory/inventory.ts';
import { recordSkeleton } from '../src/cli/record-skeleton.ts';
import type { Selection } from '../src/export/export-format.ts';
import { mispFeed } from '../src/export/misp/feed.ts';
import { osv } from '../src/export/osv.ts';
import { stix, stixCore } from '../src/export/stix/stix.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { importFormats } from '../src/import/import-formats.ts';
import type { ImportedDraft } from '../src/import/record-draft.ts';
import { itemsOf } from '../src/schema/cited.ts';
import { componentsByHandle } from '../src/schema/primitive-keys.ts';
import type { IncidentRecord } from '../src/schema/record.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { hostileText } from './support/hostile-record.ts';
import { threatpedia } from './support/run.ts';

interface Draft {
  readonly id?: string;
  readonly title?: string;
  readonly releases?: readonly { component: string; version?: string; versions?: string[]; state: string | null }[];
  readonly artifacts?: readonly Readonly<Record<string, unknown>>[];
  readonly indicators?: readonly { type: string; value: string }[];
  readonly references?: readonly { id: string; url: string; title: string | null; publisher: string | null; published?: string }[];
}

let all: Selection;
let folder: string;

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  all = { graph, incidents: recordsOf(graph, 'incident'), site: 'https://example.org/', version: '0.0.0' };
  folder = await mkdtemp(join(tmpdir(), 'threatpedia-import-'));
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

function read(format: string, value: unknown): ImportedDraft {
  const reader = importFormats[format];
  if (!reader) throw new Error(`no format ${format}`);
  return reader(value);
}

function of(record: IncidentRecord): Selection {
  return { ...all, incidents: [record] };
}

/** `purl@version` of the releases that a test keeps. */
function releasesOf({ data }: IncidentRecord, keep: (release: { state: string }, purl: string) => boolean): string[] {
  const components = componentsByHandle(data);
  const found = itemsOf(data.releases).flatMap((release) => {
    const purl = components.get(release.component)?.purl;
    if (!purl || !keep(release, purl)) return [];
    return [...(release.versions ?? []), ...(release.version === undefined ? [] : [release.version])].map(
      (version) => `${purl}@${version}`,
    );
  });
  return [...new Set(found)].sort();
}

function draftReleases({ releases = [] }: Draft): string[] {
  const found = releases.flatMap(({ component, version, versions }) =>
    [...(versions ?? []), ...(version ? [version] : [])].map((each) => `${component}@${each}`),
  );
  return [...new Set(found)].sort();
}

function urls(references: readonly { url: string }[] = []): string[] {
  return [...new Set(references.map(({ url }) => url))].sort();
}

const isBad = ({ state }: { state: string }) => state === 'malicious' || state === 'affected';

function digests(artifacts: readonly Readonly<Record<string, unknown>>[] = []): string[] {
  return [
    ...new Set(artifacts.flatMap((artifact) => ['sha256', 'sha1', 'md5', 'sha512'].flatMap((field) => (artifact[field] as string) ?? []))),
  ].sort();
}

function indicatorsOf(indicators: readonly { type: string; value: string }[] = [], keep: (type: string) => boolean = () => true): string[] {
  return [...new Set(indicators.filter(({ type }) => keep(type)).map(({ type, value }) => `${type} ${value.toLowerCase()}`))].sort();
}

describe('what leaves comes back, but for what the loss report names', () => {
  test('OSV', () => {
    let count = 0;
    for (const record of all.incidents) {
      const value = JSON.parse([...osv.render(of(record))].join('')) as object[];
      if (value.length === 0) continue;
      count++;
      const draft = read('osv', value).fields as Draft;
      expect(draft.id).toBe(record.data.id);
      expect(draft.title).toBe(record.data.title);
      const named = new Set((value[0] as { affected: { package: { purl: string } }[] }).affected.map((affected) => affected.package.purl));
      expect(draftReleases(draft)).toEqual(releasesOf(record, (release, purl) => isBad(release) && named.has(purl)));
      expect(urls(draft.references)).toEqual(
        urls([...record.data.references, { url: `https://example.org/incidents/${record.data.id.toLowerCase()}/` }]),
      );
    }
    expect(count).toBeGreaterThan(10);
  });

  test('MISP', () => {
    for (const record of all.incidents) {
      const [file] = [...mispFeed.files(of(record))];
      const draft = read('misp', JSON.parse(file?.content as string)).fields as Draft;
      expect(draft.id).toBe(record.data.id);
      expect(draft.title).toBe(record.data.title);
      expect(urls(draft.references)).toEqual(urls(record.data.references));
      for (const { url, title, publisher, published } of draft.references ?? []) {
        const comment = (each: { publisher: string | null; title: string | null; published?: string | undefined }) =>
          `${each.publisher}: ${each.title}${each.published ? ` (${each.published})` : ''}`;
        const own = record.data.references.filter((reference) => reference.url === url);
        expect(own.map(comment)).toContain(comment({ publisher, title, ...(published ? { published } : {}) }));
      }
      expect(draftReleases(draft)).toEqual(releasesOf(record, ({ state }) => state === 'malicious'));
      expect(digests(draft.artifacts)).toEqual(digests(itemsOf(record.data.artifacts).filter(isBad)));
      expect(indicatorsOf(draft.indicators)).toEqual(indicatorsOf(itemsOf(record.data.indicators)));
    }
  });

  test.each([stix, stixCore])('$id', (format) => {
    const hasNoPattern = ['repository-name', 'branch-name', 'workflow-name', 'wallet-address'];
    for (const record of all.incidents) {
      const draft = read('stix', JSON.parse([...format.render(of(record))].join(''))).fields as Draft;
      expect(draft.id).toBe(record.data.id);
      expect(draft.title).toBe(record.data.title);
      // STIX asks for addresses as RFC 3986 has them: letters of other scripts come back escaped.
      const escaped = (references: Parameters<typeof urls>[0]) => urls(references).map((url) => new URL(url).href);
      expect(escaped(draft.references)).toEqual(expect.arrayContaining(escaped(record.data.references)));
      expect(draftReleases(draft), record.data.id).toEqual(releasesOf(record, () => true));
      expect(digests(draft.artifacts)).toEqual(digests(itemsOf(record.data.artifacts)));
      const kept = indicatorsOf(itemsOf(record.data.indicators), (type) => !hasNoPattern.includes(type));
      expect(indicatorsOf(draft.indicators)).toEqual(kept);
    }
  });
});

describe('hostile documents', () => {
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 4 }), hostileText, fc.constantFrom(null, [], {}, '', -1));
  const names =
    'type id name info value pattern hashes objects affected package versions purl ecosystem references url Event Attribute Object Tag external_references'.split(
      ' ',
    );
  const odd = fc.dictionary(fc.oneof(fc.constantFrom(...names), hostileText), anything, { maxKeys: 6 });
  const documents: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    osv: fc.record({
      id: fc.oneof(hostileText, anything),
      summary: anything,
      affected: fc.array(fc.oneof(odd, fc.record({ package: odd, versions: anything }))),
      references: fc.array(odd),
    }),
    stix: fc.record({
      type: fc.constant('bundle'),
      objects: fc.array(
        fc.oneof(
          odd,
          fc.record({
            type: fc.constantFrom('incident', 'indicator', 'file', 'software', 'relationship'),
            id: anything,
            name: anything,
            pattern: anything,
            hashes: odd,
            vendor: anything,
            version: anything,
            external_references: fc.array(odd),
          }),
        ),
      ),
    }),
    misp: fc.record({
      Event: fc.record({
        info: fc.oneof(hostileText, anything),
        Attribute: fc.array(odd),
        Tag: fc.array(odd),
        Object: fc.array(fc.record({ name: fc.constantFrom('file', 'malicious-package-report', 'x'), Attribute: fc.array(odd) })),
      }),
    }),
  };

  test.each(Object.keys(importFormats))('%s: a draft that YAML reads back as it was, or a clear error', (format) => {
    fc.assert(
      fc.property(fc.oneof(documents[format] ?? anything, anything), (value) => {
        let draft: ImportedDraft;
        try {
          draft = read(format, JSON.parse(JSON.stringify(value ?? null)));
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableInput);
          return;
        }
        const { id, ...given } = draft.fields;
        const text = recordSkeleton('incident', id as string | undefined, given);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        const back = parse(text) as Record<string, unknown>;
        for (const [name, own] of Object.entries(given)) expect(back[name]).toEqual(own);
        expect(draft.leftOut.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 300 },
    );
  });

  test('a title with everything in it becomes one plain line', () => {
    const { fields } = read('misp', { Event: { info: 'A\u0000 \u202eb\r\n# "c": [1.10' } });
    expect(fields.title).toMatch(/^A +b # "c": \[1\.10$/);
    expect((parse(recordSkeleton('incident', undefined, fields)) as { title: string }).title).toBe(fields.title);
  });

  test('long lists end, and what is beyond is told', () => {
    const objects = Array.from({ length: 30_000 }, (_, index) => ({ type: 'domain', value: `x${index}.example` }));
    const { fields, leftOut } = read('misp', { Event: { info: 'x', Attribute: objects } });
    expect(fields.indicators).toHaveLength(20_000);
    expect(leftOut).toEqual(['indicators beyond 20000']);
  });

  test('patterns that are long or of more than equalities are told, not read', () => {
    const bundle = (pattern: string) => ({
      type: 'bundle',
      objects: [
        { type: 'campaign', id: 'campaign--1', name: 'x' },
        { type: 'indicator', id: 'indicator--1', name: 'i', pattern_type: 'stix', pattern },
      ],
    });
    for (const pattern of [
      "[domain-name:value LIKE '%.example']",
      "[url:value = 'x'] FOLLOWEDBY [url:value = 'y']",
      `[${'a:b '.repeat(50_000)}`,
      `[a:b = '${'\\'.repeat(4000)}`,
    ])
      expect(read('stix', bundle(pattern)).leftOut).toEqual(['indicator i: a pattern of more than values']);
  });
});

describe('the command', () => {
  test('prints a draft that the validator only finds incomplete, and tells what it left out', async () => {
    const file = join(folder, 'event.json');
    const record = all.incidents.find(({ data }) => data.id === 'SC-2018-EVENT-STREAM') as IncidentRecord;
    await writeFile(file, [...mispFeed.files(of(record))][0]?.content as string);
    const { code, stdout, stderr } = await threatpedia(['import', 'misp', file]);
    expect(code).toBe(0);
    expect(stdout).toContain('id: SC-2018-EVENT-STREAM');
    expect(stdout).not.toContain(record.data.summary.text.slice(0, 40));
    expect(stderr).toContain('left out: EventReport of the event');
  });

  test.each([
    ['not JSON', '{', 'expected complete JSON'],
    ['something else', '{"a":1}', 'expected a STIX bundle'],
    ['nested too deep', '['.repeat(5000), 'levels of nesting'],
    ['two incidents', JSON.stringify({ type: 'bundle', objects: [{ type: 'incident' }, { type: 'incident' }] }), 'about one incident'],
  ])('refuses what is %s', async (_, content, message) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, content);
    const { code, stderr } = await threatpedia(['import', 'stix', file]);
    expect([code, stderr]).toEqual([3, expect.stringContaining(message)]);
  });
});
