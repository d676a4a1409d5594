import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { Parser } from 'htmlparser2';
import { beforeAll, describe, expect, test } from 'vitest';
import { getEdtf } from '../src/base/edtf.ts';
import type { ExportFormat, FolderFormat, Selection } from '../src/export/export-format.ts';
import { INCIDENT_FIELDS } from '../src/export/fields.ts';
import { exportFormats, folderFormats } from '../src/export/formats.ts';
import { graphAsOf } from '../src/graph/as-of.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { incidentAsOf } from '../src/graph/incident-as-of.ts';
import { itemsOf } from '../src/schema/cited.ts';
import type { IncidentRecord } from '../src/schema/record.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { findShared } from './support/shared.ts';

const SITE = 'https://example.org/';
const formats = [
  ...(await Promise.all(Object.entries(exportFormats).map(async ([id, load]) => [id, await load()] as const))),
  ...(await Promise.all(Object.entries(folderFormats).map(async ([id, load]) => [id, asOneFile(await load())] as const))),
];

/** A folder as one text: paths and contents in a row. */
function asOneFile(format: FolderFormat): ExportFormat {
  return {
    ...format,
    extension: 'txt',
    *render(selection) {
      for (const { path, content } of format.files(selection)) {
        yield `${path}\n`;
        yield* typeof content === 'string' ? [content] : (content as Iterable<string>);
      }
    },
  };
}

let all: Selection;

beforeAll(async () => {
  const graph = await loadCorpusGraph();
  all = { graph, incidents: recordsOf(graph, 'incident'), site: SITE, version: '0.0.0' };
});

async function rendered(id: string, selection = all): Promise<string> {
  const format = formats.find(([known]) => known === id)?.[1];
  if (!format) throw new Error(`no format ${id}`);
  return [...format.render(selection)].join('');
}

function known(day: string): Selection {
  return { ...all, graph: graphAsOf(all.graph, day), incidents: all.incidents.flatMap((record) => incidentAsOf(record, day) ?? []) };
}

describe.each(formats)('%s', (id, format) => {
  test('is named as it is registered, and gives the same bytes twice', async () => {
    expect(format.id).toBe(id);
    const twice = [await rendered(id), await rendered(id)];
    expect(twice[0]).toBe(twice[1]);
  });

  test('names only fields that exist among its losses, each with a reason', () => {
    const named = format.losses.map(({ field }) => field).filter((field) => field !== '*');
    expect(named.filter((field) => !INCIDENT_FIELDS.includes(field))).toEqual([]);
    expect(format.losses.every(({ why }) => why.length > 10)).toBe(true);
  });
});

describe('what leaves', () => {
  test.each(formats.filter(([, { extension }]) => extension === 'json'))('%s of nothing is still JSON', (_, format) => {
    const text = [...format.render({ ...all, incidents: [] })].join('');
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  test('CSV has a row for each incident, as many cells in each, and no formulas', async () => {
    const first = all.incidents[0] as IncidentRecord;
    const hostile: IncidentRecord = {
      ...first,
      data: { ...first.data, title: '=HYPERLINK("http://x")', summary: { ...first.data.summary, text: 'One, "two"\nthree' } },
    };
    const rows = parseCsv(await rendered('csv', { ...all, incidents: [...all.incidents, hostile] }));
    expect(rows).toHaveLength(all.incidents.length + 2);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    expect(rows.at(-1)?.slice(1, 3)).toEqual([`'=HYPERLINK("http://x")`, 'One, "two"\nthree']);
    expect(rows.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });

  test('GraphML is well-formed, and every tie has both ends', async () => {
    const text = await rendered('graphml');
    const nodes = new Set<string>();
    const ends: string[] = [];
    let depth = 0;
    const parser = new Parser(
      {
        onopentag: (name, attributes) => {
          depth++;
          if (name === 'node') nodes.add(attributes.id ?? '');
          if (name === 'edge') ends.push(attributes.source ?? '', attributes.target ?? '');
        },
        onclosetag: () => {
          depth--;
        },
      },
      { xmlMode: true },
    );
    parser.write(text);
    expect(depth).toBe(0);
    parser.end();
    expect(nodes.size).toBeGreaterThan(500);
    expect(ends.filter((end) => !nodes.has(end))).toEqual([]);
  });

  test('indicators hold every bad digest and no clean one', async () => {
    const lines = new Set((await rendered('indicators')).split('\n').map((line) => line.split(',').slice(0, 2).join(',')));
    for (const { data } of all.incidents) {
      for (const { sha256, state } of itemsOf(data.artifacts)) {
        if (sha256 && state === 'malicious') expect(lines.has(`sha256,${sha256}`), `${data.id} ${sha256}`).toBe(true);
      }
    }
    const clean = all.incidents.flatMap(({ data }) =>
      itemsOf(data.artifacts).flatMap(({ sha256, state }) => (sha256 && state === 'clean-fix' ? [sha256] : [])),
    );
    expect(clean.filter((digest) => lines.has(`sha256,${digest}`))).toEqual([]);
  });

  test('a Navigator layer scores each technique once', async () => {
    const layer = JSON.parse(await rendered('navigator')) as {
      versions: { layer: string };
      techniques: { techniqueID: string; score: number }[];
    };
    expect(layer.versions.layer).toBe('4.5');
    expect(new Set(layer.techniques.map(({ techniqueID }) => techniqueID)).size).toBe(layer.techniques.length);
    expect(layer.techniques.every(({ techniqueID, score }) => /^T\d{4}(\.\d{3})?$/.test(techniqueID) && score > 0)).toBe(true);
  });

  test('BibTeX entries are closed, with a key of their own each', async () => {
    const text = await rendered('bibtex');
    const keys = [...text.matchAll(/^@online\{([^,]+),$/gm)].map((match) => match[1]);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...text].filter((character) => character === '{')).toHaveLength([...text].filter((character) => character === '}').length);
  });

  test('a record is cited with the day of its last change where that is known, and without a date where not', async () => {
    const [record] = all.incidents.filter(({ data }) => data.id === 'SC-2024-XZ-UTILS');
    const cited = async (changed?: ReadonlyMap<string, string>) => {
      const selection = { ...all, incidents: record ? [record] : [], ...(changed ? { changed } : {}) };
      const [entry = ''] = (await rendered('bibtex', selection)).split('\n\n');
      const [item] = JSON.parse(await rendered('csl', selection)) as { issued?: object }[];
      return [entry.includes('year = {2026},\n  month = {3},\n  day = {9}'), entry.includes('year'), item?.issued];
    };
    expect(await cited(new Map([[record?.file ?? '', '2026-03-09']]))).toEqual([true, true, { 'date-parts': [[2026, 3, 9]] }]);
    expect(await cited()).toEqual([false, false, undefined]);
  });

  const schemaFile = findShared('conformance/osv/schema.json');
  test.skipIf(!schemaFile)(
    'OSV records are valid against the schema, and hold every bad npm version (skipped without the schema)',
    async () => {
      const ajv = new Ajv({ strict: false, validateFormats: false });
      const validate = ajv.compile(JSON.parse(readFileSync(schemaFile ?? '', 'utf8')) as object);
      const records = JSON.parse(await rendered('osv')) as {
        id: string;
        affected: { package: { ecosystem: string; name: string }; versions: string[] }[];
      }[];
      expect(records.length).toBeGreaterThan(3);
      for (const record of records) expect(validate(record), `${record.id} ${ajv.errorsText(validate.errors)}`).toBe(true);
      const flatmap = records
        .find(({ id }) => id === 'x_TP-SC-2018-EVENT-STREAM')
        ?.affected.find((each) => each.package.name === 'flatmap-stream');
      expect(flatmap).toMatchObject({ package: { ecosystem: 'npm' }, versions: ['0.1.1'] });
    },
  );
});

describe('as known on a day', () => {
  test('nothing that was published later is cited, and nothing rests on it', () => {
    const day = '2023-04-05';
    const { incidents } = known(day);
    expect(incidents.map(({ data }) => data.id)).toContain('SC-2023-3CX-DESKTOPAPP');
    expect(incidents.map(({ data }) => data.id)).not.toContain('SC-2024-XZ-UTILS');
    for (const { data } of incidents)
      for (const { published } of data.references) expect((getEdtf(published ?? '9999').latest ?? '9999').slice(0, 10) <= day).toBe(true);
    const seeds = itemsOf(incidents.find(({ data }) => data.id === 'SC-2023-3CX-DESKTOPAPP')?.data.seededBy);
    expect(seeds).toEqual([]);
  });

  test('the day before the first document there is nothing', () => {
    expect(incidentAsOf(all.incidents.find(({ data }) => data.id === 'SC-2024-XZ-UTILS') as IncidentRecord, '2024-03-28')).toBeUndefined();
  });

  test.each(formats.filter(([, { asOf }]) => asOf))('%s renders it', async (id) => {
    const [then, now] = [await rendered(id, known('2020-01-01')), await rendered(id)];
    expect(then.length).toBeLessThan(now.length);
    expect(then).not.toContain('SC-2023-3CX-DESKTOPAPP');
    // Titles of incidents are written with hindsight.
    for (const { data } of all.incidents) expect(then).not.toContain(data.title);
  });
});

/** A reader of RFC 4180, independent of the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cells.exec(text); match; match = cells.exec(text)) {
    rows.at(-1)?.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}
