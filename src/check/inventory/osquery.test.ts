import { describe, expect, test } from 'vitest';
import type { Inventory } from './inventory.ts';
import { parseText, readCuts, refusal, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';
import { osquery } from './osquery.ts';

const CHROME_ID = 'abcdefghijklmnopabcdefghijklmnop';

function named({ components }: Inventory): string[] {
  return components.map(({ identity, version }) => {
    const name =
      identity.kind === 'package'
        ? `${identity.type}:${identity.name}`
        : identity.kind === 'network'
          ? ''
          : `${identity.kind}:${identity.name}`;
    return version === undefined ? name : `${name}@${version}`;
  });
}

const ROWS = {
  programs: {
    name: 'Some Phone 18.12.416 (x64)',
    version: '18.12.416',
    publisher: 'Some Vendor Ltd',
    install_date: '20230401',
    identifying_number: '{X}',
  },
  apps: {
    name: 'Some Phone.app',
    bundle_identifier: 'com.example.phone',
    bundle_short_version: '18.12.416',
    path: '/Applications/Some Phone.app',
  },
  deb: {
    name: 'liblzma5',
    version: '5.6.1-1',
    source: 'xz-utils',
    revision: '1',
    arch: 'amd64',
    status: 'install ok installed',
    maintainer: 'x',
  },
  rpm: {
    name: 'xz-libs',
    version: '5.6.1',
    release: '1.fc41',
    source: 'xz-5.6.1-1.fc41.src.rpm',
    arch: 'x86_64',
    epoch: '',
    install_time: '1710000000',
  },
  npm: { name: '@scope/thing', version: '1.0.0', homepage: '', path: '/usr/lib/node_modules/@scope/thing' },
  python: {
    name: 'Some.Thing',
    version: '2.0',
    summary: '',
    path: '/usr/lib/python3/dist-packages',
    directory: '/usr/lib/python3/dist-packages',
  },
  chrome: {
    browser_type: 'chrome',
    name: 'Tab Helper',
    identifier: CHROME_ID,
    version: '1.2.3',
    update_url: 'https://clients2.google.com/x',
  },
  firefox: { name: 'Tab Helper', identifier: 'h@example.com', creator: 'Some One', version: '2.0.1', type: 'extension' },
  vscode: { name: 'some-one.theme', uuid: 'x', publisher: 'Some One', publisher_id: 'y', version: '1.2.3', installed_at: '1764000000000' },
  homebrew: { name: 'xz', path: '/opt/homebrew/Cellar/xz/', version: '5.6.1', type: 'formula', prefix: '/opt/homebrew' },
  hash: { path: '/usr/lib/x.so', md5: 'A1'.repeat(16), sha1: '', sha256: 'b2'.repeat(32) },
  docker: { id: 'abc', tags: 'node:20,ghcr.io/a/b:1,<none>', size_bytes: '1', created: '1' },
};

const EXPECTED: Readonly<Record<keyof typeof ROWS, readonly string[]>> = {
  programs: ['application:Some Phone 18.12.416 (x64)@18.12.416'],
  apps: ['application:Some Phone@18.12.416'],
  deb: ['deb:debian/liblzma5@5.6.1-1'],
  rpm: ['rpm:xz-libs@5.6.1-1.fc41'],
  npm: ['npm:@scope/thing@1.0.0'],
  python: ['pypi:Some.Thing@2.0'],
  chrome: [`chrome-extension:${CHROME_ID}@1.2.3`],
  firefox: ['application:Tab Helper@2.0.1'],
  vscode: ['vscode-extension:some-one/theme@1.2.3'],
  homebrew: ['application:xz@5.6.1'],
  hash: ['file:/usr/lib/x.so'],
  docker: ['docker:node@20', 'docker:a/b@1'],
};

test.each(Object.entries(ROWS))('a row of %s is told by its columns', (table, row) => {
  expect(named(parseText(osquery, JSON.stringify([row])))).toEqual(EXPECTED[table as keyof typeof ROWS]);
});

describe('all tables together', () => {
  const inventory = parseText(osquery, JSON.stringify(Object.values(ROWS)));

  test('each is read as its own', () => {
    expect(named(inventory)).toEqual(Object.values(EXPECTED).flat());
    expect(inventory.skipped).toEqual([]);
    expect(inventory.components[2]?.at).toEqual({ pointer: '/2' });
  });

  test('a program is known without its version and architecture, by its vendor, and since when', () => {
    const vendor = { kind: 'application', vendor: 'Some Vendor Ltd', platform: 'windows' };
    expect(inventory.components[0]).toMatchObject({
      identity: vendor,
      alsoKnownAs: [{ identity: { ...vendor, name: 'Some Phone' } }],
      installedAt: '2023-04-01',
    });
    expect(inventory.components[1]?.identity).toMatchObject({ bundleId: 'com.example.phone', platform: 'macos' });
  });

  test('packages of systems are known by their source packages', () => {
    expect(inventory.components[2]?.alsoKnownAs?.map(({ identity }) => identity.kind === 'package' && identity.name)).toContain(
      'debian/xz-utils',
    );
    expect(inventory.components[3]).toMatchObject({
      alsoKnownAs: [{ identity: { name: 'xz' }, version: '5.6.1-1.fc41' }],
      installedAt: '2024-03-09T16:00:00.000Z',
    });
  });

  test('digests are those of the file, in lower case', () => {
    expect(inventory.components[10]?.identity).toMatchObject({ digests: { md5: 'a1'.repeat(16), sha256: 'b2'.repeat(32) } });
  });
});

const { deb, npm } = ROWS;
const bare = { name: 'xz', version: '1' };

test.each([
  ['a snapshot', { name: 'pack_x', action: 'snapshot', snapshot: [deb, npm] }, ['deb:debian/liblzma5@5.6.1-1', 'npm:@scope/thing@1.0.0']],
  ['an event', { name: 'x', columns: npm, action: 'added' }, ['npm:@scope/thing@1.0.0']],
  ['a batch', { name: 'x', diffResults: { added: [npm], removed: [deb] } }, ['npm:@scope/thing@1.0.0']],
  ['a live query of Fleet', { host: 'h', rows: [npm] }, ['npm:@scope/thing@1.0.0']],
  ['a report of Fleet', { query_id: 1, results: [{ host_id: 1, columns: npm }] }, ['npm:@scope/thing@1.0.0']],
  [
    'the software of Fleet',
    {
      software: [
        { name: 'liblzma5', version: '5.6.1-1', source: 'deb_packages' },
        { name: 'Phone', version: '1', source: 'programs', vendor: 'V' },
        { name: 'some-one.theme', version: '2', source: 'vscode_extensions' },
        { name: 'Helper', version: '3', source: 'chrome_extensions', extension_id: CHROME_ID, browser: 'edge' },
      ],
    },
    ['deb:debian/liblzma5@5.6.1-1', 'application:Phone@1', 'vscode-extension:some-one/theme@2', `chrome-extension:${CHROME_ID}@3`],
  ],
  ['a host of Fleet', { host: { id: 1, software: [{ name: 'a', version: '1', source: 'npm_packages' }] } }, ['npm:a@1']],
  ['a query named after its table', { name: 'pack/inventory/deb_packages', snapshot: [bare] }, ['deb:debian/xz@1']],
])('%s is read', (_name, document, expected) => {
  expect(named(parseText(osquery, JSON.stringify(document)))).toEqual(expected);
});

test('results one a line are read, each with its line; what was removed is not there', () => {
  const text = [
    JSON.stringify({ name: 'a', columns: npm, action: 'added' }),
    JSON.stringify({ name: 'a', columns: deb, action: 'removed' }),
    '',
    'not JSON',
    JSON.stringify({ name: 'b', snapshot: [deb] }),
  ].join('\n');
  const inventory = parseText(osquery, text);
  expect(named(inventory)).toEqual(['npm:@scope/thing@1.0.0', 'deb:debian/liblzma5@5.6.1-1']);
  expect(inventory.components.map(({ at }) => at.line)).toEqual([1, 5]);
  expect(skippedReasons(inventory)).toEqual(['1 row that was removed', '1 line that is no JSON']);
});

test('rows of unknown tables and rows without a name are counted', () => {
  const inventory = parseText(osquery, JSON.stringify([npm, bare, { ...npm, name: '' }, { pid: 1 }, 7]));
  expect(named(inventory)).toEqual(['npm:@scope/thing@1.0.0']);
  expect(skippedReasons(inventory)).toEqual([
    '1 entry that is no row',
    '2 row of a table that its columns do not tell',
    '1 row of npm_packages without a name, or with one that is none',
  ]);
});

test('removed packages and certificates are no components', () => {
  const inventory = parseText(
    osquery,
    JSON.stringify([npm, { ...deb, status: 'deinstall ok config-files' }, { sha1: 'a1'.repeat(20), issuer: 'x', path: 'y' }]),
  );
  expect(named(inventory)).toEqual(['npm:@scope/thing@1.0.0']);
  expect(skippedReasons(inventory)).toEqual(['1 package that is not installed', '1 row of a table that its columns do not tell']);
});

test('a query without rows holds nothing', () => {
  expect(parseText(osquery, '[\n\n]\n')).toEqual({ components: [], skipped: [] });
});

test.each(['', '[{"pid": "1"}]', '[{"name": "x", "version": "1"}]', '{"lockfileVersion": 3}'])('%j is refused', (text) => {
  expect(refusal(osquery, text)).toMatch(/^expected/);
});

test('every cut is refused, or read up to the line that is cut', () => {
  expect(readCuts(osquery, JSON.stringify(Object.values(ROWS)))).toEqual([]);
  const lines = [npm, deb, npm].map((columns) => JSON.stringify({ columns })).join('\n');
  for (const { inventory } of readCuts(osquery, lines)) expect(named(inventory).length).toBeLessThanOrEqual(3);
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES.filter((text) => text !== '[]'))('%.40s is refused', (text) => {
    expect(refusal(osquery, text)).toMatch(/^expected/);
  });

  test('inherited names, wrong types and deep results are counted', () => {
    const deep = `${'{"rows":['.repeat(40)}${JSON.stringify(npm)}${']}'.repeat(40)}`;
    const text = `[${JSON.stringify(npm)}, {"__proto__": ${JSON.stringify(npm)}}, {"name": {}, "sha256": [], "path": 7}, ${deep}]`;
    const inventory = parseText(osquery, text);
    expect(named(inventory)).toEqual(['npm:@scope/thing@1.0.0']);
    expect(inventory.skipped.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });
});
