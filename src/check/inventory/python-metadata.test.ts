import { describe, expect, test } from 'vitest';
import { parseText, readCuts, refusal, spelled } from './inventory-test-kit.ts';
import { pythonMetadata } from './python-metadata.ts';

const metadata = `Metadata-Version: 2.1
Name: Some.Package
Version: 1.2.3+local.1
Summary: Text: with a colon
License: Text that
        goes on
Requires-Dist: other (>=1.0)
Description-Content-Type: text/markdown

Name: not-this
Version: 9.9.9
`;

describe('METADATA', () => {
  test('names the installed package and its version', () => {
    const inventory = parseText(pythonMetadata, metadata, 'site-packages/some_package-1.2.3.dist-info/METADATA');
    expect(spelled(inventory)).toEqual(['Some.Package@1.2.3+local.1']);
    expect(inventory.components[0]).toMatchObject({ source: { kind: 'registry' }, at: { line: 3 } });
    expect(inventory.formatVersion).toBe('2.1');
  });

  test('line ends of Windows are read', () => {
    expect(spelled(parseText(pythonMetadata, metadata.replaceAll('\n', '\r\n')))).toEqual(['Some.Package@1.2.3+local.1']);
  });

  test('a licence over several lines that are not indented is no fault', () => {
    const old = 'Metadata-Version: 1.0\nName: a\nVersion: 1\nLicense: Copyright\n(c) somebody\n';
    expect(spelled(parseText(pythonMetadata, old))).toEqual(['a@1']);
  });

  test.each([
    ['', 'found it without'],
    ['{"name": "a"}', 'found line 1'],
    ['Name: a\nVersion: 1\n', 'found it without'],
    ['Metadata-Version: 2.1\nName: a\n', 'found it without'],
    ['Metadata-Version: 2.1\nName: ../a\nVersion: 1\n', 'found it without'],
    ['Metadata-Version: 2.1\nName: a\nVersion:\n', 'found it without'],
    [`${'x'.repeat(1_000_000)}`, 'found line 1'],
  ])('%.40j is refused', (text, message) => {
    expect(refusal(pythonMetadata, text)).toContain(message);
  });

  test('a cut is refused before the end of the version, and after it all is known', () => {
    const end = metadata.indexOf('Summary');
    const cuts = readCuts(pythonMetadata, metadata);
    expect(cuts.filter(({ cut }) => cut < end)).toEqual([]);
    expect(new Set(cuts.flatMap(({ inventory }) => spelled(inventory)))).toEqual(new Set(['Some.Package@1.2.3+local.1']));
  });
});
