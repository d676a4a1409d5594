import { describe, expect, test } from 'vitest';
import { browserExtensions } from './browser-extensions.ts';
import { parseText, readCuts, refusal, skippedReasons, WRONG_SHAPES } from './inventory-test-kit.ts';

const ID = 'abcdefghijklmnopabcdefghijklmnop';
const CHROME_PATH = `Default/Extensions/${ID}/1.2.3_0/manifest.json`;

const manifest = JSON.stringify({
  update_url: 'https://clients2.google.com/service/update2/crx',
  manifest_version: 3,
  name: 'Tab Helper',
  version: '1.2.3',
  permissions: ['tabs'],
});

const firefox = JSON.stringify({
  schemaVersion: 37,
  addons: [
    {
      id: 'helper@example.com',
      version: '2.0.1',
      type: 'extension',
      location: 'app-profile',
      updateDate: 1_764_000_000_000,
      defaultLocale: { name: 'Tab Helper', creator: 'Some One' },
    },
    { id: 'screenshots@mozilla.org', version: '39', location: 'app-builtin-addons', defaultLocale: { name: 'Screenshots' } },
    { id: 'unnamed@example.com', version: '1', location: 'app-system-share', defaultLocale: null },
    { version: '1' },
    'text',
  ],
});

test('an extension of Chrome is known by its folder and by its name', () => {
  const inventory = parseText(browserExtensions, manifest, CHROME_PATH);
  expect(inventory).toEqual({
    formatVersion: '3',
    components: [
      {
        identity: { kind: 'package', type: 'chrome-extension', name: ID },
        version: '1.2.3',
        source: { kind: 'registry' },
        at: { pointer: '/version' },
        alsoKnownAs: [{ identity: { kind: 'application', name: 'Tab Helper', bundleId: ID } }],
      },
    ],
    skipped: [],
  });
  expect(parseText(browserExtensions, manifest, CHROME_PATH.replaceAll('/', '\\')).components).toEqual(inventory.components);
});

test('a name in the language of the user is not taken for the name', () => {
  const text = '{"manifest_version": 2, "name": "__MSG_appName__", "version": "1.0"}';
  const [component] = parseText(browserExtensions, text, CHROME_PATH).components;
  expect(component?.alsoKnownAs).toEqual([{ identity: { kind: 'application', name: ID, bundleId: ID } }]);
  expect(component?.source).toEqual({ kind: 'unstated' });
});

test('an extension that updates from elsewhere is not of the store', () => {
  const text = manifest.replace('clients2.google.com', 'updates.example.com');
  expect(parseText(browserExtensions, text, CHROME_PATH).components[0]?.source).toEqual({
    kind: 'other-registry',
    host: 'updates.example.com',
  });
});

test('without such a folder, an extension is known by its name and the identifier for Firefox', () => {
  const text =
    '{ // made by hand\n"manifest_version": 2, "name": "Helper", "version": "1.0", "browser_specific_settings": {"gecko": {"id": "h@example.com"}}}';
  expect(parseText(browserExtensions, text, 'src/manifest.json').components[0]?.identity).toEqual({
    kind: 'application',
    name: 'Helper',
    vendor: undefined,
    bundleId: 'h@example.com',
  });
});

test('the extensions of a Firefox profile are read, with the day', () => {
  const inventory = parseText(browserExtensions, firefox, 'extensions.json');
  expect(inventory.formatVersion).toBe('37');
  expect(inventory.components.map(({ identity, version, installedAt }) => [identity, version, installedAt])).toEqual([
    [{ kind: 'application', name: 'Tab Helper', vendor: 'Some One', bundleId: 'helper@example.com' }, '2.0.1', '2025-11-24T16:00:00.000Z'],
    [{ kind: 'application', name: 'unnamed@example.com', vendor: undefined, bundleId: 'unnamed@example.com' }, '1', undefined],
  ]);
  expect(skippedReasons(inventory)).toEqual(['1 addon that is part of the browser', '2 addon without an identifier']);
});

test.each([
  '',
  '{"name": "web app", "start_url": "/"}',
  '{"manifest_version": 4, "name": "x", "version": "1"}',
  '{"manifest_version": "3", "name": "x"}',
  '{"manifest_version": 3, "version": "1"}',
  '{"addons": {}}',
])('%j is refused', (text) => {
  expect(refusal(browserExtensions, text, CHROME_PATH)).toMatch(/^expected/);
});

test('every cut is refused', () => {
  expect(readCuts(browserExtensions, manifest, CHROME_PATH)).toEqual([]);
  expect(readCuts(browserExtensions, firefox)).toEqual([]);
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES)('%.40s is refused', (text) => {
    expect(refusal(browserExtensions, text, CHROME_PATH)).toMatch(/^expected/);
  });

  test('an inherited field does not count', () => {
    expect(refusal(browserExtensions, '{"__proto__": {"manifest_version": 3, "name": "x"}}')).toMatch(/^expected/);
  });
});
