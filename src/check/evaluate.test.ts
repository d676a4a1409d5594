import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VersionScheme } from '../base/version-order/version-order.ts';
import { type Bearing, bearingOn } from './evaluate.ts';
import { bytesSource, openIndex } from './index/open-index.ts';
import { IndexEntries } from './index/write-index.ts';
import type { Knowledge, OsvEvent, OsvRange } from './knowledge.ts';
import { matchComponent } from './match.ts';

/** Versions in the order of their ecosystem, written down by hand: the reference below compares places in these lists and nothing else. */
const LADDERS: readonly {
  readonly ecosystem: string;
  readonly purlType: string;
  readonly scheme: VersionScheme;
  readonly versions: readonly string[];
}[] = [
  {
    ecosystem: 'npm',
    purlType: 'npm',
    scheme: 'semver',
    versions: ['0.0.1', '0.1.0-rc.1', '0.1.0', '1.0.0-alpha', '1.0.0-alpha.2', '1.0.0', '1.9.0', '1.10.0', '2.0.0'],
  },
  {
    ecosystem: 'PyPI',
    purlType: 'pypi',
    scheme: 'pep440',
    versions: ['0.1.dev1', '0.1a1', '0.1', '0.1.post1', '1.0rc1', '1.0', '1.9', '1.10', '1!0.1'],
  },
  {
    ecosystem: 'Debian',
    purlType: 'deb',
    scheme: 'debian',
    versions: ['0.9~rc1-1', '0.9-1', '0.9-1+deb12u1', '1.0-1', '1.9-1', '1.10-1', '1:0.1-1'],
  },
  { ecosystem: 'Maven', purlType: 'maven', scheme: 'maven', versions: ['1.0-alpha-1', '1.0-SNAPSHOT', '1.0', '1.0-sp', '1.9', '1.10'] },
  { ecosystem: 'RubyGems', purlType: 'gem', scheme: 'rubygems', versions: ['0.1', '1.0.a', '1.0', '1.9', '1.10'] },
];

/**
 * The evaluation of https://ossf.github.io/osv-schema/#evaluation told as a walk over all versions: at each one, what is fixed there ends first, what is
 * introduced there begins, then it is affected or not, and what was last affected there ends. A limit is a ceiling for all of it.
 */
function slowlyInRange({ events }: OsvRange, version: string, ladder: readonly string[]): boolean {
  const limits = events.flatMap(({ limit }) => limit ?? []);
  const isBelowLimit =
    limits.length === 0 || limits.includes('*') || limits.some((limit) => ladder.indexOf(version) < ladder.indexOf(limit));
  let affected = events.some(({ introduced }) => introduced === '0');
  for (const step of ladder) {
    if (events.some(({ fixed }) => fixed === step)) affected = false;
    if (events.some(({ introduced }) => introduced === step)) affected = true;
    if (step === version) return affected && isBelowLimit;
    if (events.some(({ last_affected }) => last_affected === step)) affected = false;
  }
  throw new Error(`${version} is not in the list`);
}

function slowlyBearing({ versions = [], ranges = [] }: Knowledge, version: string, ladder: readonly string[]): Bearing {
  const holding = ranges.filter((range) => slowlyInRange(range, version, ladder));
  const saysAll = ({ events }: OsvRange) => events.every(({ introduced }) => introduced === '0');
  if (versions.includes(version) || holding.some((range) => !saysAll(range))) return 'listed';
  return holding.length > 0 ? 'bare' : 'unaffected';
}

const anyRecord = fc.constantFrom(...LADDERS).chain((ladder) => {
  const version = fc.constantFrom(...ladder.versions);
  const event: fc.Arbitrary<OsvEvent> = fc.oneof(
    version.map((introduced) => ({ introduced })),
    fc.constant({ introduced: '0' }),
    version.map((fixed) => ({ fixed })),
    version.map((last_affected) => ({ last_affected })),
  );
  const limit: fc.Arbitrary<OsvEvent> = fc.constantFrom(...ladder.versions, '*').map((bound) => ({ limit: bound }));
  const range: fc.Arbitrary<OsvRange> = fc
    .record({
      type: fc.constant(ladder.scheme === 'semver' ? ('SEMVER' as const) : ('ECOSYSTEM' as const)),
      first: version.map((introduced) => ({ introduced })),
      events: fc.array(event, { maxLength: 5 }),
      limits: fc.array(limit, { maxLength: 1 }),
    })
    .chain(({ type, first, events, limits }) =>
      fc
        .shuffledSubarray([first, ...events, ...limits], { minLength: events.length + limits.length + 1 })
        .map((all) => ({ type, events: all })),
    );
  const all = fc.constant<OsvRange>({ type: ladder.scheme === 'semver' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }] });
  return fc.record({
    ladder: fc.constant(ladder),
    version,
    knowledge: fc.record({
      id: fc.constant('MAL-2024-1'),
      origin: fc.constant('osv' as const),
      name: fc.constant('thing'),
      state: fc.constant('malicious' as const),
      versions: fc.uniqueArray(version, { maxLength: 3 }),
      ranges: fc.array(fc.oneof({ weight: 3, arbitrary: range }, { weight: 1, arbitrary: all }), { maxLength: 3 }),
    }) as fc.Arbitrary<Knowledge>,
  });
});

test('a limit of any version leaves the order of the other events alone', () => {
  const events: OsvEvent[] = [{ limit: '*' }, { introduced: '1.0.a' }, { last_affected: '1.0.a' }, { introduced: '1.0' }];
  const knowledge: Knowledge = {
    id: 'MAL-2024-1',
    origin: 'osv',
    name: 'thing',
    state: 'malicious',
    ranges: [{ type: 'ECOSYSTEM', events }],
  };
  expect(bearingOn(knowledge, '1.9', 'rubygems')).toBe('listed');
});

describe('against a slow reference', () => {
  test('versions and ranges, in any order of events, bear as the specification says', () => {
    fc.assert(
      fc.property(anyRecord, ({ ladder, version, knowledge }) => {
        expect(bearingOn(knowledge, version, ladder.scheme)).toBe(slowlyBearing(knowledge, version, ladder.versions));
      }),
      { numRuns: 3_000 },
    );
  });

  test('several records on one package are weighed as the rules say, found through an index or not', async () => {
    const records = fc.constantFrom(...LADDERS.slice(0, 2)).chain((ladder) =>
      fc.record({
        ladder: fc.constant(ladder),
        version: fc.constantFrom(...ladder.versions),
        found: fc.array(anyRecord, { minLength: 1, maxLength: 3 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(records, async ({ ladder, version, found }) => {
        const known = found
          .filter((each) => each.ladder === ladder)
          .map(({ knowledge }, number): Knowledge => ({ ...knowledge, id: `MAL-2024-${number + 1}` }));
        const key = `${ladder.purlType}:thing`;
        const identity = { kind: 'package' as const, type: ladder.purlType, name: 'thing' };
        const component = { identity, version, source: { kind: 'registry' as const }, at: {} };

        // Slowly: exact knowledge from any record outweighs a bare claim of another.
        const saysAll = ({ events }: OsvRange) => events.every(({ introduced }) => introduced === '0');
        const isExact = ({ versions = [], ranges = [] }: Knowledge) => versions.length > 0 || ranges.some((range) => !saysAll(range));
        const exactKnown = known.some(isExact);
        const expected = known.flatMap((each) => {
          const bearing = slowlyBearing(each, version, ladder.versions);
          if (bearing === 'unaffected') return [];
          return [`${each.id} ${bearing === 'bare' && exactKnown ? 'unconfirmed-range' : 'confirmed'}`];
        });

        const told = (lookup: readonly Knowledge[]) =>
          matchComponent(component, (asked) => (asked === key ? lookup : []))
            .map(({ knowledge, state }) => `${knowledge.id} ${state}`)
            .sort();
        expect(told(known)).toEqual(expected.sort());

        if (known.length === 0) return;
        const entries = new IndexEntries();
        for (const each of known) entries.add(key, JSON.stringify(each));
        const pieces = [...entries.pieces([{ name: 'test', records: known.length }])];
        const index = await openIndex(bytesSource(Buffer.concat(pieces)));
        expect(told((await index.lookup(key)) as Knowledge[])).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });
});
