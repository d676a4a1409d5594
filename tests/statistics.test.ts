import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CorpusAnswers } from '../src/answers/corpus-answers.ts';
import { recordsOf } from '../src/graph/graph.ts';
import { incidentAsOf } from '../src/graph/incident-as-of.ts';
import type { IncidentRecord } from '../src/schema/record.ts';
import { type StatisticsData, statisticsData } from '../src/site/statistics-data.ts';
import { measuresOf } from '../src/statistics/corpus-measures.ts';
import type { Crosstab } from '../src/statistics/measure.ts';
import { sampleOf } from '../src/statistics/sample.ts';
import { namedVectors } from '../src/statistics/vectors.ts';
import { loadCorpusGraph } from './support/corpus.ts';
import { projectRoot } from './support/shared.ts';

interface Dated {
  readonly date?: string;
}

/** As much of a record as is counted here, read without the schema and the graph. */
interface RawIncident {
  readonly id: string;
  readonly depth: string;
  readonly vectors: readonly string[];
  readonly ecosystems: readonly string[];
  readonly entryStage?: unknown;
  readonly attribution?: unknown;
  readonly sourceArtifactDivergence?: { readonly value: string };
  readonly firstObserved?: Dated;
  readonly disclosed?: Dated;
  readonly seededBy?: unknown;
  readonly references: readonly { readonly url: string }[];
}

const folder = join(projectRoot, 'corpus/incidents');
const raw = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as RawIncident);
const rich = raw.filter(({ depth }) => depth !== 'indexed');
const graph = await loadCorpusGraph();
const records = recordsOf(graph, 'incident');
const measures = measuresOf(records);
const sample = sampleOf(records.map(({ data }) => data));

const how = <Item>(items: readonly Item[], holds: (item: Item) => unknown) => items.filter((item) => Boolean(holds(item))).length;
const column = ({ rows, series }: Crosstab, row: string, key: string) =>
  rows.find((candidate) => candidate.key === row)?.values[series.findIndex((group) => group.key === key)];

test('depths and the document that most cite are those of the files', () => {
  expect(raw.length).toBeGreaterThan(100);
  for (const depth of ['featured', 'structured', 'indexed'] as const)
    expect(sample.depths[depth]).toBe(how(raw, (incident) => incident.depth === depth));
  const citing = sample.catalogue;
  expect(citing?.incidents).toBe(how(raw, ({ references }) => references.some(({ url }) => url === citing?.key)));
});

test('a number leads to a list with as many incidents', () => {
  const answers = new CorpusAnswers(graph);
  const counted = new Map<string, number>();
  let linked = 0;
  for (const { id, table } of Object.values(measures)) {
    for (const [row, queries] of (table.queries ?? []).entries()) {
      for (const [column, query] of queries.entries()) {
        if (query === undefined) continue;
        if (!counted.has(query)) counted.set(query, answers.incidents(query).total);
        expect(counted.get(query), `${id}: ${query}`).toBe(table.rows[row]?.[column]);
        linked++;
      }
    }
  }
  expect(linked).toBeGreaterThan(300);
}, 60_000);

test('a vector keeps its colour while one looks back', () => {
  const today = namedVectors(records.map(({ data }) => data));
  for (const day of ['2012-12-31', '2018-12-31', '2022-12-31']) {
    const known = records.flatMap((record) => incidentAsOf(record, day) ?? []);
    const { series } = measuresOf(known, today).vectorsByYear.crosstab;
    expect(series.slice(0, today.length).map(({ key }) => key)).toEqual(
      measures.vectorsByYear.crosstab.series.slice(0, today.length).map(({ key }) => key),
    );
  }
});

test('vectors by year count every incident once, and vectors each of theirs', () => {
  const { crosstab } = measures.vectorsByYear;
  expect(crosstab.rows.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(raw.length);
  expect(crosstab.rows.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0)).toBe(raw.length);
  const disclosedIn2021 = how(raw, ({ disclosed }) => disclosed?.date?.startsWith('2021'));
  expect(crosstab.rows.find(({ key }) => key === '2021')?.incidents).toBeGreaterThanOrEqual(disclosedIn2021);
  for (const { key, incidents } of measures.vectorFrequency.crosstab.rows)
    expect(incidents, key).toBe(how(raw, ({ vectors }) => vectors.includes(key)));
  expect(measures.vectorFrequency.crosstab.rows).toHaveLength(new Set(raw.flatMap(({ vectors }) => vectors)).size);
});

test('entry stages, divergence and attribution are those of the files', () => {
  for (const { key: ecosystem, values } of measures.entryStages.crosstab.rows) {
    for (const [index, { key: stage }] of measures.entryStages.crosstab.series.entries()) {
      const stageOf = ({ entryStage }: RawIncident) =>
        entryStage === undefined ? 'not-recorded' : typeof entryStage === 'string' ? entryStage : 'unknown';
      expect(values[index], `${ecosystem} ${stage}`).toBe(
        how(rich, (incident) => incident.ecosystems.includes(ecosystem) && stageOf(incident) === stage),
      );
    }
  }
  const divergence = measures.sourceArtifactDivergence.crosstab;
  for (const value of ['yes', 'no', 'unknown'])
    expect(column(divergence, 'all', value)).toBe(how(rich, ({ sourceArtifactDivergence }) => sourceArtifactDivergence?.value === value));
  const attribution = measures.attributionStates.crosstab;
  expect(column(attribution, 'all', 'unknown')).toBe(
    how(rich, (incident) => /^\{"unknown"/.test(JSON.stringify(incident.attribution) ?? '')),
  );
  expect(column(attribution, 'all', 'disputed')).toBe(
    how(rich, (incident) => JSON.stringify(incident.attribution)?.includes('"relation":"disputed"')),
  );
});

test('what has two days has their difference, and what lacks one has no number', () => {
  const isDay = (text: string | undefined) => /^\d{4}-\d\d-\d\d$/.test(text ?? '');
  const rows = new Map(measures.dwellTimes.table.rows.map((row) => [row[0], row]));
  expect(rows.size).toBe(rich.length);
  for (const { id, firstObserved, disclosed } of rich) {
    const [least, most] = rows.get(id)?.slice(-2) ?? [];
    if (isDay(firstObserved?.date) && isDay(disclosed?.date)) {
      const days = (Date.parse(disclosed?.date ?? '') - Date.parse(firstObserved?.date ?? '')) / 86_400_000;
      expect([least, most], id).toEqual([days, days]);
    }
    if (!firstObserved?.date || !disclosed?.date) expect([least, most], id).toEqual([null, null]);
  }
  const all = measures.timeToDisclosure.rows[0];
  expect(all?.delays.length).toBe(how([...rows.values()], (row) => row.at(-1) !== null));
});

test('every origin bin and every seeding is counted', () => {
  const { rows } = measures.evidenceOrigins.crosstab;
  expect(rows.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(raw.length);
  expect(measures.cascades.seedings).toHaveLength(
    raw.reduce((sum, { seededBy }) => sum + (Array.isArray(seededBy) ? seededBy.length : 0), 0),
  );
});

test('what the page has in the browser measures the same, on every day', () => {
  const context: { threatpediaMeasured?: unknown } = {};
  runInNewContext([...statisticsData(graph)].join(''), createContext(context));
  const json = JSON.stringify(context.threatpediaMeasured);
  const { incidents } = JSON.parse(json) as StatisticsData;
  const reduced = incidents.map((incident): IncidentRecord => ({ kind: 'incident', file: '', data: { ...incident, title: incident.id } }));
  for (const day of ['2003-12-31', '2013-07-01', '2018-12-31', '2021-01-15', '2025-09-20', '2026-10-31']) {
    const asOf = (all: readonly IncidentRecord[]) => measuresOf(all.flatMap((record) => incidentAsOf(record, day) ?? []));
    expect(asOf(reduced), day).toEqual(asOf(records));
  }
});
