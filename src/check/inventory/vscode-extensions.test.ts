import { describe, expect, test } from 'vitest';
import { find, parseText, readCuts, refusal, skippedReasons, spelled, WRONG_SHAPES } from './inventory-test-kit.ts';
import { vscodeExtensions } from './vscode-extensions.ts';

const installed = JSON.stringify([
  {
    identifier: { id: 'some-one.theme', uuid: '00000000-0000-0000-0000-000000000001' },
    version: '1.2.3',
    location: { $mid: 1, path: '/home/x/.vscode/extensions/some-one.theme-1.2.3', scheme: 'file' },
    relativeLocation: 'some-one.theme-1.2.3',
    metadata: { installedTimestamp: 1_764_000_000_000, source: 'gallery', publisherDisplayName: 'Some One' },
  },
  { identifier: { id: 'Other.Tool' }, version: '0.1.0', relativeLocation: 'other.tool-0.1.0', metadata: { source: 'vsix' } },
  { identifier: { id: 'none' }, version: '1.0.0' },
  null,
]);

test('what is installed is read from extensions.json, with the day', () => {
  const inventory = parseText(vscodeExtensions, installed);
  expect(spelled(inventory)).toEqual(['some-one/theme@1.2.3', 'Other/Tool@0.1.0']);
  expect(find(inventory, 'some-one/theme')).toEqual({
    identity: { kind: 'package', type: 'vscode-extension', name: 'some-one/theme' },
    version: '1.2.3',
    source: { kind: 'registry' },
    at: { pointer: '/0' },
    installedAt: '2025-11-24T16:00:00.000Z',
  });
  expect(find(inventory, 'Other/Tool').source).toEqual({ kind: 'path', path: 'other.tool-0.1.0' });
  expect(skippedReasons(inventory)).toEqual(['2 entry without an extension identifier']);
});

test('lines of code --list-extensions are read with and without versions', () => {
  const text = 'Extensions installed on WSL: Ubuntu:\nsome-one.theme@1.2.3\r\nother.tool\nnot an extension\na.b@latest news\n';
  const inventory = parseText(vscodeExtensions, text);
  expect(spelled(inventory)).toEqual(['some-one/theme@1.2.3', 'other/tool ?']);
  expect(inventory.components[1]?.at).toEqual({ line: 3 });
  expect(skippedReasons(inventory)).toEqual(['2 line that is no extension']);
});

test('recommendations are asked for, not installed', () => {
  const text = '{\n  // ours\n  "recommendations": ["some-one.theme", "bad", 1,],\n  "unwantedRecommendations": ["other.tool"]\n}\n';
  const inventory = parseText(vscodeExtensions, text);
  expect(spelled(inventory)).toEqual(['some-one/theme latest']);
  expect(inventory.components[0]?.at).toEqual({ pointer: '/recommendations/0' });
  expect(skippedReasons(inventory)).toEqual(['2 entry without an extension identifier']);
});

test('the manifest of an extension is itself', () => {
  const manifest = { name: 'theme', publisher: 'some-one', version: '1.2.3', engines: { vscode: '^1.80.0' }, dependencies: { x: '1' } };
  expect(spelled(parseText(vscodeExtensions, JSON.stringify(manifest)))).toEqual(['some-one/theme@1.2.3']);
});

test('an empty folder holds nothing', () => {
  expect(parseText(vscodeExtensions, '[]')).toEqual({ components: [], skipped: [] });
});

test.each(['', '{"name":"a","version":"1"}', '{"name":"a","publisher":"b","version":"1"}', 'hello world\n', '{"addons": []}'])(
  '%j is refused',
  (text) => {
    expect(refusal(vscodeExtensions, text)).toMatch(/^expected/);
  },
);

test('every cut of JSON is refused', () => {
  expect(readCuts(vscodeExtensions, installed)).toEqual([]);
});

describe('hostile input', () => {
  test.each(WRONG_SHAPES.filter((text) => text !== '[]'))('%.40s is refused', (text) => {
    expect(refusal(vscodeExtensions, text)).toMatch(/^expected/);
  });

  test('inherited names are nothing special', () => {
    const text = '[{"__proto__": {"identifier": {"id": "a.b"}}}, {"identifier": "a.b"}, {"identifier": {"id": "__proto__.constructor"}}]';
    const inventory = parseText(vscodeExtensions, text);
    expect(spelled(inventory)).toEqual(['__proto__/constructor ?']);
    expect(skippedReasons(inventory)).toEqual(['2 entry without an extension identifier']);
  });
});
