import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findShared } from '../../tests/support/shared.ts';
import { satisfiesRequested } from '../base/version-order/version-range.ts';
import type { ComponentSource, FoundComponent } from './inventory/inventory.ts';
import type { Knowledge } from './knowledge.ts';
import { keysOf, type MatchOptions, matchComponent } from './match.ts';
import { readOsvRecord } from './osv-record.ts';

const REGISTRY: ComponentSource = { kind: 'registry' };

function npm(name: string, version?: string, more: Partial<FoundComponent> = {}): FoundComponent {
  return { identity: { kind: 'package', type: 'npm', name }, version, source: REGISTRY, at: {}, ...more };
}

function osv(name: string, more: Partial<Knowledge>): Knowledge {
  return { id: 'MAL-2024-1', origin: 'osv', name, state: 'malicious', knownSince: '2024-01-02', ...more };
}

const BARE = [{ type: 'SEMVER', events: [{ introduced: '0' }] }] as const;

/** The states of everything that the knowledge, filed under any of the component's keys, says of it. */
function states(
  component: FoundComponent,
  knowledge: readonly Knowledge[],
  options: MatchOptions = {},
  keys = keysOf(component),
): string[] {
  return matchComponent(component, (key) => (keys.includes(key) ? knowledge : []), options, satisfiesRequested).map(({ state }) => state);
}

describe('a package', () => {
  const listed = osv('left', { versions: ['1.0.1', '1.0.2'] });
  const whole = osv('left', { id: 'MAL-2024-2', ranges: BARE });

  test.each<[string, FoundComponent, readonly Knowledge[], string[]]>([
    ['at a listed version is exposed', npm('left', '1.0.1'), [listed], ['confirmed']],
    ['at another version is not', npm('left', '1.0.0'), [listed], []],
    ['whose name alone is recorded is exposed at any version', npm('left', '9.9.9'), [whole], ['confirmed']],
    [
      'covered only by a bare claim, while exact versions are known, is unconfirmed',
      npm('left', '1.0.0'),
      [whole, listed],
      ['unconfirmed-range'],
    ],
    [
      'at a listed version is exposed, and the bare claim adds nothing',
      npm('left', '1.0.1'),
      [whole, listed],
      ['unconfirmed-range', 'confirmed'],
    ],
    [
      'from a git repository only has the name',
      npm('left', '1.0.1', { source: { kind: 'git', url: 'https://git.example/left' } }),
      [listed],
      ['name-only'],
    ],
    [
      'from a private registry only has the name',
      npm('left', '1.0.1', { source: { kind: 'other-registry', host: 'npm.example' } }),
      [listed],
      ['name-only'],
    ],
    ['from a folder only has the name', npm('left', '1.0.1', { source: { kind: 'path', path: './left' } }), [listed], ['name-only']],
    [
      'of an SBOM that does not say where from is taken as the registry’s',
      npm('left', '1.0.1', { source: { kind: 'unstated' } }),
      [listed],
      ['confirmed'],
    ],
    ['without version cannot be compared', npm('left'), [listed], ['not-comparable']],
    ['without version is exposed where the whole package is malicious', npm('left'), [whole], ['confirmed']],
    ['whose advisory was withdrawn is told as that', npm('left', '1.0.1'), [{ ...listed, withdrawn: '2024-02-01' }], ['withdrawn']],
    [
      'asked for by a range that admits a bad version could resolve to it',
      npm('left', undefined, { requested: '^1.0.0' }),
      [listed],
      ['could-resolve'],
    ],
    ['asked for by a range that admits none could not', npm('left', undefined, { requested: '^2.0.0' }), [listed], []],
    ['with a v before its version is the same', npm('left', 'v1.0.1'), [listed], ['confirmed']],
  ])('%s', (_name, component, knowledge, expected) => {
    expect(states(component, knowledge)).toEqual(expected);
  });

  test('a withdrawn record outweighs no bare claim', () => {
    expect(states(npm('left', '3.0.0'), [whole, { ...listed, withdrawn: '2024-02-01' }])).toEqual(['confirmed']);
  });

  test('on an earlier day only what was public then counts, and what was withdrawn later still stood', () => {
    const withdrawn = { ...listed, withdrawn: '2024-02-01' };
    expect(states(npm('left', '1.0.1'), [withdrawn], { asOf: '2024-01-01' })).toEqual([]);
    expect(states(npm('left', '1.0.1'), [withdrawn], { asOf: '2024-01-15' })).toEqual(['confirmed']);
    expect(states(npm('left', '1.0.1'), [withdrawn], { asOf: '2024-02-01' })).toEqual(['withdrawn']);
    expect(states(npm('left', '1.0.1'), [{ ...listed, knownSince: undefined }], { asOf: '2024-02-01' })).toEqual([]);
  });

  test('a manifest is cleared where the bad release was not to be had in the given time', () => {
    const offered = { ...listed, available: { from: '2024-01-01', to: '2024-01-03' } };
    const component = npm('left', undefined, { requested: '^1.0.0' });
    const between = (from: string, to: string) => ({ installedBetween: { from: `${from}T00:00:00Z`, to: `${to}T23:59:59Z` } });
    expect(states(component, [offered], between('2024-01-03', '2024-01-09'))).toEqual(['could-resolve']);
    expect(states(component, [offered], between('2024-02-01', '2024-02-09'))).toEqual(['outside-window']);
  });
});

describe('a name without ecosystem', () => {
  const component: FoundComponent = {
    identity: { kind: 'package', type: 'generic', name: 'left' },
    version: '1.0.1',
    source: { kind: 'unstated' },
    at: {},
    alsoKnownAs: ['npm', 'pypi', 'cargo'].map((type) => ({ identity: { kind: 'package', type, name: 'left' } })),
    anyEcosystem: true,
  };
  const known: Readonly<Record<string, Knowledge>> = {
    'npm:left': osv('left', { versions: ['1.0.1'] }),
    'pypi:left': osv('left', { versions: ['1.0.1'] }),
    'cargo:left': osv('left', { id: 'MAL-2024-2', ranges: BARE }),
  };

  test('is told for each ecosystem that has it: at a listed version as exposure, by a claim on all versions as possible', () => {
    const matches = matchComponent(component, (key) => (known[key] ? [known[key]] : []));
    expect(
      matches.map(({ state, exposure, reason, component: { identity } }) => [
        state,
        exposure,
        identity.kind === 'package' && identity.type,
        reason,
      ]),
    ).toEqual([
      ['confirmed', 'definite', 'npm', 'version 1.0.1 is listed as malicious (npm: the input names no ecosystem)'],
      ['confirmed', 'definite', 'pypi', 'version 1.0.1 is listed as malicious (pypi: the input names no ecosystem)'],
      ['confirmed', 'possible', 'cargo', 'every version is listed as malicious (cargo: the input names no ecosystem)'],
    ]);
  });
});

describe('an action', () => {
  const uses = (version: string): FoundComponent => ({
    identity: { kind: 'package', type: 'github', name: 'tj-actions/changed-files' },
    version,
    source: REGISTRY,
    at: {},
  });
  const commit = '0e58ed8671d6b60d0890c21b07f8835ace038e67';
  const moved: Knowledge = {
    id: 'SC-2025-TJ-ACTIONS',
    origin: 'corpus',
    name: 'changed-files',
    state: 'malicious',
    window: { from: '2025-03-14T16:00Z', to: '2025-03-15T14:00Z' },
    references: { vers: 'vers:github/>=1|<=45.0.7' },
  };
  const atCommit: Knowledge = { id: 'SC-2025-TJ-ACTIONS', origin: 'corpus', name: 'changed-files', state: 'malicious', versions: [commit] };

  test('by a tag that was moved is exposed in the window', () => {
    expect(states(uses('v35'), [moved])).toEqual(['in-window']);
    expect(states(uses('v45.0.7'), [moved])).toEqual(['in-window']);
  });

  test('by a tag made later, or a branch, is not', () => {
    expect(states(uses('v46.0.1'), [moved])).toEqual([]);
  });

  test('by the bad commit is exposed; by another commit it is not, whatever its tags did', () => {
    expect(states(uses(commit), [moved, atCommit])).toEqual(['confirmed']);
    expect(states(uses('a'.repeat(40)), [moved, atCommit])).toEqual([]);
  });

  const between = (from?: string, to?: string) => ({
    installedBetween: { from: from && `${from}T00:00:00Z`, to: to && `${to}T23:59:59Z` },
  });
  const exposures = (component: FoundComponent, knowledge: readonly Knowledge[], options: MatchOptions = {}) =>
    matchComponent(component, () => knowledge, options).map(({ exposure }) => exposure);

  test.each<[string, FoundComponent, MatchOptions, string | undefined]>([
    ['by a moved tag is possible while the time of use is not known', uses('v35'), {}, 'possible'],
    ['by a moved tag is definite in a time within the window', uses('v35'), between('2025-03-14', '2025-03-15'), 'definite'],
    ['by a moved tag is possible in a longer time', uses('v35'), between('2025-03-14', '2025-03-16'), 'possible'],
    ['by a moved tag is possible in a time without end', uses('v35'), between('2025-03-15'), 'possible'],
    ['by a moved tag is none at another time', uses('v35'), between('2025-03-16'), undefined],
    ['by the bad commit is definite', uses(commit), {}, 'definite'],
    ['there since a day before the window ended is definite', { ...uses('v35'), installedAt: '2025-03-01' }, {}, 'definite'],
  ])('%s', (_name, component, options, expected) => {
    expect(exposures(component, [moved, atCommit], options)).toEqual([expected]);
  });

  test('by a tag that was moved twice is one match over both windows', () => {
    const earlier = { ...moved, references: { name: 'v39' }, window: { from: '2025-03-13', to: '2025-03-14' } };
    const matches = matchComponent(uses('v39'), (key) => (key.startsWith('github:') ? [moved, earlier] : []));
    expect(matches.map(({ knowledge }) => knowledge.window)).toEqual([{ from: '2025-03-13', to: '2025-03-15T14:00Z' }]);
    expect(matches[0]?.reason).toContain('from 2025-03-14T16:00Z to 2025-03-15T14:00Z and from 2025-03-13 to 2025-03-14;');
  });

  test('used at another time than the window is told apart', () => {
    expect(states(uses('v35'), [moved], { installedBetween: { from: '2025-04-01T00:00:00Z', to: undefined } })).toEqual(['outside-window']);
    expect(states(uses('v35'), [moved], { installedBetween: { from: '2025-03-15T00:00:00Z', to: '2025-03-15T23:59:59Z' } })).toEqual([
      'in-window',
    ]);
  });
});

describe('a program', () => {
  const known: Knowledge = {
    id: 'SC-2023-3CX-DESKTOPAPP',
    origin: 'corpus',
    name: '3CX DesktopApp',
    state: 'malicious',
    versions: ['18.12.416'],
    platform: 'windows',
    vendor: '3CX',
  };
  const program = (more: { name?: string; vendor?: string; platform?: 'windows' | 'macos'; version?: string }): FoundComponent => ({
    identity: { kind: 'application', name: more.name ?? '3CX Desktop App', vendor: more.vendor, platform: more.platform },
    version: more.version ?? '18.12.416',
    source: { kind: 'unstated' },
    at: {},
  });

  test('is known by letters and digits of its name', () => {
    expect(keysOf(program({}))).toEqual(['application:3cxdesktopapp']);
    expect(states(program({ vendor: '3CX Ltd.', platform: 'windows' }), [known])).toEqual(['confirmed']);
  });

  test('with the fourth part that Windows adds is the same version', () => {
    expect(states(program({ version: '18.12.416.0' }), [known])).toEqual(['confirmed']);
    expect(states(program({ version: '18.12.4160' }), [known])).toEqual([]);
  });

  test('of another platform is another program; of another vendor only has the name', () => {
    expect(states(program({ platform: 'macos' }), [known])).toEqual([]);
    expect(states(program({ vendor: 'Somebody Else' }), [known])).toEqual(['name-only']);
  });
});

describe('files and addresses', () => {
  test('a file is known by any digest, in any case', () => {
    const sha256 = 'AB'.repeat(32);
    const file: FoundComponent = {
      identity: { kind: 'file', name: 'x.dll', digests: { sha256 } },
      source: { kind: 'path', path: 'x.dll' },
      at: {},
    };
    expect(keysOf(file)).toEqual([`sha256:${'ab'.repeat(32)}`]);
    expect(states(file, [{ id: 'SC-1', origin: 'corpus', name: 'x', state: 'malicious' }])).toEqual(['confirmed']);
  });

  test('an address is also looked up by its host and the domains above it', () => {
    const page: FoundComponent = {
      identity: { kind: 'network', type: 'url', value: 'HTTPS://CDN.Polyfill.io:443/v3/polyfill.min.js?features=x' },
      source: { kind: 'unstated' },
      at: {},
    };
    expect(keysOf(page)).toEqual(['url:cdn.polyfill.io/v3/polyfill.min.js', 'domain:cdn.polyfill.io', 'domain:polyfill.io']);
  });

  test('a script from a host that was bad for a time is exposed in the window', () => {
    const script: FoundComponent = {
      identity: { kind: 'network', type: 'url', value: 'https://cdn.polyfill.io/v3/a.js' },
      source: { kind: 'unstated' },
      at: {},
    };
    const host: Knowledge = {
      id: 'SC-2024-POLYFILL-IO',
      origin: 'corpus',
      name: 'polyfill',
      state: 'malicious',
      window: { from: '2024-02', to: '2024-06-27' },
    };
    expect(states(script, [host], {}, ['domain:cdn.polyfill.io'])).toEqual(['in-window']);
  });
});

const samples = findShared('data/ossf-malicious-packages/samples-2026');

describe.skipIf(!samples)('records that trap others (where the shared data is present)', () => {
  const read = (file: string) =>
    readOsvRecord(JSON.parse(readFileSync(join(samples ?? '', file), 'utf8')) as unknown).entries.map(({ knowledge }) => knowledge);

  test('MAL-2025-47141 claims everything and, rightly, two versions: those are exposed, the rest is unconfirmed', () => {
    const known = read('npm__ctrl-tinycolor__MAL-2025-47141_contradictory-ranges.json');
    expect(states(npm('@ctrl/tinycolor', '4.1.1'), known)).toEqual(['confirmed']);
    expect(states(npm('@ctrl/tinycolor', '4.1.2'), known)).toEqual(['confirmed']);
    expect(states(npm('@ctrl/tinycolor', '4.1.0'), known)).toEqual(['unconfirmed-range']);
  });

  test('MAL-2025-20690 claims all of flatmap-stream; the corpus names 0.1.1', () => {
    const known = read('npm__flatmap-stream__MAL-2025-20690_null-origins.json');
    const exact: Knowledge = {
      id: 'SC-2018-EVENT-STREAM',
      origin: 'corpus',
      name: 'flatmap-stream',
      state: 'malicious',
      versions: ['0.1.1'],
    };
    expect(states(npm('flatmap-stream', '0.1.2'), known)).toEqual(['confirmed']);
    expect(states(npm('flatmap-stream', '0.1.2'), [...known, exact])).toEqual(['unconfirmed-range']);
    expect(states(npm('flatmap-stream', '0.1.1'), [...known, exact])).toContain('confirmed');
  });

  test('MAL-2025-7048 was withdrawn', () => {
    const known = read('npm__amber-team-amazon-utils__MAL-2025-7048_withdrawn.json');
    expect(states(npm(known[0]?.name ?? '', '1.0.0'), known)).toEqual(['withdrawn']);
  });

  test('MAL-2026-17454 has no publication date and counts from its last change', () => {
    const [known] = read('go__btreex__MAL-2026-17454_no-published.json');
    expect(known?.knownSince).toMatch(/^2026-/);
  });
});
