import { describe, expect, test } from 'vitest';
import { csvText } from '../base/csv-text.ts';
import { daysApart } from '../base/edtf.ts';
import { parseRecord } from '../corpus/parse-record.ts';
import { publicYear } from '../graph/incident-list.ts';
import type { Incident } from '../schema/incident.ts';
import type { IncidentRecord } from '../schema/record.ts';
import { cascades } from './cascades.ts';
import { attributionState, entryStages, sourceArtifactDivergence } from './classifications.ts';
import { dwellTimes, timeToDisclosure } from './disclosure.ts';
import { evidenceOrigins } from './evidence-origins.ts';
import type { Crosstab } from './measure.ts';
import { sampleOf } from './sample.ts';
import { vectorFrequency, vectorsByYear } from './vectors.ts';

/** A small incident with further lines of YAML; structured unless they say otherwise. */
function record(slug: string, more = '', { vectors = 'typosquatting', depth = 'structured', references = '' } = {}): IncidentRecord {
  const text = `schema: incident/1
id: SC-2020-${slug}
title: ${slug}
summary: { text: It happened., cites: [report] }
status: confirmed
depth: ${depth}
ecosystems: [npm]
vectors: [${vectors}]
confidence: high
evidenceLevel: single-report
${more}
references:
  - { id: report, title: Report, publisher: P, url: "https://example.com/report", published: 2020-04-20, kind: researcher }
${references}`;
  const { record: parsed, problems } = parseRecord(new TextEncoder().encode(text), `incidents/2020/${slug.toLowerCase()}.yaml`);
  if (parsed?.kind !== 'incident') throw new Error(JSON.stringify(problems));
  return parsed;
}

const incident = (...given: Parameters<typeof record>): Incident => record(...given).data;
const dated = (field: string, date: string) => `${field}: { date: '${date}', cites: [report] }\n`;
const countAt = ({ rows, series }: Crosstab, row: string, key: string) =>
  rows.find((candidate) => candidate.key === row)?.values[series.findIndex((group) => group.key === key)];

describe('days between dates', () => {
  test.each([
    ['2020-03-01', '2020-03-01', 0, 0],
    ['2020-02-28', '2020-03-01', 2, 2],
    ['2020-03-01T23:59Z', '2020-03-02T00:01Z', 1, 1],
    ['2019', '2020-01-10', 10, 374],
    ['2020-03', '2020-03-05/2020-03-06', 0, 5],
    ['2020-03-01', '2020-04', 31, 60],
  ])('%s to %s', (from, to, least, most) => {
    expect(daysApart(from, to)).toEqual({ least, most, doubtful: false });
  });

  test('are marked as doubtful where a date is, and not given for open or reversed dates', () => {
    expect(daysApart('2020-03-01~', '2020-03-04')).toEqual({ least: 3, most: 3, doubtful: true });
    expect(daysApart('2020-03-01', '2020-03-04?')?.doubtful).toBe(true);
    expect(daysApart('2020-03-01/..', '2020-03-04')).toBeUndefined();
    expect(daysApart('2020-03-01', '../2020-03-04')).toBeUndefined();
    expect(daysApart('2020-03-05', '2020-03-04')).toBeUndefined();
  });
});

describe('the year of an incident', () => {
  test('is that of disclosure, then of the warning, then of the first activity', () => {
    const [first, warned, disclosed] = [
      dated('firstObserved', '2017'),
      dated('firstPublicWarning', '2018-02'),
      dated('disclosed', '2019-01-01'),
    ];
    expect(publicYear(incident('A', first + warned + disclosed))).toBe('2019');
    expect(publicYear(incident('A', first + warned))).toBe('2018');
    expect(publicYear(incident('A', first))).toBe('2017');
  });

  test('is not made up: not from the id, not from an open date, not from one that spans two years', () => {
    expect(publicYear(incident('A'))).toBeUndefined();
    expect(publicYear(incident('A', 'disclosed: { unknown: { why: Nobody says. } }'))).toBeUndefined();
    expect(publicYear(incident('A', dated('disclosed', '../2019-02-01')))).toBeUndefined();
    expect(publicYear(incident('A', dated('disclosed', '2019-12-30/2020-01-02')))).toBeUndefined();
  });

  test('every incident stands in exactly one year and one group, the undated in a row of their own', () => {
    const incidents = [
      incident('A', dated('disclosed', '2018')),
      incident('B', dated('disclosed', '2020-05'), { vectors: 'typosquatting, social-engineering' }),
      incident('C'),
    ];
    const { crosstab, table } = vectorsByYear(incidents);
    expect(crosstab.rows.map(({ key, incidents: count }) => [key, count])).toEqual([
      ['2018', 1],
      ['2019', 0],
      ['2020', 1],
      ['not known', 1],
    ]);
    expect(countAt(crosstab, '2020', 'several')).toBe(1);
    for (const row of crosstab.rows) expect(row.values.reduce((sum, value) => sum + value, 0)).toBe(row.incidents);
    expect(table.rows[1]?.slice(0, 2)).toEqual(['2019', 0]);
  });
});

describe('the time to disclosure', () => {
  const exact = (slug: string, day: string) => incident(slug, dated('firstObserved', '2020-01-01') + dated('disclosed', day));

  test('has a median between bounds, and none for fewer than five', () => {
    const known = ['2020-01-01', '2020-01-02', '2020-01-03', '2020-01-11'].map((day, index) => exact(`K${index}`, day));
    expect(timeToDisclosure(known).rows[0]).toMatchObject({ unmeasured: 0, median: undefined });
    const open = incident('OPEN', dated('firstObserved', '2020-01-01') + dated('disclosed', '2020-01'));
    // 0 1 2 10 and something from 0 to 30: the middle one of five is at least 1 and at most 2.
    expect(timeToDisclosure([...known, open]).rows[0]?.median).toEqual({ least: 1, most: 2 });
  });

  test('counts what cannot be measured, and never as a number', () => {
    const measure = timeToDisclosure([
      exact('A', '2020-01-05'),
      incident('B', `firstObserved: { unknown: { why: Logs are gone. } }\n${dated('disclosed', '2020-01-05')}`),
      incident('C', dated('disclosed', '2020-01-05')),
      incident('D', dated('firstObserved', '2020-01-01') + dated('disclosed', '2020-01-05'), { depth: 'indexed' }),
    ]);
    expect(measure.incidents).toBe(3);
    expect(measure.table.rows[0]).toEqual(['All vectors', 1, 2, null, null, 4, 4]);
    expect(csvText(measure.table.rows)).toContain('All vectors,1,2,,,4,4\r\n');
  });

  test('of an incident without a first date is in the table with words, not in the picture', () => {
    const { dwells, table } = dwellTimes([
      incident('A', dated('disclosed', '2020-01-05')),
      incident('B', `${dated('firstObserved', '2020-01')}disclosed: { unknown: { why: No. } }\n${dated('contained', '2020-02-01')}`),
    ]);
    expect(dwells.map(({ incident: id }) => id)).toEqual(['SC-2020-B']);
    expect(dwells[0]?.spans).toEqual({
      firstPublicWarning: undefined,
      disclosed: undefined,
      contained: { least: 1, most: 31, doubtful: false },
    });
    expect(table.rows).toEqual([
      ['SC-2020-B', '2020-01', 'not recorded', 'unknown', '2020-02-01', null, null],
      ['SC-2020-A', 'not recorded', 'not recorded', '2020-01-05', 'not recorded', null, null],
    ]);
  });
});

describe('what is said of an incident', () => {
  const claim = (relation: string) =>
    `  - { target: { actor: a }, relation: ${relation}, claimant: c, claimed: '2020', confidence: { code: high }, layer: operator, text: So., cites: [report] }\n`;

  test.each([
    ['not-recorded', ''],
    ['not-recorded', 'attribution: []'],
    ['unknown', 'attribution: { unknown: { why: Nobody says. } }'],
    ['none', 'attribution: { none: { why: Accident., cites: [report] } }'],
    ['claimed', `attribution:\n${claim('overlaps')}${claim('attributed-to')}`],
    ['tie-only', `attribution:\n${claim('overlaps')}${claim('related-to')}`],
    ['disputed', `attribution:\n${claim('attributed-to')}${claim('disputed')}`],
  ])('of attribution: %s', (state, yaml) => {
    expect(attributionState(incident('A', yaml))).toBe(state);
  });

  test('an unknown stage and none recorded are two things', () => {
    const { crosstab } = entryStages([
      incident('A', 'entryStage: { unknown: { why: No report says. } }'),
      incident('B'),
      incident('C', 'entryStage: publish'),
    ]);
    expect(['unknown', 'not-recorded', 'publish', 'build'].map((key) => countAt(crosstab, 'npm', key))).toEqual([1, 1, 1, 0]);
  });

  test('a share is given as bounds', () => {
    const yes = 'sourceArtifactDivergence: { value: yes, why: It differs., cites: [report] }';
    const { unknowns, crosstab } = sourceArtifactDivergence([incident('A', yes), incident('B'), incident('C', yes), incident('D')]);
    expect(unknowns).toContain('in at least 2 of 4 incidents (50 %)');
    expect(unknowns).toContain('between 50 and 100 %');
    expect(countAt(crosstab, 'structured', 'yes')).toBe(2);
  });

  test('a vector counts in each of its incidents', () => {
    const { crosstab } = vectorFrequency([
      incident('A', '', { vectors: 'typosquatting, social-engineering' }),
      incident('B', '', { depth: 'indexed' }),
    ]);
    expect(crosstab.rows.map(({ key, values }) => [key, ...values])).toEqual([
      ['typosquatting', 0, 1, 1],
      ['social-engineering', 0, 1, 0],
    ]);
  });
});

describe('evidence and cascades', () => {
  test('ten articles on one report are one origin', () => {
    const article = (id: string) =>
      `  - { id: ${id}, title: ${id}, publisher: P, url: "https://example.com/${id}", kind: media, relays: [report] }\n`;
    const { crosstab } = evidenceOrigins([record('A', '', { references: article('one') + article('two') })]);
    expect(crosstab.rows.filter(({ incidents }) => incidents > 0).map(({ key }) => key)).toEqual(['1']);
  });

  test('one document cited by most is named, one cited once is not', () => {
    expect(sampleOf([incident('A'), incident('B')]).catalogue).toMatchObject({ title: 'Report', incidents: 2 });
    expect(sampleOf([incident('A')]).catalogue).toBeUndefined();
    expect(sampleOf([])).toMatchObject({ incidents: 0, catalogue: undefined });
  });

  test('a seeding has its two incidents, and an unknown date is a word', () => {
    const seeds =
      'seededBy:\n  - { from: { incident: SC-2020-A, component: app }, to: build, tier: temporal, text: One led to the other., cites: [report] }';
    const records = [record('A'), record('B', dated('firstObserved', '2020-02') + seeds), record('C')];
    const measure = cascades(records.map(({ data }) => data));
    expect(measure.nodes.map(({ incident: id, date }) => [id, date])).toEqual([
      ['SC-2020-A', undefined],
      ['SC-2020-B', '2020-02'],
    ]);
    expect(measure.table.rows).toEqual([['SC-2020-A', 'unknown', 'SC-2020-B', '2020-02', 'temporal']]);
  });
});
