import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCorpusGraph } from '../../tests/support/corpus.ts';
import { recordsOf } from '../graph/graph.ts';
import { incidentSummary } from '../graph/incident-list.ts';
import { vocabularies } from '../schema/vocabularies.ts';
import { vectorsByYear } from '../statistics/vectors.ts';
import { countFacet, runQuery } from './evaluate.ts';
import { isQueryField, queryFields } from './fields.ts';
import { namedValues } from './free-words.ts';
import { incidentRow } from './incident-row.ts';
import { listDate } from './list-date.ts';
import { describeFault, isQueryFault, MISSING, type ParsedQuery, parseQuery, type Query } from './parse.ts';
import { printQuery } from './print.ts';
import { reinterpretQuery } from './reinterpret.ts';
import type { IncidentRow } from './row.ts';
import { rowSummary } from './row-summary.ts';
import { valueTable } from './value-table.ts';

const graph = await loadCorpusGraph();
const known = valueTable(graph);
const rows = recordsOf(graph, 'incident').map((record) => incidentRow(graph, record));

function parsed(text: string): ParsedQuery {
  const result = parseQuery(text, known);
  if (isQueryFault(result)) throw new Error(describeFault(text, result));
  return result;
}

function ids(text: string): string[] {
  return runQuery(rows, parsed(text)).map(({ id }) => id);
}

function fault(text: string): string {
  const result = parseQuery(text, known);
  return isQueryFault(result) ? describeFault(text, result) : 'no fault';
}

describe('a query', () => {
  test('without anything asks for everything, the latest disclosed first', () => {
    expect(ids('')).toHaveLength(rows.length);
    const days = runQuery(rows, parsed('')).map((row) => listDate(row)?.date ?? '');
    expect(days).toEqual([...days].sort((left, right) => (left < right ? 1 : -1)));
  });

  test('narrows with every part, widens with or, excludes with a minus', () => {
    const npm = rows.filter(({ ecosystem }) => ecosystem.includes('npm'));
    expect(ids('ecosystem:npm').sort()).toEqual(npm.map(({ id }) => id).sort());
    expect(ids('ecosystem:npm -depth:indexed').length).toBe(npm.filter(({ depth }) => depth !== 'indexed').length);
    expect(ids('ecosystem:npm,pypi').sort()).toEqual(ids('ecosystem:npm or ecosystem:pypi').sort());
    expect(ids('not (ecosystem:npm or ecosystem:pypi)').length).toBe(rows.length - ids('ecosystem:npm,pypi').length);
  });

  test('knows an actor by every name', () => {
    expect(ids('actor:"Labyrinth Chollima"')).toEqual(ids('actor:labyrinth-chollima'));
    expect(ids('actor:unc4736')).toContain('SC-2023-3CX-DESKTOPAPP');
  });

  test('tells unknown, none and absent apart', () => {
    expect(ids('actor:unknown')).toContain('SC-2025-SHAI-HULUD');
    expect(ids('actor:unknown actor:absent')).toEqual([]);
    expect(ids('actor:any').every((id) => !ids('actor:unknown').includes(id))).toBe(true);
    expect(ids('actor:any,none,unknown,absent')).toHaveLength(rows.length);
  });

  test('tells a divergence that is unknown from one that nobody recorded', () => {
    const stated = recordsOf(graph, 'incident').map(({ data }) => data.sourceArtifactDivergence?.value);
    expect(ids('divergence:unknown')).toHaveLength(stated.filter((value) => value === 'unknown').length);
    expect(ids('divergence:absent')).toHaveLength(stated.filter((value) => value === undefined).length);
    expect(ids('divergence:absent').length).toBeGreaterThan(0);
  });

  test('counts an incident in no year that its record does not state, and lists it last', () => {
    const undated = 'SC-2024-ENDOOR-INSTALLER';
    expect(ids('year:2024')).not.toContain(undated);
    expect(ids('year:unknown')).toContain(undated);
    for (const text of ['', 'sort:disclosed', 'sort:disclosed-desc']) expect(ids(text).at(-1), text).toBe(undated);
    const { rows: years } = vectorsByYear(recordsOf(graph, 'incident').map(({ data }) => data)).crosstab;
    for (const { key, incidents } of years) expect(ids(`year:${/^\d/.test(key) ? key : 'unknown,absent'}`), key).toHaveLength(incidents);
  });

  test('answers where a signed update was abused and North Korea is claimed', () => {
    expect(ids('vector:code-signing-abuse,build-system-compromise channel:vendor-signed-update nexus:north-korea')).toContain(
      'SC-2023-3CX-DESKTOPAPP',
    );
  });

  test('finds by name, alias, advisory and phrase', () => {
    expect(ids('CVE-2024-3094')).toContain('SC-2024-XZ-UTILS');
    expect(ids('"jia tan"')).toContain('SC-2024-XZ-UTILS');
    expect(ids('posthog')).toContain('SC-2025-SHAI-HULUD-2');
  });

  test('finds words by how they begin, short ones whole, and phrases as they stand', () => {
    const row = {
      ...(rows[0] as IncidentRow),
      title: 'Official build of X_TRADER',
      summary: 'See pkg:npm/@ctrl/tinycolor@4.1.1.',
      words: 'a.example-cdn.com',
    };
    const finds = (text: string) => runQuery([row], parsed(text)).length === 1;
    for (const text of [
      'offic',
      'officials',
      'trader',
      'x_trader',
      'pkgs',
      'tinycol',
      'ctrl/tinycolor',
      'tinycolor@4.1',
      '4.1.1',
      '4.1',
      'cdn',
      'example-cdn.com',
      'npm',
      row.id,
    ])
      expect(finds(text), text).toBe(true);
    for (const text of ['CI', 'X_T', 'ficial', 'rader', 'of1', 'tin', 'olor', '1.11', 'xampl', 'pk']) expect(finds(text), text).toBe(false);
    for (const text of ['"ficial b"', '"CI"', '"olor@"']) expect(finds(text), text).toBe(true);
    expect(ids('CI').length).toBeLessThan(ids('"CI"').length / 2);
  });

  test('finds by what a value is called, in ordinary words', () => {
    expect(ids('vector:build-system-compromise year:2020.. "signed update"').length).toBeGreaterThan(0);
    for (const text of ['DPRK', 'north korea', 'North Korean', 'the DPRK'])
      expect(ids(text), text).toEqual(expect.arrayContaining(ids('nexus:north-korea')));
    expect(ids('worms in the npm registry')).toEqual(expect.arrayContaining(ids('ecosystem:npm vector:self-propagating-worm "registry"')));
    expect(ids('typosquat')).toEqual(expect.arrayContaining(ids('vector:typosquatting')));
    expect(ids('nexus:dprk')).toEqual(ids('nexus:north-korea'));
    expect(ids('vector:worm')).toEqual(ids('vector:self-propagating-worm'));
  });

  test('leaves out words that say nothing, unless they stand in quotes', () => {
    expect(ids('backdoors in the compiler')).toEqual(ids('backdoor compiler'));
    expect(ids('"in the"').length).toBeLessThan(rows.length);
    expect(ids('the')).toHaveLength(rows.length);
  });

  test('without an answer is read anew: words as values and years', () => {
    const anew = (text: string) => reinterpretQuery(rows, parsed(text), known);
    expect(anew('npm worms 2025 zzz')).toMatchObject({ text: 'ecosystem:npm vector:self-propagating-worm year:2025' });
    expect(anew('north korean zzz')?.text).toBe('nexus:north-korea');
    expect(anew('typosqatting zzz depth:featured')?.text).toBe('depth:featured vector:typosquatting');
    expect(anew('typosquatting on pypi in 1999 zzz')?.text).toBe('vector:typosquatting ecosystem:pypi');
    expect(anew('lazarus attacks 1999')?.text).toBe('lazarus');
    expect(anew('"npm" zzz')).toBeUndefined();
    expect(anew('credental theft')?.text).toBe('impact:credential-theft');
    expect(anew('wurm')?.text).toBe('vector:self-propagating-worm');
    expect(anew('solarwnds')?.text).toBe('solarwinds');
    expect(anew('depth:featured solarwnds zzz')?.text).toBe('depth:featured solarwinds');
    expect(anew('axois')?.text).toBe('axios');
    expect(anew('axios 1999')?.text).toBe('axios');
    expect(anew('qqqqq')).toBeUndefined();
    for (const text of ['npm worms 2025 zzz', 'npm dprk 1999']) expect(anew(text)?.count, text).toBe(ids(anew(text)?.text ?? 'zzz').length);
  });

  test('for a technique asks for its sub-techniques, too, in any case', () => {
    const within = rows.filter(({ technique }) => technique.some((id) => id.startsWith('T1195')));
    expect(ids('technique:t1195').sort()).toEqual(within.map(({ id }) => id).sort());
    expect(ids('technique:T1195.001').length).toBeLessThan(within.length);
  });

  test('compares dates only where they certainly fit, and numbers', () => {
    expect(ids('disclosed:2024-03-29')).toContain('SC-2024-XZ-UTILS');
    expect(ids('disclosed:2024-03').length).toBeGreaterThanOrEqual(ids('disclosed:2024-03-29').length);
    expect(ids('disclosed:<2024-03-29')).not.toContain('SC-2024-XZ-UTILS');
    expect(ids('disclosed:>=2024-03-29')).toContain('SC-2024-XZ-UTILS');
    expect(ids('year:2023..2024').sort()).toEqual([...ids('year:2023'), ...ids('year:2024')].sort());
    expect(ids('references:>20').every((id) => (rows.find((row) => row.id === id)?.references ?? 0) > 20)).toBe(true);
  });

  test('sorts as it is asked to', () => {
    expect(ids('depth:featured sort:title')[0]).toBe(
      rows
        .filter(({ depth }) => depth === 'featured')
        .sort((left, right) => (left.title.toLowerCase() < right.title.toLowerCase() ? -1 : 1))[0]?.id,
    );
    expect(ids('sort:references').toReversed()[0]).toBe(ids('sort:references-desc')[0]);
  });

  test('says what is wrong, where, and how to mend it', () => {
    expect(fault('vectr:typosquat')).toBe('column 1: there is no field "vectr"\n  vectr:typosquat\n  ^^^^^\n  did you mean vector: ?');
    expect(fault('ecosystem:npn')).toContain('did you mean npm?');
    expect(fault('vector:propagating')).toContain('did you mean self-propagating-worm?');
    expect(fault('vector:worms')).toContain('did you mean self-propagating-worm?');
    expect(fault('vector:confus')).toContain('did you mean dependency-confusion?');
    expect(fault('vector:takeover')).toContain('one of maintainer-handover, publisher-account-takeover, expired-domain-takeover');
    expect(fault('a or')).toContain('column 3: `or` stands between two things');
    expect(fault('(a')).toContain('close it with )');
    expect(fault('a)')).toContain('closes nothing');
    expect(fault('"a')).toContain('these quotes have no end');
    expect(fault('year:last')).toContain('expected a number, got "last"');
    expect(fault('disclosed:>soon')).toContain('column 12: expected a date');
    expect(fault('vector:')).toContain('write for example: vector:build-system-compromise');
    expect(fault('sort:size')).toContain('nothing is sorted by "size"');
    expect(fault('-')).toBe('no fault');
    expect(fault('a'.repeat(1_001))).toContain('at most 1000 characters');
    expect(fault('('.repeat(60))).toContain('deep');
    expect(fault('-(-('.repeat(30))).toContain('deep');
  });

  test('every field has an example that is one of it', () => {
    for (const [name, { example }] of Object.entries(queryFields)) {
      const { query } = parsed(example);
      expect(query, example).toMatchObject({ op: 'field', field: name });
    }
  });

  test('counts for a field what choosing a value would give', () => {
    for (const text of ['', 'ecosystem:npm', 'ecosystem:npm vector:typosquatting', 'depth:featured -ecosystem:npm']) {
      const counts = countFacet(rows, parsed(text), 'ecosystem');
      for (const [value, count] of [...counts].slice(0, 5)) {
        const chosen = text.replace(/(^| )ecosystem:npm/, '').trim();
        expect(ids(`${chosen} ecosystem:${value}`), `${text} ${value}`).toHaveLength(count);
      }
    }
  });
});

describe('an incident in a list', () => {
  test('has a date of disclosure, or another date with what it is the date of', () => {
    const dates = { disclosed: '2020-05-01', warned: '2020-03', observed: '2019' };
    expect(listDate(dates)).toEqual({ date: '2020-05-01', event: 'disclosed' });
    expect(listDate({ ...dates, disclosed: 'unknown' })).toEqual({ date: '2020-03', event: 'warned' });
    expect(listDate({ disclosed: '', warned: undefined, observed: '2019-01-02T10:00Z' })).toEqual({
      date: '2019-01-02',
      event: 'first seen',
    });
    expect(listDate({ disclosed: '', warned: 'unknown', observed: '' })).toBeUndefined();
  });

  test('is the same from its row as from its record', () => {
    for (const record of recordsOf(graph, 'incident')) expect(rowSummary(incidentRow(graph, record))).toEqual(incidentSummary(record));
  });

  test('says why a value is missing', () => {
    const missing = new Set(rows.flatMap((row) => Object.values(rowSummary(row).missing)));
    expect([...missing].sort()).toEqual(['absent', 'none', 'unknown']);
  });
});

describe('whatever is typed', () => {
  test('is a query or a fault in it, and nothing else', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...Object.keys(queryFields),
        'sort',
        'or',
        'not',
        '-',
        '(',
        ')',
        ':',
        '"',
        ',',
        '..',
        '>=',
        ...Object.keys(MISSING),
        'npm',
        '2024-03',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', ' '), (pieces, between) => {
        const text = pieces.join(between);
        const result = parseQuery(text, known);
        if (!isQueryFault(result)) {
          runQuery(rows, result);
          return;
        }
        expect(result.offset).toBeGreaterThanOrEqual(0);
        expect(result.offset).toBeLessThanOrEqual(text.length);
        expect(describeFault(text, result)).toContain('column');
      }),
      { numRuns: 400 },
    );
  });

  test('prints as text that parses to the same query', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9@/._ '\-#:,()]{1,12}$/).filter((text) => text.trim() === text && text !== '');
    const leaf: fc.Arbitrary<Query> = fc.oneof(
      word.map((text): Query => ({ op: 'words', text, quoted: true, named: namedValues(text, true, known) })),
      fc
        .constantFrom('worms', 'npm', 'mimecast')
        .map((text): Query => ({ op: 'words', text, quoted: false, named: namedValues(text, false, known) })),
      fc
        .constantFrom('npm', 'pypi', 'unknown', 'any')
        .map((value): Query => ({ op: 'field', field: 'ecosystem', values: [{ is: 'equal', value }] })),
      fc.constant<Query>({ op: 'field', field: 'year', values: [{ is: 'between', from: { value: '2020', itself: true } }] }),
      fc.constant<Query>({ op: 'field', field: 'disclosed', values: [{ is: 'between', to: { value: '2020-01', itself: false } }] }),
      word.map((value): Query => ({ op: 'field', field: 'title', values: [{ is: 'equal', value }] })),
    );
    const { query } = fc.letrec<{ query: Query }>((tie) => ({
      query: fc.oneof(
        { depthSize: 'small' },
        leaf,
        tie('query').map((of): Query => ({ op: 'not', of })),
        fc.record({ op: fc.constantFrom<'and' | 'or'>('and', 'or'), of: fc.array(tie('query'), { minLength: 2, maxLength: 3 }) }),
      ),
    }));
    const flat = (one: Query): unknown =>
      one.op === 'not' ? { ...one, of: flat(one.of) } : one.op === 'and' || one.op === 'or' ? { ...one, of: one.of.map(flat) } : one;
    fc.assert(
      fc.property(query, (asked) => {
        const text = printQuery({ query: asked, sort: undefined });
        fc.pre(text.length <= 1_000);
        const again = parseQuery(text, known);
        fc.pre(!(isQueryFault(again) && /deep|in a row/.test(again.message)));
        expect(isQueryFault(again) ? describeFault(text, again) : flat(again.query as Query)).toEqual(flat(asked));
      }),
    );
  });
});

test('no two values of a vocabulary go by the same word', () => {
  for (const { name, terms } of vocabularies) {
    const words = Object.entries(terms).flatMap(([value, { label, synonyms = [] }]) => [
      ...new Set([value, label, ...synonyms].map((word) => word.toLowerCase())),
    ]);
    expect(words, name).toEqual([...new Set(words)]);
  }
});

test('a name of Object’s own is no field', () => {
  expect(isQueryField('constructor')).toBe(false);
  expect(fault('constructor:a')).toContain('there is no field');
  expect(rows.every((row: IncidentRow) => row.id.startsWith('SC-'))).toBe(true);
});
